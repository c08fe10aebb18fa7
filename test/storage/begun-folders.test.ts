import {mkdir, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {limits} from '../../source/limits.js';
import {notMadeYet} from '../../source/storage/folder-mark.js';
import {encodeFolderJournal} from '../../source/storage/part-journal.js';
import {createReceiveFolder} from '../../source/storage/receive-folder.js';
import {blake3, peer, planned, temporaryFolder, treeOf} from './helpers.js';

const note = Buffer.from('a note');
const big = Buffer.alloc(2 * limits.blockBytes, 7);

/** A folder with one file has arrived; a big file beside it has not. */
async function folderBeforeTheRest() {
	const path = await temporaryFolder();
	const folder = createReceiveFolder(path);
	const inFolder = planned(folder, 'photos/note.txt', note.length);
	const beside = planned(folder, 'big.bin', big.length);
	const delivery = folder.openDelivery(peer, [inFolder, beside]);
	const small = await delivery.createPart(0, 0);
	small.write(note);
	await small.publish(await blake3(note));
	const part = await delivery.createPart(1, 0);
	part.write(big.subarray(0, limits.blockBytes));
	await part.suspend();
	await delivery.close();
	return {path, folder, inFolder, beside};
}

describe('a folder that arrived before the rest of its transfer', () => {
	it('is known when all is offered again, and not made a second time', async () => {
		const {path, folder, inFolder, beside} = await folderBeforeTheRest();
		const [presence] = await folder.survey(peer, [inFolder, beside]);
		expect(presence).toEqual({kind: 'similar'});
		const delivery = folder.openDelivery(peer, [inFolder, beside]);
		await delivery.held(0);
		const again = await delivery.createPart(0, 'existing');
		again.skip(note.length);
		const {existed} = await again.publish(await blake3(note));
		expect(existed).toBe(true);
		await delivery.close();
		expect(await treeOf(path)).not.toContain('photos (1)');
	});

	it('leaves nothing behind when the rest comes alone', async () => {
		const {path, folder, inFolder, beside} = await folderBeforeTheRest();
		const delivery = folder.openDelivery(peer, [undefined, beside], [inFolder]);
		const part = await delivery.createPart(1, 0);
		part.write(big);
		await part.publish(await blake3(big));
		await delivery.close();
		expect(await treeOf(path)).toEqual(
			expect.arrayContaining(['big.bin', 'photos', 'photos/note.txt']),
		);
		// Another one of that name has nothing to do with it.
		const other = planned(folder, 'photos/other.txt', note.length);
		const [presence] = await folder.survey(peer, [other]);
		expect(presence).toEqual({kind: 'taken'});
	});
});

describe('a folder that was made in the moment of a kill', () => {
	/** What a program leaves that was killed before it could look at its folder. */
	async function killed() {
		const path = await temporaryFolder();
		const folder = createReceiveFolder(path);
		const entry = planned(folder, 'photos/note.txt', note.length);
		const [name] = entry.path;
		const journal = {
			peerId: peer,
			suggested: 'photos',
			name: name!,
			...notMadeYet,
		};
		const parts = join(path, '.sockterm-parts');
		await mkdir(parts, {mode: 0o700});
		await writeFile(
			join(parts, `${'0a'.repeat(16)}.folder.json`),
			encodeFolderJournal(journal),
		);
		await mkdir(join(path, 'photos'));
		return {path, folder, entry};
	}

	async function deliver({folder, entry}: Awaited<ReturnType<typeof killed>>) {
		const delivery = folder.openDelivery(peer, [entry]);
		const part = await delivery.createPart(0, 0);
		part.write(note);
		const published = await part.publish(await blake3(note));
		await delivery.close();
		return published.path.join('/');
	}

	it('is used, and not made a second time', async () => {
		const left = await killed();
		await left.folder.sweep();
		expect(await deliver(left)).toBe('photos/note.txt');
		expect(await treeOf(left.path)).toEqual(['photos', 'photos/note.txt']);
	});

	it('is noted once in the end, where the kill left two notes of it', async () => {
		const left = await killed();
		const {dev, ino} = await stat(join(left.path, 'photos'), {bigint: true});
		const journal = {peerId: peer, suggested: 'photos', dev, ino};
		await writeFile(
			join(left.path, '.sockterm-parts', `${'0b'.repeat(16)}.folder.json`),
			encodeFolderJournal({...journal, name: left.entry.path[0]!}),
		);
		expect(await deliver(left)).toBe('photos/note.txt');
		expect(await treeOf(left.path)).toEqual(['photos', 'photos/note.txt']);
	});

	it('is left alone where somebody has put something into it', async () => {
		const left = await killed();
		await writeFile(join(left.path, 'photos', 'mine'), 'mine');
		expect(await deliver(left)).toBe('photos (1)/note.txt');
	});
});
