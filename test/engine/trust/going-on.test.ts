/** Transfers with verified peers after a restart: what was accepted goes on by itself, and nothing else. */
import {describe, expect, test} from 'vitest';
import type {NotesPort, TransferNotes} from '../../../source/engine/ports.js';
import {limits} from '../../../source/limits.js';
import {
	connect,
	peerIdOf,
	type EngineUnderTest,
	type World,
} from '../../helpers/engine-under-test.js';
import {mortal, restart} from '../transfers/restarting.js';
import {
	accept,
	bytesOf,
	finished,
	isSame,
	offer,
	untilWritten,
} from '../transfers/transfer-helpers.js';
import {introduceSpeaker} from '../speaker.js';
import {carryOut, createVerifiedPair} from './trust-helpers.js';

const block = limits.blockBytes;
const content = bytesOf(4 * block + 11);

interface MemoryNotes extends NotesPort {
	kept: TransferNotes;
}

/** What is kept, as the programs that run one after the other see it. */
function createMemoryNotes(): {program(): MemoryNotes; died(): void} {
	const shared = {kept: {incoming: [], outgoing: []} as TransferNotes};
	const gone = new Set<string>();
	let programs = 0;
	return {
		program: () => ({
			owner: String(++programs),
			get kept() {
				return shared.kept;
			},
			set kept(kept) {
				shared.kept = kept;
			},
			isGone: owner => gone.has(owner),
			load: async () => structuredClone(shared.kept),
			async save(notes) {
				shared.kept = structuredClone(notes);
			},
		}),
		died() {
			gone.add(String(programs));
		},
	};
}

/** A transfer of two entries, of which one was not wanted, cut after two blocks. */
async function brokenOff(who: 'alice' | 'bob' | 'both') {
	const [one, two] = [mortal(), mortal()];
	const notes = {alice: createMemoryNotes(), bob: createMemoryNotes()};
	const pair = await createVerifiedPair({
		alice: {network: one.wrap, notes: notes.alice.program()},
		bob: {network: two.wrap, notes: notes.bob.program()},
	});
	const {world, alice, bob} = pair;
	const id = await offer(pair, {'/a.bin': content, '/b.txt': bytesOf(9)});
	bob.dispatch({type: 'transfer/accept', transfer: id, skip: [1]});
	await untilWritten(world, bob, 2 * block);
	const dead = who === 'both' ? (['alice', 'bob'] as const) : [who];
	for (const name of dead) {
		await (name === 'alice' ? one : two).die(world);
		notes[name].died();
	}

	const again = async (name: 'alice' | 'bob', before: EngineUnderTest) =>
		restart(world, name, before, {
			trust: name === 'alice' ? pair.aliceTrust : pair.bobTrust,
			notes: notes[name].program(),
		});
	return {...pair, id, notes, again, alice, bob};
}

const nothingKept = (notes: ReturnType<typeof createMemoryNotes>) => {
	expect(notes.program().kept).toEqual({incoming: [], outgoing: []});
};

const settledIn = async (world: World) => world.settle();

describe('what was accepted goes on without a question', () => {
	test('after the receiver was started anew, into the same folder, without what was not wanted', async () => {
		const {world, alice, bob, id, again, notes} = await brokenOff('bob');
		const next = await again('bob', bob);
		await connect(alice, next);
		expect((await next.until('transfer/offered')).byItself).toBe('resumed');
		expect(await finished(next, id)).toEqual({kind: 'saved', saved: 1});
		expect(next.of('transfer/resumed')).toHaveLength(1);
		expect(isSame(bob.folder.saved.get('a.bin'), content)).toBe(true);
		expect([...bob.folder.saved.keys()]).toEqual(['a.bin']);
		await settledIn(world);
		nothingKept(notes.bob);
		nothingKept(notes.alice);
	});

	test('after the sender was started anew, which offers it again', async () => {
		const {alice, bob, id, again, notes, world} = await brokenOff('alice');
		const next = await again('alice', alice);
		await connect(bob, next);
		expect(await next.until('transfer/offered')).toMatchObject({
			transfer: id,
			byItself: 'resumed',
		});
		await finished(next, id);
		expect(isSame(bob.folder.saved.get('a.bin'), content)).toBe(true);
		// Nobody was asked a second time.
		expect(bob.of('transfer/offered')).toHaveLength(1);
		await settledIn(world);
		nothingKept(notes.alice);
	});

	test('after both were', async () => {
		const {alice, bob, id, again, world, notes} = await brokenOff('both');
		const sender = await again('alice', alice);
		const receiver = await again('bob', bob);
		await connect(receiver, sender);
		expect(await finished(receiver, id)).toEqual({kind: 'saved', saved: 1});
		expect(receiver.of('transfer/accepted')).toMatchObject([{skip: [1]}]);
		expect(receiver.of('transfer/resumed')).toHaveLength(1);
		expect(isSame(bob.folder.saved.get('a.bin'), content)).toBe(true);
		await settledIn(world);
		nothingKept(notes.alice);
		nothingKept(notes.bob);
	});
});

