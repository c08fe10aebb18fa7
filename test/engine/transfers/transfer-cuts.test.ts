/** Lanes and sessions that break in the middle: everything arrives once, and little is sent twice. */
import * as fc from 'fast-check';
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
	isSame,
	nothingLeft,
	offer,
	untilWritten,
} from './transfer-helpers.js';

const block = limits.blockBytes;

/** Fails as soon as a transfer is said to be further than it can be; gives how far it was at its end. */
function watchProgress({engine, of}: EngineUnderTest, id: TransferId) {
	let worst = '';
	engine.on(event => {
		const transfer = engine.getState().transfers.get(id);
		if (!transfer || transfer.phase.kind === 'offered') return;
		const {movedBytes} = transfer.phase;
		if (movedBytes > transfer.wantedBytes) {
			worst ||= `${event.type}: ${movedBytes} of ${transfer.wantedBytes}`;
		}
	});
	return () => {
		expect(worst).toBe('');
		// A receiver that had all of it may be asked again by a sender that has not heard so.
		expect(of('transfer/finished').length).toBeGreaterThan(0);
		const {phase, wantedBytes} = engine.getState().transfers.get(id)!;
		expect(phase).toMatchObject({kind: 'finished', movedBytes: wantedBytes});
	};
}

/** Lets time pass until both say that it is over. */
async function passUntilFinished({world, alice, bob}: Pair, id: TransferId) {
	const isOver = () =>
		[alice, bob].every(({engine}) => {
			const phase = engine.getState().transfers.get(id)?.phase;
			return phase?.kind === 'finished';
		});
	for (let step = 0; !isOver(); step++) {
		if (step > 2_000) throw new Error('It does not come to an end.');
		await world.pass(500);
	}

	return bothFinished({world, alice, bob} as Pair, id);
}

describe.each(['forth', 'back'] as const)('%s', direction => {
	test.each(['session', 'lane'] as const)(
		'the %s is cut in the middle of a file: it goes on from what is there',
		async what => {
			const pair = await createPair();
			const {world, alice, bob} = pair;
			const [from, to] = direction === 'forth' ? [alice, bob] : [bob, alice];
			const content = bytesOf(5 * block + 7);
			const id = await offer(pair, {'/a.bin': content}, direction);
			const checks = [from, to].map(side => watchProgress(side, id));
			accept(to, id);
			// Three blocks and a piece of the fourth are on the disk.
			await untilWritten(world, to, 3 * block);
			world.hub.cut(what === 'lane' ? 'lane' : undefined);
			await from.until('transfer/interrupted');
			await to.until('transfer/interrupted');
			await world.settle();
			expect(to.folder.openParts()).toBe(0);
			expect(to.folder.openDeliveries()).toBe(0);
			expect(from.files.openReaders()).toBe(0);
			const writtenBytes = to.folder.writtenBytes();
			const heldBytes = writtenBytes - (writtenBytes % block);
			expect(heldBytes).toBeGreaterThanOrEqual(3 * block);
			expect(from.engine.getState().transfers.get(id)?.phase).toMatchObject({
				kind: 'interrupted',
				...(what === 'lane' ? {error: {code: 'laneLost'}} : {}),
			});

			const outcomes = await passUntilFinished(pair, id);
			expect(outcomes).toEqual([
				{kind: 'saved', saved: 1},
				{kind: 'saved', saved: 1},
			]);
			for (const side of [from, to]) {
				expect(side.of('transfer/resumed')).toMatchObject([
					{transfer: id, entry: 0, heldBytes},
				]);
				expect(side.engine.getState().transfers.get(id)).toMatchObject({
					heldBytes,
				});
				expect(side.of('transfer/accepted')).toHaveLength(1);
				expect(side.of('transfer/offered')).toHaveLength(1);
			}

			for (const check of checks) check();
			expect([...to.folder.saved.keys()]).toEqual(['a.bin']);
			expect(isSame(to.folder.saved.get('a.bin'), content)).toBe(true);
			expect(to.folder.writtenBytes() - writtenBytes).toBe(
				content.length - heldBytes,
			);
			await world.settle();
			nothingLeft(pair);
		},
	);
});

test('a session that is replaced before its end was heard of takes its transfers along', async () => {
	const pair = await createPair();
	const {world, alice, bob} = pair;
	const content = bytesOf(4 * block);
	const id = await offer(pair, {a: content});
	alice.files.holdReads(true);
	accept(bob, id);
	await world.until(() => alice.files.openReaders() === 1);
	const waiting = await offer(pair, {b: bytesOf(9)});
	// Bob does not notice; alice dials again.
	world.hub.silence(bob.host);
	await alice.until('transfer/interrupted');
	alice.files.holdReads(false);
	const asked = bob.next('transfer/offered', each => each.transfer === waiting);
	await world.pass(2_000);
	// The one that nobody had answered is asked about again.
	await asked;
	accept(bob, waiting);
	await passUntilFinished(pair, id);
	await passUntilFinished(pair, waiting);
	expect([...bob.folder.saved.keys()].sort()).toEqual(['a', 'b']);
	expect(isSame(bob.folder.saved.get('a'), content)).toBe(true);
	await world.pass(limits.lingerMs);
	nothingLeft(pair);
});

