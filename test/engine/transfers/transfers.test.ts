import {describe, expect, test} from 'vitest';
import {limits} from '../../../source/limits.js';
import {createPair} from '../../helpers/engine-under-test.js';
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

describe.each(['forth', 'back'] as const)(
	'%s (the dialler offers, the dialled one offers)',
	direction => {
		test('offered, accepted, saved, and both sides say so', async () => {
			const pair = await createPair();
			const {alice, bob, world} = pair;
			const [from, to] = direction === 'forth' ? [alice, bob] : [bob, alice];
			const content = bytesOf(3_000_000);
			const id = await offer(
				pair,
				{'/home/a.bin': content, '/home/空.txt': bytesOf(0)},
				direction,
			);
			expect(from.of('transfer/offered')).toMatchObject([
				{direction: 'out', totalBytes: 3_000_000},
			]);
			expect(to.of('transfer/offered')).toMatchObject([
				{
					direction: 'in',
					totalBytes: 3_000_000,
					freeBytes: 1_000_000_000,
					trust: 'UNVERIFIED',
					entries: [
						{name: 'a.bin', sizeBytes: 3_000_000, flagged: false},
						{name: '空.txt', sizeBytes: 0},
					],
				},
			]);
			await world.settle();
			expect(to.folder.mostOpenParts()).toBe(0);
			accept(to, id);
			expect(await bothFinished(pair, id)).toEqual([
				{kind: 'saved', saved: 2},
				{kind: 'saved', saved: 2},
			]);
			expect(isSame(to.folder.saved.get('a.bin'), content)).toBe(true);
			expect(to.folder.saved.get('空.txt')).toEqual(new Uint8Array(0));
			const digest = await digestOf(content);
			for (const engine of [from, to]) {
				expect(engine.of('transfer/entrySaved')).toMatchObject([
					{entry: 0, savedAs: 'a.bin', digest},
					{entry: 1, savedAs: '空.txt'},
				]);
				expect(engine.engine.getState().transfers.get(id)?.phase).toMatchObject(
					{kind: 'finished', movedBytes: 3_000_000},
				);
			}

			await world.settle();
			nothingLeft(pair);
		});

		test('declined', async () => {
			const pair = await createPair();
			const id = await offer(pair, {a: bytesOf(10)}, direction);
			const to = direction === 'forth' ? pair.bob : pair.alice;
			to.dispatch({type: 'transfer/decline', transfer: id});
			expect(await bothFinished(pair, id)).toEqual([
				{kind: 'declined'},
				{kind: 'declined'},
			]);
			nothingLeft(pair);
		});

		test('taken back', async () => {
			const pair = await createPair();
			const {alice, bob} = pair;
			const [from, to] = direction === 'forth' ? [alice, bob] : [bob, alice];
			const id = await offer(pair, {a: bytesOf(10)}, direction);
			from.dispatch({type: 'transfer/cancel', transfer: id});
			expect(await finished(from, id)).toEqual({kind: 'cancelled', by: 'us'});
			expect(await finished(to, id)).toEqual({kind: 'cancelled', by: 'peer'});
			to.dispatch({type: 'transfer/accept', transfer: id, ref: 1});
			expect((await to.until('command/refused')).error.code).toBe(
				'noSuchTransfer',
			);
			nothingLeft(pair);
		});

		test.each(['sender', 'receiver'] as const)(
			'cancelled by the %s in the middle: nothing is left behind',
			async who => {
				const pair = await createPair();
				const {alice, bob, world} = pair;
				const [from, to] = direction === 'forth' ? [alice, bob] : [bob, alice];
				to.folder.holdDisk(true);
				const id = await offer(
					pair,
					{a: bytesOf(5_000_000), b: bytesOf(100_000), c: bytesOf(20)},
					direction,
				);
				accept(to, id);
				await from.until('transfer/accepted');
				await world.settle();
				await to.untilTrue(() => to.folder.openParts() > 0);
				const canceller = who === 'sender' ? from : to;
				canceller.dispatch({type: 'transfer/cancel', transfer: id});
				const other = who === 'sender' ? to : from;
				expect(await finished(canceller, id)).toEqual({
					kind: 'cancelled',
					by: 'us',
				});
				expect(await finished(other, id)).toEqual({
					kind: 'cancelled',
					by: 'peer',
				});
				to.folder.holdDisk(false);
				await world.settle();
				nothingLeft(pair);
				expect(to.folder.saved.size).toBe(0);
			},
		);
	},
);

test('cancelled at any moment: saved everywhere it says so, never a part left', async () => {
	for (let ticks = 0; ticks < 60; ticks += 3) {
		const pair = await createPair();
		const {alice, bob, world} = pair;
		const id = await offer(pair, {
			a: bytesOf(300_000),
			b: bytesOf(10),
			c: bytesOf(70_000),
		});
		accept(bob, id);
		for (let tick = 0; tick < ticks; tick++) {
			await new Promise(resolve => {
				setImmediate(resolve);
			});
		}

		bob.dispatch({type: 'transfer/cancel', transfer: id});
		const [atAlice] = await bothFinished(pair, id);
		await bob.engine.close();
		await world.settle();
		expect(bob.folder.openParts()).toBe(0);
		expect(alice.files.openReaders()).toBe(0);
		if (atAlice.kind === 'saved') {
			expect([...bob.folder.saved.keys()]).toEqual(['a', 'b', 'c']);
		}

		for (const {savedAs} of alice.of('transfer/entrySaved')) {
			expect(bob.folder.saved.has(savedAs)).toBe(true);
		}
	}
});

