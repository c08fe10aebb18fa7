import {randomBytes} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {cleanEnvironment, socktermScript} from '../helpers/programs.js';
import {homeFlags, runVerb, testFolder} from '../helpers/sockterm-program.js';
import {parseFact} from '../helpers/sockterm-side.js';
import {openTerminal, type Terminal} from '../helpers/terminal.js';

const listenFlags = ['--tcp', '0', '--host', '127.0.0.1'];

/** `sockterm receive --json`, once it listens. */
async function startReceiving(args: readonly string[]) {
	const home = testFolder();
	const child = runVerb(
		['receive', '--json', ...listenFlags, ...homeFlags(home), ...args],
		home,
	);
	const bound = parseFact(await child.waitForLine('listener/bound'));
	return {...child, received: join(home, 'received'), port: bound?.['port']};
}

/** A verb under a pseudo-terminal. */
function openVerb(args: readonly string[], columns = 100): Terminal {
	const home = testFolder();
	const terminal = openTerminal({
		command: process.execPath,
		args: [socktermScript, ...args],
		env: cleanEnvironment(home),
		columns,
		cwd: home,
	});
	onTestFinished(() => terminal.close());
	return terminal;
}

async function openReceiving(args: readonly string[] = []) {
	const home = testFolder();
	const terminal = openVerb([
		'recv',
		...listenFlags,
		...homeFlags(home),
		...args,
	]);
	const port = /tcp \S*:(\d+)/.exec(await terminal.waitFor(/tcp \S*:\d+/))?.[1];
	return {terminal, port, received: join(home, 'received')};
}

function sourceFile(name: string, content: Uint8Array | string): string {
	const path = join(testFolder(), name);
	writeFileSync(path, content);
	return path;
}

const sendArgs = (path: string, port: unknown) => [
	'send',
	path,
	'--to',
	`127.0.0.1:${String(port)}`,
	'--name',
	'alice',
	'--state-dir',
	join(testFolder(), 'state'),
];

const namesIn = (folder: string) =>
	existsSync(folder) ? readdirSync(folder) : [];

describe('sockterm receive --yes', () => {
	test('exits 0 with what was sent, as NDJSON; the sender exits 0, too', async () => {
		const receiving = await startReceiving(['--yes']);
		const content = randomBytes(3_000_000);
		const send = runVerb(
			sendArgs(sourceFile('a.bin', content), receiving.port),
		);
		expect((await receiving.exit).code).toBe(0);
		expect((await send.exit).code).toBe(0);
		expect(readFileSync(join(receiving.received, 'a.bin'))).toStrictEqual(
			content,
		);
		const types = receiving.lines.map(line => parseFact(line)?.type);
		expect(types).not.toContain(undefined);
		expect(types).toContain('transfer/finished');
		expect(receiving.errors()).toBe('');
	});

	test('exits 3 where it declines a name that programs obey', async () => {
		const receiving = await startReceiving(['--yes']);
		const send = runVerb(sendArgs(sourceFile('.bashrc', 'x'), receiving.port));
		expect((await receiving.exit).code).toBe(3);
		expect((await send.exit).code).toBe(3);
		expect(receiving.errors()).toContain('.bashrc');
		expect(namesIn(receiving.received)).toStrictEqual([]);
	});

	test('--keep takes one after the other, and exits 130 when interrupted', async () => {
		const receiving = await startReceiving(['--yes', '--keep']);
		for (const name of ['a.txt', 'b.txt']) {
			const send = runVerb(sendArgs(sourceFile(name, name), receiving.port));
			expect((await send.exit).code).toBe(0);
		}

		receiving.process.kill('SIGINT');
		expect((await receiving.exit).code).toBe(130);
		expect(namesIn(receiving.received).sort()).toStrictEqual([
			'a.txt',
			'b.txt',
		]);
	});
});

