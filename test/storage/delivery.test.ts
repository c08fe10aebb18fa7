import {
	mkdir,
	readFile,
	rename,
	rm,
	stat,
	symlink,
	writeFile,
} from 'node:fs/promises';
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Delivery, ReceiveFolder} from '../../source/engine/ports.js';
import {limits} from '../../source/limits.js';
import {createReceiveFolder} from '../../source/storage/receive-folder.js';
import {
	nodeFiles,
	type StorageFiles,
} from '../../source/storage/storage-files.js';
import {
	blake3,
	errorOf,
	faultyFiles,
	planned,
	temporaryFolder,
	treeOf,
} from './helpers.js';

const onLinux = process.platform === 'linux';

async function open(files?: StorageFiles) {
	const path = await temporaryFolder();
	const folder = createReceiveFolder(path, files);
	return {path, folder, delivery: folder.openDelivery()};
}

/** Delivers one file with its own path as content; gives the path it got. */
async function put(
	folder: ReceiveFolder,
	delivery: Delivery,
	suggested: string,
) {
	const bytes = Buffer.from(suggested);
	const part = await delivery.createPart({
		kind: 'file',
		path: planned(folder, suggested),
		sizeBytes: bytes.length,
		mtimeMs: 0,
	});
	part.write(bytes);
	return (await part.publish(await blake3(bytes))).join('/');
}

async function putFolder(
	folder: ReceiveFolder,
	delivery: Delivery,
	suggested: string,
) {
	const part = await delivery.createPart({
		kind: 'folder',
		path: planned(folder, suggested, 'folder'),
		sizeBytes: 0,
		mtimeMs: 0,
	});
	return (await part.publish(await blake3(Buffer.alloc(0)))).join('/');
}

const openDescriptors = () => readdirSync('/proc/self/fd').length;

describe('a tree', () => {
	it('is made again, with its empty folders, and nothing else is left', async () => {
		const {path, folder, delivery} = await open();
		await putFolder(folder, delivery, 'photos/2024/empty');
		await Promise.all(
			['photos/a', 'photos/2024/b', 'photos/2024/c/d', 'alone'].map(
				async suggested => {
					expect(await put(folder, delivery, suggested)).toBe(suggested);
				},
			),
		);
		await delivery.close();
		await delivery.close();
		expect(await treeOf(path)).toEqual([
			'alone',
			'photos',
			'photos/2024',
			'photos/2024/b',
			'photos/2024/c',
			'photos/2024/c/d',
			'photos/2024/empty',
			'photos/a',
		]);
		expect(await readFile(join(path, 'photos/2024/c/d'), 'utf8')).toBe(
			'photos/2024/c/d',
		);
		expect((await stat(join(path, 'photos'))).mode & 0o7777).toBe(
			0o777 & ~process.umask(),
		);
	});

	it('gets one new name for all of it where its own is taken, and is never merged', async () => {
		const {path, folder, delivery} = await open();
		await mkdir(join(path, 'PHOTOS'));
		await writeFile(join(path, 'PHOTOS', 'a'), 'was here');
		expect(await put(folder, delivery, 'photos/a')).toBe('photos (1)/a');
		expect(await put(folder, delivery, 'photos/b/c')).toBe('photos (1)/b/c');
		const other = folder.openDelivery();
		expect(await put(folder, other, 'photos/a')).toBe('photos (2)/a');
		await Promise.all([delivery.close(), other.close()]);
		expect(await readFile(join(path, 'PHOTOS', 'a'), 'utf8')).toBe('was here');
	});

	it('keeps files apart whose names are equal for some system', async () => {
		const {folder, delivery} = await open();
		const names = [];
		for (const suggested of ['p/README', 'p/readme', 'p/a?', 'p/a*'])
			names.push(await put(folder, delivery, suggested));
		expect(names).toEqual(['p/README', 'p/readme (1)', 'p/a_', 'p/a_ (1)']);
		await delivery.close();
	});

	it.skipIf(!onLinux)('of many folders holds few of them open', async () => {
		const {path, folder, delivery} = await open();
		const before = openDescriptors();
		const count = 3 * limits.foldersOpen;
		for (let round = 0; round < 2; round++) {
			for (let index = 0; index < count; index++)
				await put(folder, delivery, `t/d${index}/f${round}`);
		}

		expect(openDescriptors() - before).toBeLessThan(limits.foldersOpen + 8);
		await delivery.close();
		expect(openDescriptors()).toBeLessThanOrEqual(before);
		expect(await treeOf(path)).toHaveLength(1 + 3 * count);
	});

	it('lists the receive folder once, and a folder of its own never', async () => {
		const files = faultyFiles(() => undefined);
		const {folder, delivery} = await open(files);
		for (let index = 0; index < 20; index++) {
			await put(folder, delivery, `f${index}`);
			await put(folder, delivery, `t/f${index}`);
		}

		await delivery.close();
		expect(files.calls.filter(call => call === 'readdir')).toHaveLength(1);
	});
});

