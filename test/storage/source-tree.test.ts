import {execFile} from 'node:child_process';
import {mkdir, rename, rm, symlink, utimes, writeFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {promisify} from 'node:util';
import {expect, it} from 'vitest';
import {limits} from '../../source/limits.js';
import {createFileSource} from '../../source/storage/file-source.js';
import {nodeFiles} from '../../source/storage/storage-files.js';
import {blake3, errorOf, faultyFiles, temporaryFolder} from './helpers.js';

const source = createFileSource();

async function sampleTree() {
	const parent = await temporaryFolder();
	const folder = join(parent, 'photos');
	await mkdir(join(folder, '2024', 'empty'), {recursive: true});
	await mkdir(join(folder, 'b'));
	await writeFile(join(folder, '2024', 'a.jpg'), 'aaa');
	await utimes(join(folder, '2024', 'a.jpg'), 1_600_000_000, 1_600_000_000.5);
	await writeFile(join(folder, 'b', 'z'), '');
	await writeFile(join(folder, 'a'), 'a');
	return {parent, folder};
}

const pathsOf = async (path: string) =>
	(await source.describe(path)).entries.map(entry => entry.path.join('/'));

it('gives every file and every empty folder, in the order of the names', async () => {
	const {folder} = await sampleTree();
	const {entries, leftOut} = await source.describe(`${folder}/`);
	expect(leftOut).toBe(0);
	expect(entries).toMatchObject([
		{
			kind: 'file',
			path: ['photos', '2024', 'a.jpg'],
			sizeBytes: 3,
			mtimeMs: 1_600_000_000_500,
		},
		{kind: 'folder', path: ['photos', '2024', 'empty'], sizeBytes: 0},
		{kind: 'file', path: ['photos', 'a'], sizeBytes: 1},
		{kind: 'file', path: ['photos', 'b', 'z'], sizeBytes: 0},
	]);
	const [file, empty] = entries;
	const reader = await file!.open();
	expect(Buffer.from(await reader.read()).toString()).toBe('aaa');
	await reader.close();
	const nothing = await empty!.open();
	expect(await nothing.read()).toHaveLength(0);
	expect(Buffer.from(await nothing.finish())).toEqual(
		Buffer.from(await blake3(Buffer.alloc(0))),
	);
});

it('gives a folder in which there is nothing as itself', async () => {
	const folder = await temporaryFolder();
	expect((await source.describe(folder)).entries).toMatchObject([
		{kind: 'folder', path: [basename(folder)], sizeBytes: 0},
	]);
});

it('counts links, pipes and names that cannot be said, and follows none', async () => {
	const {parent, folder} = await sampleTree();
	await writeFile(join(parent, 'secret'), 'secret');
	await symlink(join(parent, 'secret'), join(folder, 'link'));
	await symlink('/etc', join(folder, 'b', 'etc'));
	await symlink('nowhere', join(folder, 'dead'));
	await promisify(execFile)('mkfifo', [join(folder, 'fifo')]);
	const unsayable = Buffer.from(`${folder}/x\u00FFx`, 'latin1');
	await writeFile(unsayable, '');
	const {entries, leftOut} = await source.describe(folder);
	expect(entries).toHaveLength(4);
	expect(leftOut).toBe(process.platform === 'darwin' ? 4 : 5);
	await symlink(folder, join(parent, 'named'));
	expect(await pathsOf(join(parent, 'named'))).toContain('named/a');
});

it('does not follow a link that takes the place of a file or folder later', async () => {
	const {parent, folder} = await sampleTree();
	const {entries} = await source.describe(folder);
	await mkdir(join(parent, 'outside'));
	await writeFile(join(parent, 'outside', 'a.jpg'), 'bbb');
	await utimes(
		join(parent, 'outside', 'a.jpg'),
		1_600_000_000,
		1_600_000_000.5,
	);
	await rename(join(folder, '2024'), join(parent, 'was'));
	await symlink(join(parent, 'outside'), join(folder, '2024'));
	expect((await errorOf(entries[0]!.open())).code).toBe('sourceChanged');
	await rm(join(folder, 'a'));
	await symlink(join(parent, 'was', 'a.jpg'), join(folder, 'a'));
	expect((await errorOf(entries[2]!.open())).code).toBe('notAFile');
});

it('does not follow a link that takes the place of a folder while it is looked at', async () => {
	const {parent, folder} = await sampleTree();
	const swapping = createFileSource({
		...nodeFiles,
		async lstat(path) {
			const status = await nodeFiles.lstat(path);
			if (path.endsWith('/b')) {
				await rm(join(folder, 'b'), {recursive: true});
				await symlink(parent, join(folder, 'b'));
			}

			return status;
		},
	});
	expect(await errorOf(swapping.describe(folder))).toMatchObject({
		code: 'fileUnreadable',
		details: {path: join(folder, 'b')},
	});
});

it('says which file or folder in it cannot be read', async () => {
	const {folder} = await sampleTree();
	for (const [call, path] of [
		['access', join(folder, 'a')],
		['readdir', folder],
	] as const) {
		const denied = createFileSource(
			faultyFiles(name => (name === call ? 'EACCES' : undefined)),
		);
		expect(await errorOf(denied.describe(folder))).toMatchObject({
			code: 'fileUnreadable',
			details: {path, what: 'EACCES'},
		});
	}
});

it('refuses what is too much or too deep', async () => {
	const {parent, folder} = await sampleTree();
	const crowded = createFileSource({
		...nodeFiles,
		readdir: async () =>
			Array.from(
				{length: limits.entriesPerOffer + 1},
				(_, index) => `${index}`,
			),
	});
	expect((await errorOf(crowded.describe(folder))).code).toBe('offerTooLarge');
	const levels = Array.from({length: limits.pathComponents}, () => 'd');
	await mkdir(join(parent, ...levels), {recursive: true});
	expect((await errorOf(source.describe(join(parent, 'd')))).code).toBe(
		'offerTooLarge',
	);
});

it('closes every folder, whatever fails', async () => {
	const {folder} = await sampleTree();
	const opened = new Set<number>();
	const counting = (fails: number) => {
		let calls = 0;
		const faulty = faultyFiles((call, index) =>
			index === fails && call !== 'close' ? 'EIO' : undefined,
		);
		return {
			...faulty,
			async open(...parameters: Parameters<typeof nodeFiles.open>) {
				calls++;
				const fd = await faulty.open(...parameters);
				opened.add(fd);
				return fd;
			},
			async close(fd: number) {
				opened.delete(fd);
				await faulty.close(fd);
			},
			count: () => calls + faulty.calls.length,
		};
	};

	const whole = counting(-1);
	await createFileSource(whole).describe(folder);
	for (let nth = 0; nth < whole.count(); nth++) {
		await createFileSource(counting(nth))
			.describe(folder)
			.catch(() => undefined);
		expect(opened.size).toBe(0);
	}
});
