/** What the receiver has already: skipped where it is the same, and never written over. */
import {describe, expect, test} from 'vitest';
import {limits} from '../../../source/limits.js';
import {createPair, type Pair} from '../../helpers/engine-under-test.js';
import {
	accept,
	bothFinished,
	bytesOf,
	digestOf,
	finished,
	isSame,
	nothingLeft,
	offer,
} from './transfer-helpers.js';

const block = limits.blockBytes;

describe('a file that is there already', () => {
	test('is not sent again where it is the same', async () => {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		const content = bytesOf(3 * block + 1);
		bob.folder.put('a.bin', content);
		const id = await offer(pair, {'/a.bin': content, '/b': bytesOf(5)});
		expect(bob.of('transfer/offered')[0]?.entries).toMatchObject([
			{presence: {kind: 'similar'}},
			{},
		]);
		accept(bob, id);
		expect(await bothFinished(pair, id)).toEqual([
			{kind: 'saved', saved: 2},
			{kind: 'saved', saved: 2},
		]);
		const digest = await digestOf(content);
		for (const side of [alice, bob]) {
			const [first, second] = side
				.of('transfer/entrySaved')
				.toSorted((one, two) => one.entry - two.entry);
			expect(first).toMatchObject({savedAs: 'a.bin', digest, existed: true});
			expect(second).not.toHaveProperty('existed');
			// It was there before, but nothing went on from it.
			expect(side.of('transfer/resumed')).toEqual([]);
			expect(side.engine.getState().transfers.get(id)?.phase).toMatchObject({
				movedBytes: content.length + 5,
			});
		}

		expect(bob.folder.writtenBytes()).toBe(5);
		expect([...bob.folder.saved.keys()]).toEqual(['a.bin', 'b']);
		await world.settle();
		nothingLeft(pair);
	});

	test('is not told to whoever has another one of that name and size', async () => {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		const [old, content] = [bytesOf(2 * block, 1), bytesOf(2 * block, 2)];
		bob.folder.put('a.bin', old);
		const id = await offer(pair, {'/a.bin': content, '/b': bytesOf(5)});
		accept(bob, id);
		expect(await bothFinished(pair, id)).toEqual([
			{kind: 'saved', saved: 2},
			{kind: 'saved', saved: 2},
		]);
		expect([...bob.folder.saved.keys()].sort()).toEqual([
			'a (1).bin',
			'a.bin',
			'b',
		]);
		expect(isSame(bob.folder.saved.get('a.bin'), old)).toBe(true);
		expect(isSame(bob.folder.saved.get('a (1).bin'), content)).toBe(true);
		expect(bob.folder.writtenBytes()).toBe(content.length + 5);
		for (const side of [alice, bob]) {
			expect(side.of('transfer/entryFailed')).toEqual([]);
			expect(side.engine.getState().transfers.get(id)?.phase).toMatchObject({
				movedBytes: content.length + 5,
			});
		}

		expect(bob.of('transfer/offered')).toHaveLength(1);
		await world.settle();
		nothingLeft(pair);
	});

	test('and empty is the same as any empty one', async () => {
		const pair = await createPair();
		for (const existed of [undefined, true]) {
			const id = await offer(pair, {'/empty': bytesOf(0)});
			accept(pair.bob, id);
			expect((await bothFinished(pair, id))[0].kind).toBe('saved');
			expect(pair.alice.of('transfer/entrySaved').at(-1)?.existed).toBe(
				existed,
			);
		}

		expect([...pair.bob.folder.saved.keys()]).toEqual(['empty']);
	});

	test('of another size is left as it is, and what comes gets a number', async () => {
		const pair = await createPair();
		const {bob} = pair;
		bob.folder.put('a.bin', bytesOf(9));
		const id = await offer(pair, {'/a.bin': bytesOf(10)});
		expect(bob.of('transfer/offered')[0]?.entries).toMatchObject([
			{presence: {kind: 'taken'}},
		]);
		accept(bob, id);
		await bothFinished(pair, id);
		expect(bob.folder.saved.get('a.bin')).toEqual(bytesOf(9));
		expect(bob.folder.saved.get('a (1).bin')).toEqual(bytesOf(10));
	});

	test('and goes while it is compared: the bytes are asked for', async () => {
		const pair = await createPair();
		const {alice, bob, world} = pair;
		const content = bytesOf(block + 1);
		bob.folder.put('a.bin', content);
		const id = await offer(pair, {'/a.bin': content});
		alice.files.holdReads(true);
		accept(bob, id);
		await world.until(() => alice.files.openReaders() === 1);
		bob.folder.remove('a.bin');
		alice.files.holdReads(false);
		expect(await bothFinished(pair, id)).toEqual([
			{kind: 'saved', saved: 1},
			{kind: 'saved', saved: 1},
		]);
		expect(isSame(bob.folder.saved.get('a.bin'), content)).toBe(true);
	});
});

