import {describe, expect, test} from 'vitest';
import {createPair} from '../../helpers/engine-under-test.js';
import {
	accept,
	bothFinished,
	bytesOf,
	finished,
	nothingLeft,
} from './transfer-helpers.js';

const tree = {
	'a.jpg': bytesOf(100),
	'2024/b.jpg': bytesOf(2_000_000, 2),
	'2024/empty': undefined,
};

type Pair = Awaited<ReturnType<typeof createPair>>;

/** Alice offers what is at these paths; gives the id once Bob is asked. */
async function offerPaths({alice, bob, bobKey}: Pair, paths: string[]) {
	const asked = bob.next('transfer/offered');
	alice.dispatch({type: 'transfer/offer', peer: bobKey, paths});
	return (await asked).transfer;
}

describe('a folder', () => {
	test('is shown as it will be written, and arrives as a tree', async () => {
		const pair = await createPair();
		const {alice, bob} = pair;
		alice.files.putFolder('/home/photos', tree, 2);
		const id = await offerPaths(pair, ['/home/photos']);
		const entries = [
			{name: 'photos/a.jpg', sizeBytes: 100},
			{name: 'photos/2024/b.jpg', sizeBytes: 2_000_000},
			{name: 'photos/2024/empty', kind: 'folder', sizeBytes: 0},
		];
		expect(alice.of('transfer/offered')).toMatchObject([{entries, leftOut: 2}]);
		expect(bob.of('transfer/offered')).toMatchObject([{entries}]);
		expect(bob.of('transfer/offered')[0]).not.toHaveProperty('leftOut');
		accept(bob, id);
		expect(await bothFinished(pair, id)).toEqual([
			{kind: 'saved', saved: 3},
			{kind: 'saved', saved: 3},
		]);
		expect([...bob.folder.saved.keys()].sort()).toEqual([
			'photos/2024/b.jpg',
			'photos/2024/empty/',
			'photos/a.jpg',
		]);
		for (const side of [alice, bob]) {
			expect(
				side
					.of('transfer/entrySaved')
					.map(({savedAs}) => String(savedAs))
					.sort(),
			).toEqual(['photos/2024/b.jpg', 'photos/2024/empty', 'photos/a.jpg']);
		}

		await pair.world.settle();
		nothingLeft(pair);
	});

	test('of the same name as another one of the offer is not mixed with it', async () => {
		const pair = await createPair();
		const {alice, bob} = pair;
		alice.files.putFolder('/one/src', {a: bytesOf(1)});
		alice.files.putFolder('/two/src', {a: bytesOf(2)});
		const id = await offerPaths(pair, ['/one/src', '/two/src']);
		accept(bob, id);
		await bothFinished(pair, id);
		expect([...bob.folder.saved.keys()].sort()).toEqual(['src (1)/a', 'src/a']);
	});

	test('is taken without what may not be written, however much that is', async () => {
		const pair = await createPair();
		const {alice, bob} = pair;
		const many = Object.fromEntries(
			Array.from({length: 12_000}, (_, index) => [
				index % 4_000 === 0 ? `fine${index}` : `no\n${index}`,
				bytesOf(1),
			]),
		);
		alice.files.putFolder('/home/odd', many);
		const id = await offerPaths(pair, ['/home/odd']);
		accept(bob, id);
		expect(await finished(bob, id)).toEqual({kind: 'saved', saved: 3});
		expect(await finished(alice, id)).toMatchObject({
			kind: 'failed',
			saved: 3,
			failed: 11_997,
			error: {code: 'declined'},
		});
		expect([...bob.folder.saved.keys()].sort()).toEqual([
			'odd/fine0',
			'odd/fine4000',
			'odd/fine8000',
		]);
	});
});
