import {describe, expect, test} from 'vitest';
import {limits} from '../../../source/limits.js';
import {
	createPair,
	createWorld,
	peerIdOf,
	connect,
} from '../../helpers/engine-under-test.js';
import type {SecureConnection} from '../../../source/engine/ports.js';
import {
	connectRaw,
	connectSpeaker,
	helloOf,
	introduceSpeaker,
	Speaker,
} from '../speaker.js';
import {
	carryOut,
	code,
	createMemoryTrust,
	createVerifiedPair,
	pairBy,
	shownAs,
} from './trust-helpers.js';

describe('pairing', () => {
	test('makes both sides VERIFIED, under names of their own, for good', async () => {
		const {alice, bob, aliceKey, bobKey, aliceTrust, bobTrust} =
			await createVerifiedPair();
		expect(shownAs(alice, bobKey)).toEqual({trust: 'VERIFIED', name: 'bob'});
		expect(shownAs(bob, aliceKey)).toEqual({trust: 'VERIFIED', name: 'alice'});
		expect(aliceTrust.kept.pins).toMatchObject([
			{
				peerId: bob.peerId,
				petname: 'bob',
				target: {host: bob.host, port: bob.port},
			},
		]);
		expect(bobTrust.kept.pins).toMatchObject([
			{peerId: alice.peerId, petname: 'alice', host: alice.host},
		]);
		expect(bobTrust.kept.pins[0]?.target).toBeUndefined();
		expect(alice.engine.getState().trust.pairings.size).toBe(0);
		expect(alice.engine.getState().trust.book).toEqual(aliceTrust.kept);
	});

	test('says VERIFIED only once the pin is durable', async () => {
		const trust = createMemoryTrust();
		trust.gate.closed = true;
		const pair = await createPair({alice: {trust}});
		const {alice, bob, bobKey, world} = pair;
		const paired = bob.until('trust/paired');
		await pairBy(pair);
		await paired;
		await world.settle();
		expect(shownAs(alice, bobKey)?.trust).toBe('UNVERIFIED');
		expect(alice.of('trust/paired')).toEqual([]);
		trust.gate.closed = false;
		await alice.until('trust/paired');
		expect(shownAs(alice, bobKey)?.trust).toBe('VERIFIED');
		expect(trust.kept.pins).toHaveLength(1);
	});

	test('that cannot be kept leaves the peer unverified, and says so', async () => {
		const trust = createMemoryTrust();
		const pair = await createPair({alice: {trust}});
		trust.fault = 'trustUnusable';
		await pairBy(pair);
		const {error} = await pair.alice.until('trust/pairingFailed');
		expect(error.code).toBe('trustUnusable');
		expect(shownAs(pair.alice, pair.bobKey)?.trust).toBe('UNVERIFIED');
		expect(pair.alice.engine.getState().trust.pairings.size).toBe(0);
	});

	test('that another program undoes at that moment says so, and nobody waits', async () => {
		const trust = createMemoryTrust();
		const save = trust.save.bind(trust);
		trust.save = async book => {
			await save(book);
			trust.kept = {pins: [], blockedKeys: [], blockedAddresses: []};
		};

		const pair = await createPair({alice: {trust}});
		const {alice, bobKey} = pair;
		await pairBy(pair);
		expect(await alice.until('trust/pairingFailed')).toMatchObject({
			peer: bobKey,
			error: {code: 'unpairedMeanwhile', details: {name: 'bob'}},
		});
		expect(alice.of('trust/judged')).toEqual([]);
		expect(alice.of('trust/paired')).toEqual([]);
		expect(shownAs(alice, bobKey)?.trust).toBe('UNVERIFIED');
		expect(alice.engine.getState().trust.pairings.size).toBe(0);
	});

	test('takes pet names, and refuses those that look like another', async () => {
		const pair = await createPair();
		const {alice, bob, bobKey, world} = pair;
		const done = Promise.all([
			alice.until('trust/paired'),
			bob.until('trust/paired'),
		]);
		await pairBy(pair, {bob: 'Robert'});
		await done;
		expect(shownAs(alice, bobKey)?.name).toBe('Robert');
		const carol = world.engine('carol');
		await carol.listen();
		const {there} = await connect(alice, carol);
		const enter = async (petname: string) =>
			carryOut(alice, {type: 'trust/enterCode', peer: there, code, petname});
		expect(await enter('r0BERT')).toBe('petnameTaken');
		expect(await enter('Rоbert')).toBe('petnameTaken');
		expect(await enter('two words')).toBe('badPetname');
		expect(await enter('x'.repeat(limits.petnameCharacters + 1))).toBe(
			'badPetname',
		);
		expect(await enter('carol')).toBe('noCodeShown');
	});

	test('a wrong code three times is burnt on both screens', async () => {
		const pair = await createPair();
		const {alice, bob, bobKey} = pair;
		await pairBy(pair, {typed: '000000'});
		for (const _ of [2, 3]) {
			await alice.untilTrue(
				() =>
					alice.engine.getState().trust.pairings.get(bobKey)?.theirs?.phase ===
					'open',
			);
			await carryOut(alice, {
				type: 'trust/enterCode',
				peer: bobKey,
				code: '000000',
			});
		}

		for (const side of [alice, bob]) {
			expect(await side.until('trust/codeEnded')).toMatchObject({
				reason: 'burnt',
				attemptsLeft: 0,
			});
			expect(
				side.of('trust/codeFailed').map(({attemptsLeft}) => attemptsLeft),
			).toEqual([2, 1, 0]);
			expect(side.of('trust/paired')).toEqual([]);
			expect(side.engine.getState().trust.pairings.size).toBe(0);
		}
	});

	test('a code expires on both screens', async () => {
		const pair = await createPair();
		const {alice, bob, aliceKey, world} = pair;
		await carryOut(bob, {type: 'trust/showCode', peer: aliceKey, code});
		await alice.until('trust/codeOpened');
		// Pings go on meanwhile.
		await world.pass(limits.pairingMs, 5_000);
		for (const side of [alice, bob]) {
			expect(await side.until('trust/codeEnded')).toMatchObject({
				reason: 'expired',
				attemptsLeft: 3,
			});
		}
	});

	test('a code ends with its connection, and the attempt with it', async () => {
		const pair = await createPair();
		const {alice, bob, aliceKey, bobKey, world} = pair;
		await carryOut(bob, {type: 'trust/showCode', peer: aliceKey, code});
		await alice.until('trust/codeOpened');
		alice.dispatch({type: 'trust/enterCode', peer: bobKey, code});
		world.hub.cut();
		expect(await alice.until('trust/codeEnded')).toMatchObject({
			reason: 'disconnected',
			attemptsLeft: 2,
		});
		await bob.until('trust/codeEnded');
		await alice.until('peer/waiting');
		expect(
			await carryOut(alice, {type: 'trust/enterCode', peer: bobKey, code}),
		).toBe('notConnected');
		expect(alice.of('trust/paired')).toEqual([]);
	});

	test('a code can be taken back, and shown anew', async () => {
		const pair = await createPair();
		const {alice, bob, aliceKey, bobKey} = pair;
		await carryOut(bob, {type: 'trust/showCode', peer: aliceKey, code});
		await carryOut(bob, {type: 'trust/hideCode', peer: aliceKey});
		await alice.until('trust/codeEnded');
		expect(
			await carryOut(alice, {type: 'trust/enterCode', peer: bobKey, code}),
		).toBe('noCodeShown');
		await pairBy(pair);
		await Promise.all([alice.until('trust/paired'), bob.until('trust/paired')]);
	});

	test('is for encrypted peers, and codes have six digits', async () => {
		const {alice, bobKey, world} = await createPair();
		const {connection} = await connectRaw(world, alice);
		connection.write(new TextEncoder().encode('hi\n'));
		const {peer} = await alice.until('peer/connected', e => e.kind === 'raw');
		const show = async (peer: typeof bobKey, text: string) =>
			carryOut(alice, {type: 'trust/showCode', peer, code: text});
		expect(await show(peer, code)).toBe('onlyEncrypted');
		expect(await show(bobKey, '12345')).toBe('badCode');
		expect(await show(bobKey, '123 456')).toBeUndefined();
	});

	test('codes, shares and tags stand in no event and no state', async () => {
		const pair = await createVerifiedPair();
		const {alice, bob, world} = pair;
		await pairBy(pair, {typed: '271828'});
		await alice.until('trust/codeFailed');
		await world.settle();
		const seen = JSON.stringify([
			alice.events,
			bob.events,
			alice.engine.getState().trust,
		]);
		expect(seen).not.toMatch(/314159|271828/);
		// A key has 64 digits, a share too; keys are here.
		const keys = new Set([alice.peerId, bob.peerId]);
		const long = seen.match(/[0-9a-f]{64,}/g) ?? [];
		expect(long.filter(each => !keys.has(each as never))).toEqual([]);
	});
});

