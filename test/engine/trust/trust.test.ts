import {describe, expect, test} from 'vitest';
import type {PeerKey} from '../../../source/engine/index.js';
import {limits} from '../../../source/limits.js';
import {
	connect,
	createPair,
	createWorld,
	peerIdOf,
	type EngineUnderTest,
} from '../../helpers/engine-under-test.js';
import {ConnectionRecorder} from '../../helpers/connection-recorder.js';
import {
	connectRaw,
	connectSpeaker,
	helloOf,
	introduceSpeaker,
} from '../speaker.js';
import {
	carryOut,
	createMemoryTrust,
	createVerifiedPair,
	pairBy,
	pinned,
	shownAs,
} from './trust-helpers.js';

const rowOf = (engine: EngineUnderTest, key: PeerKey) =>
	engine.engine.getState().peers.get(key);

describe('who is verified', () => {
	test('is so from the first moment, also after a restart', async () => {
		const world = createWorld();
		const alice = world.engine('alice', {trust: pinned('bob')});
		alice.engine.start();
		expect((await alice.until('trust/changed')).book.pins).toHaveLength(1);
		const bob = world.engine('bob', {nick: 'somebody'});
		await Promise.all([alice.listen(), bob.listen()]);
		await connect(bob, alice);
		expect(alice.of('peer/connected')).toMatchObject([
			{trust: 'VERIFIED', name: 'bob'},
		]);
		// It may call itself what it likes.
		bob.dispatch({type: 'self/setNick', nick: 'alice'});
		await world.settle();
		expect(alice.of('peer/renamed')).toEqual([]);
		expect(alice.of('trust/warned')).toEqual([]);
	});

	test('nobody comes in before that is known', async () => {
		const trust = pinned('bob');
		const load = trust.load.bind(trust);
		const {promise, resolve} = Promise.withResolvers<void>();
		trust.load = async () => {
			await promise;
			return load();
		};

		const world = createWorld();
		const alice = world.engine('alice', {trust});
		alice.dispatch({type: 'listener/open', kind: 'tcp', port: 0});
		await world.settle();
		expect(alice.of('listener/bound')).toEqual([]);
		resolve();
		await alice.until('listener/bound');
	});

	test('who is none any more is told at once, and can be verified again', async () => {
		const pair = await createVerifiedPair();
		const {alice, bob, bobKey, aliceTrust} = pair;
		expect(
			await carryOut(alice, {type: 'trust/unpair', petname: 'nobody'}),
		).toBe('noSuchPin');
		await carryOut(alice, {type: 'trust/unpair', petname: 'BOB'});
		expect(shownAs(alice, bobKey)).toEqual({trust: 'UNVERIFIED', name: 'bob'});
		expect(aliceTrust.kept.pins).toEqual([]);
		const again = alice.next('trust/paired');
		await pairBy(pair);
		await again;
		expect(shownAs(alice, bobKey)?.trust).toBe('VERIFIED');
		expect(bob.engine.getState().trust.book.pins).toHaveLength(1);
	});

	test('can be called something else', async () => {
		const {alice, bobKey, aliceTrust} = await createVerifiedPair();
		const rename = async (petname: string, to: string) =>
			carryOut(alice, {type: 'trust/rename', petname, to});
		expect(await rename('bob', 'two words')).toBe('badPetname');
		expect(await rename('bob', 'Robert')).toBeUndefined();
		expect(shownAs(alice, bobKey)?.name).toBe('Robert');
		expect(aliceTrust.kept.pins[0]?.petname).toBe('Robert');
	});

	test('two programs with one file do not undo what the other did', async () => {
		const world = createWorld();
		const trust = pinned();
		const one = world.engine('alice', {trust});
		const two = world.engine('alice2', {key: 'alice', trust});
		const block = async (engine: EngineUnderTest, address: string) =>
			carryOut(engine, {type: 'trust/block', target: {address}});
		await block(one, '10.1.0.0/16');
		await block(two, '10.2.0.0/16');
		expect(trust.kept.blockedAddresses).toEqual(['10.1.0.0/16', '10.2.0.0/16']);
		const bob = world.engine('bob');
		await one.listen();
		await carryOut(two, {
			type: 'trust/block',
			target: {peerId: bob.peerId},
		});
		// The first one learns of it when bob comes.
		bob.dispatch({
			type: 'peer/dial',
			target: {kind: 'peer', host: one.host, port: one.port},
		});
		expect(await one.until('trust/judged')).toMatchObject({trust: 'BLOCKED'});
		await one.until('peer/left');
	});

	test('is nobody where the file cannot be read, and that is told', async () => {
		const trust = pinned('bob');
		trust.fault = 'trustDamaged';
		const world = createWorld();
		const alice = world.engine('alice', {trust});
		alice.engine.start();
		expect((await alice.until('trust/changed')).error?.code).toBe(
			'trustDamaged',
		);
		const bob = world.engine('bob');
		await alice.listen();
		await connect(bob, alice);
		expect((await alice.until('peer/connected')).trust).toBe('UNVERIFIED');
	});
});

