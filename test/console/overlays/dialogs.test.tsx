import {afterEach, expect, test} from 'vitest';
import {ConnectDialog} from '../../../source/console/overlays/connect-dialog.js';
import {DatagramDialog} from '../../../source/console/overlays/datagram-dialog.js';
import {HelpOverlay} from '../../../source/console/overlays/help-overlay.js';
import {
	LimitsOverlay,
	formatLimit,
} from '../../../source/console/overlays/limits-overlay.js';
import {QuitDialog} from '../../../source/console/overlays/quit-dialog.js';
import {registry} from '../../../source/console/commands/index.js';
import {createTheme} from '../../../source/console/theme.js';
import {createDialogStage, expectWhole} from '../../helpers/shown-dialog.js';

const theme = createTheme({colour: false, ascii: false});
const width = 60;

const stage = createDialogStage(width);
const {note, called, show, calls} = stage;
afterEach(async () => stage.close());

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
	expect(terminal.text()).toContain('What has arrived is kept');
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
	const atEnd = /(\d+)\/\1,/;
	while (!atEnd.test(terminal.text())) {
		const before = terminal.text();
		terminal.write('\u001B[6~');
		await terminal.waitFor(screen => screen !== before);
		collect();
	}

	const all = [...seen].join('\n');
	for (const {name} of registry.commands) expect(all).toContain(`/${name}`);
	expect(all).toMatch(/Alt-1…9/);
	terminal.rerender(help('composer'));
	terminal.write('g');
	await terminal.waitFor(/^.*\n│ Commands /);
	terminal.write('q');
	await called('close');
});

test('limits are shown with their units', async () => {
	expect(formatLimit('frameBytes', 65_536)).toBe('64 KiB');
	expect(formatLimit('datagramBytes', 65_507)).toBe('65,507 B');
	expect(formatLimit('helloMs', 5000)).toBe('5 s');
	expect(formatLimit('progressMs', 100)).toBe('100 ms');
	expect(formatLimit('reconnectJitter', 0.2)).toBe('20 %');
	expect(formatLimit('comeBackMs', 600_000)).toBe('10 min');
	expect(formatLimit('partialMs', 7 * 86_400_000)).toBe('7 days');
	const terminal = await show(
		<LimitsOverlay
			theme={theme}
			width={width}
			height={20}
			onClose={note('close')}
		/>,
		'Limits',
	);
	expect(terminal.text()).toMatch(/ +anybody +verified/);
	expect(terminal.text()).toMatch(/ message +16 KiB +64 KiB/);
	expect(terminal.text()).toMatch(/offers a minute, a peer +10 +600/);
	expect(terminal.text()).toMatch(/TCP connections in all +10,000/);
	expectWhole(terminal.text());
	terminal.write('\u0003');
	await called('close');
});
