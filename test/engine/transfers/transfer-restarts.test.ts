/** Programs that are killed and started again: what was received is of use, to the same key alone. */
import {expect, test} from 'vitest';
import type {TransferId} from '../../../source/engine/index.js';
import {limits} from '../../../source/limits.js';
import {
	connect,
	createPair,
	type EngineUnderTest,
	type World,
} from '../../helpers/engine-under-test.js';
import {mortal, restart} from './restarting.js';
import {
	accept,
	bytesOf,
	finished,
	isSame,
	offer,
	untilWritten,
} from './transfer-helpers.js';

const block = limits.blockBytes;
const content = bytesOf(4 * block + 11);

/** Cuts everything once so many bytes are written. */
async function dieAfter(
	world: World,
	to: EngineUnderTest,
	writtenBytes: number,
	mortals: ReadonlyArray<ReturnType<typeof mortal>>,
) {
	await untilWritten(world, to, writtenBytes);
	for (const each of mortals) await each.die(world);
}

async function breakOff(who: 'alice' | 'bob' | 'both') {
	const [one, two] = [mortal(), mortal()];
	const pair = await createPair({
		alice: {network: one.wrap},
		bob: {network: two.wrap},
	});
	const {world, bob} = pair;
	const id = await offer(pair, {'/a.bin': content});
	accept(bob, id);
	const mortals = {alice: [one], bob: [two], both: [one, two]}[who];
	await dieAfter(world, bob, 2 * block, mortals);
	expect(bob.folder.partials().get('a.bin')?.length).toBeGreaterThanOrEqual(
		2 * block,
	);
	return {...pair, id};
}

const expectResumed = (
	side: EngineUnderTest,
	id: TransferId,
	heldBytes: number,
) => {
	expect(side.of('transfer/resumed')).toMatchObject([
		{transfer: id, entry: 0, heldBytes},
	]);
};

test('the receiver starts again: it is asked like before, and goes on', async () => {
	const {world, alice, bob, id} = await breakOff('bob');
	const heldBytes = 2 * block;
	const again = await restart(world, 'bob', bob);
	await connect(again, alice);
	const {transfer, entries} = await again.until('transfer/offered');
	expect(transfer).toBe(id);
	expect(entries).toMatchObject([{presence: {kind: 'partial', heldBytes}}]);
	expect(alice.of('transfer/interrupted').at(-1)).toMatchObject({asking: true});
	const before = bob.folder.writtenBytes();
	accept(again, id);
	expect(await finished(again, id)).toEqual({kind: 'saved', saved: 1});
	expect(await finished(alice, id)).toEqual({kind: 'saved', saved: 1});
	for (const side of [alice, again]) expectResumed(side, id, heldBytes);
	expect(bob.folder.writtenBytes() - before).toBe(content.length - heldBytes);
	expect([...bob.folder.saved.keys()]).toEqual(['a.bin']);
	expect(isSame(bob.folder.saved.get('a.bin'), content)).toBe(true);
	expect(bob.folder.partials().size).toBe(0);
});

test('the receiver starts again, and its person thinks longer than a peer is waited for', async () => {
	const {world, alice, bob, id} = await breakOff('bob');
	const again = await restart(world, 'bob', bob);
	await connect(again, alice);
	await again.until('transfer/offered');
	await world.pass(2 * limits.comeBackMs, limits.pingMs);
	expect(alice.of('transfer/finished')).toEqual([]);
	accept(again, id);
	expect(await finished(alice, id)).toEqual({kind: 'saved', saved: 1});
});

test('the receiver starts again and declines: the sender is told, and the partial stays', async () => {
	const {world, alice, bob, id} = await breakOff('bob');
	const again = await restart(world, 'bob', bob);
	await connect(again, alice);
	await again.until('transfer/offered');
	again.dispatch({type: 'transfer/decline', transfer: id});
	expect(await finished(alice, id)).toMatchObject({
		kind: 'failed',
		error: {code: 'declined'},
	});
	expect(bob.folder.partials().size).toBe(1);
});

test.each(['alice', 'both'] as const)(
	'%s starts again and sends it again: it goes on from the partial',
	async who => {
		const {world, alice, bob} = await breakOff(who);
		const sender = await restart(world, 'alice', alice);
		const receiver = who === 'both' ? await restart(world, 'bob', bob) : bob;
		const {there} = await connect(sender, receiver);
		const asked = receiver.next('transfer/offered');
		sender.dispatch({type: 'transfer/offer', peer: there, paths: ['/a.bin']});
		const {transfer: id} = await asked;
		accept(receiver, id);
		expect(await finished(sender, id)).toEqual({kind: 'saved', saved: 1});
		expectResumed(sender, id, 2 * block);
		expect([...bob.folder.saved.keys()]).toEqual(['a.bin']);
		expect(isSame(bob.folder.saved.get('a.bin'), content)).toBe(true);
		expect(bob.folder.partials().size).toBe(0);
	},
);