test('two at once, both ways, while people talk', async () => {
	const pair = await createPair();
	const {alice, bob, bobKey} = pair;
	const [forth, back] = [bytesOf(4_000_000, 1), bytesOf(6_000_000, 2)];
	const first = await offer(pair, {forth});
	const second = await offer(pair, {back}, 'back');
	accept(bob, first);
	accept(alice, second);
	alice.dispatch({type: 'chat/send', conversation: bobKey, text: 'meanwhile'});
	await bob.until('chat/received');
	await Promise.all([bothFinished(pair, first), bothFinished(pair, second)]);
	expect(isSame(bob.folder.saved.get('forth'), forth)).toBe(true);
	expect(isSame(alice.folder.saved.get('back'), back)).toBe(true);
});

test('a name that is taken becomes the next free one', async () => {
	const pair = await createPair();
	for (const seed of [1, 2]) {
		const id = await offer(pair, {'/x/a.txt': bytesOf(100, seed)});
		accept(pair.bob, id);
		await bothFinished(pair, id);
	}

	expect([...pair.bob.folder.saved.keys()]).toEqual(['a.txt', 'a (1).txt']);
	expect(
		pair.alice.of('transfer/entrySaved').map(each => each.savedAs),
	).toEqual(['a.txt', 'a (1).txt']);
});

test('progress is told at most ten times a second, and only grows', async () => {
	const pair = await createPair();
	const {world, alice, bob} = pair;
	const id = await offer(pair, {a: bytesOf(40_000_000)});
	alice.files.holdReads(true);
	accept(bob, id);
	await alice.until('transfer/accepted');
	for (let step = 0; step < 60; step++) {
		alice.files.holdReads(false);
		alice.files.holdReads(true);
		await world.pass(20);
	}

	alice.files.holdReads(false);
	await bothFinished(pair, id);
	for (const engine of [alice, bob]) {
		const progress = engine.of('transfer/progressed');
		expect(progress.length).toBeGreaterThan(3);
		expect(progress.at(-1)?.movedBytes).toBe(40_000_000);
		for (const [index, event] of progress.slice(1).entries()) {
			expect(event.movedBytes).toBeGreaterThan(progress[index]!.movedBytes);
			const isLast = index === progress.length - 2;
			if (!isLast) {
				expect(event.at - progress[index]!.at).toBeGreaterThanOrEqual(
					limits.progressMs,
				);
			}
		}
	}
});

test('what stands still says why', async () => {
	const pair = await createPair();
	const {world, alice, bob} = pair;
	bob.folder.holdDisk(true);
	const id = await offer(pair, {a: bytesOf(30_000_000)});
	accept(bob, id);
	await alice.until('transfer/accepted');
	await world.pass(limits.stallMs + 1_000, 100);
	expect(bob.of('transfer/progressed').at(-1)).toMatchObject({
		stalled: 'ownDisk',
	});
	expect(alice.of('transfer/progressed').at(-1)).toMatchObject({
		stalled: 'receiver',
	});
	for (const engine of [alice, bob]) {
		const progress = engine.of('transfer/progressed');
		const firstStall = progress.findIndex(({stalled}) => stalled);
		const [before, after] = [progress[firstStall - 1]!, progress[firstStall]!];
		expect(after.at - before.at).toBeGreaterThanOrEqual(limits.stallMs);
	}

	// The lane is not read while the disk is behind.
	const {movedBytes} = bob.of('transfer/progressed').at(-1)!;
	expect(movedBytes).toBeLessThan(limits.diskQueueBytes + 2 * 1024 * 1024);
	bob.folder.holdDisk(false);
	expect((await bothFinished(pair, id))[0].kind).toBe('saved');
});

test('files that wait for their turn when all is cancelled are never begun', async () => {
	const pair = await createPair();
	const {world, alice, bob} = pair;
	bob.folder.holdDisk(true);
	const id = await offer(
		pair,
		Object.fromEntries(
			Array.from({length: 40}, (_, index) => [
				`f${index}`,
				bytesOf(limits.smallFileBytes + 1),
			]),
		),
	);
	accept(bob, id);
	await alice.until('transfer/accepted');
	await world.until(() => bob.folder.openParts() === limits.partsOpen);
	bob.dispatch({type: 'transfer/cancel', transfer: id});
	bob.folder.holdDisk(false);
	await world.until(() => bob.folder.openParts() === 0);
	await world.settle();
	expect(bob.folder.partsCreated()).toBe(limits.partsOpen);
});

test('a thousand small files never hold more than so many parts open', async () => {
	const pair = await createPair();
	const files = Object.fromEntries(
		Array.from({length: 1_000}, (_, index) => [
			`f${index}`,
			bytesOf(20, index),
		]),
	);
	const id = await offer(pair, files);
	accept(pair.bob, id);
	expect((await bothFinished(pair, id))[1]).toEqual({
		kind: 'saved',
		saved: 1_000,
	});
	expect(pair.bob.folder.mostOpenParts()).toBeLessThanOrEqual(
		limits.smallPartsOpen,
	);
	expect(pair.bob.folder.saved.get('f999')).toEqual(files['f999']);
});

test('quitting in the middle waits until nothing unfinished is left', async () => {
	const pair = await createPair();
	const {alice, bob, world} = pair;
	bob.folder.holdDisk(true);
	const id = await offer(pair, {a: bytesOf(30_000_000)});
	accept(bob, id);
	await world.until(() => bob.folder.openParts() === 1);
	await bob.engine.close();
	expect(bob.folder.openParts()).toBe(0);
	expect(await finished(alice, id)).toEqual({kind: 'cancelled', by: 'peer'});
	await world.settle();
	expect(world.clock.pending()).toBe(0);
});
