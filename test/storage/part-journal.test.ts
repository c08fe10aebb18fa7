import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {limits} from '../../source/limits.js';
import {
	decodeFolderJournal,
	decodePartJournal,
	encodeFolderJournal,
	encodePartJournal,
} from '../../source/storage/part-journal.js';
import {readPartName, writePartName} from '../../source/storage/part-names.js';
import {createReceiveFolder} from '../../source/storage/receive-folder.js';
import {
	deliverOne,
	expectContent,
	leavePartial,
	move,
	peer,
	planned,
	temporaryFolder,
} from './helpers.js';

const journal = {
	peerId: peer,
	suggested: ['photos', 'ü "1".jpg', '..', 'a\0b'],
	sizeBytes: 5_000_000,
	mtimeMs: -1.5,
};
const [name] = planned(createReceiveFolder('/'), 'photos', 0).path;
const begun = {
	peerId: peer,
	suggested: 'photos',
	name: name!,
	dev: 2n ** 64n - 1n,
	ino: 7n,
};

describe('a journal', () => {
	it('says what was written', () => {
		expect(decodePartJournal(encodePartJournal(journal))).toMatchObject(
			journal,
		);
		expect(decodeFolderJournal(encodeFolderJournal(begun))).toMatchObject(
			begun,
		);
	});

	it('of one kind is none of the other', () => {
		expect(decodePartJournal(encodeFolderJournal(begun))).toBeUndefined();
		expect(decodeFolderJournal(encodePartJournal(journal))).toBeUndefined();
	});

	it('never names a place outside the folder', () => {
		for (const given of ['..', 'a/b', '', '.sockterm-parts', 'con']) {
			const bytes = encodeFolderJournal({
				...begun,
				name: given as typeof name & string,
			});
			expect(decodeFolderJournal(bytes), given).toBeUndefined();
		}
	});

	it('may hold anything, and then is none', () => {
		fc.assert(
			fc.property(fc.uint8Array(), bytes => {
				expect(decodePartJournal(bytes)).toBeUndefined();
				expect(decodeFolderJournal(bytes)).toBeUndefined();
			}),
		);
		fc.assert(
			fc.property(fc.json(), text => {
				expect(decodePartJournal(Buffer.from(text))).toBeUndefined();
			}),
		);
	});

	it('cut anywhere is none', () => {
		for (const bytes of [
			encodePartJournal(journal),
			encodeFolderJournal(begun),
		]) {
			for (let length = 0; length < bytes.length; length++) {
				const cut = bytes.subarray(0, length);
				expect(decodePartJournal(cut)).toBeUndefined();
				expect(decodeFolderJournal(cut)).toBeUndefined();
			}
		}
	});
});

it('names in the sub-folder say whose they are; others are not ours', () => {
	const id = '0a'.repeat(16);
	for (const text of [
		`${id}.part`,
		`${id}.12-345.part`,
		`${id}.json`,
		`${id}.1-0.json`,
		`${id}.folder.json`,
		`${id}.12-345.folder.json`,
	])
		expect(writePartName(readPartName(text)!)).toBe(text);
	for (const text of [
		'',
		'notes.part',
		id,
		`${id}.part~`,
		`x${id}.part`,
		`${id.toUpperCase()}.part`,
		`${id}.-1-2.part`,
		`${id}.1.part`,
		`${id}.0-1.part`,
	])
		expect(readPartName(text), text).toBeUndefined();
});

describe('a file goes on, or starts again, and is right in the end', () => {
	const content = Buffer.alloc(limits.blockBytes + 5, 'abcdefg');

	/** Changes the journal of a partial; gives what was held of it then. */
	const withJournal = async (change: (bytes: Buffer) => Buffer) => {
		const path = await temporaryFolder();
		const folder = createReceiveFolder(path);
		const beginning = content.subarray(0, limits.blockBytes);
		await leavePartial(folder, 'a', content.length, beginning);
		const parts = join(path, '.sockterm-parts');
		const names = await readdir(parts);
		const file = join(
			parts,
			names.find(each => each.endsWith('.json'))!,
		);
		await writeFile(file, change(await readFile(file)));
		const delivery = deliverOne(folder, 'a', content.length);
		const {heldBytes, published} = await move(delivery, 0, content);
		await delivery.close();
		expect(published.path).toEqual(['a']);
		await expectContent(join(path, 'a'), content);
		await folder.sweep();
		return heldBytes;
	};

	it('where the journal was cut', async () => {
		expect(await withJournal(bytes => bytes)).toBe(limits.blockBytes);
		for (const part of [0, 0.3, 0.7, 0.99]) {
			const held = await withJournal(bytes =>
				bytes.subarray(0, Math.floor(bytes.length * part)),
			);
			expect(held).toBe(0);
		}
	});

	it('whichever bit of the journal is another one', async () => {
		let length = 1;
		const outcomes = new Set<number>();
		for (let index = 0; index < length; index++) {
			const held = await withJournal(bytes => {
				length = bytes.length;
				const changed = Buffer.from(bytes);
				changed[index]! ^= 1 << (index % 8);
				return changed;
			});
			outcomes.add(held);
		}

		expect(outcomes).toEqual(new Set([0, limits.blockBytes]));
	}, 30_000);
});
