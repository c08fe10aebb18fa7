/** `send` and `receive` against each other: several peers, a part of it, limits, and what is broken off. */
import {createHash, randomBytes} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {ChildProgram} from '../helpers/child-program.js';
import {cleanEnvironment, socktermScript} from '../helpers/programs.js';
import {homeFlags, runVerb, testFolder} from '../helpers/sockterm-program.js';
import {type Fact, parseFact} from '../helpers/sockterm-side.js';
import {openTerminal} from '../helpers/terminal.js';

const listenFlags = ['--tcp', '0', '--host', '127.0.0.1'];

/** `sockterm receive --yes --json`, once it listens. */
async function startReceiving(
	options: {
		readonly home?: string;
		readonly port?: number;
		readonly args?: readonly string[];
	} = {},
) {
	const {home = testFolder(), port = 0, args = ['--yes']} = options;
	const child = runVerb(
		[
			'receive',
			'--json',
			'--tcp',
			String(port),
			'--host',
			'127.0.0.1',
			...homeFlags(home),
			...args,
		],
		home,
	);
	const bound = parseFact(await child.waitForLine('listener/bound'));
	return {
		...child,
		home,
		received: join(home, 'received'),
		port: Number(bound?.['port']),
	};
}

const sendArgs = (
	paths: readonly string[],
	ports: readonly number[],
	home = testFolder(),
) => [
	'send',
	...paths,
	...ports.flatMap(port => ['--to', `127.0.0.1:${port}`]),
	'--name',
	'alice',
	'--state-dir',
	join(home, 'state'),
];

function sourceFile(name: string, content: Uint8Array | string): string {
	const path = join(testFolder(), name);
	writeFileSync(path, content);
	return path;
}

const namesIn = (folder: string) =>
	existsSync(folder)
		? readdirSync(folder)
				.filter(name => !name.startsWith('.'))
				.sort()
		: [];

const sha256 = (path: string) =>
	createHash('sha256').update(readFileSync(path)).digest('hex');

const facts = (child: ChildProgram, type: string): Fact[] =>
	child.lines
		.map(line => parseFact(line))
		.filter(fact => fact !== undefined)
		.filter(fact => fact.type === type);

async function expectCode(child: ChildProgram, code: number): Promise<void> {
	const {code: ended} = await child.exit;
	expect(ended, `${child.lines.join('\n')}\n${child.errors()}`).toBe(code);
}

/** Once so many bytes of what it receives or sends are across. */
const moved = async (child: ChildProgram, bytes: number) =>
	child.waitForLine(line => {
		const fact = parseFact(line);
		return (
			fact?.type === 'transfer/progressed' &&
			Number(fact['movedBytes']) >= bytes
		);
	}, 30_000);

describe('to two peers', () => {
	test('both have it: 0', async () => {
		const both = [await startReceiving(), await startReceiving()];
		const path = sourceFile('a.bin', randomBytes(5_000_000));
		const ports = both.map(({port}) => port);
		const send = runVerb(sendArgs([path], ports));
		await expectCode(send, 0);
		for (const receiving of both) {
			await expectCode(receiving, 0);
			expect(sha256(join(receiving.received, 'a.bin'))).toBe(sha256(path));
		}

		expect(send.lines).toHaveLength(2);
	});

	test('one does not want it: 3; nobody is there: 1; the other has it all the same', async () => {
		const path = sourceFile('.bashrc', 'x');
		const good = sourceFile('a.txt', 'a');
		const declining = await startReceiving({args: ['--yes', '--keep']});
		const send = runVerb(sendArgs([path], [declining.port]));
		await expectCode(send, 3);

		const taking = await startReceiving();
		const gone = await startReceiving();
		gone.process.kill('SIGKILL');
		await gone.exit;
		const partly = runVerb(sendArgs([good], [gone.port, taking.port]));
		await expectCode(partly, 1);
		await expectCode(taking, 0);
		expect(namesIn(taking.received)).toEqual(['a.txt']);
		expect(partly.errors()).toContain(String(gone.port));
	});
});

test('some of the entries are chosen by their numbers: the receiver 0, the sender 3', async () => {
	const home = testFolder();
	const terminal = openTerminal({
		command: process.execPath,
		args: [socktermScript, 'receive', ...listenFlags, ...homeFlags(home)],
		env: cleanEnvironment(home),
		columns: 100,
		cwd: home,
	});
	onTestFinished(() => terminal.close());
	const [, port] = /tcp \S*:(\d+)/.exec(await terminal.waitFor(/tcp \S*:\d+/))!;
	const paths = ['a', 'b', 'c', 'd'].map(name => sourceFile(name, name));
	const send = runVerb(sendArgs(paths, [Number(port)]));
	await terminal.waitFor('numbers such as 1-3,5] ');
	terminal.write('7\r');
	await terminal.waitFor('1 to 4');
	terminal.write('1,3-4\r');
	expect((await terminal.exit).code).toBe(0);
	await expectCode(send, 3);
	expect(namesIn(join(home, 'received'))).toEqual(['a', 'c', 'd']);
	expect(send.errors()).toContain('took 3 of 4');
});

