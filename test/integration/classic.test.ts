/** The course's own programs, as they are, against the engine as the program composes it. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, onTestFinished, test} from 'vitest';
import {startPeer} from '../helpers/programs.js';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';
import {
	compose,
	loopback,
	sameFile,
	stopAll,
	type Composed,
} from './composed.js';

afterEach(stopAll);

const MiB = 1024 * 1024;
const largest = 50 * MiB;
const sizes = [0, 1, 2048, MiB + 3];
const times = 10;
/** The largest file is sent a few times, or as often as is asked for: ten times take a minute or two. */
const timesOfLargest = Number(process.env['SOCKTERM_CLASSIC_TIMES'] ?? 2);

const nameOf = (size: number) => `第${size}个文件.bin`;

const timeout = 60_000 + timesOfLargest * 15_000;

/** Which size is sent in each turn. */
const turns = Array.from({length: times}, (_, round) =>
	round < timesOfLargest ? [...sizes, largest] : sizes,
).flat();

function writeFiles(alice: Composed): Map<number, string> {
	const all = [...sizes, largest];
	return new Map(all.map(size => [size, alice.write(nameOf(size), size)]));
}

function start(script: string, args: ReadonlyArray<string | number>) {
	const folder = createTemporaryFolder();
	const program = startPeer(folder.path, script, args);
	onTestFinished(async () => {
		await program.stop();
		folder.remove();
	});
	return program;
}

async function openClassic(alice: Composed): Promise<number> {
	const bound = alice.next('listener/bound');
	alice.engine.dispatch({
		type: 'listener/open',
		kind: 'tcp',
		host: loopback,
		port: 0,
		purpose: {kind: 'classic'},
	});
	return (await bound).port;
}

describe('files of all sizes and programs of the course', {timeout}, () => {
	test.each([
		['name and size in one piece', turns, '0'],
		['name and size apart', [...sizes, largest], '0.2'],
	])('come from its sender: %s', async (_what, sent, pause) => {
		const alice = await compose('alice');
		const port = await openClassic(alice);
		const paths = writeFiles(alice);
		const sender = start('classic_sender.py', [
			loopback,
			port,
			...sent.map(size => paths.get(size)!),
			'--pause',
			pause,
		]);
		expect((await sender.exit).code).toBe(0);
		expect(sender.lines).toEqual(sent.map(size => `sent ${nameOf(size)}`));
		const saved = () => alice.of('transfer/entrySaved');
		await alice.untilTrue(() => saved().length === sent.length);
		expect(alice.receivedNames()).toHaveLength(sent.length);
		expect(alice.of('stream/problem')).toEqual([]);
		const wasSent = new Map(
			alice
				.of('transfer/offered')
				.map(({transfer, totalBytes}) => [transfer, totalBytes]),
		);
		for (const {transfer, savedAs} of saved()) {
			const path = paths.get(wasSent.get(transfer)!)!;
			expect(savedAs).toMatch(/^第\d+个文件(?: \(\d\))?\.bin$/);
			expect(sameFile(path, join(alice.received, savedAs))).toBe(true);
		}
	});

	test('reach its receiver, every byte of them', async () => {
		const alice = await compose('alice');
		const paths = writeFiles(alice);
		const folder = createTemporaryFolder();
		onTestFinished(() => folder.remove());
		const receiver = start('classic_receiver.py', [folder.path]);
		const [, port] = (await receiver.waitForLine('bound')).split(' ');
		const target = {host: loopback, port: Number(port)};
		for (const [turn, size] of turns.entries()) {
			const path = paths.get(size)!;
			const ended = alice.next('transfer/finished');
			alice.engine.dispatch({type: 'classic/send', target, path});
			expect((await ended).outcome).toEqual({kind: 'saved', saved: 1});
			const lines = (turn + 1) * 3 + 1;
			await receiver.waitForLine(() => receiver.lines.length >= lines);
			expect(receiver.lines.slice(lines - 3, lines)).toEqual([
				`name ${nameOf(size)}`,
				`size ${size}`,
				`kept ${size}`,
			]);
			expect(sameFile(path, join(folder.path, nameOf(size)))).toBe(true);
		}
	});
});

describe('a sender of the course that goes wrong', () => {
	const run = async (
		...args: ReadonlyArray<string | number>
	): Promise<{alice: Composed; lines: readonly string[]}> => {
		const alice = await compose('alice');
		const port = await openClassic(alice);
		const path = alice.write('文件.bin', 3 * MiB);
		const sender = start('classic_sender.py', [loopback, port, path, ...args]);
		await sender.exit;
		await alice.until('peer/left');
		return {alice, lines: sender.lines};
	};

	const failure = async (alice: Composed) =>
		(await alice.until('transfer/entryFailed')).error;

	test.each([
		['closes', []],
		['breaks off', ['--reset']],
	])('%s in the middle', async (_what, how) => {
		const {alice} = await run('--stop-after', 2 * MiB, ...how);
		expect((await failure(alice)).code).toBe('classicIncomplete');
		await alice.stop();
		expect(alice.receivedNames()).toEqual([]);
	});

	test.each([
		['../x', 'nameRefused'],
		['.bashrc', 'nameFlagged'],
	])('says a name like %s', async (name, code) => {
		const {alice, lines} = await run('--name', name);
		expect((await failure(alice)).code).toBe(code);
		expect(lines[0]).toMatch(/^(?:broken|no answer)/);
		expect(alice.receivedNames()).toEqual([]);
	});

	test('says the name of a device', async () => {
		const {alice} = await run('--name', 'CON');
		expect((await alice.until('transfer/entrySaved')).savedAs).toBe('_CON');
	});

	test.each([
		[['--raw-name', 'ffff41'], 'classicNameUndecodable'],
		[['--size', -5], 'classicSizeWrong'],
	])('says what makes no sense: %s', async (args, code) => {
		const {alice} = await run(...args);
		expect((await alice.until('stream/problem')).error.code).toBe(code);
		expect(alice.receivedNames()).toEqual([]);
	});

	test('says more than it has', async () => {
		const {alice} = await run('--size', 4 * MiB);
		expect((await failure(alice)).code).toBe('classicIncomplete');
	});

	test('says more than there is room for', async () => {
		const {alice} = await run('--size', 2 ** 52);
		expect((await failure(alice)).code).toBe('diskFull');
	});

	test('has more than it said', async () => {
		const {alice} = await run('--size', 5);
		const {savedAs} = await alice.until('transfer/entrySaved');
		const whole = readFileSync(join(alice.home, '文件.bin'));
		const saved = readFileSync(join(alice.received, savedAs));
		expect(saved.equals(whole.subarray(0, 5))).toBe(true);
	});
});
