/** What people choose: some of an offer, another folder, another try, what to do with what is left. */
import {describe, expect, test} from 'vitest';
import {limits} from '../../../source/limits.js';
import {createPair} from '../../helpers/engine-under-test.js';
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

describe('some of an offer', () => {
	test('is taken; the sender hears that the rest was not', async () => {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		const id = await offer(pair, {
			a: bytesOf(1),
			b: bytesOf(2),
			c: bytesOf(3),
		});
		bob.dispatch({type: 'transfer/accept', transfer: id, skip: [0, 2, 99]});
		expect(await bothFinished(pair, id)).toEqual([
			{
				kind: 'failed',
				saved: 1,
				failed: 2,
				error: expect.objectContaining({code: 'declined'}) as unknown,
			},
			{kind: 'saved', saved: 1},
		]);
		expect([...bob.folder.saved.keys()]).toEqual(['b']);
		for (const side of [alice, bob]) {
			const transfer = side.engine.getState().transfers.get(id)!;
			expect(transfer.wantedBytes).toBe(2);
			expect([...transfer.entries].map(({phase}) => phase.kind)).toEqual([
				'skipped',
				'saved',
				'skipped',
			]);
		}

		await world.settle();
		nothingLeft(pair);
	});

	test('and nothing of it: declined', async () => {
		const pair = await createPair();
		const id = await offer(pair, {a: bytesOf(1), b: bytesOf(2)});
		pair.bob.dispatch({type: 'transfer/accept', transfer: id, skip: [0, 1]});
		expect(await bothFinished(pair, id)).toEqual([
			{kind: 'declined'},
			{kind: 'declined'},
		]);
	});

	test('stays so after a cut', async () => {
		const pair = await createPair();
		const {world, bob} = pair;
		const files = {a: bytesOf(2 * block), b: bytesOf(9 * block), c: bytesOf(3)};
		const id = await offer(pair, files);
		bob.dispatch({type: 'transfer/accept', transfer: id, skip: [0]});
		await untilWritten(world, bob, 2 * block);
		world.hub.cut();
		await world.pass(3_000, 500);
		expect(await finished(bob, id)).toEqual({kind: 'saved', saved: 2});
		expect([...bob.folder.saved.keys()].sort()).toEqual(['b', 'c']);
	});
});

describe('another folder', () => {
	test('gets it, what was there is seen, and partials in it are found', async () => {
		const pair = await createPair();
		const {world, alice, bob} = pair;
		const elsewhere = bob.openFolder('/elsewhere');
		const content = bytesOf(4 * block);
		elsewhere.putPartial(
			alice.peerId,
			['a'],
			content.length,
			content.slice(0, block),
		);
		const id = await offer(pair, {a: content});
		bob.dispatch({
			type: 'transfer/accept',
			transfer: id,
			folder: '/elsewhere',
		});
		await untilWritten(world, {...bob, folder: elsewhere}, 2 * block);
		world.hub.cut('lane');
		await world.pass(3_000, 500);
		expect((await bothFinished(pair, id))[1].kind).toBe('saved');
		expect(isSame(elsewhere.saved.get('a'), content)).toBe(true);
		expect(bob.folder.saved.size).toBe(0);
		expect(bob.of('transfer/accepted')).toMatchObject([{folder: '/elsewhere'}]);
		expect(bob.of('transfer/resumed')[0]?.heldBytes).toBe(block);
		expect(elsewhere.openParts() + elsewhere.openDeliveries()).toBe(0);
	});

	test('that cannot be written: refused, and still to be answered', async () => {
		const pair = await createPair();
		const {bob} = pair;
		bob.openFolder('/elsewhere').free = 'receiveFolderUnwritable';
		const id = await offer(pair, {a: bytesOf(5)});
		bob.dispatch({
			type: 'transfer/accept',
			transfer: id,
			folder: '/elsewhere',
			ref: 1,
		});
		expect((await bob.until('command/refused')).error.code).toBe(
			'receiveFolderUnwritable',
		);
		accept(bob, id);
		expect((await bothFinished(pair, id))[1].kind).toBe('saved');
		expect(bob.folder.saved.size).toBe(1);
	});

	test('named while it is accepted otherwise: the first answer counts', async () => {
		const pair = await createPair();
		const {bob} = pair;
		const elsewhere = bob.openFolder('/elsewhere');
		const gate = Promise.withResolvers<number>();
		elsewhere.freeBytes = async () => gate.promise;
		const id = await offer(pair, {a: bytesOf(5)});
		bob.dispatch({
			type: 'transfer/accept',
			transfer: id,
			folder: '/elsewhere',
			ref: 1,
		});
		accept(bob, id);
		await bob.until('transfer/accepted');
		gate.resolve(1);
		await bob.until('command/done');
		await bothFinished(pair, id);
		expect([...bob.folder.saved.keys()]).toEqual(['a']);
		expect(elsewhere.saved.size).toBe(0);
	});
});

