/** Transfers that stand still because somebody, or a disk, wants it. */
import {describe, expect, test} from 'vitest';
import type {TransferId} from '../../../source/engine/index.js';
import {limits} from '../../../source/limits.js';
import {
	createPair,
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
	untilWritten,
} from './transfer-helpers.js';

const block = limits.blockBytes;
const content = bytesOf(30 * block);

const phaseOf = ({engine}: EngineUnderTest, id: TransferId) =>
	engine.getState().transfers.get(id)!.phase;

/** A transfer that is under way, and far from its end: the receiver's disk is held. */
async function underWay(pair: Pair) {
	const {world, bob} = pair;
	bob.folder.holdDisk(true);
	const id = await offer(pair, {a: content});
	accept(bob, id);
	await world.until(() => bob.folder.openParts() === 1);
	await world.settle();
	return id;
}

async function expectArrived(pair: Pair, id: TransferId) {
	for (const outcome of await bothFinished(pair, id)) {
		expect(outcome).toEqual({kind: 'saved', saved: 1});
	}

	for (const side of [pair.alice, pair.bob]) {
		expect(phaseOf(side, id)).toMatchObject({movedBytes: content.length});
	}

	expect(isSame(pair.bob.folder.saved.get('a'), content)).toBe(true);
	await pair.world.settle();
	nothingLeft(pair);
}

describe.each(['alice', 'bob', 'both'] as const)('paused by %s', who => {
	const who2 = who === 'both' ? (['alice', 'bob'] as const) : [who];

	test('nothing moves until it goes on', async () => {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		const id = await underWay(pair);
		const pausing = who2.map(name => pair[name]);
		for (const side of pausing)
			side.dispatch({type: 'transfer/pause', transfer: id});
		await Promise.all(
			[alice, bob].map(async side => side.until('transfer/paused')),
		);
		bob.folder.holdDisk(false);
		await world.pass(limits.stallMs * 3, 500);
		for (const side of [alice, bob]) {
			expect(phaseOf(side, id)).toMatchObject({
				kind: 'paused',
				by: pausing.includes(side) ? 'us' : 'peer',
			});
			expect(
				side.of('transfer/progressed').filter(({stalled}) => stalled),
			).toEqual([]);
		}

		const written = bob.folder.writtenBytes();
		expect(written).toBeLessThan(content.length);
		await world.pass(60_000, 10_000);
		expect(bob.folder.writtenBytes()).toBe(written);
		for (const [index, side] of pausing.entries()) {
			expect(alice.of('transfer/wentOn')).toHaveLength(0);
			if (index > 0) expect(phaseOf(side, id).kind).toBe('paused');
			side.dispatch({type: 'transfer/goOn', transfer: id});
			await world.settle();
		}

		await expectArrived(pair, id);
		expect(alice.of('transfer/wentOn')).toHaveLength(1);
	});

	test('it stays so where the connection is cut, for longer than a peer is waited for', async () => {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		const id = await underWay(pair);
		const pausing = who2.map(name => pair[name]);
		for (const side of pausing)
			side.dispatch({type: 'transfer/pause', transfer: id});
		await world.settle();
		bob.folder.holdDisk(false);
		world.hub.cut();
		await world.pass(2 * limits.comeBackMs, limits.pingMs);
		for (const side of [alice, bob]) {
			expect(phaseOf(side, id)).toMatchObject({
				kind: 'paused',
				by: pausing.includes(side) ? 'us' : 'peer',
			});
		}

		expect(bob.folder.saved.size).toBe(0);
		for (const side of pausing)
			side.dispatch({type: 'transfer/goOn', transfer: id});
		await expectArrived(pair, id);
	});

	test('while it is cut off, and taken back there: it goes on when it can', async () => {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		const id = await underWay(pair);
		bob.folder.holdDisk(false);
		world.hub.refuseDials('unreachable');
		world.hub.cut();
		await world.settle();
		const pausing = who2.map(name => pair[name]);
		for (const side of pausing) {
			side.dispatch({type: 'transfer/pause', transfer: id});
			expect(phaseOf(side, id)).toMatchObject({kind: 'paused', by: 'us'});
			side.dispatch({type: 'transfer/goOn', transfer: id});
			expect(phaseOf(side, id).kind).toBe('interrupted');
		}

		await world.pass(5_000, 500);
		for (const side of [alice, bob]) {
			expect(phaseOf(side, id).kind).toBe('interrupted');
		}

		world.hub.refuseDials(undefined);
		await world.pass(limits.reconnectMaxMs, 1_000);
		await expectArrived(pair, id);
	});

	test('while it is cut off: it stands still when it is back', async () => {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		const id = await underWay(pair);
		bob.folder.holdDisk(false);
		world.hub.refuseDials('unreachable');
		world.hub.cut();
		await world.settle();
		const pausing = who2.map(name => pair[name]);
		for (const side of pausing)
			side.dispatch({type: 'transfer/pause', transfer: id});
		world.hub.refuseDials(undefined);
		const written = bob.folder.writtenBytes();
		await world.pass(limits.reconnectMaxMs, 1_000);
		for (const side of [alice, bob]) {
			expect(phaseOf(side, id)).toMatchObject({
				kind: 'paused',
				by: pausing.includes(side) ? 'us' : 'peer',
			});
		}

		// What was under way when the receiver said so may have arrived.
		expect(bob.folder.writtenBytes() - written).toBeLessThan(10 * block);
		for (const side of pausing)
			side.dispatch({type: 'transfer/goOn', transfer: id});
		await expectArrived(pair, id);
	});
});

