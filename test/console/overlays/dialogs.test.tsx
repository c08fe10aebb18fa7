import type {ReactNode} from 'react';
import {afterEach, expect, test} from 'vitest';
import {ConnectDialog} from '../../../source/console/overlays/connect-dialog.js';
import {DatagramDialog} from '../../../source/console/overlays/datagram-dialog.js';
import {HelpOverlay} from '../../../source/console/overlays/help-overlay.js';
import {
	LimitsOverlay,
	formatLimit,
} from '../../../source/console/overlays/limits-overlay.js';
import {ListenersOverlay} from '../../../source/console/overlays/listeners-overlay.js';
import {OfferDialog} from '../../../source/console/overlays/offer-dialog.js';
import {QuitDialog} from '../../../source/console/overlays/quit-dialog.js';
import {registry} from '../../../source/console/commands/index.js';
import {createTheme} from '../../../source/console/theme.js';
import type {Transfer} from '../../../source/engine/index.js';
import {errorInfo} from '../../../source/errors.js';
import {connected, offered, safe, stateOf} from '../../helpers/engine-state.js';
import {type RenderedPart, renderPart} from '../../helpers/render-part.js';
import {waitFor} from '../../helpers/wait-for.js';

const theme = createTheme({colour: false, ascii: false});
const width = 60;

let part: RenderedPart | undefined;
afterEach(async () => {
	await part?.close();
	part = undefined;
});

const calls: string[] = [];
const note =
	(name: string) =>
	(...args: readonly unknown[]) => {
		calls.push([name, ...args.map(each => JSON.stringify(each))].join(' '));
	};

async function show(node: ReactNode, first: string, rows = 24) {
	calls.length = 0;
	part = renderPart(node, {columns: width, rows});
	await part.waitFor(first);
	return part;
}

const called = async (name: string) =>
	waitFor(() => calls.find(call => call.startsWith(name)), name);

/** Every row of the dialog has both its edges. */
function expectWhole(screen: string) {
	const rows = screen.split('\n');
	const last = rows.findIndex(row => row.startsWith('╰'));
	expect(rows[0]).toMatch(/^╭.*╮$/);
	expect(rows[last]).toMatch(/^╰.*╯$/);
	for (const row of rows.slice(1, last)) expect(row).toMatch(/^│.*│$/);
}

test('connect: what is typed is submitted as it is, Esc cancels, an error is shown', async () => {
	const dialog = (error?: string) => (
		<ConnectDialog
			theme={theme}
			width={width}
			onSubmit={note('submit')}
			onCancel={note('cancel')}
			{...(error === undefined ? {} : {error})}
		/>
	);
	const terminal = await show(dialog(), 'Where to?');
	expect(terminal.text()).toContain('tcp://host:port');
	terminal.write('tcp://h:1\r');
	await called('submit "tcp://h:1"');
	terminal.rerender(dialog('“x” is no port. Ports go from 1 to 65535.'));
	expectWhole(await terminal.waitFor('“x” is no port'));
	terminal.write('\u001B');
	await called('cancel');
});

test('datagram: Tab walks the fields, an empty text is sent too', async () => {
	const terminal = await show(
		<DatagramDialog
			theme={theme}
			width={width}
			onSubmit={note('submit')}
			onCancel={note('cancel')}
		/>,
		'Send a datagram',
	);
	terminal.write('10.0.0.9:5353\r你好\t\t!\r');
	await called('submit {"target":"10.0.0.9:5353","text":"你好!"}');
	terminal.write('\u0015\r');
	await called('submit {"target":"10.0.0.9:5353","text":""}');
	expectWhole(terminal.text());
});

test('datagram: a target that is given leaves only the text to type', async () => {
	const terminal = await show(
		<DatagramDialog
			theme={theme}
			width={width}
			defaultTarget="h:1"
			onSubmit={note('submit')}
			onCancel={note('cancel')}
		/>,
		'h:1',
	);
	terminal.write('x\r');
	await called('submit {"target":"h:1","text":"x"}');
});

function offer(change: Partial<Transfer> = {}): Transfer {
	const state = stateOf([
		connected('bob'),
		offered('t', 'bob', [
			{name: 'report.iso', sizeBytes: 2_100_000_000},
			{name: '文件.txt', sizeBytes: 12},
		]),
	]);
	return {...state.transfers.values()[0]!, ...change};
}

const offerDialog = (transfer: Transfer, height = 20) => (
	<OfferDialog
		theme={theme}
		width={width}
		height={height}
		transfer={transfer}
		onAccept={note('accept')}
		onDecline={note('decline')}
		onLater={note('later')}
	/>
);

test('offer: who, with which trust, which names, how much, how much room', async () => {
	const terminal = await show(offerDialog(offer()), 'Take these 2 files?');
	const screen = terminal.text();
	expectWhole(screen);
	expect(screen).toMatch(/bob ◌ UNVERIFIED/);
	expect(screen).toMatch(/report\.iso +2\.1 GB/);
	expect(screen).toMatch(/文件\.txt +12 B/);
	expect(screen).toContain('2 files, 2.1 GB in all; 10 GB free here.');
});

