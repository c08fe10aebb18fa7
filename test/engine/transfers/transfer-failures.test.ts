import {describe, expect, test} from 'vitest';
import type {TransferId} from '../../../source/engine/index.js';
import {limits} from '../../../source/limits.js';
import {
	createPair,
	type EngineUnderTest,
	type Pair,
} from '../../helpers/engine-under-test.js';
import {connectRaw} from '../speaker.js';
import {
	accept,
	bothFinished,
	bytesOf,
	finished,
	nothingLeft,
	offer,
} from './transfer-helpers.js';

describe('one entry fails and the others go on', () => {
	const three = {a: bytesOf(10), b: bytesOf(2_500_000), c: bytesOf(20)};

	const expectOnlyB = async (
		pair: Pair,
		id: TransferId,
		codes: readonly [atAlice: string, atBob: string],
	) => {
		const outcomes = await bothFinished(pair, id);
		for (const [index, code] of codes.entries()) {
			expect(outcomes[index]).toMatchObject({
				kind: 'failed',
				saved: 2,
				failed: 1,
				error: {code},
			});
		}

		expect([...pair.bob.folder.saved.keys()]).toEqual(['a', 'c']);
		for (const engine of [pair.alice, pair.bob]) {
			expect(engine.of('transfer/entryFailed')).toMatchObject([{entry: 1}]);
			const held = engine.engine.getState().transfers.get(id);
			expect([...held!.entries].map(({phase}) => phase.kind)).toEqual([
				'saved',
				'failed',
				'saved',
			]);
		}

		await pair.world.settle();
		nothingLeft(pair);
	};

	test('where the source changed before its turn', async () => {
		const pair = await createPair();
		const id = await offer(pair, three);
		pair.alice.files.put('b', bytesOf(5));
		accept(pair.bob, id);
		await expectOnlyB(pair, id, ['sourceChanged', 'peerReported']);
	});

	test('where the source changes while it is read', async () => {
		const pair = await createPair();
		const id = await offer(pair, three);
		pair.alice.files.holdReads(true);
		accept(pair.bob, id);
		await pair.bob.until('transfer/accepted');
		await pair.alice.until('transfer/accepted');
		await pair.world.settle();
		// `a` is open and waits; `b` is not looked at before it is its turn.
		pair.alice.files.put('b', bytesOf(2_500_000, 9));
		pair.alice.files.holdReads(false);
		await expectOnlyB(pair, id, ['sourceChanged', 'peerReported']);
	});

	test('where the disk is full before it begins', async () => {
		const pair = await createPair();
		pair.bob.folder.failCreation('b', 'diskFull');
		const id = await offer(pair, three);
		accept(pair.bob, id);
		await expectOnlyB(pair, id, ['peerReported', 'diskFull']);
	});

	test('where the disk fills up in the middle', async () => {
		const pair = await createPair();
		pair.bob.folder.failWrites('b', 'diskFull', 600_000);
		const id = await offer(pair, three);
		accept(pair.bob, id);
		await expectOnlyB(pair, id, ['peerReported', 'diskFull']);
	});
});

test('a name that may not be written is refused, and the sender hears that it was not taken', async () => {
	const pair = await createPair();
	const {alice, bob} = pair;
	const id = await offer(pair, {'/x/..': bytesOf(3), '/x/b': bytesOf(4)});
	const [asked] = bob.of('transfer/offered');
	expect(asked?.entries).toMatchObject([
		{refused: {code: 'nameRefused'}},
		{name: 'b'},
	]);
	accept(bob, id);
	expect(await finished(bob, id)).toEqual({kind: 'saved', saved: 1});
	expect(await finished(alice, id)).toMatchObject({
		kind: 'failed',
		saved: 1,
		failed: 1,
		error: {code: 'declined'},
	});
	expect([...bob.folder.saved.keys()]).toEqual(['b']);
});

test('an offer of nothing but refused names is declined when it is accepted', async () => {
	const pair = await createPair();
	const id = await offer(pair, {'/x/..': bytesOf(3)});
	accept(pair.bob, id);
	expect(await bothFinished(pair, id)).toEqual([
		{kind: 'declined'},
		{kind: 'declined'},
	]);
});

const failedTries = ({of}: EngineUnderTest) =>
	of('transfer/interrupted').filter(({asking}) => !asking);