describe('a key that changed', () => {
	test('hears nothing from us, and is BLOCKED until it is unpaired', async () => {
		const {alice, bob, bobKey, world} = await createVerifiedPair();
		alice.dispatch({type: 'chat/send', conversation: bobKey, text: 'secret'});
		await bob.until('chat/received');
		alice.dispatch({type: 'peer/disconnect', peer: bobKey});
		await alice.until('peer/left');
		// Somebody else answers there now.
		const recorders: ConnectionRecorder[] = [];
		await bob.engine.close();
		const {port, host} = bob;
		await takeOver(world, host, port, recorders);
		alice.dispatch({type: 'trust/dial', petname: 'bob'});
		const left = await alice.next('peer/left', ({error}) => Boolean(error));
		expect(left).toMatchObject({
			peer: bobKey,
			error: {code: 'keyChanged', details: {name: 'bob'}},
		});
		await world.settle();
		expect(shownAs(alice, bobKey)).toEqual({trust: 'BLOCKED', name: 'bob'});
		expect(recorders).toHaveLength(1);
		expect(recorders[0]!.receivedBytes).toBe(0);
		expect(recorders[0]!.has('ended')).toBe(true);
		// Nobody tries again by itself.
		await world.pass(60_000, 1_000);
		expect(recorders).toHaveLength(1);
		expect(alice.of('peer/connected')).toHaveLength(1);
	});

	test('is noticed when we dial again by ourselves', async () => {
		const {alice, bob, bobKey, world} = await createVerifiedPair();
		const recorders: ConnectionRecorder[] = [];
		const {port, host} = bob;
		world.hub.silence(bob.host);
		await alice.until('peer/waiting');
		await bob.engine.close();
		await takeOver(world, host, port, recorders);
		const left = alice.next('peer/left');
		await world.pass(2 * limits.reconnectFirstMs, 200);
		expect((await left).error?.code).toBe('keyChanged');
		expect(recorders[0]!.receivedBytes).toBe(0);
		expect(shownAs(alice, bobKey)?.trust).toBe('BLOCKED');
	});

	test('at an address that was typed makes a warning, and inherits nothing', async () => {
		const {alice, bob, bobKey, world} = await createVerifiedPair();
		alice.dispatch({type: 'peer/disconnect', peer: bobKey});
		await alice.until('peer/left');
		const {port, host} = bob;
		await bob.engine.close();
		const other = world.engine('other', {host});
		await listenAt(other, port);
		const connected = alice.next('peer/connected');
		alice.dispatch({type: 'peer/dial', target: {kind: 'peer', host, port}});
		const {peer, trust} = await connected;
		expect(trust).toBe('UNVERIFIED');
		expect(peer).not.toBe(bobKey);
		expect(await alice.until('trust/warned')).toMatchObject({
			peer,
			warning: 'otherKey',
			petname: 'bob',
		});
		expect(rowOf(alice, peer)?.warning).toEqual({
			kind: 'otherKey',
			petname: 'bob',
		});
	});
});

describe('a pet name that is dialled', () => {
	test('reaches the key where it was last', async () => {
		const {alice, bob, bobKey} = await createVerifiedPair();
		expect(await carryOut(alice, {type: 'trust/dial', petname: 'bob'})).toBe(
			'alreadyConnected',
		);
		alice.dispatch({type: 'peer/disconnect', peer: bobKey});
		await alice.until('peer/left');
		const connected = alice.next('peer/connected');
		await carryOut(alice, {type: 'trust/dial', petname: 'bob'});
		expect(await connected).toMatchObject({
			peer: bobKey,
			trust: 'VERIFIED',
			peerId: bob.peerId,
		});
	});

	test('must have been dialled before', async () => {
		const {bob} = await createVerifiedPair();
		bob.dispatch({
			type: 'peer/disconnect',
			peer: bob.of('peer/connected')[0]!.peer,
		});
		await bob.until('peer/left');
		expect(await carryOut(bob, {type: 'trust/dial', petname: 'alice'})).toBe(
			'pinUnreached',
		);
	});
});

describe('names that look like a verified one', () => {
	test.each(['bob', 'B0B', 'вob', 'ｂｏｂ', 'b-o-b', 'b\u00F3b'])(
		'%s of another key is flagged',
		async nick => {
			const world = createWorld();
			const alice = world.engine('alice', {trust: pinned('bob')});
			await alice.listen();
			const speaker = await introduceSpeaker(world, alice, 'mallory');
			expect(alice.of('trust/warned')).toEqual([]);
			speaker.say({name: 'nick', nick});
			expect(await alice.until('trust/warned')).toMatchObject({
				warning: 'lookalike',
				petname: 'bob',
			});
			expect(alice.of('peer/connected')[0]!.trust).toBe('UNVERIFIED');
		},
	);

	test('other names are not', async () => {
		const world = createWorld();
		const alice = world.engine('alice', {trust: pinned('bob')});
		await alice.listen();
		await introduceSpeaker(world, alice, 'bobby');
		await world.settle();
		expect(alice.of('trust/warned')).toEqual([]);
	});
});

