/** Which transfers move: so many at a time, in order; and how fast. */
import {describe, expect, test} from 'vitest';
import type {TransferId} from '../../../source/engine/index.js';
import {limits} from '../../../source/limits.js';
import {
	createPair,
	type EngineOptions,
	type EngineUnderTest,
	type Pair,
} from '../../helpers/engine-under-test.js';
import {
	accept,
	bothFinished,
	bytesOf,
	finished,
	isSame,
	nothingLeft,
	offer,
} from './transfer-helpers.js';

const block = limits.blockBytes;

/** Several offers of Alice that Bob has accepted in this order; nothing moves as her disk is held. */
async function accepted(count: number, options: EngineOptions = {}) {
	const pair = await createPair({alice: options});
	const {world, alice, bob} = pair;
	alice.files.holdReads(true);
	const ids: TransferId[] = [];
	for (let index = 0; index < count; index++) {
		const id = await offer(pair, {[`f${index}`]: bytesOf(block, index)});
		accept(bob, id);
		await world.settle();
		ids.push(id);
	}

	return {...pair, pair, ids};
}

const queueOf = ({engine}: EngineUnderTest, ids: readonly TransferId[]) =>
	engine.getState().queue.map(id => ids.indexOf(id));

/** Those that began, in this order. */
const begun = ({of}: EngineUnderTest, ids: readonly TransferId[]) => [
	...new Set(of('transfer/started').map(({transfer}) => ids.indexOf(transfer))),
];

const finishAll = async (pair: Pair, ids: readonly TransferId[]) => {
	pair.alice.files.holdReads(false);
	for (const id of ids) {
		expect((await bothFinished(pair, id))[0].kind).toBe('saved');
	}

	await pair.world.settle();
	nothingLeft(pair);
};

describe('the queue', () => {
	test('lets two move, and the others follow in order', async () => {
		const {pair, alice, ids} = await accepted(5);
		expect(begun(alice, ids)).toEqual([0, 1]);
		expect(queueOf(alice, ids)).toEqual([2, 3, 4]);
		expect(alice.engine.getState().transfers.get(ids[3]!)?.phase.kind).toBe(
			'queued',
		);
		await finishAll(pair, ids);
		expect(begun(alice, ids)).toEqual([0, 1, 2, 3, 4]);
		expect(queueOf(alice, ids)).toEqual([]);
	});

	test('lets as many move as it is told to', async () => {
		const {pair, alice, world, ids} = await accepted(4, {transfersAtOnce: 1});
		expect(begun(alice, ids)).toEqual([0]);
		alice.dispatch({type: 'transfer/setAtOnce', count: 3});
		await world.settle();
		expect(begun(alice, ids)).toEqual([0, 1, 2]);
		alice.dispatch({type: 'transfer/setAtOnce', count: 0});
		await finishAll(pair, ids);
	});

	test('can be put in another order', async () => {
		const {pair, alice, ids} = await accepted(5, {transfersAtOnce: 1});
		const move = (index: number, by: -1 | 1) => {
			alice.dispatch({type: 'transfer/move', transfer: ids[index]!, by});
		};

		move(4, -1);
		expect(queueOf(alice, ids)).toEqual([1, 2, 4, 3]);
		move(1, 1);
		expect(queueOf(alice, ids)).toEqual([2, 1, 4, 3]);
		move(2, -1);
		move(3, 1);
		expect(queueOf(alice, ids)).toEqual([2, 1, 4, 3]);
		alice.dispatch({
			type: 'transfer/move',
			transfer: ids[0]!,
			by: 1,
			ref: 1,
		});
		expect((await alice.until('command/refused')).error.code).toBe(
			'notInQueue',
		);
		await finishAll(pair, ids);
		expect(begun(alice, ids)).toEqual([0, 2, 1, 4, 3]);
	});

	test('a paused one gives its turn to the next, and gets the next one back', async () => {
		const {pair, alice, bob, world, ids} = await accepted(4, {
			transfersAtOnce: 1,
		});
		alice.dispatch({type: 'transfer/pause', transfer: ids[0]!});
		await world.settle();
		expect(begun(alice, ids)).toEqual([0, 1]);
		expect(queueOf(alice, ids)).toEqual([2, 3]);
		alice.dispatch({type: 'transfer/goOn', transfer: ids[0]!});
		await world.settle();
		expect(queueOf(alice, ids)).toEqual([0, 2, 3]);
		// The receiver's pause counts as well, also of one that waits.
		bob.dispatch({type: 'transfer/pause', transfer: ids[2]!});
		await alice.until('transfer/paused', each => each.transfer === ids[2]);
		expect(queueOf(alice, ids)).toEqual([0, 3]);
		bob.dispatch({type: 'transfer/goOn', transfer: ids[2]!});
		await world.settle();
		expect(queueOf(alice, ids)).toEqual([0, 3, 2]);
		await finishAll(pair, ids);
	});

	test('one that is cut off gives its turn away, and is first when it is back', async () => {
		const {pair, alice, world, ids} = await accepted(3, {transfersAtOnce: 1});
		world.hub.cut('lane');
		await world.pass(3_000, 100);
		expect(queueOf(alice, ids)).toHaveLength(2);
		await finishAll(pair, ids);
	});

	test('one that is cancelled or taken back leaves it', async () => {
		const {pair, alice, bob, ids} = await accepted(4, {transfersAtOnce: 1});
		alice.dispatch({type: 'transfer/cancel', transfer: ids[1]!});
		bob.dispatch({type: 'transfer/cancel', transfer: ids[2]!});
		await finished(alice, ids[2]!);
		expect(queueOf(alice, ids)).toEqual([3]);
		await finishAll(pair, [ids[0]!, ids[3]!]);
	});
});

