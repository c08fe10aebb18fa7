import {describe, expect, test} from 'vitest';
import {limits} from '../../../source/limits.js';
import {encodeFrame} from '../../../source/protocol/frame.js';
import {encodeMessage} from '../../../source/protocol/message-codec.js';
import type {ControlMessage} from '../../../source/protocol/messages.js';
import {concatBytes} from '../../../source/util/bytes.js';
import {connect, createWorld} from '../../helpers/engine-under-test.js';
import {
	connectSpeaker,
	helloOf,
	introduceSpeaker,
	type Speaker,
} from '../speaker.js';

const ping: ControlMessage = {name: 'ping', nonce: 1};

/** Alice with an honest peer that must not notice anything. */
async function withHonestPeer() {
	const world = createWorld();
	const alice = world.engine('alice');
	const bob = world.engine('bob');
	await alice.listen();
	const {there, back} = await connect(bob, alice);
	const network = world.network('mallory');
	return {
		world,
		alice,
		mallory: await connectSpeaker(network, alice),
		async expectUnharmed() {
			bob.dispatch({type: 'chat/send', conversation: there, text: 'fine?'});
			await alice.until('chat/received', ({peer}) => peer === back);
			expect(bob.of('peer/left')).toEqual([]);
			expect(bob.of('peer/waiting')).toEqual([]);
		},
	};
}

describe('a peer that misbehaves is closed with its reason, and harms nobody', () => {
	const hello = encodeMessage(helloOf());
	const oversized = new Uint8Array([0x7f, 0xff, 0xff, 0xff, 0x82]);
	test.each<[string, Uint8Array, string]>([
		['says anything before HELLO', encodeMessage(ping), 'protocolViolation'],
		['says HELLO twice', concatBytes([hello, hello]), 'protocolViolation'],
		['announces two gigabytes at once', oversized, 'frameTooLong'],
		[
			'announces two gigabytes after HELLO',
			concatBytes([hello, oversized]),
			'frameTooLong',
		],
		[
			'begins with more than 8 KiB',
			encodeFrame(0x81, new Uint8Array(limits.firstFrameBytes)),
			'frameTooLong',
		],
		['sends an empty frame', new Uint8Array(4), 'protocolViolation'],
		[
			'sends no JSON',
			encodeFrame(0x81, new TextEncoder().encode('{')),
			'protocolViolation',
		],
		[
			'sends something unknown and critical',
			concatBytes([hello, encodeFrame(0xff, new Uint8Array(2))]),
			'protocolViolation',
		],
		[
			'accepts, then orders a lane that it may not order',
			concatBytes([
				hello,
				encodeMessage({
					name: 'lane',
					transfer: 'ab'.repeat(16),
					ticket: 'cd'.repeat(32),
				}),
			]),
			'protocolViolation',
		],
		[
			'speaks another version',
			encodeMessage(helloOf({versions: [99]})),
			'versionMismatch',
		],
	])('%s', async (_, bytes, code) => {
		const {world, mallory, expectUnharmed} = await withHonestPeer();
		mallory.write(bytes);
		expect((await mallory.until('error')).code).toBe(code);
		await mallory.closed();
		await expectUnharmed();
		expect(world.hub.openConnections()).toBe(1);
	});

	test('says nothing for five seconds', async () => {
		const {world, alice, mallory, expectUnharmed} = await withHonestPeer();
		await world.pass(limits.helloMs - 1);
		expect(mallory.isClosed).toBe(false);
		await world.pass(1);
		await mallory.closed();
		expect(await alice.until('peer/refused')).toMatchObject({
			count: 1,
			error: {code: 'helloTimedOut'},
		});
		await expectUnharmed();
	});

	test('drops HELLO byte by byte, too slowly', async () => {
		const {world, mallory} = await withHonestPeer();
		const bytes = encodeMessage(helloOf());
		for (let at = 0; at < 6; at++) {
			mallory.write(bytes.slice(at, at + 1));
			await world.pass(1_000);
		}

		await mallory.closed();
	});

	test('sends pings and never reads the answers', async () => {
		const {world, alice, mallory, expectUnharmed} = await withHonestPeer();
		mallory.say(helloOf());
		await alice.until('peer/connected', ({name}) => name === 'mallory');
		await mallory.until('hello');
		mallory.connection.pause();
		const pings = concatBytes(
			Array.from({length: 10_000}, () => encodeMessage(ping)),
		);
		for (let round = 0; round < 30; round++) mallory.write(pings);
		// They are answered no faster than `framesPerSecond`: it takes its time to be above the limit.
		await world.pass(90_000, 1_000);
		expect(alice.of('peer/left')).toMatchObject([
			{error: {code: 'slowReader'}},
		]);
		await expectUnharmed();
	});
});

