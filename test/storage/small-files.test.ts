/** Small files are read together on a thread of their own, by the rules of every file. */
import {
	appendFile,
	mkdir,
	rename,
	symlink,
	unlink,
	utimes,
	writeFile,
} from 'node:fs/promises';
import {join} from 'node:path';
import {Worker} from 'node:worker_threads';
import {afterAll, afterEach, expect, it} from 'vitest';
import type {SourceEntry} from '../../source/engine/ports.js';
import {limits} from '../../source/limits.js';
import {createFileSource} from '../../source/storage/file-source.js';
import {createFileThread} from '../../source/storage/file-thread.js';
import {bundleFileWorker} from '../helpers/file-worker.js';
import {blake3, errorOf, faultyFiles, temporaryFolder} from './helpers.js';

const workers = await bundleFileWorker();

afterEach(workers.terminate);
afterAll(workers.close);

const contentOf = (index: number) =>
	Buffer.alloc(index === 0 ? 0 : 100 + index * 7, `${index} `);

/** A folder of small files, and a source whose ordinary calls are counted. */
async function sample(count: number) {
	const folder = join(await temporaryFolder(), 'many');
	await mkdir(folder);
	for (let index = 0; index < count; index++) {
		const path = join(folder, `${index}`.padStart(3, '0'));
		await writeFile(path, contentOf(index));
		await utimes(path, 1_600_000_000, 1_600_000_000.5);
	}

	const files = faultyFiles(() => undefined);
	const source = createFileSource(files, createFileThread(workers.start));
	const {entries} = await source.describe(folder);
	return {folder, entries, files, source};
}

async function content(entry: SourceEntry): Promise<Buffer> {
	const reader = await entry.open();
	const chunks: Uint8Array[] = [];
	for (;;) {
		const chunk = await reader.read();
		if (chunk.length === 0) break;
		chunks.push(Uint8Array.from(chunk));
		reader.recycle(chunk);
	}

	const whole = Buffer.concat(chunks);
	expect(Buffer.from(await reader.finish())).toEqual(
		Buffer.from(await blake3(whole)),
	);
	await reader.close();
	await reader.close();
	return whole;
}

/** Opens together until none of them is opened the ordinary way: the thread takes its time to start. */
async function warmUp({entries, files}: Awaited<ReturnType<typeof sample>>) {
	for (;;) {
		files.calls.length = 0;
		await Promise.all(entries.map(content));
		if (!files.calls.includes('open')) return;
	}
}

it('gives each file its bytes and digest, before the thread runs and after', async () => {
	const many = await sample(50);
	const before = await Promise.all(many.entries.map(content));
	expect(many.files.calls).toContain('open');
	expect(before).toEqual(many.entries.map((_, index) => contentOf(index)));
	await warmUp(many);
	const after = await Promise.all(many.entries.map(content));
	expect(after).toEqual(before);
	expect(many.files.calls).toEqual([]);
	expect(workers.started).toHaveLength(1);
});

it('starts no thread for a few files', async () => {
	const {entries} = await sample(limits.smallFilesWorth - 1);
	await Promise.all(entries.map(content));
	expect(workers.started).toHaveLength(0);
});

it('leaves large files to the ordinary way', async () => {
	const many = await sample(limits.smallFilesWorth);
	await warmUp(many);
	const {folder, files, source} = many;
	const sizes = [limits.smallFileBytes, limits.smallFileBytes + 1];
	for (const size of sizes) {
		await writeFile(join(folder, 'one'), Buffer.alloc(size, 'x'));
		const {entries} = await source.describe(join(folder, 'one'));
		files.calls.length = 0;
		expect(await content(entries[0]!)).toHaveLength(size);
		expect(files.calls.includes('open')).toBe(size > limits.smallFileBytes);
	}
});

it('refuses what is no longer the file of the offer, and reads the others', async () => {
	const many = await sample(40);
	await warmUp(many);
	const {folder, entries, files} = many;
	const path = (index: number) => entries[index]!.path.at(-1)!;
	const at = (index: number) => join(folder, path(index));
	await appendFile(at(1), 'more');
	await utimes(at(2), 1, 1);
	await writeFile(join(folder, 'new'), contentOf(3));
	await utimes(join(folder, 'new'), 1_600_000_000, 1_600_000_000.5);
	await rename(join(folder, 'new'), at(3));
	await unlink(at(4));
	await unlink(at(5));
	await mkdir(at(5));
	// A link to the very file is not the file.
	await rename(at(6), join(folder, 'moved'));
	await symlink(join(folder, 'moved'), at(6));
	const expected = [
		'sourceChanged',
		'sourceChanged',
		'sourceChanged',
		'fileMissing',
		'notAFile',
		'notAFile',
	];
	const codes = entries.map(async (entry, index) => {
		if (index >= 1 && index <= expected.length) {
			const {code, details} = await errorOf(entry.open());
			expect(details['path']).toBe(at(index));
			return code;
		}

		expect(await content(entry)).toEqual(contentOf(index));
		return undefined;
	});
	expect((await Promise.all(codes)).filter(code => code)).toEqual(expected);
	expect(files.calls).toEqual([]);
});

it('goes on without the thread when that cannot start or ends', async () => {
	const many = await sample(30);
	await warmUp(many);
	const reading = Promise.all(many.entries.map(content));
	await workers.started[0]!.terminate();
	const expected = many.entries.map((_, index) => contentOf(index));
	expect(await reading).toEqual(expected);
	expect(await Promise.all(many.entries.map(content))).toEqual(expected);

	for (const start of [
		() => new Worker(join(many.folder, 'nothing.mjs')),
		() => {
			throw new Error('no more threads');
		},
	]) {
		const source = createFileSource(undefined, createFileThread(start));
		const {entries} = await source.describe(many.folder);
		for (let round = 0; round < 3; round++)
			expect(await Promise.all(entries.map(content))).toEqual(expected);
	}
});
