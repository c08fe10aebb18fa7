import {
	chmod,
	lstat,
	mkdir,
	readdir,
	readFile,
	stat,
	symlink,
	writeFile,
} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {PartFile} from '../../source/engine/ports.js';
import type {ErrorInfo} from '../../source/errors.js';
import {limits} from '../../source/limits.js';
import {createReceiveFolder} from '../../source/storage/receive-folder.js';
import {
	nodeFiles,
	type StorageFiles,
} from '../../source/storage/storage-files.js';
import {
	blake3,
	createPart,
	errorOf,
	faultyFiles,
	receive,
	temporaryFolder,
	treeOf,
} from './helpers.js';

const bytes = Buffer.from(
	Uint8Array.from({length: 3_000_001}, (_, index) => (index * 31) % 251),
);
const hello = Buffer.from('hello');

async function emptyFolder() {
	const path = join(await temporaryFolder(), 'received', 'here');
	return {path, folder: createReceiveFolder(path)};
}

describe('a received file', () => {
	it.each([1, 1000, 65_536, 1_500_000])(
		'is whole when it came in pieces of %i bytes',
		async pieceBytes => {
			const {path, folder} = await emptyFolder();
			const content = pieceBytes === 1 ? bytes.subarray(0, 5000) : bytes;
			expect(await receive(folder, 'a.bin', content, pieceBytes)).toBe('a.bin');
			expect((await readFile(join(path, 'a.bin'))).equals(content)).toBe(true);
			expect(await treeOf(path)).toEqual(['a.bin']);
		},
	);

	it('may be empty', async () => {
		const {path, folder} = await emptyFolder();
		await receive(folder, 'empty', Buffer.alloc(0));
		expect((await stat(join(path, 'empty'))).size).toBe(0);
	});

	it('keeps the time of the sender, and is never executable', async () => {
		const {path, folder} = await emptyFolder();
		await receive(folder, 'a', hello);
		const {mtimeMs, mode} = await stat(join(path, 'a'));
		expect(mtimeMs).toBe(Date.UTC(2020, 0, 1));
		expect(mode & 0o7777).toBe(0o666 & ~process.umask());
	});

	it.each([
		[-1e15, 0, 0],
		[Number.NaN, Date.now() - 1000, Date.now() + 60_000],
		[1e15, Date.now(), Date.now() + 86_460_000],
	])('gets a sane time for %d', async (mtimeMs, earliest, latest) => {
		const {path, folder} = await emptyFolder();
		const part = await createPart(folder, 'a', 5, {mtimeMs});
		part.write(Buffer.from(hello));
		await part.publish(await blake3(hello));
		const kept = (await stat(join(path, 'a'))).mtimeMs;
		expect(kept).toBeGreaterThanOrEqual(earliest);
		expect(kept).toBeLessThanOrEqual(latest);
	});

	it('is given its digest where the sender says none', async () => {
		const {path, folder} = await emptyFolder();
		const part = await createPart(folder, 'a', 5);
		part.write(Buffer.from(hello));
		const {digest} = await part.publish();
		expect(digest).toEqual(await blake3(hello));
		expect(await readFile(join(path, 'a'), 'utf8')).toBe('hello');
		const short = await createPart(folder, 'b', 6);
		short.write(Buffer.from(hello));
		expect((await errorOf(short.publish())).code).toBe('digestMismatch');
		expect(await readdir(path)).toEqual(['a']);
	});

	it('is private and has no name while it grows', async () => {
		const {path, folder} = await emptyFolder();
		const part = await createPart(folder, 'a.txt', 10);
		const tree = await treeOf(path);
		expect(tree).toHaveLength(2);
		expect(tree[1]).toMatch(/^\.sockterm-parts\/[\da-f]{32}\.\d+-\d+\.part$/);
		const modes = await Promise.all(
			tree.map(async name => (await stat(join(path, name))).mode & 0o777),
		);
		expect(modes).toEqual([0o700, 0o600]);
		await part.discard();
		expect(await treeOf(path)).toEqual([]);
	});
});

