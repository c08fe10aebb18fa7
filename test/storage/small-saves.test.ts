/** Many small files are saved together, by the rules of every file, and no call that fails costs one of them. */
import {mkdir, readdir, readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, afterEach, describe, expect, it} from 'vitest';
import {SocktermError} from '../../source/errors.js';
import {limits} from '../../source/limits.js';
import {createFileThread} from '../../source/storage/file-thread.js';
import {createReceiveFolder} from '../../source/storage/receive-folder.js';
import {
	nodeFiles,
	type StorageFiles,
} from '../../source/storage/storage-files.js';
import {
	nodeSyncFiles,
	type SyncFiles,
} from '../../source/storage/sync-files.js';
import {bundleFileWorker} from '../helpers/file-worker.js';
import {
	blake3,
	errorOf,
	faultyFiles,
	openDescriptors,
	peer,
	planned,
	sentAt,
	temporaryFolder,
	treeOf,
} from './helpers.js';
import {faultySyncFiles, savingThread} from './saving-thread.js';

const workers = await bundleFileWorker();

afterEach(workers.terminate);
afterAll(workers.close);

const count = limits.smallFilesWorth + 2;
const contentOf = (index: number) =>
	Buffer.alloc(index === 0 ? 0 : index * 300, `${index} `);
const quick = {...limits, diskRetryMs: 1};
/** Nothing here loses its power, and a disk takes its time. */
const unsynced: StorageFiles = {
	...nodeFiles,
	fsync: async () => undefined,
	fdatasync: async () => undefined,
};
const unsyncedSaves: SyncFiles = {
	...nodeSyncFiles,
	fsync: () => undefined,
	fdatasync: () => undefined,
	fdatasyncAside: async () => undefined,
};

type Thread = Parameters<typeof createReceiveFolder>[3];

/** Opens a delivery of a folder with small files, and one beside it. */
function open(
	path: string,
	thread: Thread,
	files: StorageFiles = unsynced,
	many = count,
) {
	const folder = createReceiveFolder(path, files, quick, thread);
	const names = Array.from({length: many}, (_, index) =>
		index === 1 ? 'a.bin' : `t/${index}`,
	);
	const entries = names.map((name, index) =>
		planned(folder, name, contentOf(index).length),
	);
	const delivery = folder.openDelivery(peer, entries);
	const moveOne = async (index: number, content = contentOf(index)) => {
		const part = await delivery.createPart(index, 0);
		const half = content.length >> 1;
		part.write(content.subarray(0, half));
		part.write(content.subarray(half));
		return part.publish(await blake3(contentOf(index)));
	};

	return {folder, delivery, entries, moveOne};
}

/** Moves all of them at once; gives what became of each. */
async function moveAll(
	path: string,
	thread: Thread,
	files: StorageFiles = unsynced,
	many = count,
) {
	const {delivery, entries, moveOne} = open(path, thread, files, many);
	const results = await Promise.allSettled(
		entries.map(async (_, index) => moveOne(index)),
	);
	await delivery.close();
	return results.map(result =>
		result.status === 'fulfilled'
			? result.value.path.join('/')
			: (result.reason as unknown),
	);
}

const named = (results: readonly unknown[]) =>
	results.flatMap((result, index) =>
		typeof result === 'string' ? [{name: result, index}] : [],
	);

async function expectWhole(path: string, results: readonly unknown[]) {
	for (const {name, index} of named(results)) {
		const bytes = await readFile(join(path, name));
		expect(bytes.equals(contentOf(index)), name).toBe(true);
	}
}

/** What has a name: of a folder that is not complete there is a note beside it. */
const savedIn = async (path: string) =>
	(await treeOf(path)).filter(name => !name.startsWith('.sockterm-parts'));