test('pages of an offer that were on their way when the session was replaced are asked again', async () => {
	const pair = await createPair();
	const {world, alice, bob, bobKey} = pair;
	const many = Object.fromEntries(
		Array.from({length: 3_000}, (_, index) => [
			`${index}-${'x'.repeat(100)}`,
			bytesOf(1),
		]),
	);
	alice.files.putFolder('/many', many);
	let deliveries = 0;
	world.hub.onDelivery = () => {
		if (++deliveries !== 8) return;
		world.hub.silence(bob.host);
	};
	alice.dispatch({type: 'transfer/offer', peer: bobKey, paths: ['/many']});
	await alice.until('transfer/offered');
	await world.pass(3_000, 500);
	const {entries} = await bob.until('transfer/offered');
	expect(entries).toHaveLength(3_000);
	expect(alice.of('peer/left')).toEqual([]);
	expect(deliveries).toBeGreaterThan(8);
});

const kinds = fc.constantFrom('session', 'lane', 'silence');
const sizes = fc.constantFrom(
	0,
	1,
	70_000,
	block - 1,
	block,
	block + 1,
	2 * block + 5,
	4 * block,
);

test('cut at any moments: all is saved once, and little is sent again', async () => {
	let cutCount = 0;
	let resumedCount = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom('forth' as const, 'back' as const),
			fc.array(sizes, {minLength: 1, maxLength: 5}),
			fc.boolean(),
			fc.array(
				fc.tuple(
					fc.oneof(
						fc.integer({min: 1, max: 25}),
						fc.integer({min: 1, max: 90}),
					),
					kinds,
				),
				{
					minLength: 1,
					maxLength: 5,
				},
			),
			async (direction, fileSizes, isFolder, cuts) => {
				const pair = await createPair();
				const {world, alice, bob} = pair;
				const [from, to] = direction === 'forth' ? [alice, bob] : [bob, alice];
				const peer = direction === 'forth' ? pair.bobKey : pair.aliceKey;
				const files = Object.fromEntries(
					fileSizes.map((size, index) => [`f${index}`, bytesOf(size, index)]),
				);
				const tree = {...files, 'deep/er': bytesOf(9), empty: undefined};
				if (isFolder) from.files.putFolder('/tree', tree);
				for (const [name, bytes] of Object.entries(files)) {
					from.files.put(name, bytes);
				}

				const asked = to.next('transfer/offered');
				from.dispatch({
					type: 'transfer/offer',
					peer,
					paths: isFolder ? ['/tree'] : Object.keys(files),
				});
				const {transfer: id} = await asked;
				const checks = [from, to].map(side => watchProgress(side, id));
				const left = [...cuts];
				let deliveries = 0;
				let done = 0;
				world.hub.onDelivery = () => {
					const [next] = left;
					if (!next || ++deliveries < next[0]) return;
					deliveries = 0;
					left.shift();
					done++;
					const [, kind] = next;
					if (kind === 'silence') world.hub.silence(bob.host);
					else world.hub.cut(kind === 'lane' ? 'lane' : undefined);
				};
				accept(to, id);
				const outcomes = await passUntilFinished(pair, id);
				world.hub.onDelivery = undefined;
				const count = Object.keys(isFolder ? tree : files).length;
				expect(outcomes).toEqual([
					{kind: 'saved', saved: count},
					{kind: 'saved', saved: count},
				]);
				for (const check of checks) check();
				const names = isFolder
					? Object.entries(tree).map(
							([name, bytes]) => `tree/${name}${bytes ? '' : '/'}`,
						)
					: Object.keys(files);
				expect([...to.folder.saved.keys()].sort()).toEqual(names.sort());
				for (const [name, bytes] of Object.entries(files)) {
					const saved = to.folder.saved.get(isFolder ? `tree/${name}` : name);
					expect(isSame(saved, bytes)).toBe(true);
				}

				expect(to.folder.partials().size).toBe(0);
				// What is shorter than a block is not kept.
				const small = fileSizes.filter(size => size < block);
				const sum = (list: number[]) => list.reduce((one, two) => one + two, 0);
				const again = to.folder.writtenBytes() - sum(fileSizes) - 9;
				expect(again).toBeLessThanOrEqual(done * (block + sum(small) + 9));
				cutCount += done;
				const resumed = to.of('transfer/resumed');
				resumedCount += resumed.length;
				const told = from.of('transfer/resumed');
				for (const {entry, heldBytes} of resumed) {
					expect(told).toContainEqual(
						expect.objectContaining({entry, heldBytes}),
					);
				}

				await world.pass(limits.lingerMs);
				nothingLeft(pair);
				await Promise.all([alice.engine.close(), bob.engine.close()]);
				await world.pass(limits.helloMs);
				expect(world.clock.pending()).toBe(0);
			},
		),
		{numRuns: 60},
	);
	expect(cutCount).toBeGreaterThan(40);
	// By chance few of the cuts fall into a file of several blocks, but hardly none.
	expect(resumedCount).toBeGreaterThan(0);
}, 60_000);