describe('a name that is taken', () => {
	it('is left alone, and the next free one used', async () => {
		const {path, folder} = await emptyFolder();
		const names = [];
		for (const content of ['1', '2', '3'])
			names.push(await receive(folder, 'a.txt', Buffer.from(content)));
		expect(names).toEqual(['a.txt', 'a (1).txt', 'a (2).txt']);
		expect(await readFile(join(path, 'a.txt'), 'utf8')).toBe('1');
		expect(await readFile(join(path, 'a (2).txt'), 'utf8')).toBe('3');
	});

	it('is also one that differs in case or in composition', async () => {
		const {path, folder} = await emptyFolder();
		await mkdir(path, {recursive: true});
		await writeFile(join(path, 'README'), '');
		await writeFile(join(path, 'e\u0301'), '');
		expect(await receive(folder, 'readme', hello)).toBe('readme (1)');
		expect(await receive(folder, 'É', hello)).toBe('É (1)');
	});

	it('is never shared by parts that race for it', async () => {
		const {path, folder} = await emptyFolder();
		const contents = Array.from({length: 12}, (_, index) => `content ${index}`);
		const names = await Promise.all(
			contents.map(async content =>
				receive(folder, 'same.txt', Buffer.from(content)),
			),
		);
		expect(new Set(names).size).toBe(contents.length);
		for (const [index, name] of names.entries())
			expect(await readFile(join(path, name), 'utf8')).toBe(contents[index]);
		expect((await treeOf(path)).sort()).toEqual([...names].sort());
	});

	it('may be a link or a folder, and neither is followed', async () => {
		const {path, folder} = await emptyFolder();
		const outside = join(await temporaryFolder(), 'outside');
		await mkdir(join(path, 'dir'), {recursive: true});
		await symlink(outside, join(path, 'link'));
		expect(await receive(folder, 'link', hello)).toBe('link (1)');
		expect(await receive(folder, 'dir', hello)).toBe('dir (1)');
		expect((await lstat(join(path, 'link'))).isSymbolicLink()).toBe(true);
		await expect(stat(outside)).rejects.toThrow('ENOENT');
	});
});

describe('what must not be', () => {
	it('another digest or size leaves nothing', async () => {
		const {path, folder} = await emptyFolder();
		const wrong = await createPart(folder, 'wrong', 5);
		wrong.write(Buffer.from('hellO'));
		const short = await createPart(folder, 'short', 6);
		short.write(Buffer.from(hello));
		for (const part of [wrong, short]) {
			const error = await errorOf(part.publish(await blake3(hello)));
			expect(error.code).toBe('digestMismatch');
		}

		expect(await treeOf(path)).toEqual([]);
	});

	it('more bytes than agreed never reach the disk', async () => {
		const {path, folder} = await emptyFolder();
		const part = await createPart(folder, 'long', 4);
		const failed = new Promise(resolve => {
			part.onFailed(resolve);
		});
		part.write(Buffer.from(hello));
		expect(await failed).toMatchObject({code: 'digestMismatch'});
		const error = await errorOf(part.publish(await blake3(hello)));
		expect(error.code).toBe('digestMismatch');
		expect(await treeOf(path)).toEqual([]);
	});

	it('a link in place of the sub-folder is not followed', async () => {
		const {path, folder} = await emptyFolder();
		const outside = await temporaryFolder();
		await mkdir(path, {recursive: true});
		await symlink(outside, join(path, '.sockterm-parts'));
		const error = await errorOf(createPart(folder, 'a', 1));
		expect(error.code).toBe('receiveFolderUnwritable');
		expect(await treeOf(outside)).toEqual([]);
	});

	it.skipIf(process.platform !== 'linux')(
		'a link put there later is not followed either',
		async () => {
			const {path, folder} = await emptyFolder();
			const outside = await temporaryFolder();
			const part = await createPart(folder, 'a', 5);
			const {rename} = await import('node:fs/promises');
			await rename(path, `${path}-moved`);
			await symlink(outside, path);
			part.write(Buffer.from(hello));
			await part.publish(await blake3(hello));
			expect(await treeOf(outside)).toEqual([]);
			expect(await treeOf(`${path}-moved`)).toEqual(['a']);
		},
	);

	it('a sub-folder open to others is closed to them', async () => {
		const {path, folder} = await emptyFolder();
		const parts = join(path, '.sockterm-parts');
		await mkdir(parts, {recursive: true});
		await chmod(parts, 0o777);
		await writeFile(join(parts, 'theirs'), '');
		await receive(folder, 'a', hello);
		expect((await stat(parts)).mode & 0o777).toBe(0o700);
		expect(await treeOf(parts)).toEqual(['theirs']);
	});
});