it('saves them on a thread of their own, with their time and mode', async () => {
	const path = await temporaryFolder();
	await writeFile(join(path, 'a.bin'), 'there before');
	const files = faultyFiles(() => undefined);
	const thread = createFileThread(workers.start);
	thread.start();
	await expect.poll(thread.isReady).toBe(true);
	const results = await moveAll(path, thread, files);
	expect(named(results)).toHaveLength(count);
	await expectWhole(path, results);
	expect(results[1]).toBe('a (1).bin');
	expect(files.calls).not.toContain('link');
	const {mtimeMs, mode, nlink} = await stat(join(path, 't', '5'));
	expect(mtimeMs).toBe(sentAt);
	expect(mode & 0o777).toBe(0o666 & ~process.umask());
	expect(nlink).toBe(1);
	expect(await readdir(path)).not.toContain('.sockterm-parts');
});

it('goes the ordinary way where there are few, and where the thread has gone', async () => {
	const path = await temporaryFolder();
	const system = faultySyncFiles(() => undefined);
	const thread = savingThread(system);
	const folder = createReceiveFolder(path, unsynced, quick, thread);
	const few = folder.openDelivery(peer, [planned(folder, 'few', 3)]);
	const part = await few.createPart(0, 0);
	part.write(Buffer.from('abc'));
	await part.publish(await blake3(Buffer.from('abc')));
	await few.close();
	expect(thread.batches).toEqual([]);
	thread.lose();
	const results = await moveAll(path, thread);
	expect(named(results)).toHaveLength(count);
	await expectWhole(path, results);
});

it('makes each durable before it is named, and the names before it says so', async () => {
	const path = await temporaryFolder();
	const system = faultySyncFiles(() => undefined);
	await moveAll(path, savingThread(system));
	const open = new Map<unknown, unknown>();
	const durable = new Set<unknown>();
	let unsynced = 0;
	let links = 0;
	for (const {call, first, result} of system.calls) {
		if (call === 'open') open.set(first, result);
		if (call.startsWith('fdatasync')) durable.add(first);
		if (call === 'fsync') unsynced = 0;
		if (call === 'close') {
			expect(unsynced).toBe(0);
			durable.delete(first);
		}

		if (call !== 'link') continue;
		links++;
		unsynced++;
		expect(durable.has(open.get(first))).toBe(true);
	}

	expect(links).toBe(count);
});

it('smallSavesBatch: of many that are ready so many go together, the next ones make another batch', async () => {
	const path = await temporaryFolder();
	const thread = savingThread(unsyncedSaves);
	const many = 3 * limits.smallSavesBatch;
	const results = await moveAll(path, thread, unsynced, many);
	await expectWhole(path, results);
	expect(named(results)).toHaveLength(many);
	expect(Math.max(...thread.batches)).toBe(limits.smallSavesBatch);
});

it('does the rest at once where the disk is slow', async () => {
	const path = await temporaryFolder();
	const slow = () => {
		const until = performance.now() + 1;
		while (performance.now() < until);
	};

	const system = faultySyncFiles(() => undefined, {
		...unsyncedSaves,
		fdatasync: slow,
	});
	const thread = savingThread(system);
	await moveAll(path, thread);
	const {length: batches} = thread.batches;
	expect(batches).toBeLessThan(count / 2);
	const calls = system.calls.map(({call}) => call);
	expect(calls.filter(call => call === 'fdatasync')).toHaveLength(batches);
	expect(calls.filter(call => call === 'fdatasyncAside')).toHaveLength(
		count - batches,
	);
});

it('takes no other bytes than those of the digest, and no more than agreed', async () => {
	const path = await temporaryFolder();
	const {delivery, moveOne} = open(path, savingThread(unsyncedSaves));
	const other = Buffer.alloc(contentOf(3).length, 'other');
	const short = contentOf(4).subarray(1);
	const long = Buffer.concat([contentOf(5), Buffer.from('!')]);
	const errors = await Promise.all([
		errorOf(moveOne(3, other)),
		errorOf(moveOne(4, short)),
		errorOf(moveOne(5, long)),
	]);
	expect(errors.map(({code}) => code)).toEqual([
		'digestMismatch',
		'digestMismatch',
		'digestMismatch',
	]);
	await moveOne(6);
	await delivery.close();
	expect(await savedIn(path)).toEqual(['t', join('t', '6')]);
});

