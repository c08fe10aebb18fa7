/** What of a file the receiver has already: equal blocks, and nothing else is read. */
import {appendFile, mkdir, truncate, unlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import * as fc from 'fast-check';
import {expect, it} from 'vitest';
import {limits} from '../../source/limits.js';
import {createFileSource} from '../../source/storage/file-source.js';
import {loadDigest} from '../../source/storage/hasher.js';
import type {StorageFiles} from '../../source/storage/storage-files.js';
import {errorOf, faultyFiles, temporaryFolder} from './helpers.js';

const block = limits.blockBytes;
const never = () => false;
const digest = await loadDigest();

/** A file of bytes that differ from block to block, and the hashes of its blocks. */
async function sample(sizeBytes: number, files?: StorageFiles) {
	const path = join(await temporaryFolder(), 'sample.bin');
	const bytes = Buffer.alloc(sizeBytes);
	const hashes: Uint8Array[] = [];
	for (let start = 0; start < sizeBytes; start += block) {
		const part = bytes.subarray(start, start + block);
		part.fill(1 + start / block);
		hashes.push(digest(part));
	}

	await writeFile(path, bytes);
	const {entries} = await createFileSource(files).describe(path);
	return {path, entry: entries[0]!, hashes};
}

const none = new Uint8Array(32);
const other = new Uint8Array(32).fill(7);

it.each([1, block - 1, block, block + 1, 3 * block])(
	'finds every block of %i bytes, and none beyond',
	async sizeBytes => {
		const {entry, hashes} = await sample(sizeBytes);
		const given = Buffer.concat([...hashes, other, hashes[0]!]);
		expect(await entry.compare(given, never)).toEqual([
			...hashes.map(() => true),
			false,
			false,
		]);
	},
);

it('tells equal, other and missing blocks apart, in any mixture', async () => {
	const {entry, hashes} = await sample(4 * block + 5);
	const mixture = fc.array(
		fc.constantFrom('equal' as const, 'other' as const, 'none' as const),
		{maxLength: 7},
	);
	await fc.assert(
		fc.asyncProperty(mixture, async kinds => {
			const given = kinds.map((kind, index) =>
				kind === 'none' ? none : kind === 'other' ? other : hashes[index],
			);
			expect(
				await entry.compare(
					Buffer.concat(given.map(hash => hash ?? other)),
					never,
				),
			).toEqual(
				kinds.map((kind, index) => kind === 'equal' && index < hashes.length),
			);
		}),
		{numRuns: 15},
	);
});

it('reads the named blocks only', async () => {
	const files = faultyFiles(() => undefined);
	const {entry, hashes} = await sample(5 * block, files);
	files.calls.length = 0;
	const given = Buffer.concat([none, hashes[1]!, none, other, none]);
	expect(await entry.compare(given, never)).toEqual([
		false,
		true,
		false,
		false,
		false,
	]);
	expect(files.calls.filter(call => call === 'read')).toHaveLength(2);
	expect(files.calls.filter(call => call === 'open')).toHaveLength(1);
	expect(files.calls.at(-1)).toBe('close');
});

it('gives up between two blocks and closes the file', async () => {
	const files = faultyFiles(() => undefined);
	const {entry, hashes} = await sample(5 * block, files);
	files.calls.length = 0;
	let asked = 0;
	const equal = await entry.compare(Buffer.concat(hashes), () => ++asked > 2);
	expect(equal).toEqual([true, true, false, false, false]);
	expect(files.calls.filter(call => call === 'read')).toHaveLength(3);
	expect(files.calls.at(-1)).toBe('close');
});

it('throws as a reader does, and leaves nothing open', async () => {
	let reads = 0;
	const files = faultyFiles(call =>
		call === 'read' && ++reads === 2 ? 'EIO' : undefined,
	);
	const {path, entry, hashes} = await sample(3 * block, files);
	const given = Buffer.concat(hashes);
	const compare = async () => errorOf(entry.compare(given, never));
	expect(await compare()).toMatchObject({
		code: 'fileUnreadable',
		details: {path, what: 'EIO'},
	});
	expect(files.calls.at(-1)).toBe('close');
	await appendFile(path, 'x');
	expect((await compare()).code).toBe('sourceChanged');
	await unlink(path);
	expect((await compare()).code).toBe('fileMissing');
	await mkdir(path);
	expect((await compare()).code).toBe('notAFile');
});

it('notices a file that becomes shorter meanwhile', async () => {
	const {path, entry, hashes} = await sample(4 * block);
	let asked = 0;
	const failure = errorOf(
		entry.compare(Buffer.concat(hashes), () => {
			asked++;
			return false;
		}),
	);
	await truncate(path, 10);
	// Whether it was opened before or after that: what is left is not the file of the offer.
	expect((await failure).code).toBe('sourceChanged');
	expect(asked).toBeLessThan(5);
});

it('finds nothing in an empty folder', async () => {
	const folder = await temporaryFolder();
	const {entries} = await createFileSource().describe(folder);
	expect(await entries[0]!.compare(other, never)).toEqual([false]);
});