test('a limit reaches the engine of either side', async () => {
	const receiving = await startReceiving({args: ['--yes', '--limit', '3MB']});
	const path = sourceFile('a.txt', 'a');
	const args = [...sendArgs([path], [receiving.port]), '--json'];
	const send = runVerb([...args, '--limit', '64KiB', '--at-once', '1']);
	await expectCode(send, 0);
	await expectCode(receiving, 0);
	for (const [child, bytesPerSecond] of [
		[send, 65_536],
		[receiving, 3_000_000],
	] as const) {
		expect(facts(child, 'transfer/limited')).toEqual([
			expect.objectContaining({bytesPerSecond}),
		]);
	}
});

test('--at-once 1: the second peer waits until the first one has everything', async () => {
	const both = [await startReceiving(), await startReceiving()];
	const path = sourceFile('a.bin', randomBytes(3_000_000));
	const ports = both.map(({port}) => port);
	const args = [...sendArgs([path], ports), '--json', '--at-once', '1'];
	const send = runVerb([...args, '--limit', '3MB']);
	await expectCode(send, 0);
	const order = send.lines
		.map(line => parseFact(line)?.type)
		.filter(type => /^transfer\/(started|finished)$/.test(type ?? ''));
	expect(order).toEqual([
		'transfer/started',
		'transfer/finished',
		'transfer/started',
		'transfer/finished',
	]);
});

describe('what is broken off', () => {
	/** Slow enough to be caught in the middle. */
	const limited = ['--limit', '15MB', '--json'];

	test('by Ctrl-C of the receiver goes on when it is sent again', async () => {
		const path = sourceFile('big.bin', randomBytes(48_000_000));
		const first = await startReceiving();
		// The key, to which what is kept belongs.
		const sender = testFolder();
		const args = sendArgs([path], [first.port], sender);
		const send = runVerb([...args, ...limited]);
		await moved(first, 8_000_000);
		first.process.kill('SIGINT');
		await expectCode(first, 130);
		await expectCode(send, 1);
		expect(first.errors()).toContain('kept');
		expect(namesIn(first.received)).toEqual([]);

		const again = await startReceiving({home: first.home});
		const resend = runVerb(sendArgs([path], [again.port], sender));
		await expectCode(resend, 0);
		await expectCode(again, 0);
		const [resumed] = facts(again, 'transfer/resumed');
		expect(Number(resumed?.['heldBytes'])).toBeGreaterThan(1_000_000);
		expect(sha256(join(again.received, 'big.bin'))).toBe(sha256(path));
	});

	test('by kill -9 of the sender: the receiver waits, and takes it from where it was', async () => {
		const path = sourceFile('big.bin', randomBytes(48_000_000));
		const receiving = await startReceiving();
		const home = testFolder();
		const args = sendArgs([path], [receiving.port], home);
		const send = runVerb([...args, ...limited]);
		await moved(receiving, 8_000_000);
		send.process.kill('SIGKILL');
		await receiving.waitForLine('transfer/interrupted');
		await expectCode(runVerb(args), 0);
		await expectCode(receiving, 0);
		const [resumed] = facts(receiving, 'transfer/resumed');
		expect(Number(resumed?.['heldBytes'])).toBeGreaterThan(1_000_000);
		expect(namesIn(receiving.received)).toEqual(['big.bin']);
		expect(sha256(join(receiving.received, 'big.bin'))).toBe(sha256(path));
	});

	test('by kill -9 of the receiver: the sender dials again and goes on', async () => {
		const path = sourceFile('big.bin', randomBytes(48_000_000));
		const first = await startReceiving();
		const send = runVerb([...sendArgs([path], [first.port]), ...limited]);
		await moved(first, 8_000_000);
		first.process.kill('SIGKILL');
		await send.waitForLine('transfer/interrupted');
		await first.exit;
		const {home, port} = first;
		const again = await startReceiving({home, port});
		await expectCode(send, 0);
		await expectCode(again, 0);
		const [resumed] = facts(again, 'transfer/resumed');
		expect(Number(resumed?.['heldBytes'])).toBeGreaterThan(1_000_000);
		expect(sha256(join(again.received, 'big.bin'))).toBe(sha256(path));
	});
});
