import {afterEach, expect, test} from 'vitest';
import {BookOverlay} from '../../../source/console/overlays/book-overlay.js';
import {ListenersOverlay} from '../../../source/console/overlays/listeners-overlay.js';
import {createTheme} from '../../../source/console/theme.js';
import type {Listener} from '../../../source/engine/index.js';
import {errorInfo} from '../../../source/errors.js';
import {connected, stateOf} from '../../helpers/engine-state.js';
import {createDialogStage, expectWhole} from '../../helpers/shown-dialog.js';

const theme = createTheme({colour: false, ascii: false});
const stage = createDialogStage(76);
const {note, called, width} = stage;
afterEach(async () => stage.close());

const listener = (
	id: string,
	port: number,
	change: Partial<Listener> = {},
): Listener => ({
	id: id as never,
	kind: 'tcp',
	host: '::',
	port,
	options: {},
	...change,
});

const rows = [
	listener('l', 9_090),
	listener('m', 9_091, {
		kind: 'tls',
		host: '::1',
		options: {
			raw: true,
			framing: {kind: 'fixed', bytes: 4},
			encoding: 'gbk',
			idleMs: 60_000,
			allow: ['10.0.0.0/8', 'fd00::/8'],
			deny: ['10.0.0.5'],
			host: 'eth0',
		},
	}),
];

const {peers} = stateOf(
	['one', 'two'].map(name => ({
		...connected(name, {kind: 'raw'}),
		listener: 'm' as never,
	})),
);

const show = async (listeners: readonly Listener[], height = 20) =>
	stage.show(
		<ListenersOverlay
			theme={theme}
			width={width}
			height={height}
			listeners={listeners}
			peers={peers.values()}
			failed={[
				{
					kind: 'udp',
					port: 10_000,
					error: errorInfo('portTaken', {port: 10_000}),
				},
			]}
			onCloseListener={note('close listener')}
			onAdd={text => {
				note('add')(text);
				return text.startsWith('tcp') ? undefined : 'That is no port.';
			}}
			onClose={note('close')}
		/>,
		'Listening on',
	);

test('what is open and who is connected, what it was asked to be, what failed', async () => {
	const terminal = await show(rows);
	const screen = terminal.text();
	expectWhole(screen);
	expect(screen).toContain('TCP  port 9090, on all addresses');
	expect(screen).toMatch(/TLS {2}\[::1\]:9091 +2 connections/);
	for (const option of [
		'eth0',
		'raw',
		'fixed 4',
		'gbk',
		'closed after 60 s idle',
		'only 10.0.0.0/8, fd00::/8',
		'not 10.0.0.5',
	]) {
		expect(screen).toContain(option);
	}

	expect(screen).toContain('Port 10000 is taken by another program.');
});

test('x closes the one that is chosen', async () => {
	const terminal = await show(rows);
	terminal.write('j');
	await terminal.waitFor(/❯ TLS|› TLS|> TLS|▸ TLS/);
	terminal.write('x');
	expect(await called('close listener')).toBe('close listener "m"');
	terminal.write('q');
	await called('close');
});

test('a takes a line; what is wrong with it is said, and it stays', async () => {
	const terminal = await show([]);
	expect(terminal.text()).toContain('Nothing is listening now.');
	terminal.write('x');
	terminal.write('a');
	await terminal.waitFor('Listen on');
	terminal.write('qq\r');
	expect(await called('add')).toBe('add "qq"');
	await terminal.waitFor('That is no port.');
	expect(terminal.text()).toContain('qq');
	terminal.write('\u0015tcp 9091 --raw\r');
	await called('add "tcp');
	await terminal.waitFor('The same as a command');
	expect(stage.calls).not.toContain('close');
	expectWhole(terminal.text());
});

test('Esc leaves the line, and then the window', async () => {
	const terminal = await show(rows);
	terminal.write('a');
	await terminal.waitFor('--raw');
	terminal.write('\u001b');
	await terminal.waitFor('The same as a command');
	terminal.write('\u001b');
	await called('close');
});

test('in little room the chosen one is seen', async () => {
	const terminal = await show(
		Array.from({length: 30}, (_, n) => listener(`l${n}`, 9_000 + n)),
		10,
	);
	expectWhole(terminal.text());
	terminal.write('G');
	await terminal.waitFor('9029');
	expectWhole(terminal.text());
});

test('saved addresses as they could be typed', async () => {
	const entries = [
		{name: 'nas', target: {kind: 'peer', host: '10.0.0.2', port: 9_090}},
		{name: '传感器', target: {kind: 'raw', host: 'fd00::1', port: 7_000}},
		{name: 'web', target: {kind: 'rawTls', host: 'example.org', port: 443}},
	] as const;
	const terminal = await stage.show(
		<BookOverlay
			theme={theme}
			width={width}
			height={20}
			entries={entries}
			onClose={note('close')}
		/>,
		'Saved addresses',
	);
	const screen = terminal.text();
	expectWhole(screen);
	expect(screen).toMatch(/nas +10\.0\.0\.2:9090/);
	expect(screen).toContain('tcp://[fd00::1]:7000');
	expect(screen).toContain('ssl://example.org:443');
	terminal.write('q');
	await called('close');
});