/** Alice's lanes are cut as soon as Bob has saved so much, so that she does not hear of it. */
function loseWordsAfter({world, bob}: Pair, savedCount: number) {
	bob.engine.on(event => {
		const isThen = bob.of('transfer/entrySaved').length === savedCount;
		if (event.type === 'transfer/entrySaved' && isThen) world.hub.cut();
	});
}

describe('the last word is lost', () => {
	test('nobody is asked again, and nothing is written again', async () => {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		loseWordsAfter(pair, 2);
		const content = bytesOf(2 * block);
		const id = await offer(pair, {a: content, b: bytesOf(7)});
		accept(bob, id);
		expect(await finished(bob, id)).toEqual({kind: 'saved', saved: 2});
		await world.pass(3_000);
		expect(await finished(alice, id)).toEqual({kind: 'saved', saved: 2});
		expect([...bob.folder.saved.keys()].sort()).toEqual(['a', 'b']);
		expect(bob.folder.writtenBytes()).toBe(content.length + 7);
		expect(bob.of('transfer/accepted')).toHaveLength(2);
		await world.settle();
		nothingLeft(pair);
	});

	test('of a tree: it is not made a second time', async () => {
		const pair = await createPair();
		const {world, alice, bob, bobKey} = pair;
		const tree = {
			a: bytesOf(2 * block),
			'deep/b': bytesOf(3),
			empty: undefined,
		};
		alice.files.putFolder('/tree', tree);
		loseWordsAfter(pair, 3);
		const asked = bob.next('transfer/offered');
		alice.dispatch({type: 'transfer/offer', peer: bobKey, paths: ['/tree']});
		const {transfer: id} = await asked;
		accept(bob, id);
		await finished(bob, id);
		await world.pass(3_000);
		expect(await finished(alice, id)).toEqual({kind: 'saved', saved: 3});
		expect([...bob.folder.saved.keys()].sort()).toEqual([
			'tree/a',
			'tree/deep/b',
			'tree/empty/',
		]);
		expect(bob.folder.writtenBytes()).toBe(2 * block + 3);
	});

	test('and the file is moved away meanwhile: it is not sent again', async () => {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		loseWordsAfter(pair, 1);
		const id = await offer(pair, {a: bytesOf(2 * block)});
		accept(bob, id);
		await finished(bob, id);
		bob.folder.remove('a');
		await world.pass(3_000);
		expect(await finished(alice, id)).toEqual({kind: 'saved', saved: 1});
		expect(bob.folder.saved.size).toBe(0);
	});

	test('and the source is another file by now: that is not what was saved', async () => {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		loseWordsAfter(pair, 1);
		const id = await offer(pair, {a: bytesOf(2 * block)});
		accept(bob, id);
		await finished(bob, id);
		alice.files.put('a', bytesOf(2 * block, 2));
		await world.pass(3_000);
		expect(await finished(alice, id)).toMatchObject({
			kind: 'failed',
			error: {code: 'sourceChanged'},
		});
		expect([...bob.folder.saved.keys()]).toEqual(['a']);
	});

	test('in the middle of many: the others go on', async () => {
		const pair = await createPair();
		const {world, bob} = pair;
		loseWordsAfter(pair, 3);
		const files = Object.fromEntries(
			Array.from({length: 8}, (_, index) => [
				`f${index}`,
				bytesOf(block / 2, index),
			]),
		);
		const id = await offer(pair, files);
		accept(bob, id);
		await world.pass(5_000, 500);
		expect(await bothFinished(pair, id)).toEqual([
			{kind: 'saved', saved: 8},
			{kind: 'saved', saved: 8},
		]);
		for (const side of [pair.alice, bob]) {
			const entries = side.of('transfer/entrySaved').map(({entry}) => entry);
			expect(entries).toHaveLength(8);
			expect(new Set(entries).size).toBe(8);
		}

		expect([...bob.folder.saved.keys()].sort()).toEqual(Object.keys(files));
	});
});
