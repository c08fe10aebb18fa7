import {mkdir, readFile, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {createReceiveFolder} from '../../source/storage/receive-folder.js';
import {
	blake3,
	move,
	otherPeer,
	planned,
	sentAt,
	temporaryFolder,
	treeOf,
} from './helpers.js';

const text = Buffer.from('the same');
const other = Buffer.from('NOT same');

/** Files of 8 bytes below `tree`, as they would have arrived, and an empty folder. */
async function treeHere(change?: (path: string) => Promise<unknown>) {
	const path = await temporaryFolder();
	await mkdir(join(path, 'tree', 'deep', 'deeper'), {recursive: true});
	await mkdir(join(path, 'tree', 'empty'));
	for (const name of ['a', 'deep/b', 'deep/deeper/c']) {
		const file = join(path, 'tree', name);
		await writeFile(file, text);
		await utimes(file, new Date(sentAt), new Date(sentAt));
	}

	await change?.(path);
	const folder = createReceiveFolder(path);
	const entries = [
		planned(folder, 'tree/a', 8),
		planned(folder, 'tree/deep/b', 8),
		planned(folder, 'tree/deep/deeper/c', 8),
		planned(folder, 'tree/empty/', 0),
	];
	const presences = await folder.survey(otherPeer, entries);
	return {path, folder, entries, kinds: presences.map(each => each?.kind)};
}

describe('a folder that is here whole', () => {
	it('is the one that was received, whatever its times are', async () => {
		const path = await temporaryFolder();
		const folder = createReceiveFolder(path);
		const entries = Array.from({length: 50}, (_, index) =>
			planned(folder, `tree/${index}`, 8, {mtimeMs: sentAt + 1 + index * 17}),
		);
		const delivery = folder.openDelivery(otherPeer, entries);
		for (const index of entries.keys()) await move(delivery, index, text);
		await delivery.close();
		const presences = await folder.survey(otherPeer, entries);
		expect(new Set(presences.map(each => each?.kind))).toEqual(
			new Set(['similar']),
		);
	});

	it('is found by names, sizes and times, and nothing is made again', async () => {
		const {path, folder, entries, kinds} = await treeHere();
		expect(kinds).toEqual(['similar', 'similar', 'similar', undefined]);
		const before = await treeOf(path);
		const delivery = folder.openDelivery(otherPeer, entries);
		for (const index of [0, 1, 2]) {
			expect(await delivery.held(index)).toEqual({kind: 'similar'});
			const part = await delivery.createPart(index, 'existing');
			part.skip(text.length);
			const {existed} = await part.publish(await blake3(text));
			expect(existed).toBe(true);
		}

		const empty = await delivery.createPart(3, 0);
		await empty.publish(await blake3(new Uint8Array(0)));
		await delivery.close();
		expect(await treeOf(path)).toEqual(before);
	});

	it('keeps a file of other content and gets the new one beside it', async () => {
		const {path, folder, entries} = await treeHere(async root => {
			const file = join(root, 'tree', 'a');
			await writeFile(file, other);
			await utimes(file, new Date(sentAt), new Date(sentAt));
		});
		const delivery = folder.openDelivery(otherPeer, entries);
		const part = await delivery.createPart(0, 0);
		part.write(text);
		await part.publish(await blake3(text));
		await delivery.close();
		expect(await readFile(join(path, 'tree', 'a'))).toEqual(other);
		expect(await readFile(join(path, 'tree', 'a (1)'))).toEqual(text);
	});

	it.each<[string, (root: string) => Promise<unknown>]>([
		[
			'another size',
			async root =>
				writeFile(join(root, 'tree', 'deep', 'b'), 'longer than that'),
		],
		[
			'another time',
			async root => utimes(join(root, 'tree', 'a'), new Date(), new Date()),
		],
		[
			'another folder in its place',
			async root => {
				await mkdir(join(root, 'tree (1)'));
				await writeFile(join(root, 'tree', 'deep', 'deeper', 'c'), '');
			},
		],
	])('is a new folder with %s', async (_, change) => {
		const {kinds} = await treeHere(change);
		expect(kinds).toEqual(['taken', 'taken', 'taken', 'taken']);
	});
});
