/** Every call of storage fails once, at every point: what is named is whole, and the next try gets through. */
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {limits} from '../../source/limits.js';
import {SocktermError} from '../../source/errors.js';
import {createReceiveFolder} from '../../source/storage/receive-folder.js';
import {
	nodeFiles,
	type StorageFiles,
} from '../../source/storage/storage-files.js';
import {
	deliverOne,
	faultyFiles,
	leavePartial,
	move,
	openDescriptors,
	peer,
	planned,
	temporaryFolder,
	treeOf,
} from './helpers.js';

const content = Buffer.alloc(limits.blockBytes + 100_000, 'content');
const beginning = content.subarray(0, limits.blockBytes);
const quick = {...limits, diskRetryMs: 1};
/** Nothing here loses its power, and a disk takes its time. */
const unsynced: StorageFiles = {
	...nodeFiles,
	fsync: async () => undefined,
	fdatasync: async () => undefined,
};

interface Scenario {
	/** Before anything fails. */
	readonly prepare: (path: string) => Promise<void>;
	/** Gives what was saved; rejects where something was not. */
	readonly run: (path: string, files?: StorageFiles) => Promise<string[]>;
}

const single = async (path: string, files = unsynced) => {
	const folder = createReceiveFolder(path, files, quick);
	const delivery = deliverOne(folder, 'a.bin', content.length);
	try {
		const {published} = await move(delivery, 0, content);
		return [published.path.join('/')];
	} finally {
		await delivery.close();
	}
};

const scenarios: Readonly<Record<string, Scenario>> = {
	'a new file': {prepare: async () => undefined, run: single},
	'a file that goes on': {
		prepare: async path =>
			leavePartial(
				createReceiveFolder(path, unsynced),
				'a.bin',
				content.length,
				beginning,
			),
		run: single,
	},
	'a folder': {
		prepare: async () => undefined,
		async run(path, files = unsynced) {
			const folder = createReceiveFolder(path, files, quick);
			const entries = ['t/a.bin', 't/b/a.bin', 't/e/'].map(name =>
				planned(folder, name, name.endsWith('/') ? 0 : 3),
			);
			const delivery = folder.openDelivery(peer, entries);
			const saved: string[] = [];
			try {
				for (const [index, {kind}] of entries.entries()) {
					const bytes = kind === 'file' ? Buffer.from('abc') : Buffer.alloc(0);
					const {published} = await move(delivery, index, bytes);
					saved.push(published.path.join('/'));
				}

				return saved;
			} finally {
				await delivery.close();
			}
		},
	},
};

/** Everything outside the sub-folder, with the content of files. */
async function contents(path: string) {
	const found = new Map<string, Buffer | undefined>();
	for (const name of await treeOf(path)) {
		if (name.startsWith('.sockterm-parts')) continue;
		found.set(name, await readFile(join(path, name)).catch(() => undefined));
	}

	return found;
}

/** Folders are undefined. */
const isWhole = (bytes: Buffer | undefined) =>
	!bytes || bytes.equals(content) || bytes.toString() === 'abc';

/** Calls that a full disk can fail and that are not for good, as an fsync is. */
const waitedFor = new Set([
	'fchmod',
	'ftruncate',
	'futimes',
	'link',
	'mkdir',
	'rename',
	'write',
]);

async function failNth(
	{prepare, run}: Scenario,
	code: string,
	nth: number,
): Promise<boolean> {
	const above = await temporaryFolder();
	const path = join(above, 'received');
	await mkdir(path);
	await writeFile(join(above, 'outside'), 'was here');
	await writeFile(join(path, 'a.bin'), 'there before');
	await prepare(path);
	const descriptors = openDescriptors();
	const files = faultyFiles(
		(_, index) => (index === nth ? code : undefined),
		unsynced,
	);
	let saved: string[] | undefined;
	try {
		saved = await run(path, files);
	} catch (error) {
		expect(error).toBeInstanceOf(SocktermError);
	}

	const call = files.calls[nth];
	const where = `${nth} ${call} ${code}`;
	expect(openDescriptors(), where).toBe(descriptors);
	expect((await readdir(above)).sort()).toEqual(['outside', 'received']);
	const found = await contents(path);
	expect(String(found.get('a.bin')), where).toBe('there before');
	found.delete('a.bin');
	for (const [name, bytes] of found)
		expect(isWhole(bytes), `${where} ${name}`).toBe(true);
	for (const name of saved ?? [])
		expect(found.has(name), `${where} ${name}`).toBe(true);
	if (code === 'ENOSPC' && call && waitedFor.has(call))
		expect(saved, where).toBeDefined();
	// The next one gets through, and what is left then is nothing but what it was given.
	const before = new Set(found.keys());
	await run(path);
	await createReceiveFolder(path).sweep();
	const after = await contents(path);
	for (const name of before) expect(after.has(name), where).toBe(true);
	for (const [name, bytes] of after) {
		if (name !== 'a.bin') expect(isWhole(bytes), `${where} ${name}`).toBe(true);
	}

	return nth < files.calls.length;
}

describe.each(Object.entries(scenarios))('%s', (_, scenario) => {
	it.each(['EIO', 'ENOSPC', 'EACCES', 'EMFILE'])(
		'survives %s at every call',
		async code => {
			let nth = 0;
			while (await failNth(scenario, code, nth)) nth++;
			expect(nth).toBeGreaterThan(25);
		},
		60_000,
	);
});