describe('the connection', () => {
	test('is cut while an offer waits: it is made again, and can be accepted', async () => {
		const pair = await createPair();
		const {world, bob} = pair;
		const id = await offer(pair, {a: bytesOf(10)});
		world.hub.cut();
		expect(await finished(bob, id)).toMatchObject({
			kind: 'failed',
			saved: 0,
			failed: 0,
			error: {code: 'laneLost'},
		});
		bob.dispatch({type: 'transfer/accept', transfer: id, ref: 1});
		expect((await bob.until('command/refused')).error.code).toBe(
			'noSuchTransfer',
		);
		const again = bob.next('transfer/offered');
		await world.pass(2_000);
		expect((await again).transfer).toBe(id);
		accept(bob, id);
		await bob.next('transfer/finished');
		expect(await finished(pair.alice, id)).toEqual({kind: 'saved', saved: 1});
		expect(pair.alice.of('transfer/offered')).toHaveLength(1);
	});

	test('for the data cannot be made: tried again after 1, 2, 4 seconds', async () => {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		const id = await offer(pair, {a: bytesOf(10)});
		world.hub.refuseDials('unreachable');
		accept(bob, id);
		await alice.until('transfer/interrupted');
		for (let count = 1; count <= 3; count++) {
			const tries = failedTries(alice);
			expect(tries).toHaveLength(count);
			const {error, nextAt, at} = tries.at(-1)!;
			expect(error?.code).toBe('laneLost');
			const delayMs = nextAt! - at;
			const plainMs = limits.reconnectFirstMs * 2 ** (count - 1);
			const jitterMs = plainMs * limits.reconnectJitter;
			expect(Math.abs(delayMs - plainMs)).toBeLessThanOrEqual(jitterMs);
			await world.pass(delayMs - 1);
			expect(failedTries(alice)).toHaveLength(count);
			await world.pass(1);
		}

		world.hub.refuseDials(undefined);
		await world.pass(limits.reconnectMaxMs);
		expect(await bothFinished(pair, id)).toEqual([
			{kind: 'saved', saved: 1},
			{kind: 'saved', saved: 1},
		]);
		await world.settle();
		nothingLeft(pair);
	});

	test('for the data can never be made: given up after a while, on both sides', async () => {
		const pair = await createPair();
		const {world} = pair;
		const id = await offer(pair, {a: bytesOf(10)});
		world.hub.refuseDials('unreachable');
		accept(pair.bob, id);
		await world.pass(2 * limits.comeBackMs, 1_000);
		for (const outcome of await bothFinished(pair, id)) {
			expect(outcome).toMatchObject({
				kind: 'failed',
				failed: 1,
				error: {code: 'peerDidNotReturn', details: {minutes: 10}},
			});
		}

		nothingLeft(pair);
	});
});

describe('refused', () => {
	test('a file that is not there, and nothing is offered', async () => {
		const {alice, bob, bobKey, world} = await createPair();
		alice.dispatch({
			type: 'transfer/offer',
			peer: bobKey,
			paths: ['nowhere'],
			ref: 1,
		});
		expect((await alice.until('command/refused')).error.code).toBe(
			'fileMissing',
		);
		await world.settle();
		expect(bob.of('transfer/offered')).toEqual([]);
	});

	test('an offer to a plain peer, and to one that has left', async () => {
		const pair = await createPair();
		const {alice, bob, world, bobKey} = pair;
		alice.files.put('a', bytesOf(1));
		const {connection} = await connectRaw(world, alice);
		connection.write(new TextEncoder().encode('hello\n'));
		const {peer} = await alice.untilSaid();
		alice.dispatch({type: 'transfer/offer', peer, paths: ['a'], ref: 1});
		await bob.engine.close();
		await alice.until('peer/left');
		alice.dispatch({
			type: 'transfer/offer',
			peer: bobKey,
			paths: ['a'],
			ref: 2,
		});
		const codes = await Promise.all(
			[1, 2].map(
				async ref =>
					(await alice.until('command/refused', event => event.ref === ref))
						.error.code,
			),
		);
		expect(codes).toEqual(['rawPeerTakesNoFiles', 'notConnected']);
	});

	test('an offer of nothing', async () => {
		const {alice, bobKey} = await createPair();
		alice.dispatch({type: 'transfer/offer', peer: bobKey, paths: [], ref: 1});
		await alice.until('command/refused', ({ref}) => ref === 1);
		expect(alice.of('peer/left')).toEqual([]);
	});

	test('an offer to somebody who goes while the disk is asked', async () => {
		const {alice, bobKey, world} = await createPair();
		alice.files.put('a', bytesOf(1));
		alice.dispatch({
			type: 'transfer/offer',
			peer: bobKey,
			paths: ['a'],
			ref: 1,
		});
		alice.dispatch({type: 'peer/disconnect', peer: bobKey});
		world.hub.cut();
		await alice.until('peer/left');
		await world.settle();
		expect(
			alice.engine
				.getState()
				.transfers.values()
				.every(({phase}) => phase.kind === 'finished'),
		).toBe(true);
	});

	test('a folder that cannot be written: asked all the same, and said so', async () => {
		const pair = await createPair();
		pair.bob.folder.free = 'receiveFolderUnwritable';
		await offer(pair, {a: bytesOf(3)});
		expect(pair.bob.of('transfer/offered')[0]).not.toHaveProperty('freeBytes');
		expect(pair.bob.of('peer/refused')).toMatchObject([
			{error: {code: 'receiveFolderUnwritable'}},
		]);
	});
});
