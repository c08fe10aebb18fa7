import {
	mkdir,
	readdir,
	rename,
	symlink,
	utimes,
	writeFile,
} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {limits} from '../../source/limits.js';
import {createReceiveFolder} from '../../source/storage/receive-folder.js';
import {
	blake3,
	errorOf,
	faultyFiles,
	leavePartial,
	move,
	otherPeer,
	peer,
	planned,
	sentAt,
	temporaryFolder,
	treeOf,
} from './helpers.js';

async function open(names: ReadonlyArray<readonly [string, string?]>) {
	const path = await temporaryFolder();
	const folder = createReceiveFolder(path);
	for (const [name, text] of names) {
		if (text === undefined) await mkdir(join(path, name));
		else await writeFile(join(path, name), text);
	}

	/** What is there of files of these names and sizes. */
	const look = async (
		entries: ReadonlyArray<readonly [string, number]>,
		id = peer,
	) => {
		const presences = await folder.survey(
			id,
			entries.map(([name, sizeBytes]) => planned(folder, name, sizeBytes)),
		);
		return presences.map(presence => presence?.kind);
	};

	return {path, folder, look};
}

describe('a survey', () => {
	it('tells what is similar, what only has the name, and what is new', async () => {
		const {path, look} = await open([
			['same', '12345'],
			['other', '1234'],
			['numbered', 'x'],
			['numbered (1)', '12345'],
			['folder'],
			['README', '12345'],
			['alone (1)', '12345'],
			['empty', ''],
		]);
		await symlink(join(path, 'same'), join(path, 'link'));
		expect(
			await look([
				['same', 5],
				['other', 5],
				['numbered', 5],
				['folder', 5],
				['readme', 5],
				['alone', 5],
				['link', 5],
				['new', 5],
				['empty', 0],
				['same/x', 5],
				['folder/x', 5],
				['folder/y/', 0],
				['new/x', 5],
			]),
		).toEqual([
			'similar',
			'taken',
			'similar',
			'taken',
			'taken',
			undefined,
			'taken',
			undefined,
			'similar',
			'taken',
			'taken',
			'taken',
			undefined,
		]);
	});

	it('gives one file to one entry', async () => {
		const {look} = await open([['a_', '12345']]);
		const kinds = await look([
			['a?', 5],
			['a*', 5],
		]);
		expect(new Set(kinds)).toEqual(new Set(['similar', 'taken']));
	});

	it('leaves out what is not planned, and writes nothing', async () => {
		const path = join(await temporaryFolder(), 'missing');
		const folder = createReceiveFolder(path);
		const entry = planned(folder, 'a', 5);
		expect(await folder.survey(peer, [undefined, entry])).toEqual([
			undefined,
			undefined,
		]);
		await writeFile(path, '');
		expect((await errorOf(folder.survey(peer, [entry]))).code).toBe(
			'receiveFolderUnwritable',
		);
	});

	it('finds one of the same time before others', async () => {
		const {path, folder} = await open([
			['a', '12345'],
			['a (1)', 'abcde'],
		]);
		await utimes(join(path, 'a (1)'), sentAt / 1000, sentAt / 1000);
		const delivery = folder.openDelivery(peer, [planned(folder, 'a', 5)]);
		expect(await delivery.held(0)).toEqual({kind: 'similar'});
		const part = await delivery.createPart(0, 'existing');
		part.skip(5);
		const {path: found} = await part.publish(
			await blake3(Buffer.from('abcde')),
		);
		expect(found).toEqual(['a (1)']);
		await delivery.close();
	});

	it('of thousands of entries lists once and looks at what is there', async () => {
		const path = await temporaryFolder();
		for (let index = 0; index < 50; index++)
			await writeFile(join(path, `f${index}`), 'x');
		const files = faultyFiles(() => undefined);
		const folder = createReceiveFolder(path, files);
		const entries = Array.from({length: 20_000}, (_, index) =>
			planned(folder, index % 2 ? `f${index}` : `t/f${index}`, 1),
		);
		const before = Date.now();
		const presences = await folder.survey(peer, entries);
		expect(Date.now() - before).toBeLessThan(3_000);
		expect(presences.filter(each => each?.kind === 'similar')).toHaveLength(25);
		const counted = (call: string) =>
			files.calls.filter(each => each === call).length;
		expect(counted('readdir')).toBe(1);
		expect(counted('lstat')).toBe(25);
	});
});