test.each([
	[['receive'], '--yes'],
	[['recv', '--keep', '--json'], '--yes'],
	[['receive', '--yes', 'a.txt'], '--dir'],
	[['receive', '--yes', '--no-tcp'], '--connect'],
] as const)('%j without a terminal is a usage error', async (args, hint) => {
	const home = testFolder();
	const child = runVerb([...args, ...homeFlags(home)], home);
	expect((await child.exit).code).toBe(2);
	expect(child.errors()).toContain(hint);
	expect(child.errors().trim().split('\n')).toHaveLength(1);
	expect(child.lines).toStrictEqual([]);
});

test('receive --help shows help and does not listen', async () => {
	const child = runVerb(['receive', '--yes', '--help']);
	expect((await child.exit).code).toBe(0);
	expect(child.lines.join('\n')).toContain('--keep');
});

describe('sockterm receive on a terminal', () => {
	test('shows what is offered, and writes only after y', async () => {
		const {terminal, port, received} = await openReceiving();
		const path = sourceFile('报告 final.txt', 'hello');
		const send = runVerb(sendArgs(path, port));
		const screen = await terminal.waitFor('Accept? [y/N]');
		expect(screen).toContain('报告 final.txt');
		expect(screen).toContain('5 B');
		expect(screen).toMatch(/free/);
		expect(screen).toMatch(/alice.*UNVERIFIED/);
		expect(namesIn(received)).toStrictEqual([]);
		terminal.write('y\r');
		expect((await terminal.exit).code).toBe(0);
		expect((await send.exit).code).toBe(0);
		expect(terminal.text()).toMatch(/Saved 报告 final\.txt in .*BLAKE3/s);
		expect(namesIn(received)).toStrictEqual(['报告 final.txt']);
	});

	test.each(['n\r', '\r', '\u0004'])('%j declines: 3', async keys => {
		const {terminal, port, received} = await openReceiving();
		const send = runVerb(sendArgs(sourceFile('a.txt', 'a'), port));
		await terminal.waitFor('Accept? [y/N]');
		terminal.write(keys);
		expect((await terminal.exit).code).toBe(3);
		expect((await send.exit).code).toBe(3);
		expect(namesIn(received)).toStrictEqual([]);
	});

	test('Ctrl-C at the question is 130, and the sender is told', async () => {
		const {terminal, port} = await openReceiving();
		const send = runVerb(sendArgs(sourceFile('a.txt', 'a'), port));
		await terminal.waitFor('Accept? [y/N]');
		terminal.write('\u0003');
		expect((await terminal.exit).code).toBe(130);
		expect((await send.exit).code).not.toBe(0);
	});
});

test('both sides draw a bar on a terminal, in one row, and take it away', async () => {
	const {terminal, port} = await openReceiving(['--yes']);
	const path = sourceFile('big.bin', randomBytes(40_000_000));
	const send = openVerb(sendArgs(path, port), 60);
	expect((await send.exit).code).toBe(0);
	expect((await terminal.exit).code).toBe(0);
	for (const [each, said] of [
		[send, /^Delivered big\.bin/],
		[terminal, /^Saved big\.bin/],
	] as const) {
		expect(each.output()).toMatch(/\rbig\.bin +\[[#-]+\] +\d+%/);
		// Nothing of it is left, and no bar has run over into a second row.
		expect(each.text()).not.toMatch(/[#-]{5}|%/);
		expect(each.screen().filter(row => said.test(row))).toHaveLength(1);
	}
});

test('Ctrl-C beside the bar is 130, and leaves neither the bar nor a file', async () => {
	const {terminal, port, received} = await openReceiving();
	const send = runVerb(sendArgs(sourceFile('a.bin', randomBytes(9)), port));
	await terminal.waitFor('Accept? [y/N]');
	// A sender that stands still: the bar stays.
	send.process.kill('SIGSTOP');
	terminal.write('y\r');
	await terminal.waitFor(/a\.bin +\[-+\] +0%/);
	terminal.write('\u0003');
	expect((await terminal.exit).code).toBe(130);
	expect(terminal.text()).toContain('Interrupted.');
	expect(terminal.text()).not.toMatch(/-{5}|0%|\^|^C/m);
	expect(namesIn(received)).toStrictEqual([]);
	send.process.kill('SIGCONT');
	expect((await send.exit).code).toBe(1);
});
