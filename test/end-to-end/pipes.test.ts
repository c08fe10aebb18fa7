/** What is piped into `send -` and out of `receive --stdout`. */
import {createHash, randomBytes} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {type ChildProgram, startChild} from '../helpers/child-program.js';
import {cleanEnvironment, socktermScript} from '../helpers/programs.js';
import {runVerb, testFolder} from '../helpers/sockterm-program.js';
import {openTerminal} from '../helpers/terminal.js';
import {waitFor} from '../helpers/wait-for.js';

const state = (home: string) => ['--state-dir', join(home, 'state')];

/** A shell with `$sockterm` in it, whose exit is that of the first program that fails. */
function runShell(script: string, args: readonly string[], cwd: string) {
	const child = startChild(
		'bash',
		[
			'-c',
			`set -o pipefail; sockterm() { "$node" "$script" "$@"; }; ${script}`,
			'bash',
			...args,
		],
		{
			env: {
				...cleanEnvironment(testFolder()),
				node: process.execPath,
				script: socktermScript,
			},
			cwd,
		},
	);
	onTestFinished(() => child.stop());
	return child;
}

/** The port that stands in its stderr. */
async function portOf(child: ChildProgram): Promise<string> {
	let port: string | undefined;
	await waitFor(
		() => {
			port = /tcp \S*:(\d+)/.exec(child.errors())?.[1];
			return port !== undefined;
		},
		'the port',
		15_000,
	);
	return port!;
}

/** `sockterm receive --stdout --yes` followed by `rest`, once it listens. */
async function receiveInto(rest: string) {
	const home = testFolder();
	const child = runShell(
		`sockterm receive --stdout --yes --tcp 0 --host 127.0.0.1 "$@" ${rest}`,
		state(home),
		home,
	);
	return {...child, home, port: await portOf(child)};
}

const toPort = (port: string, home = testFolder()) => [
	'--to',
	`127.0.0.1:${port}`,
	...state(home),
];

const sha256 = (path: string) =>
	createHash('sha256').update(readFileSync(path)).digest('hex');

async function expectCode(child: ChildProgram, code: number): Promise<void> {
	const {code: ended} = await child.exit;
	expect(ended, `${child.lines.join('\n')}\n${child.errors()}`).toBe(code);
}

test('tar c | send - to receive --stdout | tar t', async () => {
	const folder = testFolder();
	mkdirSync(join(folder, '子'));
	writeFileSync(join(folder, 'a.txt'), 'a');
	writeFileSync(join(folder, '子', 'b.bin'), randomBytes(3_000_000));
	const receiving = await receiveInto('| tar t --quoting-style=literal');
	const sending = runShell(
		'tar c . | sockterm send - --as x.tar "$@"',
		toPort(receiving.port),
		folder,
	);
	await expectCode(sending, 0);
	await expectCode(receiving, 0);
	expect([...receiving.lines].sort()).toEqual(
		['./', './a.txt', './子/', './子/b.bin'].sort(),
	);
	expect(sending.lines.join('\n')).toContain('x.tar');
});

test('every byte, from a pipe into a file', async () => {
	const folder = testFolder();
	const path = join(folder, 'big.bin');
	writeFileSync(path, randomBytes(20_000_001));
	const receiving = await receiveInto('> out.bin');
	const sending = runShell(
		`cat "$1" | sockterm send - --as big.bin "\${@:2}"`,
		[path, ...toPort(receiving.port)],
		folder,
	);
	await expectCode(sending, 0);
	await expectCode(receiving, 0);
	expect(sha256(join(receiving.home, 'out.bin'))).toBe(sha256(path));
});

test('a file and an empty pipe are taken, too', async () => {
	const path = join(testFolder(), '.env');
	writeFileSync(path, 'x=1\n');
	const first = await receiveInto('');
	await expectCode(runVerb(['send', path, ...toPort(first.port)]), 0);
	await expectCode(first, 0);
	expect(first.lines).toEqual(['x=1']);

	const second = await receiveInto('| wc -c');
	const empty = runVerb(['send', '-', '--as', 'x', ...toPort(second.port)]);
	empty.endInput();
	await expectCode(empty, 0);
	await expectCode(second, 0);
	expect(second.lines.map(Number)).toEqual([0]);
});