describe('a folder that a broken transfer began', () => {
	const block = limits.blockBytes;
	const large = Buffer.alloc(block + 9, 'large');
	const names = ['t/a', 't/sub/b', 't/sub/large', 't/e/', 'u/x'];
	const contentOf = (name: string) =>
		name.endsWith('large')
			? large
			: Buffer.from(name.endsWith('/') ? '' : name);

	/** Delivers the first two of a folder that is named `t (1)` here, and breaks off. */
	async function breakOff() {
		const opened = await open([['t'], ['t/a', 'not of the transfer']]);
		const {folder} = opened;
		const entries = names.map(name =>
			planned(folder, name, contentOf(name).length),
		);
		const delivery = folder.openDelivery(peer, entries);
		for (const index of [0, 1])
			await move(delivery, index, contentOf(names[index]!));
		await delivery.close();
		return {...opened, entries};
	}

	const surveyed = names.map(name => [name, contentOf(name).length] as const);

	it('goes on, and what is in it already is found', async () => {
		const {path, folder, entries, look} = await breakOff();
		expect(await look(surveyed)).toEqual([
			'similar',
			'similar',
			undefined,
			undefined,
			undefined,
		]);
		const delivery = folder.openDelivery(peer, entries);
		expect(await delivery.held(1)).toEqual({kind: 'similar'});
		expect(await delivery.held(2)).toBeUndefined();
		const existing = await delivery.createPart(1, 'existing');
		existing.skip(contentOf(names[1]!).length);
		const published = await existing.publish(
			await blake3(contentOf(names[1]!)),
		);
		expect(published).toEqual({path: ['t (1)', 'sub', 'b'], existed: true});
		// A file of a name that is there does not replace it.
		expect((await move(delivery, 0, contentOf('t/a'))).published.path).toEqual([
			't (1)',
			'a (1)',
		]);
		for (const index of [2, 3, 4]) {
			const name = names[index]!;
			const {published: each} = await move(delivery, index, contentOf(name));
			expect(each.path.join('/')).toBe(
				name.replace(/^t/, 't (1)').replace(/\/$/, ''),
			);
		}

		await delivery.close();
		expect(await treeOf(path)).toEqual([
			't',
			't (1)',
			't (1)/a',
			't (1)/a (1)',
			't (1)/e',
			't (1)/sub',
			't (1)/sub/b',
			't (1)/sub/large',
			't/a',
			'u',
			'u/x',
		]);
		// It is finished: one that is not the same is another.
		expect((await look([...surveyed, ['t/new', 5]]))[0]).toBe('taken');
	});

	it('goes on with a partial in it', async () => {
		const {folder, entries, look} = await breakOff();
		await leavePartial(
			folder,
			't/sub/large',
			large.length,
			large.subarray(0, block),
		);
		expect((await look(surveyed))[2]).toBe('partial');
		const delivery = folder.openDelivery(peer, entries);
		const {heldBytes, published} = await move(delivery, 2, large);
		expect(heldBytes).toBe(block);
		expect(published.path).toEqual(['t (1)', 'sub', 'large']);
		await delivery.close();
	});

	it('is nothing to another peer, and to two at once one of them', async () => {
		const {folder, entries, look} = await breakOff();
		expect(await look(surveyed, otherPeer)).toEqual([
			'taken',
			'taken',
			'taken',
			'taken',
			undefined,
		]);
		const both = [peer, peer, otherPeer].map(id =>
			folder.openDelivery(id, entries),
		);
		const tops = [];
		for (const delivery of both)
			tops.push((await move(delivery, 3, Buffer.alloc(0))).published.path[0]);
		expect(tops).toEqual(['t (1)', 't (2)', 't (3)']);
		for (const delivery of both) await delivery.close();
	});

	it('is not looked for where another one has its name', async () => {
		const {path, folder, entries, look} = await breakOff();
		const outside = await temporaryFolder();
		await rename(join(path, 't (1)'), join(path, 'moved'));
		await symlink(outside, join(path, 't (1)'));
		expect((await look(surveyed))[0]).toBe('taken');
		const delivery = folder.openDelivery(peer, entries);
		const {published} = await move(delivery, 0, contentOf('t/a'));
		expect(published.path).toEqual(['t (2)', 'a']);
		await delivery.close();
		expect(await readdir(outside)).toEqual([]);
		await folder.sweep();
	});

	it('does not follow a link below it', async () => {
		const {path, folder, entries} = await breakOff();
		const outside = await temporaryFolder();
		await writeFile(join(outside, 'b'), contentOf('t/sub/b'));
		await rename(join(path, 't (1)/sub'), join(outside, 'sub'));
		await symlink(outside, join(path, 't (1)/sub'));
		const [, below] = await folder.survey(peer, entries);
		expect(below).toBeUndefined();
		const delivery = folder.openDelivery(peer, entries);
		expect(await delivery.held(1)).toBeUndefined();
		const {published} = await move(delivery, 2, large);
		expect(published.path).toEqual(['t (1)', 'sub (1)', 'large']);
		await delivery.close();
		expect((await readdir(outside)).sort()).toEqual(['b', 'sub']);
	});
});
