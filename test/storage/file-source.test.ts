import {execFile} from 'node:child_process';
import {
	appendFile,
	mkdir,
	rename,
	symlink,
	truncate,
	unlink,
	utimes,
	writeFile,
} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {expect, it} from 'vitest';
import type {SourceReader} from '../../source/engine/ports.js';
import {limits} from '../../source/limits.js';
import {createFileSource} from '../../source/storage/file-source.js';
import {blake3, errorOf, faultyFiles, temporaryFolder} from './helpers.js';

const source = createFileSource();
const someBytes = (length: number) =>
	Buffer.from(Uint8Array.from({length}, (_, index) => (index * 7) % 253));

async function readAll(reader: SourceReader): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for (;;) {
		const chunk = await reader.read();
		if (chunk.length === 0) return Buffer.concat(chunks);
		expect(chunk.length).toBeLessThanOrEqual(limits.laneFrameBytes);
		chunks.push(chunk);
	}
}

/** The only entry behind a path. */
async function describeFile(path: string, from = source) {
	const {entries, leftOut} = await from.describe(path);
	expect(entries).toHaveLength(1);
	expect(leftOut).toBe(0);
	return entries[0]!;
}

async function sample(length: number) {
	const path = join(await temporaryFolder(), 'sample.bin');
	const bytes = someBytes(length);
	await writeFile(path, bytes);
	await utimes(path, 1_600_000_000, 1_600_000_000.5);
	return {path, bytes};
}

it.each([0, 1, limits.laneFrameBytes, 2 * limits.laneFrameBytes + 17])(
	'reads and hashes %i bytes',
	async length => {
		const {path, bytes} = await sample(length);
		const file = await describeFile(path);
		expect(file).toMatchObject({
			kind: 'file',
			path: ['sample.bin'],
			sizeBytes: length,
			mtimeMs: 1_600_000_000_500,
		});
		const reader = await file.open();
		expect((await readAll(reader)).equals(bytes)).toBe(true);
		expect(await reader.read()).toHaveLength(0);
		expect(Buffer.from(await reader.finish())).toEqual(
			Buffer.from(await blake3(bytes)),
		);
		await reader.close();
		await reader.close();
	},
);

it('reads the blocks that are compared, each as one frame carries it', async () => {
	// The sender leaves out whole chunks that the receiver has: they must be the same.
	expect(limits.blockBytes).toBe(limits.laneFrameBytes);
	const {path} = await sample(2 * limits.blockBytes + 1);
	const reader = await (await describeFile(path)).open();
	for (const length of [limits.blockBytes, limits.blockBytes, 1, 0])
		expect(await reader.read()).toHaveLength(length);
	await reader.close();
});

it('fills a recycled chunk again', async () => {
	const {path, bytes} = await sample(3 * limits.laneFrameBytes + 5);
	const reader = await (await describeFile(path)).open();
	const buffers = new Set<ArrayBufferLike>();
	const copies: Uint8Array[] = [];
	for (;;) {
		const chunk = await reader.read();
		if (chunk.length === 0) break;
		buffers.add(chunk.buffer);
		copies.push(Uint8Array.from(chunk));
		reader.recycle(chunk);
	}

	expect(Buffer.concat(copies).equals(bytes)).toBe(true);
	expect(buffers.size).toBeLessThan(copies.length);
	expect(Buffer.from(await reader.finish())).toEqual(
		Buffer.from(await blake3(bytes)),
	);
	await reader.close();
});

it('follows a link that the user named, under the name of the link', async () => {
	const {path, bytes} = await sample(10);
	const link = join(await temporaryFolder(), 'link');
	await symlink(path, link);
	const file = await describeFile(link);
	expect(file.path).toEqual(['link']);
	const reader = await file.open();
	expect(await readAll(reader)).toEqual(bytes);
	await reader.close();
});

it('says what is missing, unreadable or no file', async () => {
	const folder = await temporaryFolder();
	const fifo = join(folder, 'fifo');
	await promisify(execFile)('mkfifo', [fifo]);
	await symlink(join(folder, 'loop'), join(folder, 'loop'));
	await writeFile(join(folder, 'file'), '');
	const cases = [
		[join(folder, 'nothing'), 'fileMissing'],
		[join(folder, 'file', 'below'), 'fileMissing'],
		[join(folder, 'loop'), 'fileUnreadable'],
		[fifo, 'notAFile'],
		['/dev/null', 'notAFile'],
	] as const;
	for (const [path, code] of cases)
		expect(await errorOf(source.describe(path))).toMatchObject({
			code,
			details: {path},
		});
	const denied = createFileSource(
		faultyFiles(call => (call === 'open' ? 'EACCES' : undefined)),
	);
	expect((await errorOf(denied.describe(join(folder, 'file')))).code).toBe(
		'fileUnreadable',
	);
});

it('tells a failing disk, in the read that meets it', async () => {
	const {path} = await sample(2 * limits.laneFrameBytes);
	let reads = 0;
	const failing = createFileSource(
		faultyFiles(call => (call === 'read' && ++reads === 2 ? 'EIO' : undefined)),
	);
	const reader = await (await describeFile(path, failing)).open();
	expect(await reader.read()).toHaveLength(limits.laneFrameBytes);
	expect((await errorOf(reader.read())).code).toBe('fileUnreadable');
	await reader.close();
});

const size = limits.laneFrameBytes + 100;
it.each([
	['is longer', async (path: string) => appendFile(path, 'more')],
	['has another time', async (path: string) => utimes(path, 1, 1)],
	[
		'was replaced by an equal one',
		async (path: string) => {
			await writeFile(`${path}.new`, someBytes(size));
			await utimes(`${path}.new`, 1_600_000_000, 1_600_000_000.5);
			await rename(`${path}.new`, path);
		},
	],
	['is gone', unlink],
])('refuses to finish when the file %s', async (_, change) => {
	const {path, bytes} = await sample(size);
	const reader = await (await describeFile(path)).open();
	await change(path);
	// Whatever was appended is never read.
	expect((await readAll(reader)).equals(bytes)).toBe(true);
	expect((await errorOf(reader.finish())).code).toBe('sourceChanged');
	await reader.close();
});

it('notices a file that became shorter while it is read', async () => {
	const {path} = await sample(3 * limits.laneFrameBytes);
	const reader = await (await describeFile(path)).open();
	await truncate(path, 10);
	expect((await errorOf(readAll(reader))).code).toBe('sourceChanged');
	await reader.close();
});

it('notices a file that changed between offer and sending', async () => {
	const {path} = await sample(10);
	const file = await describeFile(path);
	await appendFile(path, 'x');
	expect((await errorOf(file.open())).code).toBe('sourceChanged');
	await unlink(path);
	expect((await errorOf(file.open())).code).toBe('fileMissing');
	await mkdir(path);
	expect((await errorOf(file.open())).code).toBe('notAFile');
});
