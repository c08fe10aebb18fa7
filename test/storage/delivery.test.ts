import {
	mkdir,
	readFile,
	rename,
	rm,
	stat,
	symlink,
	writeFile,
} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {ReceiveFolder} from '../../source/engine/ports.js';
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
	openDescriptors,
	peer,
	planned,
	temporaryFolder,
	treeOf,
} from './helpers.js';

const onLinux = process.platform === 'linux';

/** A delivery of these paths; a file holds its own path, one that ends in a slash is an empty folder. */
async function open(suggested: readonly string[], files?: StorageFiles) {
	const path = await temporaryFolder();
	const folder = createReceiveFolder(path, files);
	return {path, folder, ...begin(folder, suggested)};
}

function begin(folder: ReceiveFolder, suggested: readonly string[]) {
	const entries = suggested.map(each =>
		planned(folder, each, each.endsWith('/') ? 0 : each.length),
	);
	const delivery = folder.openDelivery(peer, entries);
	const create = async (name: string) =>
		delivery.createPart(suggested.indexOf(name), 0);
	/** Delivers one; gives the path it got. */
	const put = async (name: string) => {
		const bytes = Buffer.from(name.endsWith('/') ? '' : name);
		const part = await create(name);
		part.write(bytes);
		const published = await part.publish(await blake3(bytes));
		expect(published.existed).toBe(false);
		return published.path.join('/');
	};

	return {delivery, create, put};
}

