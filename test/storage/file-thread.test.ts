/** What the file thread does is what the ordinary way does, and it is never missed. */
import {execFile} from 'node:child_process';
import {mkdir, symlink, unlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, afterEach, expect, it} from 'vitest';
import type {SourceTree} from '../../source/engine/ports.js';
import {limits} from '../../source/limits.js';
import {createFileSource} from '../../source/storage/file-source.js';
import {lookAt, lookFields} from '../../source/storage/file-tasks.js';
import {createFileThread} from '../../source/storage/file-thread.js';
import {nodeFiles} from '../../source/storage/storage-files.js';
import {bundleFileWorker} from '../helpers/file-worker.js';
import {errorOf, faultyFiles, temporaryFolder} from './helpers.js';

const workers = await bundleFileWorker();

afterEach(workers.terminate);
afterAll(workers.close);

/** A crowded folder with one of everything in it. */
async function crowd() {
	const folder = join(await temporaryFolder(), 'crowd');
	await mkdir(join(folder, 'below'), {recursive: true});
	await writeFile(join(folder, 'below', 'file'), 'x');
	await mkdir(join(folder, 'empty'));
	for (let index = 0; index < limits.looksWorth; index++)
		await writeFile(join(folder, `${index}`), 'y'.repeat(index % 10));
	await symlink('0', join(folder, 'link'));
	await promisify(execFile)('mkfifo', [join(folder, 'fifo')]);
	return folder;
}

const plain = ({entries, leftOut}: SourceTree) => ({
	leftOut,
	entries: entries.map(({kind, path, sizeBytes, mtimeMs}) => ({
		kind,
		path,
		sizeBytes,
		mtimeMs,
	})),
});

it('finds what is found without it, and its entries open', async () => {
	const folder = await crowd();
	const files = faultyFiles(() => undefined);
	const source = createFileSource(files, createFileThread(workers.start));
	const tree = await source.describe(folder);
	expect(files.calls.filter(call => call === 'lstat')).toHaveLength(1);
	expect(plain(tree)).toEqual(plain(await createFileSource().describe(folder)));
	expect(tree.entries).toHaveLength(limits.looksWorth + 2);
	expect(tree.leftOut).toBe(2);
	for (const entry of tree.entries.slice(0, 3)) {
		const reader = await entry.open();
		expect(await reader.read()).toHaveLength(entry.sizeBytes);
		await reader.close();
	}
});

it('leaves a name out that goes meanwhile, and says which one cannot be read', async () => {
	const folder = await crowd();
	const thread = createFileThread(workers.start);
	const vanishing = createFileSource(
		{
			...nodeFiles,
			async readdir(path) {
				const names = await nodeFiles.readdir(path);
				await unlink(join(folder, '7')).catch(() => undefined);
				return names;
			},
		},
		thread,
	);
	const {entries, leftOut} = await vanishing.describe(folder);
	expect(entries).toHaveLength(limits.looksWorth + 1);
	expect(leftOut).toBe(3);

	const tooLong = 'n'.repeat(300);
	const unreadable = createFileSource(
		{
			...nodeFiles,
			readdir: async path => [...(await nodeFiles.readdir(path)), tooLong],
		},
		thread,
	);
	expect(await errorOf(unreadable.describe(folder))).toMatchObject({
		code: 'fileUnreadable',
		details: {path: join(folder, tooLong), what: 'ENAMETOOLONG'},
	});
});

it('is not missed when it cannot start', async () => {
	const folder = await crowd();
	const expected = plain(await createFileSource().describe(folder));
	const thread = createFileThread(() => {
		throw new Error('no more threads');
	});
	const source = createFileSource(nodeFiles, thread);
	expect(plain(await source.describe(folder))).toEqual(expected);
});

it('rejects what it owes when it ends, and everything afterwards', async () => {
	const thread = createFileThread(workers.start);
	await expect(thread.ask('lookAt', [])).rejects.toThrow('gone');
	thread.start();
	const owed = thread.ask('lookAt', ['/']);
	const [worker] = workers.started;
	// Not an answer: it may have been given before.
	const ended = owed.then(
		() => 'answered',
		() => 'rejected',
	);
	await worker!.terminate();
	expect(['answered', 'rejected']).toContain(await ended);
	await expect(thread.ask('lookAt', [])).rejects.toThrow('gone');
	expect(thread.isReady()).toBe(false);
	thread.start();
	expect(workers.started).toHaveLength(1);
});

it('answers in the order of the questions', async () => {
	const thread = createFileThread(workers.start);
	thread.start();
	const lengths = [1, 3, 0, 2];
	const results = await Promise.all(
		lengths.map(async length =>
			thread.ask(
				'lookAt',
				Array.from({length}, () => '/'),
			),
		),
	);
	expect(results.map(({fields}) => fields.length / lookFields)).toEqual(
		lengths,
	);
});

it('tells files, folders and other things apart, and what is not there', async () => {
	const folder = await temporaryFolder();
	await writeFile(join(folder, 'file'), 'abc');
	const {fields, failed} = lookAt([
		join(folder, 'file'),
		folder,
		'/dev/null',
		join(folder, 'nothing'),
		join(folder, 'file', 'below'),
	]);
	const kinds = [0, 1, 2, 3, 4].map(index => fields[index * lookFields]);
	expect(kinds).toEqual([1n, 2n, 3n, 0n, 0n]);
	expect(fields[3]).toBe(3n);
	expect([...failed]).toEqual([[4, 'ENOTDIR']]);
});

it('keeps the process alive only while it owes an answer', async () => {
	const ports = () =>
		process
			.getActiveResourcesInfo()
			.filter(resource => resource === 'MessagePort').length;
	const thread = createFileThread(workers.start);
	const before = ports();
	thread.start();
	expect(ports()).toBe(before);
	const owed = thread.ask('lookAt', ['/']);
	expect(ports()).toBeGreaterThan(before);
	await owed;
	expect(ports()).toBe(before);
});