test('what is piped in is saved in a folder under its name', async () => {
	const home = testFolder();
	const receiving = runShell(
		'sockterm receive --yes --tcp 0 --host 127.0.0.1 --dir in "$@"',
		state(home),
		home,
	);
	const sending = runVerb([
		'send',
		'-',
		'--as',
		'notes.txt',
		...toPort(await portOf(receiving)),
	]);
	sending.write('one\n');
	sending.write('two\n');
	sending.endInput();
	await expectCode(sending, 0);
	await expectCode(receiving, 0);
	expect(readFileSync(join(home, 'in', 'notes.txt'), 'utf8')).toBe(
		'one\ntwo\n',
	);
});

test('offers of several files and of folders are declined, and it waits on', async () => {
	const folder = testFolder();
	for (const name of ['a', 'b']) writeFileSync(join(folder, name), name);
	const receiving = await receiveInto('');
	const several = [join(folder, 'a'), join(folder, 'b')];
	for (const paths of [several, [folder]]) {
		await expectCode(runVerb(['send', ...paths, ...toPort(receiving.port)]), 3);
	}

	const one = runVerb(['send', several[0]!, ...toPort(receiving.port)]);
	await expectCode(one, 0);
	await expectCode(receiving, 0);
	expect(receiving.lines).toEqual(['a']);
	expect(receiving.errors().match(/declined/g)).toHaveLength(2);
});

describe('a broken pipe', () => {
	test('a reader that has seen enough: both fail with a sentence', async () => {
		const path = join(testFolder(), 'big.bin');
		writeFileSync(path, randomBytes(30_000_000));
		const receiving = await receiveInto('| head -c 10 > /dev/null');
		const sending = runVerb(['send', path, ...toPort(receiving.port)]);
		await expectCode(receiving, 1);
		await expectCode(sending, 1);
		expect(receiving.errors()).toMatch(/stdout \(EPIPE\)/);
		expect(sending.errors()).toMatch(/output has ended/);
	});

	test('a sender that is killed in the middle: 1, and not to be used', async () => {
		const receiving = await receiveInto('');
		const args = ['send', '-', '--as', 'x.txt', ...toPort(receiving.port)];
		const sending = runVerb(args);
		sending.write('the first half\n');
		await receiving.waitForLine('the first half');
		sending.process.kill('SIGKILL');
		await expectCode(receiving, 1);
		expect(receiving.errors()).toContain('do not use it');
	});

	test('a reader that reads nothing is waited for, and holds nobody who wants to end', async () => {
		const path = join(testFolder(), 'big.bin');
		writeFileSync(path, randomBytes(30_000_000));
		// The reader is no part of the pipeline: the shell does not wait for it.
		const receiving = await receiveInto(
			'> >(echo $BASHPID >&2; exec sleep 60); echo "ended $?"',
		);
		onTestFinished(() => {
			const [reader] = /^\d+$/m.exec(receiving.errors()) ?? [];
			if (reader) process.kill(Number(reader), 'SIGTERM');
		});
		const args = ['send', path, '--json', ...toPort(receiving.port)];
		const sending = runVerb(args);
		await sending.waitForLine('"stalled":"receiver"');
		sending.process.kill('SIGINT');
		await expectCode(sending, 130);
		await receiving.waitForLine('ended 1');
		expect(receiving.errors()).toContain('do not use it');
	});
});

test.each([
	[['receive', '--stdout', '--yes', '--tcp', '0'], 'sockterm receive --stdout'],
	[['send', '-', '--as', 'x', '--to', '127.0.0.1:1'], 'Nothing is piped in'],
] as const)('%j on a terminal is a usage error', async (args, hint) => {
	const home = testFolder();
	const terminal = openTerminal({
		command: process.execPath,
		args: [socktermScript, ...args, ...state(home)],
		env: cleanEnvironment(home),
		cwd: home,
	});
	onTestFinished(() => terminal.close());
	expect((await terminal.exit).code).toBe(2);
	expect(terminal.text()).toContain(hint);
});