it('leaves nothing of one that is given up, before and after it is whole', async () => {
	const path = await temporaryFolder();
	const {delivery} = open(path, savingThread(unsyncedSaves));
	const part = await delivery.createPart(3, 0);
	part.write(contentOf(3).subarray(5));
	await part.suspend();
	await part.discard();
	expect(await errorOf(part.publish(await blake3(contentOf(3))))).toMatchObject(
		{
			code: 'cancelled',
		},
	);
	await delivery.close();
	expect(await treeOf(path)).toEqual([]);
});

it('waits for room like others', async () => {
	const path = await temporaryFolder();
	let freeBytes = 0;
	const files = {...unsynced, freeBytes: async () => freeBytes};
	const {delivery} = open(path, savingThread(unsyncedSaves), files);
	const part = await delivery.createPart(3, 0);
	const told: Array<string | undefined> = [];
	part.onBlocked(error => {
		told.push(error?.code);
		freeBytes = 1e9;
	});
	part.write(contentOf(3));
	await part.publish(await blake3(contentOf(3)));
	expect(told).toEqual(['diskFull', undefined]);
	await delivery.close();
	expect(await savedIn(path)).toEqual(['t', join('t', '3')]);
});

/** Those after which nothing is tried again. */
const final = new Set(['fdatasync', 'fdatasyncAside', 'fsync']);

async function failNth(code: string, nth: number): Promise<boolean> {
	const above = await temporaryFolder();
	const path = join(above, 'received');
	await mkdir(path);
	await writeFile(join(path, 'a.bin'), 'there before');
	const descriptors = openDescriptors();
	const system = faultySyncFiles(
		(_, index) => (index === nth ? code : undefined),
		unsyncedSaves,
	);
	const results = await moveAll(path, savingThread(system));
	const call = system.calls[nth]?.call;
	const where = `${nth} ${call} ${code}`;
	expect(openDescriptors(), where).toBe(descriptors);
	for (const result of results)
		if (typeof result !== 'string')
			expect(result, where).toBeInstanceOf(SocktermError);
	await expectWhole(path, results);
	const isLost = call !== undefined && final.has(call);
	if (isLost) expect(named(results).length, where).toBeLessThan(count);
	else expect(named(results), where).toHaveLength(count);
	await createReceiveFolder(path).sweep();
	const names = named(results).map(({name}) => name);
	const there = new Set([...names, 'a.bin']);
	if (names.some(name => name.startsWith('t/'))) there.add('t');
	expect(await savedIn(path), where).toEqual([...there].sort());
	const left = (await treeOf(path)).filter(name => name.endsWith('.part'));
	expect(left, where).toEqual([]);
	expect(await readFile(join(path, 'a.bin'), 'utf8')).toBe('there before');
	return nth < system.calls.length;
}

describe('each call of the thread may fail', () => {
	it.each(['EIO', 'ENOSPC', 'EMFILE', 'EPERM', 'EEXIST'])(
		'with %s',
		async code => {
			let nth = 0;
			while (await failNth(code, nth)) nth++;
			expect(nth).toBeGreaterThan(5 * count);
		},
		60_000,
	);

	it('and everything after it, as when the process is killed', async () => {
		for (let nth = 0, isOver = false; !isOver; nth++) {
			const path = await temporaryFolder();
			const system = faultySyncFiles(
				(_, index) => (index >= nth ? 'EIO' : undefined),
				unsyncedSaves,
			);
			const none = faultyFiles(call =>
				call === 'open' && system.calls.length > nth ? 'EIO' : undefined,
			);
			await moveAll(path, savingThread(system), none);
			isOver = nth >= system.calls.length;
			await createReceiveFolder(path).sweep();
			for (const name of await treeOf(path)) {
				expect(name).not.toMatch(/\.part$/);
				if (name === 't' || name.startsWith('.sockterm-parts')) continue;
				const index = name === 'a.bin' ? 1 : Number(name.slice(2));
				const bytes = await readFile(join(path, name));
				expect(bytes.equals(contentOf(index)), `${nth} ${name}`).toBe(true);
			}
		}
	}, 60_000);
});
