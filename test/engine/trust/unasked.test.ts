/** Offers that are taken without asking, between whole engines. */
import {describe, expect, test} from 'vitest';
import type {AutoAccept} from '../../../source/engine/index.js';
import {limits} from '../../../source/limits.js';
import {longMessages} from '../../../source/protocol/messages.js';
import type {EngineOptions} from '../../helpers/engine-under-test.js';
import {createPair, type Pair} from '../../helpers/engine-under-test.js';
import {createMemoryFiles} from '../../helpers/memory-files.js';
import {connectSpeaker, helloOf} from '../speaker.js';
import {
	carryOut,
	createVerifiedPair,
	pairBy,
	shownAs,
} from './trust-helpers.js';

const caps: AutoAccept = {bytes: 10_000, entries: 2, dayBytes: 25_000};

async function allowed(options: {bob?: EngineOptions} = {}) {
	const pair = await createVerifiedPair(options);
	const {bob} = pair;
	await carryOut(bob, {type: 'trust/autoAccept', petname: 'alice', caps});
	return pair;
}

/** Alice offers files of these sizes; what bob was told of it. */
async function offer(
	{alice, bob, bobKey}: Pair,
	files: Readonly<Record<string, number>>,
) {
	for (const [path, size] of Object.entries(files))
		alice.files.put(path, new Uint8Array(size));
	const asked = bob.next('transfer/offered');
	await carryOut(alice, {
		type: 'transfer/offer',
		peer: bobKey,
		paths: Object.keys(files),
	});
	return asked;
}

describe('a verified peer that may', () => {
	test('is not waited for, and it is said once', async () => {
		const pair = await allowed();
		const {bob, bobTrust} = pair;
		const {transfer, byItself} = await offer(pair, {'/a.txt': 9_000});
		expect(byItself).toBe('accepted');
		const {outcome} = await bob.until('transfer/finished');
		expect(outcome).toEqual({kind: 'saved', saved: 1});
		expect(bob.engine.getState().transfers.get(transfer)?.byItself).toBe(
			'accepted',
		);
		expect(bob.of('transfer/notByItself')).toEqual([]);
		// What was taken is kept with the pin: a restart gives nothing back.
		expect(bobTrust.kept.pins[0]).toMatchObject({
			autoAccept: caps,
			granted: [{bytes: 9_000}],
		});
	});

	test('is asked about beyond each cap, with the reason', async () => {
		const pair = await allowed();
		const {bob} = pair;
		const cases = [
			[{'/b.txt': 10_001}, 'autoTooLarge'],
			[{'/c.txt': 1, '/d.txt': 1, '/e.txt': 1}, 'autoTooMany'],
			[{'/.bashrc': 1}, 'autoFlagged'],
		] as const;
		for (const [files, code] of cases) {
			const why = bob.next('transfer/notByItself');
			const asked = await offer(pair, files);
			expect(asked.byItself).toBeUndefined();
			expect(await why).toMatchObject({
				transfer: asked.transfer,
				error: {code},
			});
			await carryOut(bob, {type: 'transfer/decline', transfer: asked.transfer});
		}

		expect(bob.of('transfer/accepted')).toEqual([]);
		for (const name of ['f', 'g']) {
			const taken = await offer(pair, {[`/${name}.txt`]: 10_000});
			expect(taken.byItself).toBe('accepted');
			await bob.until(
				'transfer/finished',
				({transfer}) => transfer === taken.transfer,
			);
		}

		const why = bob.next('transfer/notByItself');
		expect((await offer(pair, {'/h.txt': 10_000})).byItself).toBeUndefined();
		expect((await why).error.code).toBe('autoDayFull');
	});

	test('is so no more where it is said, unpaired, or what was taken cannot be kept', async () => {
		const pair = await allowed();
		const {bob, bobTrust} = pair;
		bobTrust.fault = 'trustUnusable';
		const why = bob.next('transfer/notByItself');
		expect((await offer(pair, {'/a.txt': 1})).byItself).toBeUndefined();
		expect((await why).error.code).toBe('trustUnusable');
		bobTrust.fault = undefined;
		await carryOut(bob, {type: 'trust/autoAccept', petname: 'alice'});
		expect((await offer(pair, {'/b.txt': 1})).byItself).toBeUndefined();
		await carryOut(bob, {type: 'trust/autoAccept', petname: 'alice', caps});
		await carryOut(bob, {type: 'trust/unpair', petname: 'alice'});
		expect((await offer(pair, {'/c.txt': 1})).byItself).toBeUndefined();
		// Verified again it begins with nothing.
		const paired = bob.next('trust/paired');
		await pairBy(pair);
		await paired;
		expect((await offer(pair, {'/d.txt': 1})).byItself).toBeUndefined();
		expect(bob.of('transfer/notByItself')).toHaveLength(1);
	});

	test('fills no more than there is room, with what is on its way', async () => {
		const pair = await allowed();
		const {alice, bob, world} = pair;
		bob.folder.free = 15_000;
		// It does not move: what is free there is promised to it.
		alice.files.holdReads(true);
		expect((await offer(pair, {'/a.txt': 9_000})).byItself).toBe('accepted');
		await world.settle();
		const why = bob.next('transfer/notByItself');
		expect((await offer(pair, {'/b.txt': 9_000})).byItself).toBeUndefined();
		expect((await why).error.code).toBe('autoNoRoom');
		bob.folder.free = 'receiveFolderUnwritable';
		const unknown = bob.next('transfer/notByItself');
		expect((await offer(pair, {'/c.txt': 1})).byItself).toBeUndefined();
		expect((await unknown).error.code).toBe('autoNoRoom');
		alice.files.holdReads(false);
	});
});