describe('discarding', () => {
	it('leaves nothing, whenever it comes', async () => {
		const {path, folder} = await emptyFolder();
		const part = await createPart(folder, 'a', bytes.length);
		part.write(Buffer.from(bytes.subarray(0, 2_000_000)));
		const other = await createPart(folder, 'b', 5);
		other.write(Buffer.from(hello));
		const publishing = errorOf(other.publish(await blake3(hello)));
		await Promise.all([part.discard(), part.discard(), other.discard()]);
		expect(await treeOf(path)).toEqual([]);
		expect((await publishing).code).toBe('cancelled');
		expect(part.queuedBytes()).toBe(0);
		part.write(Buffer.from(hello));
		expect((await errorOf(part.publish(await blake3(hello)))).code).toBe(
			'cancelled',
		);
	});

	it('does nothing to a published file', async () => {
		const {path, folder} = await emptyFolder();
		const part = await createPart(folder, 'a', 5);
		part.write(Buffer.from(hello));
		await part.publish(await blake3(hello));
		await part.discard();
		expect(await treeOf(path)).toEqual(['a']);
	});
});

it('diskBatchBytes: pieces of a socket are written so many bytes at a time, never more', async () => {
	const path = await temporaryFolder();
	const written: number[] = [];
	const files: StorageFiles = {
		...nodeFiles,
		async write(fd, block, position) {
			written.push(block.length);
			return nodeFiles.write(fd, block, position);
		},
	};
	const folder = createReceiveFolder(path, files);
	const most = limits.diskBatchBytes;
	await receive(folder, 'pieces', Buffer.alloc(3 * most + 1), 64 * 1024);
	await receive(folder, 'at once', Buffer.alloc(3 * most + 1), 3 * most + 1);
	// Smaller ones are the journal's, and the last ones.
	const blocks = written.filter(length => length >= 64 * 1024);
	expect(blocks).toEqual(Array.from({length: 6}, () => most));
});

it('writes bytes of a slow sender before a batch is full, and says so', async () => {
	const {path, folder} = await emptyFolder();
	const part = await createPart(folder, 'slow', 10);
	const progressed = new Promise<void>(resolve => {
		part.onProgress(resolve);
	});
	part.write(Buffer.from(hello));
	expect(part.queuedBytes()).toBe(5);
	await progressed;
	expect(part.queuedBytes()).toBe(0);
	const [, name = ''] = await treeOf(path);
	expect(await readFile(join(path, name), 'utf8')).toBe('hello');
	await part.discard();
});

describe('room', () => {
	it('is asked of the file system, and the folder made', async () => {
		const {path, folder} = await emptyFolder();
		expect(await folder.freeBytes()).toBeGreaterThan(0);
		expect((await stat(path)).isDirectory()).toBe(true);
	});

	it('is not promised twice, and is waited for', async () => {
		const path = await temporaryFolder();
		let free = 100;
		const files = {
			...faultyFiles(() => undefined),
			freeBytes: async () => free,
		};
		const folder = createReceiveFolder(path, files, {
			...limits,
			diskRetryMs: 1,
		});
		/** What is said while it waits. */
		const blockedBy = async (part: PartFile) =>
			new Promise<ErrorInfo | undefined>(resolve => {
				part.onBlocked(resolve);
			});
		const large = await createPart(folder, 'a', 101);
		expect(await blockedBy(large)).toMatchObject({
			code: 'diskFull',
			details: {path, freeBytes: 100, neededBytes: 101},
		});
		await large.discard();
		const first = await createPart(folder, 'a', 60);
		const second = await createPart(folder, 'b', 60);
		expect((await blockedBy(second))?.details).toMatchObject({
			freeBytes: 40,
			neededBytes: 60,
		});
		const goesOn = new Promise<void>(resolve => {
			second.onBlocked(error => {
				if (!error) resolve();
			});
		});
		await first.discard();
		await goesOn;
		await second.suspend();
		free = 0;
		const third = await createPart(folder, 'c', 1);
		await third.suspend();
		expect(await treeOf(path)).toEqual([]);
	});

	it('cannot be had in a file, or where nothing can be made', async () => {
		const file = join(await temporaryFolder(), 'file');
		await writeFile(file, '');
		for (const path of [file, join(file, 'below'), '/proc/nowhere']) {
			const folder = createReceiveFolder(path);
			const expected = {code: 'receiveFolderUnwritable', details: {path}};
			expect(await errorOf(folder.freeBytes())).toMatchObject(expected);
			expect(await errorOf(createPart(folder, 'a', 1))).toMatchObject(expected);
		}
	});
});