describe('a session', () => {
	async function introduced() {
		const world = createWorld();
		const alice = world.engine('alice');
		await alice.listen();
		const peer: Speaker = await introduceSpeaker(world, alice);
		return {world, alice, peer};
	}

	test('introduces itself first', async () => {
		const {alice, peer} = await introduced();
		expect(peer.heard[0]).toMatchObject({
			name: 'hello',
			versions: [1],
			nick: 'alice',
			role: 'console',
		});
		expect(alice.of('peer/connected')).toMatchObject([
			{kind: 'peer', name: 'mallory', trust: 'UNVERIFIED', encrypted: true},
		]);
	});

	test('pingMs, deadMs: asks every 15 s whether the other side is there, and gives up after 45', async () => {
		const {world, alice, peer} = await introduced();
		await world.pass(limits.pingMs);
		expect(peer.all('ping')).toHaveLength(1);
		await world.pass(limits.pingMs);
		peer.say({name: 'pong', nonce: peer.all('ping').at(-1)!.nonce});
		await world.settle();
		for (let round = 0; round < 2; round++) await world.pass(limits.pingMs);
		expect(peer.isClosed).toBe(false);
		expect(peer.all('ping')).toHaveLength(4);
		await world.pass(limits.pingMs - 1);
		expect(alice.of('peer/left')).toEqual([]);
		await world.pass(1);
		expect(await alice.until('peer/left')).toMatchObject({
			error: {code: 'peerSilent', details: {seconds: limits.deadMs / 1_000}},
		});
		await peer.closed();
		expect(world.clock.pending()).toBe(0);
	});

	test('answers a ping, and anything counts as a sign of life', async () => {
		const {world, alice, peer} = await introduced();
		for (let round = 0; round < 8; round++) {
			peer.say({name: 'ping', nonce: round});
			await world.pass(10_000);
		}

		expect(peer.all('pong').map(({nonce}) => nonce)).toEqual([
			0, 1, 2, 3, 4, 5, 6, 7,
		]);
		expect(alice.of('peer/left')).toEqual([]);
	});

	test('skips what is unknown and not critical', async () => {
		const {alice, peer} = await introduced();
		peer.write(encodeFrame(0x7e, new Uint8Array(100)));
		peer.say({name: 'message', id: '1', text: 'still here'});
		await alice.until('chat/received', ({text}) => text === 'still here');
	});

	test('takes a long message in the same read as HELLO', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		await alice.listen();
		const peer = await connectSpeaker(world.network('mallory'), alice);
		const text = 'x'.repeat(limits.messageBytes);
		peer.write(
			concatBytes([
				encodeMessage(helloOf()),
				encodeMessage({name: 'message', id: '1', text}),
			]),
		);
		expect((await alice.until('chat/received')).text).toHaveLength(text.length);
	});

	test('ends with BYE: that is no error', async () => {
		const {world, alice, peer} = await introduced();
		peer.say({name: 'bye'}, {name: 'message', id: '1', text: 'too late'});
		expect(await alice.until('peer/left')).not.toHaveProperty('error');
		await peer.closed();
		expect(alice.heard()).toEqual([]);
		expect(world.clock.pending()).toBe(0);
	});

	test('ends with ERROR: its code is told, never shown as ours', async () => {
		const {alice, peer} = await introduced();
		peer.say({name: 'error', code: 'diskFull'});
		expect(await alice.until('peer/left')).toMatchObject({
			error: {code: 'peerReported', blame: 'peer', details: {code: 'diskFull'}},
		});
	});

	test('ends without a word: that is a cut', async () => {
		const {alice, peer} = await introduced();
		peer.connection.destroy();
		expect(await alice.until('peer/left')).toMatchObject({
			error: {code: 'connectionReset'},
		});
	});

	test('closes for good where the other side takes our last words but not its end', async () => {
		const {world, alice, peer} = await introduced();
		peer.connection.pause();
		const {peer: key} = alice.of('peer/connected')[0]!;
		alice.dispatch({type: 'peer/disconnect', peer: key});
		await world.pass(limits.helloMs);
		await alice.until('peer/left');
		expect(world.clock.pending()).toBe(0);
	});

	test('of a script has a row of its own, beside the console of the same person', async () => {
		const {world, alice} = await introduced();
		const script = await connectSpeaker(world.network('mallory'), alice);
		script.say(helloOf({role: 'script', instance: '77'.repeat(16)}));
		const {peer} = await alice.next('peer/connected');
		expect(peer).toMatch(/^script:/);
		expect(alice.engine.getState().peers.size).toBe(2);
	});

	test('of a nameless one is called by its key', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		await alice.listen();
		const peer = await connectSpeaker(world.network('mallory'), alice);
		peer.say(helloOf({nick: ' \u{202e} '.trim() && '   '}));
		const {name, peerId} = await alice.until('peer/connected');
		expect(name).toBe(peerId!.slice(0, 8));
	});
});

test('quitting says goodbye and leaves no connection and no timer', async () => {
	const world = createWorld();
	const alice = world.engine('alice');
	await alice.listen();
	const peers = await Promise.all(
		['bob', 'carol'].map(async name => introduceSpeaker(world, alice, name)),
	);
	const unready = await connectSpeaker(world.network('dave'), alice);
	const closing = alice.engine.close();
	await world.settle();
	unready.say(helloOf());
	await world.settle();
	await world.pass(limits.goodbyeMs);
	await closing;
	for (const peer of peers) {
		expect(peer.all('bye')).toHaveLength(1);
		expect(peer.isClosed).toBe(true);
	}

	expect(unready.isClosed).toBe(true);
	expect(alice.of('peer/connected')).toHaveLength(2);
	await world.pass(2_000);
	expect(world.clock.pending()).toBe(0);
	expect(world.hub.openConnections()).toBe(0);
});
