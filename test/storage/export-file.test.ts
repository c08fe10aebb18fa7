import {
	mkdir,
	readFile,
	rename,
	stat,
	symlink,
	writeFile,
} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {createExportFiles} from '../../source/storage/export-file.js';
import {nodeFiles} from '../../source/storage/storage-files.js';
import {temporaryFolder, treeOf} from './helpers.js';

const bytes = Buffer.from('kept');

it('writes a new file that only its owner can read', async () => {
	const path = join(await temporaryFolder(), 'chat.txt');
	const file = await createExportFiles().create(path);
	await file.write(bytes);
	await file.write(bytes);
	await file.close();
	expect(await readFile(path, 'utf8')).toBe('keptkept');
	expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('never touches what is there, whatever it is', async () => {
	const folder = await temporaryFolder();
	await writeFile(join(folder, 'file'), 'old');
	await mkdir(join(folder, 'folder'));
	await symlink(join(folder, 'nowhere'), join(folder, 'link'));
	for (const name of ['file', 'folder', 'link']) {
		const path = join(folder, name);
		await expect(createExportFiles().create(path)).rejects.toMatchObject({
			info: {code: 'exportExists', details: {path}},
		});
	}

	expect(await treeOf(folder)).toEqual(['file', 'folder', 'link']);
	expect(await readFile(join(folder, 'file'), 'utf8')).toBe('old');
});

it('says where there is no folder to write to', async () => {
	const path = join(await temporaryFolder(), 'missing', 'chat.txt');
	await expect(createExportFiles().create(path)).rejects.toMatchObject({
		info: {code: 'exportFailed', details: {path, what: 'ENOENT'}},
	});
});

it.each(['write', 'fsync'] as const)(
	'removes its half-written file where %s fails',
	async call => {
		const folder = await temporaryFolder();
		const files = {
			...nodeFiles,
			async [call]() {
				throw Object.assign(new Error('no'), {code: 'EIO'});
			},
		};
		const file = await createExportFiles(files).create(join(folder, 'x'));
		const step = call === 'write' ? file.write(bytes) : file.close();
		await expect(step).rejects.toMatchObject({
			info: {code: 'exportFailed', details: {what: 'EIO'}},
		});
		await file.discard();
		expect(await treeOf(folder)).toEqual([]);
	},
);

it('leaves alone what somebody else has put in its place', async () => {
	const folder = await temporaryFolder();
	const path = join(folder, 'x');
	const file = await createExportFiles().create(path);
	await rename(path, join(folder, 'y'));
	await writeFile(path, 'theirs');
	await file.discard();
	expect(await readFile(path, 'utf8')).toBe('theirs');
});

it('tells a full disk', async () => {
	const folder = await temporaryFolder();
	const files = {
		...nodeFiles,
		async write() {
			throw Object.assign(new Error('no'), {code: 'ENOSPC'});
		},
	};
	const file = await createExportFiles(files).create(join(folder, 'x'));
	await expect(file.write(bytes)).rejects.toMatchObject({
		info: {code: 'diskFull'},
	});
	await file.discard();
});
