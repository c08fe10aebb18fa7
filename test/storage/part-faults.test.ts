import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import type {ErrorInfo} from '../../source/errors.js';
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
	systemError,
	temporaryFolder,
	treeOf,
} from './helpers.js';

const bytes = Buffer.alloc(2_500_000, 'content');

/** Receives one file beside one that is there; gives the name, or the error. */
async function attempt(path: string, files: StorageFiles) {
	await writeFile(join(path, 'a.bin'), 'there before');
	const folder = createReceiveFolder(path, files);
	return receive(folder, 'a.bin', bytes).then(
		name => ({name}),
		async (error: unknown) => ({error: await errorOf(Promise.reject(error))}),
	);
}

it.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'])(
	'without hard links (%s) files get their names all the same',
	async code => {
		const path = await temporaryFolder();
		const files = faultyFiles(call => (call === 'link' ? code : undefined));
		const folder = createReceiveFolder(path, files);
		const names = await Promise.all(
			['1', '2', '3', '4'].map(async text =>
				receive(folder, 'a', Buffer.from(text)),
			),
		);
		expect(new Set(names)).toEqual(new Set(['a', 'a (1)', 'a (2)', 'a (3)']));
		for (const [index, name] of names.entries())
			expect(await readFile(join(path, name), 'utf8')).toBe(String(index + 1));
		expect((await treeOf(path)).sort()).toEqual([...names].sort());
	},
);

it('a failed write is told at once, and the part is gone', async () => {
	const path = await temporaryFolder();
	const folder = createReceiveFolder(
		path,
		// The first one is the journal's.
		faultyFiles((call, _, nth) =>
			call === 'write' && nth > 0 ? 'EIO' : undefined,
		),
	);
	const part = await createPart(folder, 'a', bytes.length);
	const failures: ErrorInfo[] = [];
	const failed = new Promise<void>(resolve => {
		part.onFailed(error => {
			failures.push(error);
			resolve();
		});
	});
	part.write(Buffer.from(bytes));
	await failed;
	expect(part.queuedBytes()).toBe(0);
	part.write(Buffer.from(bytes));
	const error = await errorOf(part.publish(await blake3(bytes)));
	expect(failures).toEqual([error]);
	expect(error).toMatchObject({code: 'storageFailed', details: {what: 'EIO'}});
	expect(await treeOf(path)).toEqual([]);
});

it('a failed fdatasync or fsync is not tried again', async () => {
	for (const call of ['fdatasync', 'fsync'] as const) {
		const path = await temporaryFolder();
		const files = faultyFiles(name => (name === call ? 'EIO' : undefined));
		const outcome = await attempt(path, files);
		expect(outcome).toMatchObject({error: {code: 'storageFailed'}});
		expect(files.calls.filter(name => name === call)).toHaveLength(1);
	}
});

it('file systems without fsync of folders, times or modes do', async () => {
	const path = await temporaryFolder();
	const without = new Set(['fsync', 'futimes', 'fchmod']);
	const files = faultyFiles(call => (without.has(call) ? 'EINVAL' : undefined));
	expect(await attempt(path, files)).toEqual({name: 'a (1).bin'});
});

it('short writes are continued where they ended', async () => {
	const path = await temporaryFolder();
	const short: StorageFiles = {
		...nodeFiles,
		write: async (fd, bytes, position) => {
			const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
			return nodeFiles.write(fd, half, position);
		},
	};
	expect(await attempt(path, short)).toEqual({name: 'a (1).bin'});
	const written = await readFile(join(path, 'a (1).bin'));
	expect(written.equals(bytes)).toBe(true);
});

it('a name that somebody takes at the last moment stays his', async () => {
	for (const linkCode of [undefined, 'EPERM']) {
		const path = await temporaryFolder();
		const files: StorageFiles = {
			...nodeFiles,
			async readdir(folder) {
				const names = await nodeFiles.readdir(folder);
				await writeFile(join(path, 'late'), 'his');
				return names;
			},
			async link(from, to) {
				if (linkCode) throw systemError(linkCode);
				await nodeFiles.link(from, to);
			},
		};
		const folder = createReceiveFolder(path, files);
		expect(await receive(folder, 'late', Buffer.from('ours'))).toBe('late (1)');
		expect(await readFile(join(path, 'late'), 'utf8')).toBe('his');
	}
});
