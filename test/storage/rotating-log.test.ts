import {chmod, mkdir, readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {createLogFiles} from '../../source/storage/rotating-log.js';
import {nodeFiles} from '../../source/storage/storage-files.js';
import {temporaryFolder, treeOf} from './helpers.js';

const small = {logFileBytes: 10, logFilesKept: 2};

it('goes on with a file that is there', async () => {
	const path = join(await temporaryFolder(), 'log');
	await writeFile(path, 'before\n');
	await chmod(path, 0o640);
	const log = await createLogFiles({...small, logFileBytes: 100}).open(path);
	await log.append('after\n');
	await log.close();
	expect(await readFile(path, 'utf8')).toBe('before\nafter\n');
	expect((await stat(path)).mode & 0o777).toBe(0o640);
});

it('puts a full file aside and drops the oldest', async () => {
	const folder = await temporaryFolder();
	const path = join(folder, 'log');
	const log = await createLogFiles(small).open(path);
	for (const line of [
		'one 12345\n',
		'two 12345\n',
		'three\n',
		'and\n',
		'four\n',
		'five\n',
	]) {
		await log.append(line);
	}

	await log.close();
	expect(await treeOf(folder)).toEqual(['log', 'log.1', 'log.2']);
	expect(await readFile(path, 'utf8')).toBe('four\nfive\n');
	expect(await readFile(`${path}.1`, 'utf8')).toBe('three\nand\n');
	expect(await readFile(`${path}.2`, 'utf8')).toBe('two 12345\n');
	expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('keeps lines together that are longer than a file', async () => {
	const path = join(await temporaryFolder(), 'log');
	const log = await createLogFiles(small).open(path);
	await log.append('longer than a whole file\n');
	await log.append('next\n');
	await log.close();
	expect(await readFile(path, 'utf8')).toBe('next\n');
	expect(await readFile(`${path}.1`, 'utf8')).toBe(
		'longer than a whole file\n',
	);
});

it('takes nothing but a file', async () => {
	const folder = await temporaryFolder();
	await mkdir(join(folder, 'folder'));
	for (const path of [join(folder, 'folder'), '/dev/null']) {
		await expect(createLogFiles(small).open(path)).rejects.toMatchObject({
			info: {code: 'logFailed', details: {path}},
		});
	}
});

it('says why it cannot go on', async () => {
	const path = join(await temporaryFolder(), 'log');
	const files = {
		...nodeFiles,
		async write() {
			throw Object.assign(new Error('no'), {code: 'ENOSPC'});
		},
	};
	const log = await createLogFiles(small, files).open(path);
	await expect(log.append('x\n')).rejects.toMatchObject({
		info: {code: 'logFailed', details: {path, what: 'ENOSPC'}},
	});
	await log.close();
});
