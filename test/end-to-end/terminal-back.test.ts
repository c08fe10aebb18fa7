/** The terminal is given back on every way out, and by Ctrl-Z; the built program under a shell's job control. */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {
	homeFlags,
	runPeer,
	type SocktermConsole,
	startConsole,
	testFolder,
} from '../helpers/sockterm-program.js';
import {
	cleanEnvironment,
	peersFolder,
	socktermScript,
} from '../helpers/programs.js';
import {openTerminal, type Terminal} from '../helpers/terminal.js';
import {modesOn, strayOutput} from '../helpers/terminal-output.js';
import {waitFor} from '../helpers/wait-for.js';

const faultsScript = join(import.meta.dirname, '..', 'helpers', 'faults.cjs');

const flagsOfPorts = ['--host', '127.0.0.1', '--tcp', '0', '--udp', '0'];

interface Kept {
	readonly kept: SocktermConsole;
	readonly pid: number;
	/** Breaks a thread of the program. */
	fault(name: string): void;
}

/** A console inside a program that looks at the terminal's settings before and after. */
async function startKept(): Promise<Kept> {
	const home = testFolder();
	const pidFile = join(home, 'pid');
	const faults = join(home, 'faults');
	mkdirSync(faults);
	const kept = await startConsole({
		home,
		wrapper: ['python3', join(peersFolder, 'keep_terminal.py'), pidFile],
		env: {
			NODE_OPTIONS: `--require=${faultsScript}`,
			SOCKTERM_FAULTS: faults,
		},
	});
	const text = await waitFor(
		() => existsSync(pidFile) && readFileSync(pidFile, 'utf8').trim(),
		'the process id',
	);
	return {
		kept,
		pid: Number(text),
		fault: name => writeFileSync(join(faults, name), ''),
	};
}

const normal = {
	alternateScreen: false,
	cursorVisible: true,
	bracketedPaste: false,
	mouseTracking: false,
	focusEvents: false,
};

function expectNormal(terminal: Terminal): void {
	expect(terminal.modes()).toStrictEqual(normal);
	expect(modesOn(terminal.output())).toEqual(['?25']);
}

interface WayOut {
	readonly name: string;
	leave(program: Kept): void | Promise<void>;
	readonly code: number;
	/** What stands on the normal screen afterwards. */
	readonly says?: RegExp;
}

const bySignal = (signal: NodeJS.Signals, number: number): WayOut => ({
	name: signal,
	leave: ({pid}) => {
		process.kill(pid, signal);
	},
	code: 128 + number,
});

const byFault = (name: string, code: number, says: RegExp): WayOut => ({
	name: `a fault: ${name}`,
	leave: ({fault}) => fault(name),
	code,
	says,
});

const waysOut: readonly WayOut[] = [
	{name: '/quit', leave: ({kept}) => kept.enter('/quit'), code: 0},
	{
		name: 'q',
		async leave({kept}) {
			kept.write('\u001B');
			await kept.waitFor(screen => !screen.includes('Enter send'));
			kept.write('q');
		},
		code: 0,
	},
	{
		name: 'Ctrl-C twice',
		async leave({kept}) {
			kept.write('\u0003');
			await kept.waitFor(/ctrl-c|again/i);
			kept.write('\u0003');
		},
		code: 0,
	},
	bySignal('SIGHUP', 1),
	bySignal('SIGINT', 2),
	bySignal('SIGQUIT', 3),
	bySignal('SIGTERM', 15),
	byFault('main-throw', 1, /on purpose: throw/),
	byFault('main-reject', 1, /on purpose: reject/),
	byFault('main-exit', 7, /terminal same/),
	byFault('worker-throw', 1, /on purpose: throw/),
	byFault('worker-reject', 1, /on purpose: reject/),
	byFault('worker-exit', 1, /engine/i),
];