test('whoever is not verified is asked about, whatever the engine was told of verified ones', async () => {
	const pair = await createPair({bob: {unasked: caps}});
	const {bob} = pair;
	const why = bob.next('transfer/notByItself');
	expect((await offer(pair, {'/a.txt': 1})).byItself).toBeUndefined();
	expect((await why).error.code).toBe('autoUnverified');
});

test.each([
	['alice', 'lookalike'],
	['somebody', 'otherKey'],
])(
	'another key that dials from where a verified peer was, as %s, has nothing of it',
	async (nick, warning) => {
		const {alice, bob, aliceKey, bobKey, world} = await allowed();
		alice.dispatch({type: 'peer/disconnect', peer: bobKey});
		await bob.until('peer/left');
		const connected = bob.next('peer/connected');
		const speaker = await connectSpeaker(
			world.network('mallory', alice.host),
			bob,
		);
		speaker.say(helloOf({nick, features: [longMessages]}));
		const {peer, trust} = await connected;
		expect(trust).toBe('UNVERIFIED');
		expect(peer).not.toBe(aliceKey);
		expect(await bob.until('trust/warned')).toMatchObject({
			peer,
			warning,
			petname: 'alice',
		});
		// What only a verified one may say.
		const text = 'x'.repeat(limits.messageBytes + 1);
		speaker.say({name: 'message', id: '1', text});
		const offered = bob.next('transfer/offered');
		speaker.say({
			name: 'offer',
			transfer: '0'.repeat(32),
			entries: [{path: ['a.txt'], size: 1, mtimeMs: 0}],
			more: false,
		});
		const {byItself, trust: asWhom} = await offered;
		expect({byItself, asWhom}).toEqual({
			byItself: undefined,
			asWhom: 'UNVERIFIED',
		});
		await world.settle();
		expect(bob.of('transfer/accepted')).toEqual([]);
		expect(bob.of('chat/received')).toEqual([]);
		expect(speaker.heard).toContainEqual({
			name: 'refused',
			id: '1',
			code: 'messageTooLong',
		});
		expect(shownAs(bob, peer)?.trust).toBe('UNVERIFIED');
	},
);

test('verified peers of whom nobody said anything may what the engine was told', async () => {
	const files = createMemoryFiles();
	const pair = await createVerifiedPair({alice: {files}, bob: {unasked: caps}});
	expect((await offer(pair, {'/a.txt': 1})).byItself).toBe('accepted');
});