describe('others', () => {
	test('cannot interfere with a code of another connection', async () => {
		const pair = await createPair();
		const {alice, bob, aliceKey, world} = pair;
		await carryOut(bob, {type: 'trust/showCode', peer: aliceKey, code});
		const mallory = await introduceSpeaker(world, bob);
		const share = 'aa'.repeat(32);
		mallory.say({name: 'pairShare', round: 1, attempt: 1, share});
		// To it no code was ever shown.
		expect((await mallory.until('error')).code).toBe('protocolViolation');
		await mallory.closed();
		expect(bob.of('trust/codeTried')).toEqual([]);
		await carryOut(alice, {type: 'trust/enterCode', peer: pair.bobKey, code});
		await Promise.all([alice.until('trust/paired'), bob.until('trust/paired')]);
	});

	test('in the middle pair nobody, though they hand on every word', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		const bob = world.engine('bob');
		await bob.listen();
		const network = world.network('mallory');
		const {promise, resolve} = Promise.withResolvers<Speaker>();
		const {address} = await network.listenTcp(
			{port: 0},
			{
				incoming(incoming) {
					incoming.start({
						classified({connection}) {
							resolve(new Speaker(connection as SecureConnection));
						},
						closed: () => undefined,
					});
				},
				refused: () => undefined,
				failed: () => undefined,
			},
		);
		alice.dispatch({type: 'peer/dial', target: {kind: 'peer', ...address}});
		const toAlice = await promise;
		const toBob = await connectSpeaker(network, bob);
		toAlice.say(helloOf({nick: 'bob'}));
		toBob.say(helloOf({nick: 'alice'}));
		const [{peer: bobKey}, {peer: aliceKey}] = await Promise.all([
			alice.until('peer/connected'),
			bob.until('peer/connected'),
		]);
		await carryOut(bob, {type: 'trust/showCode', peer: aliceKey, code});
		toAlice.say(await toBob.until('pairShow'));
		await alice.until('trust/codeOpened');
		await carryOut(alice, {type: 'trust/enterCode', peer: bobKey, code});
		toBob.say(await toAlice.until('pairShare'));
		toAlice.say(await toBob.until('pairReply'));
		toBob.say(await toAlice.until('pairWrong'));
		for (const side of [alice, bob]) {
			expect(await side.until('trust/codeFailed')).toMatchObject({
				attemptsLeft: 2,
			});
			expect(side.of('trust/paired')).toEqual([]);
		}
	});

	test('who break the rules lose their session, and their code', async () => {
		const world = createWorld();
		const bob = world.engine('bob');
		await bob.listen();
		const mallory = await introduceSpeaker(world, bob);
		const {peer} = await bob.until('peer/connected');
		await carryOut(bob, {type: 'trust/showCode', peer, code});
		mallory.say({
			name: 'pairShare',
			round: 1,
			attempt: 1,
			share: '00'.repeat(32),
		});
		expect(await bob.until('trust/codeEnded')).toMatchObject({
			reason: 'disconnected',
			attemptsLeft: 3,
		});
		await mallory.closed();
		expect((await bob.until('peer/left')).error?.code).toBe(
			'protocolViolation',
		);
	});
});

test('what it is called may be changed while a code is open, to what is free', async () => {
	const trust = createMemoryTrust({
		pins: [{peerId: peerIdOf('carol'), petname: 'carol', addedAt: 1}],
		blockedKeys: [],
		blockedAddresses: [],
	});
	const pair = await createPair({bob: {trust}});
	const {alice, bob, aliceKey, bobKey} = pair;
	const call = async (petname: string) =>
		carryOut(bob, {type: 'trust/callPeer', peer: aliceKey, petname});
	// Nothing is under way yet.
	expect(await call('ann')).toBeUndefined();
	const opened = alice.next('trust/codeOpened');
	await carryOut(bob, {type: 'trust/showCode', peer: aliceKey, code});
	await opened;
	expect(await call('carol')).toBe('petnameTaken');
	expect(await call('two words')).toBe('badPetname');
	expect(await call('anna')).toBeUndefined();
	const paired = bob.next('trust/paired');
	await carryOut(alice, {type: 'trust/enterCode', peer: bobKey, code});
	expect((await paired).petname).toBe('anna');
	expect(trust.kept.pins.map(({petname}) => petname)).toEqual([
		'carol',
		'anna',
	]);
});