describe('and nothing else', () => {
	test('not for a peer that is not verified any more', async () => {
		const {alice, bob, again, world, bobTrust} = await brokenOff('bob');
		bobTrust.kept = {...bobTrust.kept, pins: []};
		const next = await again('bob', bob);
		await connect(alice, next);
		expect((await next.until('transfer/offered')).byItself).toBeUndefined();
		await world.settle();
		expect(next.of('transfer/accepted')).toEqual([]);
	});

	test.each([
		'another key',
		'another verified key',
		'other names',
		'another size',
		'more of them',
	])('not the same number with %s', async what => {
		const {world, bob, id, again, bobTrust} = await brokenOff('both');
		const carol = {peerId: peerIdOf('carol'), petname: 'carol', addedAt: 1};
		const {kept} = bobTrust;
		bobTrust.kept = {...kept, pins: [...kept.pins, carol]};
		const next = await again('bob', bob);
		const others: Readonly<Record<string, string>> = {
			'another key': 'mallory',
			'another verified key': 'carol',
		};
		const speaker = await introduceSpeaker(
			world,
			next,
			others[what] ?? 'alice',
		);
		const mtimeMs = 1_600_000_000_000;
		const file = (name: string, size: number) => ({
			path: [name],
			size,
			mtimeMs,
		});
		const name = what === 'other names' ? 'c.bin' : 'a.bin';
		const more = what === 'more of them' ? [file('d.txt', 1)] : [];
		const size = content.length + (what === 'another size' ? 1 : 0);
		speaker.say({
			name: 'offer',
			transfer: id,
			entries: [file(name, size), file('b.txt', 9), ...more],
			more: false,
		});
		const asked = await next.until('transfer/offered');
		expect(asked).toMatchObject({
			transfer: id,
			trust: what === 'another key' ? 'UNVERIFIED' : 'VERIFIED',
		});
		expect(asked.byItself).toBeUndefined();
		await world.settle();
		expect(next.of('transfer/accepted')).toEqual([]);
	});

	test('what a speaker offers again is what was accepted, by its number and all entries', async () => {
		const {world, bob, id, again} = await brokenOff('both');
		const next = await again('bob', bob);
		const speaker = await introduceSpeaker(world, next, 'alice');
		const mtimeMs = 1_600_000_000_000;
		speaker.say({
			name: 'offer',
			transfer: id,
			entries: [
				{path: ['a.bin'], size: content.length, mtimeMs},
				{path: ['b.txt'], size: 9, mtimeMs},
			],
			more: false,
		});
		expect(await speaker.until('accept')).toMatchObject({skip: [1]});
	});

	test('not where the files are not what they were', async () => {
		const {world, alice, bob, again, notes} = await brokenOff('both');
		alice.files.put('/a.bin', bytesOf(4 * block + 12));
		const sender = await again('alice', alice);
		const receiver = await again('bob', bob);
		await connect(receiver, sender);
		const {error} = await sender.until('peer/refused');
		expect(error).toMatchObject({
			code: 'resumeChanged',
			details: {path: '/a.bin'},
		});
		await world.settle();
		expect(sender.of('transfer/offered')).toEqual([]);
		nothingKept(notes.alice);
	});

	test('not what another program has in hand', async () => {
		const {world, alice, bob, again, notes} = await brokenOff('alice');
		const living = notes.alice.program();
		living.kept = {
			...living.kept,
			outgoing: living.kept.outgoing.map(note => ({
				...note,
				owner: living.owner,
			})),
		};
		const other = await again('alice', alice);
		await connect(bob, other);
		await world.settle();
		expect(other.of('transfer/offered')).toEqual([]);
	});

	test('not what somebody has cancelled', async () => {
		const {world, alice, bob, again, id, notes} = await brokenOff('bob');
		await carryOut(alice, {type: 'transfer/cancel', transfer: id});
		await world.settle();
		nothingKept(notes.alice);
		const next = await again('bob', bob);
		await connect(alice, next);
		await world.settle();
		expect(next.of('transfer/offered')).toEqual([]);
	});

	test('not what is older than a week', async () => {
		const {world, alice, bob, again} = await brokenOff('alice');
		world.clock.advance(limits.partialMs);
		const next = await again('alice', alice);
		await connect(bob, next);
		await world.settle();
		expect(next.of('transfer/offered')).toEqual([]);
	});
});

test('what waits for a person is noted once that person said yes, and only for verified peers', async () => {
	const notes = createMemoryNotes();
	const pair = await createVerifiedPair({bob: {notes: notes.program()}});
	const {bob, world} = pair;
	pair.alice.files.holdReads(true);
	const id = await offer(pair, {'/a.bin': content});
	expect(notes.program().kept.incoming).toEqual([]);
	accept(bob, id);
	await world.until(() => notes.program().kept.incoming.length === 1);
	await carryOut(bob, {type: 'trust/unpair', petname: 'alice'});
	const other = await offer(pair, {'/b.bin': content});
	accept(bob, other);
	await world.settle();
	expect(notes.program().kept.incoming).toHaveLength(1);
	pair.alice.files.holdReads(false);
});