test('another file of that name goes on from nothing that is not equal', async () => {
	const {world, alice, bob} = await breakOff('alice');
	const sender = await restart(world, 'alice', alice);
	const {there} = await connect(sender, bob);
	const other = content.slice();
	other[block + 5]! ^= 1;
	sender.files.put('/a.bin', other);
	const asked = bob.next('transfer/offered');
	sender.dispatch({type: 'transfer/offer', peer: there, paths: ['/a.bin']});
	const {transfer: id} = await asked;
	accept(bob, id);
	expect(await finished(sender, id)).toEqual({kind: 'saved', saved: 1});
	expectResumed(sender, id, block);
	expect(isSame(bob.folder.saved.get('a.bin'), other)).toBe(true);
});

test('another key neither sees the partial nor goes on from it', async () => {
	const {world, bob} = await breakOff('alice');
	const eve = world.engine('eve');
	const {there} = await connect(eve, bob);
	eve.files.put('/a.bin', content);
	const asked = bob.next('transfer/offered');
	eve.dispatch({type: 'transfer/offer', peer: there, paths: ['/a.bin']});
	const {transfer: id, entries} = await asked;
	expect(entries[0]).not.toHaveProperty('presence');
	accept(bob, id);
	expect(await finished(eve, id)).toEqual({kind: 'saved', saved: 1});
	expect(eve.of('transfer/resumed')).toEqual([]);
	expect(bob.folder.partials().size).toBe(1);
});

test('nobody comes back: given up after a while, and the partial stays', async () => {
	const {world, bob, id} = await breakOff('alice');
	await world.pass(limits.comeBackMs - 1);
	expect(bob.of('transfer/finished')).toEqual([]);
	await world.pass(1);
	expect(await finished(bob, id)).toMatchObject({
		kind: 'failed',
		saved: 0,
		failed: 1,
		error: {code: 'peerDidNotReturn', details: {minutes: 10}},
	});
	expect(bob.folder.partials().size).toBe(1);
	expect(bob.folder.openDeliveries()).toBe(0);
});

test('what was cancelled while the other side was away is cancelled there when it is back', async () => {
	for (const who of ['sender', 'receiver'] as const) {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		const id = await offer(pair, {'/a.bin': content});
		alice.files.holdReads(true);
		accept(bob, id);
		await world.until(() => alice.files.openReaders() === 1);
		world.hub.refuseDials('unreachable');
		world.hub.cut();
		await Promise.all(
			[alice, bob].map(async side => side.until('transfer/interrupted')),
		);
		const [canceller, other] = who === 'sender' ? [alice, bob] : [bob, alice];
		canceller.dispatch({type: 'transfer/cancel', transfer: id});
		await canceller.until('transfer/finished');
		await world.pass(3_000);
		expect(other.of('transfer/finished')).toEqual([]);
		world.hub.refuseDials(undefined);
		await world.pass(limits.reconnectMaxMs);
		expect(await finished(canceller, id)).toEqual({
			kind: 'cancelled',
			by: 'us',
		});
		expect(await finished(other, id)).toEqual({kind: 'cancelled', by: 'peer'});
		expect(bob.of('transfer/offered')).toHaveLength(1);
		alice.files.holdReads(false);
		await world.settle();
		expect(alice.files.openReaders()).toBe(0);
	}
});

test('cancelled in the middle: the bytes are of use to the next try', async () => {
	const pair = await createPair();
	const {world, alice, bob} = pair;
	const id = await offer(pair, {'/a.bin': content});
	accept(bob, id);
	await dieAfter(world, bob, 3 * block, []);
	bob.dispatch({type: 'transfer/cancel', transfer: id});
	await finished(alice, id);
	await world.settle();
	const asked = bob.next('transfer/offered');
	alice.dispatch({type: 'transfer/retry', transfer: id});
	const {transfer, entries} = await asked;
	expect(transfer).not.toBe(id);
	expect(entries).toMatchObject([
		{presence: {kind: 'partial', heldBytes: 3 * block}},
	]);
	accept(bob, transfer);
	expect(await finished(alice, transfer)).toEqual({kind: 'saved', saved: 1});
	expectResumed(bob, transfer, 3 * block);
	expect(isSame(bob.folder.saved.get('a.bin'), content)).toBe(true);
});

test('a peer that is taken off the list is not waited for', async () => {
	const pair = await createPair();
	const {world, alice, bob, bobKey} = pair;
	const transfer = await offer(pair, {'a.bin': content});
	bob.folder.holdDisk(true);
	accept(bob, transfer);
	await alice.until('transfer/started');
	alice.dispatch({type: 'peer/forget', peer: bobKey});
	const theirs = finished(bob, transfer);
	expect(await finished(alice, transfer)).toEqual({
		kind: 'cancelled',
		by: 'us',
	});
	bob.folder.holdDisk(false);
	expect(await theirs).toEqual({kind: 'cancelled', by: 'peer'});
	await world.settle();
});