describe('who is blocked', () => {
	test('is cut, is not dialled, and does not come in again', async () => {
		const {alice, bob, aliceKey, bobKey, world} = await createPair();
		await carryOut(bob, {type: 'trust/block', target: {peer: aliceKey}});
		await alice.until('peer/left');
		expect(shownAs(bob, aliceKey)?.trust).toBe('BLOCKED');
		const network = world.network('alice');
		const speaker = await connectSpeaker(network, bob);
		await speaker.closed();
		expect(speaker.heard).toEqual([]);
		expect((await bob.until('peer/refused')).error.code).toBe('peerBlocked');
		expect(
			await carryOut(bob, {
				type: 'trust/unblock',
				target: {peerId: alice.peerId},
			}),
		).toBeUndefined();
		expect(
			await carryOut(bob, {
				type: 'trust/unblock',
				target: {peerId: alice.peerId},
			}),
		).toBe('notBlocked');
		const back = bob.next('peer/connected');
		alice.dispatch({type: 'peer/reconnect', peer: bobKey});
		expect((await back).trust).toBe('UNVERIFIED');
	});

	test('may be an address, of plain ones too', async () => {
		const {bob, world} = await createPair();
		const {recorder} = await connectRaw(world, bob);
		await world.pass(limits.silentMs);
		const {peer, address} = await bob.until('peer/appeared');
		await carryOut(bob, {type: 'trust/block', target: {peer}});
		await recorder.saw('ended');
		expect(bob.engine.getState().trust.book.blockedAddresses).toEqual([
			address!.host,
		]);
		expect(
			await carryOut(bob, {
				type: 'trust/block',
				target: {address: 'not an address'},
			}),
		).toBe('badRange');
	});
});

describe('who is let in at all', () => {
	test('with requireVerified verified ones alone, after their HELLO', async () => {
		const world = createWorld();
		const alice = world.engine('alice', {
			trust: pinned('bob'),
			requireVerified: true,
		});
		const bob = world.engine('bob');
		await Promise.all([alice.listen(), bob.listen()]);
		const mallory = world.engine('mallory');
		mallory.dispatch({
			type: 'peer/dial',
			target: {kind: 'peer', host: alice.host, port: alice.port},
		});
		expect((await alice.until('peer/refused')).error.code).toBe('notVerified');
		expect((await mallory.until('peer/left')).error).toMatchObject({
			code: 'peerReported',
			details: {code: 'notVerified'},
		});
		await connect(bob, alice);
		expect(alice.of('peer/connected')).toHaveLength(1);
	});

	test('with noPlain no plain ones, and they are told', async () => {
		const world = createWorld();
		const alice = world.engine('alice', {noPlain: true});
		const bob = world.engine('bob');
		await alice.listen();
		const {connection, recorder} = await connectRaw(world, alice);
		connection.write(new TextEncoder().encode('GET / HTTP/1.1\r\n'));
		await recorder.saw('ended');
		expect(recorder.text()).toBe('plainRefused\r\n');
		expect((await alice.until('peer/refused')).error.code).toBe('plainRefused');
		expect(alice.of('peer/connected')).toEqual([]);
		await connect(bob, alice);
	});
});

/** Listens where somebody else was. */
async function listenAt(engine: EngineUnderTest, port: number) {
	engine.dispatch({type: 'listener/open', kind: 'tcp', port});
	await engine.until('listener/bound');
}

/** Answers there with another key, and keeps what it is told. */
async function takeOver(
	world: ReturnType<typeof createWorld>,
	host: string,
	port: number,
	recorders: ConnectionRecorder[],
) {
	return world.network('mallory', host).listenTcp(
		{port},
		{
			incoming(incoming) {
				incoming.start({
					classified({connection}) {
						recorders.push(new ConnectionRecorder(connection));
					},
					closed: () => undefined,
				});
			},
			refused: () => undefined,
			failed: () => undefined,
		},
	);
}

test('what is blocked stays out after a restart, by its key and by its address', async () => {
	const world = createWorld();
	const trust = createMemoryTrust({
		pins: [],
		blockedKeys: [peerIdOf('mallory')],
		blockedAddresses: ['10.9.9.0/24'],
	});
	const bob = world.engine('bob', {trust});
	await bob.listen();
	const byKey = await connectSpeaker(world.network('mallory'), bob);
	await byKey.closed();
	expect(byKey.heard).toEqual([]);
	expect((await bob.until('peer/refused')).error.code).toBe('peerBlocked');
	// Another key from a blocked address.
	const byAddress = await connectSpeaker(
		world.network('carol', '10.9.9.9'),
		bob,
	).catch(() => undefined);
	await byAddress?.closed();
	expect(byAddress?.heard ?? []).toEqual([]);
	expect(bob.of('peer/connected')).toEqual([]);
	const allowed = await connectSpeaker(world.network('carol'), bob);
	allowed.say(helloOf({nick: 'carol'}));
	expect((await bob.until('peer/connected')).name).toBe('carol');
});