test('paused when all is under way already: it is saved, and told as whole', async () => {
	const pair = await createPair();
	const {world, alice, bob} = pair;
	bob.folder.holdDisk(true);
	const small = bytesOf(2 * block);
	const id = await offer(pair, {a: small});
	accept(bob, id);
	await world.until(() => bob.folder.writtenBytes() === small.length);
	await world.settle();
	bob.dispatch({type: 'transfer/pause', transfer: id});
	await alice.until('transfer/paused');
	bob.folder.holdDisk(false);
	expect(await bothFinished(pair, id)).toEqual([
		{kind: 'saved', saved: 1},
		{kind: 'saved', saved: 1},
	]);
	for (const side of [alice, bob]) {
		expect(phaseOf(side, id)).toMatchObject({movedBytes: small.length});
	}

	await world.settle();
	nothingLeft(pair);
});

test('all at once, in both directions, and what is not accepted is left alone', async () => {
	const pair = await createPair();
	const {world, alice, bob} = pair;
	for (const {folder} of [alice, bob]) folder.holdDisk(true);
	const forth = await offer(pair, {a: content});
	const back = await offer(pair, {b: content}, 'back');
	const waiting = await offer(pair, {c: bytesOf(1)});
	accept(bob, forth);
	accept(alice, back);
	await world.until(
		() => bob.folder.openParts() + alice.folder.openParts() === 2,
	);
	alice.dispatch({type: 'transfer/pause', ref: 1});
	await alice.until('command/done');
	await world.settle();
	for (const {folder} of [alice, bob]) folder.holdDisk(false);
	await world.pass(30_000, 5_000);
	for (const side of [alice, bob]) {
		const by = side === alice ? 'us' : 'peer';
		expect(phaseOf(side, forth)).toMatchObject({kind: 'paused', by});
		expect(phaseOf(side, back)).toMatchObject({kind: 'paused', by});
		expect(phaseOf(side, waiting).kind).toBe('offered');
	}

	alice.dispatch({type: 'transfer/goOn'});
	await bothFinished(pair, forth);
	await bothFinished(pair, back);
	accept(bob, waiting);
	expect((await bothFinished(pair, waiting))[0].kind).toBe('saved');
});

test('one that nobody has accepted cannot be paused, and one that is over neither', async () => {
	const pair = await createPair();
	const {alice} = pair;
	const id = await offer(pair, {c: bytesOf(1)});
	alice.dispatch({type: 'transfer/pause', transfer: id, ref: 1});
	accept(pair.bob, id);
	await bothFinished(pair, id);
	alice.dispatch({type: 'transfer/goOn', transfer: id, ref: 2});
	for (const ref of [1, 2]) {
		const refused = await alice.until(
			'command/refused',
			event => event.ref === ref,
		);
		expect(refused.error.code).toBe('noSuchTransfer');
	}
});

describe('a full disk', () => {
	test('pauses on both sides, with numbers where it is, and goes on by itself', async () => {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		const id = await underWay(pair);
		bob.folder.fillDisk(true);
		await alice.until('transfer/paused');
		expect(phaseOf(bob, id)).toMatchObject({
			kind: 'paused',
			by: 'disk',
			error: {code: 'diskFull', details: {neededBytes: 1}},
		});
		expect(phaseOf(alice, id)).toMatchObject({kind: 'paused', by: 'disk'});
		expect(alice.of('transfer/paused')[0]).not.toHaveProperty('error');
		await world.pass(2 * limits.comeBackMs, limits.pingMs);
		expect(phaseOf(alice, id).kind).toBe('paused');
		bob.folder.fillDisk(false);
		await expectArrived(pair, id);
	});

	test('and a person, one after the other: both must want it to go on', async () => {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		const id = await underWay(pair);
		bob.folder.fillDisk(true);
		await alice.until('transfer/paused');
		bob.dispatch({type: 'transfer/pause', transfer: id});
		await world.settle();
		bob.folder.fillDisk(false);
		await world.pass(10_000, 1_000);
		expect(phaseOf(bob, id)).toMatchObject({kind: 'paused', by: 'us'});
		expect(phaseOf(alice, id)).toMatchObject({kind: 'paused', by: 'peer'});
		expect(alice.of('transfer/wentOn')).toEqual([]);
		bob.dispatch({type: 'transfer/goOn', transfer: id});
		await expectArrived(pair, id);
	});

	test('when the connection is cut: it is told again, and what was written is kept', async () => {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		const id = await offer(pair, {a: content});
		accept(bob, id);
		await untilWritten(world, bob, 3 * block);
		bob.folder.fillDisk(true);
		await alice.until('transfer/paused');
		world.hub.cut();
		await world.pass(5_000, 500);
		expect(phaseOf(bob, id)).toMatchObject({kind: 'paused', by: 'disk'});
		expect(phaseOf(alice, id)).toMatchObject({kind: 'paused', by: 'disk'});
		bob.folder.fillDisk(false);
		await expectArrived(pair, id);
		expect(bob.of('transfer/resumed').length).toBeGreaterThan(0);
	});

	test('cancelled while it is full: both are told, and nothing stays open', async () => {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		const id = await underWay(pair);
		bob.folder.fillDisk(true);
		await alice.until('transfer/paused');
		alice.dispatch({type: 'transfer/cancel', transfer: id});
		expect(await finished(bob, id)).toEqual({kind: 'cancelled', by: 'peer'});
		bob.folder.fillDisk(false);
		await world.settle();
		nothingLeft(pair);
		expect(bob.of('transfer/wentOn')).toEqual([]);
	});
});