describe('another try', () => {
	test('offers only what did not arrive, and goes on from what did', async () => {
		const pair = await createPair();
		const {alice, bob, world} = pair;
		bob.folder.failCreation('b', 'storageFailed');
		const id = await offer(pair, {
			'/x/a': bytesOf(1),
			'/x/b': bytesOf(2),
			'/x/c': bytesOf(3),
		});
		bob.dispatch({type: 'transfer/accept', transfer: id, skip: [2]});
		await bothFinished(pair, id);
		const asked = bob.next('transfer/offered');
		alice.dispatch({type: 'transfer/retry', transfer: id});
		const {transfer, entries} = await asked;
		expect(entries.map(({name}) => name)).toEqual(['b', 'c']);
		expect(transfer).not.toBe(id);
		bob.dispatch({type: 'transfer/decline', transfer});
		await finished(alice, transfer);
		await world.settle();
		alice.dispatch({type: 'transfer/retry', transfer: id, ref: 1});
		expect((await alice.until('command/refused')).error.code).toBe(
			'nothingToRetry',
		);
		// What was declined can be tried again, too.
		const again = bob.next('transfer/offered');
		alice.dispatch({type: 'transfer/retry', transfer});
		expect((await again).entries).toHaveLength(2);
	});

	test('of what arrived, or while nobody is there: refused, and possible later', async () => {
		const pair = await createPair();
		const {alice, bob, world} = pair;
		const saved = await offer(pair, {a: bytesOf(1)});
		accept(bob, saved);
		await bothFinished(pair, saved);
		const id = await offer(pair, {b: bytesOf(1)});
		bob.dispatch({type: 'transfer/decline', transfer: id});
		await finished(alice, id);
		world.hub.cut();
		await world.settle();
		alice.dispatch({type: 'transfer/retry', transfer: saved, ref: 1});
		alice.dispatch({type: 'transfer/retry', transfer: id, ref: 2});
		const codes = [1, 2].map(async ref => {
			const where = (event: {ref: number}) => event.ref === ref;
			return (await alice.until('command/refused', where)).error.code;
		});
		expect(await Promise.all(codes)).toEqual([
			'nothingToRetry',
			'notConnected',
		]);
		await world.pass(2_000);
		const asked = bob.next('transfer/offered');
		alice.dispatch({type: 'transfer/retry', transfer: id});
		expect((await asked).entries).toHaveLength(1);
	});
});

describe('what is left of broken transfers', () => {
	test('is listed with safe names, from every folder that was used, and deleted', async () => {
		const pair = await createPair();
		const {alice, bob} = pair;
		const other = bob.openFolder('/elsewhere');
		bob.folder.putPartial(
			alice.peerId,
			['a\u001B[31m'],
			9 * block,
			bytesOf(block),
		);
		const id = await offer(pair, {b: bytesOf(3)});
		bob.dispatch({
			type: 'transfer/accept',
			transfer: id,
			folder: '/elsewhere',
		});
		await bothFinished(pair, id);
		other.putPartial(alice.peerId, ['dir', 'c'], 5 * block, bytesOf(2 * block));
		bob.dispatch({type: 'transfer/listPartials'});
		const {partials} = await bob.until('transfer/partialsListed');
		expect(partials).toMatchObject([
			{peerId: alice.peerId, sizeBytes: 9 * block, heldBytes: block},
			{name: 'dir/c', sizeBytes: 5 * block, heldBytes: 2 * block},
		]);
		expect(partials[0]?.name).not.toContain('\u001B');
		for (const {writtenAt, expiresAt} of partials) {
			expect(expiresAt - writtenAt).toBe(limits.partialMs);
		}

		const listed = bob.next('transfer/partialsListed');
		bob.dispatch({
			type: 'transfer/deletePartial',
			partial: partials[1]!.id,
			ref: 1,
		});
		expect((await listed).partials).toHaveLength(1);
		expect(other.partials().size).toBe(0);
		expect(bob.engine.getState().partials).toHaveLength(1);
		bob.dispatch({
			type: 'transfer/deletePartial',
			partial: partials[1]!.id,
			ref: 2,
		});
		expect((await bob.until('command/refused')).error.code).toBe(
			'noSuchPartial',
		);
	});
});