describe('what fails', () => {
	it('leaves no folder behind, whichever call it was', async () => {
		const attempt = async (files: StorageFiles) => {
			const {path, folder, delivery} = await open(files);
			const saved = await put(folder, delivery, 'a/b/c').catch(() => undefined);
			await delivery.close();
			return {path, saved};
		};

		const rehearsal = faultyFiles(() => undefined);
		await attempt(rehearsal);
		for (let nth = 0; nth < rehearsal.calls.length; nth++) {
			const files = faultyFiles((_, index) =>
				index === nth ? 'EIO' : undefined,
			);
			const {path, saved} = await attempt(files);
			const call = files.calls[nth]!;
			const tree = (await treeOf(path)).filter(
				name => call !== 'rmdir' || name !== '.sockterm-parts',
			);
			expect(tree, `${nth} ${call}`).toEqual(
				saved === undefined ? [] : ['a', 'a/b', 'a/b/c'],
			);
		}
	});

	it('takes no folder with it in which something was saved', async () => {
		const {path, folder, delivery} = await open();
		await put(folder, delivery, 'a/kept/x');
		const part = await delivery.createPart({
			kind: 'file',
			path: planned(folder, 'a/gone/x'),
			sizeBytes: 3,
			mtimeMs: 0,
		});
		const closing = delivery.close();
		await part.discard();
		await closing;
		expect(await treeOf(path)).toEqual(['a', 'a/kept', 'a/kept/x']);
		const late = delivery.createPart({
			kind: 'folder',
			path: planned(folder, 'b', 'folder'),
			sizeBytes: 0,
			mtimeMs: 0,
		});
		expect((await errorOf(late)).code).toBe('cancelled');
	});

	it('an empty folder with another digest is not made', async () => {
		const {path, folder, delivery} = await open();
		const part = await delivery.createPart({
			kind: 'folder',
			path: planned(folder, 'b', 'folder'),
			sizeBytes: 0,
			mtimeMs: 0,
		});
		const digest = await blake3(Buffer.from('x'));
		expect((await errorOf(part.publish(digest))).code).toBe('digestMismatch');
		await delivery.close();
		expect(await treeOf(path)).toEqual([]);
	});
});

describe.skipIf(!onLinux)('somebody who changes the receive folder', () => {
	/** Writes to enough other folders that `t/a` is not held open any more. */
	const forget = async (folder: ReceiveFolder, delivery: Delivery) => {
		for (let index = 0; index <= limits.foldersOpen; index++)
			await put(folder, delivery, `t/other${index}/x`);
	};

	it.each(['link', 'folder'] as const)(
		'cannot lead a file elsewhere by a %s in place of one of ours',
		async kind => {
			const {path, folder, delivery} = await open();
			const outside = await temporaryFolder();
			await put(folder, delivery, 't/a/1');
			await forget(folder, delivery);
			await rename(join(path, 't/a'), join(path, 'moved'));
			if (kind === 'link') await symlink(outside, join(path, 't/a'));
			else await mkdir(join(path, 't/a'));
			const error = await errorOf(put(folder, delivery, 't/a/2'));
			expect(error.code).toBe('receiveFolderUnwritable');
			expect(await treeOf(outside)).toEqual([]);
			await delivery.close();
			expect(await treeOf(join(path, 'moved'))).toEqual(['1']);
		},
	);

	it('cannot lead one elsewhere by a link right after a folder was made', async () => {
		const outside = await temporaryFolder();
		const {path, folder, delivery} = await open({
			...nodeFiles,
			async mkdir(made, mode) {
				await nodeFiles.mkdir(made, mode);
				if (!made.endsWith('/t')) return;
				await rm(made, {recursive: true});
				await symlink(outside, made);
			},
		});
		const error = await errorOf(put(folder, delivery, 't/x'));
		expect(error.code).toBe('receiveFolderUnwritable');
		await delivery.close();
		expect(await treeOf(outside)).toEqual([]);
		expect(await treeOf(path)).toEqual(['t']);
	});

	it('cannot lead one elsewhere by what was there before', async () => {
		const {path, folder, delivery} = await open();
		const outside = await temporaryFolder();
		await symlink(outside, join(path, 't'));
		expect(await put(folder, delivery, 't/x')).toBe('t (1)/x');
		await delivery.close();
		expect(await treeOf(outside)).toEqual([]);
	});
});
