/** The largest offers: no work that grows with the square of their entries. */
import {expect, test, vi} from 'vitest';
import {limits} from '../../../source/limits.js';
import {createPair} from '../../helpers/engine-under-test.js';
import {
	accept,
	bothFinished,
	bytesOf,
	nothingLeft,
	untilWritten,
} from './transfer-helpers.js';

// A busy machine takes its time.
vi.setConfig({testTimeout: 60_000});

async function offerMany(count: number, sizeBytes = 1) {
	const pair = await createPair();
	const {alice, bob, bobKey} = pair;
	const tree = Object.fromEntries(
		Array.from({length: count}, (_, index) => [
			`d${index % 100}/${index}`,
			bytesOf(sizeBytes, index),
		]),
	);
	alice.files.putFolder('/many', tree);
	const asked = bob.next('transfer/offered');
	alice.dispatch({type: 'transfer/offer', peer: bobKey, paths: ['/many']});
	const {transfer: id} = await asked;
	return {...pair, pair, id};
}

test('twenty thousand entries are offered, accepted and brought across', async () => {
	const {pair, bob, id, world} = await offerMany(limits.entriesPerOffer);
	accept(bob, id);
	const outcome = {kind: 'saved', saved: limits.entriesPerOffer};
	expect(await bothFinished(pair, id)).toEqual([outcome, outcome]);
	expect(bob.folder.saved.size).toBe(limits.entriesPerOffer);
	await world.settle();
	nothingLeft(pair);
});

test('some thousand are cut in the middle, and go on', async () => {
	const {pair, bob, id, world} = await offerMany(4_000);
	accept(bob, id);
	await untilWritten(world, bob, 1_000);
	world.hub.cut();
	await world.pass(3_000, 1_000);
	const outcome = {kind: 'saved', saved: 4_000};
	expect(await bothFinished(pair, id)).toEqual([outcome, outcome]);
	expect(bob.folder.saved.size).toBe(4_000);
	// Nobody is told again of what was saved before.
	expect(bob.of('transfer/entrySaved')).toHaveLength(4_000);
	await world.settle();
	nothingLeft(pair);
});

test('partsUnderWay: what the line brings faster than the disk takes it stays in the line', async () => {
	const sizeBytes = 8 * 1024;
	const count = 4 * limits.partsUnderWay;
	const {pair, bob, id, world} = await offerMany(count, sizeBytes);
	bob.folder.holdDisk(true);
	accept(bob, id);
	await world.pass(10 * limits.progressMs, limits.progressMs);
	const {movedBytes} = bob.of('transfer/progressed').at(-1)!;
	const most = limits.partsUnderWay * sizeBytes;
	expect(movedBytes).toBeGreaterThanOrEqual(most);
	// And what had come with the last of them.
	expect(movedBytes).toBeLessThan(most + limits.turnBytes);
	bob.folder.holdDisk(false);
	const outcome = {kind: 'saved', saved: count};
	expect(await bothFinished(pair, id)).toEqual([outcome, outcome]);
	await world.settle();
	nothingLeft(pair);
});