test('offer: a, d and Esc answer; Enter and other letters do not', async () => {
	const terminal = await show(offerDialog(offer()), 'Take these');
	terminal.write('\ryx a');
	await called('accept');
	expect(calls).toEqual(['accept']);
	terminal.write('d');
	await called('decline');
	terminal.write('\u001B');
	await called('later');
});

test('offer: refused and flagged names say why; nothing to take cannot be accepted', async () => {
	const [first, second] = offer().entries;
	const refused = {
		...first!,
		refused: errorInfo('nameRefused', {reason: 'separator'}),
	};
	const flagged = {...second!, name: safe('.bashrc'), flagged: true};
	const terminal = await show(
		offerDialog(offer({entries: [refused, flagged]})),
		'Take these',
	);
	expect(terminal.text()).toContain('refused because of its name');
	expect(terminal.text()).toMatch(/! \.bashrc/);
	expect(terminal.text()).toContain('Take it only if you expect it');
	expectWhole(terminal.text());
	terminal.rerender(offerDialog(offer({entries: [refused]})));
	await terminal.waitFor('nothing to take');
	terminal.write('ad');
	await called('decline');
	expect(calls).toEqual(['decline']);
});

test('offer: too little room is said, and many files scroll', async () => {
	const entries = Array.from({length: 40}, (_, index) => ({
		...offer().entries[1]!,
		name: safe(`file-${index}`),
	}));
	const terminal = await show(
		offerDialog(offer({entries, freeBytes: 100}), 14),
		'Take these 40',
	);
	expect(terminal.text()).toContain('There is not enough room');
	expect(terminal.text()).not.toContain('file-39');
	terminal.write('G');
	expectWhole(await terminal.waitFor('file-39'));
});

test('quit: asks while transfers run', async () => {
	const terminal = await show(
		<QuitDialog
			theme={theme}
			width={width}
			running={2}
			onConfirm={note('quit')}
			onCancel={note('stay')}
		/>,
		'2 transfers are still running',
	);
	terminal.write('\r\u001B');
	await called('stay');
	expect(calls).toEqual(['stay']);
	terminal.write('y');
	await called('quit');
});

test('help: the keys of the place first, every command, from the tables', async () => {
	const help = (where: 'composer' | 'panes') => (
		<HelpOverlay
			theme={theme}
			where={where}
			width={width}
			height={20}
			onClose={note('close')}
		/>
	);
	const terminal = await show(help('panes'), 'In the panes');
	expectWhole(terminal.text());
	expect(terminal.text()).toMatch(/f F4 +send file/);
	const seen = new Set<string>();
	const collect = () => {
		for (const row of terminal.screen()) seen.add(row);
	};

	collect();
	for (let page = 0; page < 12; page++) {
		const before = terminal.text();
		terminal.write('\u001B[6~');
		await terminal.waitFor(
			screen => screen !== before || /(\d+)\/\1,/.test(screen),
		);
		collect();
	}

	const all = [...seen].join('\n');
	for (const {name} of registry.commands) expect(all).toContain(`/${name}`);
	expect(all).toMatch(/Alt-1…9/);
	terminal.rerender(help('composer'));
	await terminal.waitFor('Alt-A');
	terminal.write('q');
	await called('close');
});

test('limits are shown with their units', async () => {
	expect(formatLimit('frameBytes', 65_536)).toBe('64 KiB');
	expect(formatLimit('datagramBytes', 65_507)).toBe('65,507 B');
	expect(formatLimit('helloMs', 5000)).toBe('5 s');
	expect(formatLimit('progressMs', 100)).toBe('100 ms');
	expect(formatLimit('reconnectJitter', 0.2)).toBe('20 %');
	const terminal = await show(
		<LimitsOverlay
			theme={theme}
			width={width}
			height={20}
			onClose={note('close')}
		/>,
		'Limits',
	);
	expect(terminal.text()).toMatch(/TCP connections in all +10,000/);
	expectWhole(terminal.text());
	terminal.write('\u0003');
	await called('close');
});

test('listeners: what is open, what failed and why', async () => {
	const terminal = await show(
		<ListenersOverlay
			theme={theme}
			width={width}
			height={20}
			listeners={[
				{id: 'l' as never, kind: 'tcp', host: '::', port: 9090},
				{id: 'm' as never, kind: 'tcp', host: '::1', port: 9091},
			]}
			failed={[
				{
					kind: 'udp',
					port: 10_000,
					error: errorInfo('portTaken', {port: 10_000}),
				},
			]}
			onClose={note('close')}
		/>,
		'Listening on',
	);
	const screen = terminal.text();
	expectWhole(screen);
	expect(screen).toContain('TCP  port 9090, on all addresses');
	expect(screen).toContain('TCP  [::1]:9091');
	expect(screen).toContain('Port 10000 is taken by another program.');
	expect(screen).toContain('Start with --udp');
});