describe('the terminal is given back', () => {
	test.each(waysOut)('after $name', async ({leave, code, says}) => {
		const program = await startKept();
		const {kept} = program;
		expect(kept.modes().alternateScreen).toBe(true);
		await leave(program);
		await kept.waitFor(/code -?\d+/);
		await kept.exit;
		expectNormal(kept);
		expect(kept.text()).toContain('terminal same');
		expect(kept.text()).toContain(`code ${code}`);
		if (says) expect(kept.text()).toMatch(says);
		expect(strayOutput(kept.output())).toEqual([]);
	});

	test('by Ctrl-Z, and taken again, whole, three times', async () => {
		const {kept} = await startKept();
		for (let round = 1; round <= 3; round++) {
			kept.write('\u001A');
			// Those of the rounds before are still there.
			await kept.waitFor(
				screen => screen.split('stopped, terminal same').length > round,
			);
			expectNormal(kept);
			kept.write('go on\r');
			await kept.waitFor(
				screen => /tcp \S*:\d+/.test(screen) && kept.modes().cursorVisible,
			);
			expect(kept.modes()).toStrictEqual({
				...normal,
				alternateScreen: true,
				bracketedPaste: true,
			});
			kept.enter(`/nick back${round}`);
			await kept.waitFor(new RegExp(`sockterm\\s+back${round}`));
		}

		kept.enter('/quit');
		await kept.waitFor(/code 0/);
		await kept.exit;
		expectNormal(kept);
		expect(kept.text()).toContain('terminal same');
	});
});

test('a real shell: Ctrl-Z, another size meanwhile, fg, and quit', async () => {
	const home = testFolder();
	const inputrc = join(home, 'inputrc');
	writeFileSync(inputrc, 'set enable-bracketed-paste off\n');
	const shell = openTerminal({
		command: 'bash',
		args: ['--noprofile', '--norc', '-i'],
		env: {...cleanEnvironment(home), PS1: '$ ', INPUTRC: inputrc},
		cwd: home,
		columns: 120,
		rows: 40,
	});
	onTestFinished(() => shell.close());
	const settings = async (name: string) => {
		shell.write(`stty -a > ${name}; echo kept ${name}.\r`);
		await shell.waitFor(new RegExp(`^kept ${name}\\.`, 'm'));
		// The first line holds the size.
		return readFileSync(join(home, name), 'utf8').split('\n').slice(1);
	};
	await shell.waitFor('$ ');
	const before = await settings('before');
	shell.write(
		`${[process.execPath, socktermScript, ...flagsOfPorts, ...homeFlags(home)].join(' ')}; echo code $?\r`,
	);
	await shell.waitFor(/tcp \S*:\d+/);

	shell.write('\u001A');
	await shell.waitFor(/Stopped/);
	expectNormal(shell);
	expect(await settings('stopped')).toEqual(before);
	shell.resize(80, 24);
	shell.write('fg\r');
	// Drawn whole, in the size of now.
	await shell.waitFor(
		screen =>
			shell.modes().cursorVisible &&
			/tcp \S*:\d+/.test(screen) &&
			screen.split('\n').at(-1)?.includes('Enter send') === true,
	);
	expect(shell.modes()).toStrictEqual({
		...normal,
		alternateScreen: true,
		bracketedPaste: true,
	});
	shell.write('/quit\r');
	await shell.waitFor(screen => !/tcp \S*:\d+/.test(screen));
	expect(await settings('after')).toEqual(before);
	expectNormal(shell);
});

describe('a terminal that goes away ends the program', () => {
	test.each([
		['with SIGHUP', ['--controlling']],
		[
			'with SIGHUP ignored, as under nohup',
			['--controlling', '--ignore-hangup'],
		],
		['without a signal', []],
	])('%s', async (_name, flags) => {
		const home = testFolder();
		const peer = runPeer('close_terminal.py', [
			...flags,
			process.execPath,
			socktermScript,
			...flagsOfPorts,
			...homeFlags(home),
		]);
		expect(await peer.waitForLine(/code|running/)).toBe('code 129');
	});
});