describe('a limit', () => {
	const rate = 100_000;

	/** Bytes that came in each second. */
	async function measure(pair: Pair, seconds: number) {
		const {world, bob} = pair;
		const perSecond: number[] = [];
		for (let second = 0; second < seconds; second++) {
			const before = bob.folder.writtenBytes();
			await world.pass(1_000, 25);
			perSecond.push(bob.folder.writtenBytes() - before);
		}

		return perSecond;
	}

	// A piece may be on its way, and what a timer was late by is caught up.
	const most = rate * 1.4;
	const sum = (list: readonly number[]) =>
		list.reduce((one, two) => one + two, 0);

	const expectKept = (perSecond: readonly number[]) => {
		expect(Math.max(...perSecond)).toBeLessThanOrEqual(most);
		const average = sum(perSecond) / perSecond.length;
		expect(average).toBeLessThanOrEqual(rate * 1.1);
		expect(average).toBeGreaterThan(rate * 0.8);
	};

	test('of the sender, for all together', async () => {
		const pair = await createPair({alice: {rateLimit: rate}});
		const {bob} = pair;
		for (const name of ['a', 'b']) {
			accept(bob, await offer(pair, {[name]: bytesOf(2 * block)}));
		}

		expectKept(await measure(pair, 10));
		const transfers = [...bob.engine.getState().transfers.values()];
		expect(transfers.map(({phase}) => phase.kind)).toEqual([
			'active',
			'active',
		]);
	});

	test('of the sender, for one of two', async () => {
		const pair = await createPair();
		const {alice, bob, world} = pair;
		const slow = await offer(pair, {slow: bytesOf(2 * block)});
		alice.dispatch({
			type: 'transfer/limit',
			transfer: slow,
			bytesPerSecond: rate,
		});
		accept(bob, slow);
		await world.settle();
		const quick = await offer(pair, {quick: bytesOf(2 * block)});
		accept(bob, quick);
		await finished(bob, quick);
		expectKept(await measure(pair, 8));
		expect(alice.engine.getState().transfers.get(slow)?.rateLimit).toBe(rate);
	});

	test('of the receiver, which stops reading', async () => {
		const pair = await createPair();
		const {bob} = pair;
		bob.dispatch({type: 'transfer/limit', bytesPerSecond: rate * 10});
		accept(bob, await offer(pair, {a: bytesOf(30 * block)}));
		const perSecond = await measure(pair, 20);
		// Pieces are as large as the sender makes them here.
		expect(sum(perSecond)).toBeLessThanOrEqual(rate * 10 * 21 + 2 * block);
		expect(sum(perSecond)).toBeGreaterThan(rate * 10 * 15);
	});

	test('is raised, lowered and taken away: at once', async () => {
		const pair = await createPair({alice: {rateLimit: 1_000}});
		const {alice, bob, world} = pair;
		const content = bytesOf(8 * block);
		const id = await offer(pair, {a: content});
		accept(bob, id);
		expect(sum(await measure(pair, 5))).toBeLessThan(10_000);
		alice.dispatch({type: 'transfer/limit', bytesPerSecond: rate});
		expectKept(await measure(pair, 5));
		alice.dispatch({type: 'transfer/limit', bytesPerSecond: 1_000});
		const slowed = await measure(pair, 5);
		expect(sum(slowed.slice(1))).toBeLessThan(10_000);
		alice.dispatch({type: 'transfer/limit'});
		await world.settle();
		// No time has passed.
		expect(await finished(bob, id)).toEqual({kind: 'saved', saved: 1});
		expect(isSame(bob.folder.saved.get('a'), content)).toBe(true);
		await world.settle();
		nothingLeft(pair);
		expect(world.clock.pending()).toBeLessThan(5);
	});

	test('of the receiver is taken away: at once', async () => {
		const pair = await createPair({bob: {rateLimit: 10}});
		const {bob, world} = pair;
		const id = await offer(pair, {a: bytesOf(3 * block)});
		accept(bob, id);
		await world.pass(1_000, 100);
		expect(bob.of('transfer/finished')).toEqual([]);
		bob.dispatch({type: 'transfer/limit'});
		expect(await finished(bob, id)).toEqual({kind: 'saved', saved: 1});
		await world.settle();
		nothingLeft(pair);
	});

	test('that is set while a block is on its way does not count it', async () => {
		const pair = await createPair();
		const {alice, bob, world} = pair;
		bob.folder.holdDisk(true);
		const id = await offer(pair, {a: bytesOf(30 * block)});
		accept(bob, id);
		await world.until(() => bob.folder.writtenBytes() > 5 * block);
		alice.dispatch({type: 'transfer/limit', bytesPerSecond: 1_000});
		bob.folder.holdDisk(false);
		await world.pass(5_000, 100);
		alice.dispatch({type: 'transfer/limit', bytesPerSecond: 1_000_000_000});
		await world.pass(1_000, 50);
		expect(await finished(bob, id)).toEqual({kind: 'saved', saved: 1});
	});

	test('does not keep a transfer from being cancelled or paused', async () => {
		const pair = await createPair({alice: {rateLimit: 10}});
		const {alice, bob, world} = pair;
		const id = await offer(pair, {a: bytesOf(3 * block)});
		accept(bob, id);
		await world.pass(1_000, 100);
		alice.dispatch({type: 'transfer/pause', transfer: id});
		await bob.until('transfer/paused');
		alice.dispatch({type: 'transfer/cancel', transfer: id});
		await finished(bob, id);
		await world.settle();
		nothingLeft(pair);
	});
});