describe('a tree', () => {
	it('is made again, with its empty folders, and nothing else is left', async () => {
		const names = ['photos/a', 'photos/2024/b', 'photos/2024/c/d', 'alone'];
		const {path, delivery, put} = await open(['photos/2024/empty/', ...names]);
		expect(await put('photos/2024/empty/')).toBe('photos/2024/empty');
		await Promise.all(
			names.map(async name => expect(await put(name)).toBe(name)),
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
		const names = ['photos/a', 'photos/b/c'];
		const {path, folder, delivery, put} = await open(names);
		await mkdir(join(path, 'PHOTOS'));
		await writeFile(join(path, 'PHOTOS', 'a'), 'was here');
		expect(await put('photos/a')).toBe('photos (1)/a');
		expect(await put('photos/b/c')).toBe('photos (1)/b/c');
		const other = begin(folder, ['photos/a', 'photos/new']);
		expect(await other.put('photos/a')).toBe('photos (2)/a');
		await Promise.all([delivery.close(), other.delivery.close()]);
		expect(await readFile(join(path, 'PHOTOS', 'a'), 'utf8')).toBe('was here');
	});

	it('keeps files apart whose names are equal for some system', async () => {
		const suggested = ['p/README', 'p/readme', 'p/a?', 'p/a*'];
		const {delivery, put} = await open(suggested);
		const names = [];
		for (const each of suggested) names.push(await put(each));
		expect(names).toEqual(['p/README', 'p/readme (1)', 'p/a_', 'p/a_ (1)']);
		await delivery.close();
	});

	it.skipIf(!onLinux)('of many folders holds few of them open', async () => {
		const count = 3 * limits.foldersOpen;
		const names = [0, 1].flatMap(round =>
			Array.from({length: count}, (_, index) => `t/d${index}/f${round}`),
		);
		const {path, delivery, put} = await open(names);
		const before = openDescriptors();
		for (const name of names) await put(name);

		expect(openDescriptors() - before).toBeLessThan(limits.foldersOpen + 8);
		await delivery.close();
		expect(openDescriptors()).toBeLessThanOrEqual(before);
		expect(await treeOf(path)).toHaveLength(1 + 3 * count);
	});

	it('lists the receive folder once, and a folder of its own never', async () => {
		const files = faultyFiles(() => undefined);
		const names = Array.from({length: 40}, (_, index) =>
			index % 2 ? `f${index}` : `t/f${index}`,
		);
		const {delivery, put} = await open(names, files);
		// Whether the folder was begun before is looked for in the sub-folder.
		for (const name of names) await put(name);
		await delivery.close();
		expect(
			files.calls.filter(call => call === 'readdir').length,
		).toBeLessThanOrEqual(2);
	});
});

describe('what fails', () => {
	it('leaves no folder behind, whichever call it was', async () => {
		const attempt = async (files: StorageFiles) => {
			const {path, delivery, put} = await open(['a/b/c'], files);
			const saved = await put('a/b/c').catch(() => undefined);
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
			const tree = await treeOf(path);
			// The record of a folder that has arrived is deleted by the next one.
			const isLeft = (name: string) =>
				name === '.sockterm-parts' || name.endsWith('.folder.json');
			expect(
				tree.filter(name => !isLeft(name)),
				`${nth} ${call}`,
			).toEqual(saved === undefined ? [] : ['a', 'a/b', 'a/b/c']);
			if (saved === undefined) {
				await createReceiveFolder(path).sweep();
				expect(await treeOf(path), `${nth} ${call}`).toEqual([]);
			}
		}
	});

	it('takes no folder with it in which something was saved', async () => {
		const names = ['a/kept/x', 'a/gone/x', 'b/'];
		const {path, delivery, create, put} = await open(names);
		await put('a/kept/x');
		const part = await create('a/gone/x');
		const closing = delivery.close();
		await part.discard();
		await closing;
		const tree = await treeOf(path);
		expect(tree.slice(-3)).toEqual(['a', 'a/kept', 'a/kept/x']);
		expect(tree.slice(0, -3)).toEqual([
			'.sockterm-parts',
			expect.stringMatching(/^\.sockterm-parts\/[\da-f]{32}\.folder\.json$/),
		]);
		expect((await errorOf(create('b/'))).code).toBe('cancelled');
	});

	it('an empty folder with another digest is not made', async () => {
		const {path, delivery, create} = await open(['b/']);
		const part = await create('b/');
		const digest = await blake3(Buffer.from('x'));
		expect((await errorOf(part.publish(digest))).code).toBe('digestMismatch');
		await delivery.close();
		expect(await treeOf(path)).toEqual([]);
	});
});

describe.skipIf(!onLinux)('somebody who changes the receive folder', () => {
	/** Writes to enough other folders that `t/a` is not held open any more. */
	const others = Array.from(
		{length: limits.foldersOpen + 1},
		(_, index) => `t/other${index}/x`,
	);

	it.each(['link', 'folder'] as const)(
		'cannot lead a file elsewhere by a %s in place of one of ours',
		async kind => {
			const names = ['t/a/1', 't/a/2', ...others];
			const {path, delivery, put} = await open(names);
			const outside = await temporaryFolder();
			await put('t/a/1');
			for (const other of others) await put(other);
			await rename(join(path, 't/a'), join(path, 'moved'));
			if (kind === 'link') await symlink(outside, join(path, 't/a'));
			else await mkdir(join(path, 't/a'));
			const error = await errorOf(put('t/a/2'));
			expect(error.code).toBe('receiveFolderUnwritable');
			expect(await treeOf(outside)).toEqual([]);
			await delivery.close();
			expect(await treeOf(join(path, 'moved'))).toEqual(['1']);
		},
	);

	it('cannot lead one elsewhere by a link right after a folder was made', async () => {
		const outside = await temporaryFolder();
		const {path, delivery, put} = await open(['t/x'], {
			...nodeFiles,
			async mkdir(made, mode) {
				await nodeFiles.mkdir(made, mode);
				if (!made.endsWith('/t')) return;
				await rm(made, {recursive: true});
				await symlink(outside, made);
			},
		});
		const error = await errorOf(put('t/x'));
		expect(error.code).toBe('receiveFolderUnwritable');
		await delivery.close();
		expect(await treeOf(outside)).toEqual([]);
		expect(await treeOf(path)).toEqual(['t']);
	});

	it('cannot lead one elsewhere by what was there before', async () => {
		const {path, delivery, put} = await open(['t/x']);
		const outside = await temporaryFolder();
		await symlink(outside, join(path, 't'));
		expect(await put('t/x')).toBe('t (1)/x');
		await delivery.close();
		expect(await treeOf(outside)).toEqual([]);
	});
});
