import {describe, expect, test} from 'vitest';
import type {PeerKey} from '../../../source/engine/index.js';
import type {ErrorCode} from '../../../source/errors.js';
import {limits} from '../../../source/limits.js';
import {
	connect,
	createPair,
	createWorld,
	type EngineUnderTest,
} from '../../helpers/engine-under-test.js';
import {connectSpeaker, helloOf} from '../speaker.js';

const dial = (from: EngineUnderTest, host: string, port: number) => {
	from.dispatch({type: 'peer/dial', target: {kind: 'peer', host, port}});
};

const phaseOf = (engine: EngineUnderTest, peer: PeerKey) =>
	engine.engine.getState().peers.get(peer)?.lifecycle;

describe('nobody answers', () => {
	test('waits 1, 2, 4 … 30 s with at most a fifth more or less, and says until when', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		dial(alice, alice.host, 1);
		const waits: number[] = [];
		for (let attempt = 1; attempt <= 8; attempt++) {
			const waiting = await alice.until(
				'peer/waiting',
				event => event.attempt === attempt,
			);
			expect(waiting.error?.code).toBe('connectionRefused');
			expect(phaseOf(alice, waiting.peer)).toMatchObject({
				phase: 'waiting',
				attempt,
				nextAt: waiting.nextAt,
			});
			const wait = waiting.nextAt - waiting.at;
			waits.push(wait);
			await world.pass(wait - 1);
			expect(world.hub.dials).toHaveLength(attempt);
			await world.pass(1);
			expect(world.hub.dials).toHaveLength(attempt + 1);
		}

		for (const [index, plain] of [1, 2, 4, 8, 16, 30, 30, 30].entries()) {
			expect(Math.abs(waits[index]! - plain * 1000)).toBeLessThanOrEqual(
				plain * 1000 * limits.reconnectJitter,
			);
		}

		expect(new Set(waits).size).toBeGreaterThan(6);
	});

	test('/reconnect tries at once, and one try at a time', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		dial(alice, alice.host, 1);
		const {peer} = await alice.until('peer/waiting');
		alice.dispatch({type: 'peer/reconnect', peer});
		await alice.until('peer/waiting', () => world.hub.dials.length === 2);
		dial(alice, alice.host, 1);
		await world.settle();
		expect(world.hub.dials).toHaveLength(3);
		expect(alice.engine.getState().peers.size).toBe(1);
		expect(world.clock.pending()).toBe(1);
	});

	test('/disconnect stops it', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		dial(alice, alice.host, 1);
		const {peer} = await alice.until('peer/waiting');
		alice.dispatch({type: 'peer/disconnect', peer});
		expect(phaseOf(alice, peer)).toMatchObject({phase: 'left'});
		await world.pass(120_000, 30_000);
		expect(world.hub.dials).toHaveLength(1);
		expect(world.clock.pending()).toBe(0);

		alice.dispatch({type: 'peer/reconnect', peer});
		await alice.until('peer/waiting', () => world.hub.dials.length === 2);
	});

	test('quitting stops it, also in the middle of a try', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		dial(alice, alice.host, 1);
		await alice.engine.close();
		await world.settle();
		expect(world.clock.pending()).toBe(0);
	});

	test.each<ErrorCode>([
		'badAddress',
		'hostUnknown',
		'notSockterm',
		'tlsFailed',
		'addressUnavailable',
	])('%s is hopeless: it stops', async code => {
		const world = createWorld();
		const alice = world.engine('alice');
		world.hub.refuseDials(code);
		dial(alice, '10.0.0.99', 1);
		const {peer} = await alice.until(
			'peer/left',
			({error}) => error?.code === code,
		);
		expect(phaseOf(alice, peer)).toMatchObject({phase: 'left'});
		expect(world.clock.pending()).toBe(0);
	});

	test('a raw server is dialled once, and again in the same row', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		alice.dispatch({
			type: 'peer/dial',
			target: {kind: 'raw', host: alice.host, port: 1},
		});
		const {peer} = await alice.until('peer/left');
		expect(world.clock.pending()).toBe(0);
		alice.dispatch({type: 'peer/reconnect', peer});
		await alice.until('peer/left', () => world.hub.dials.length === 2);
		expect(alice.engine.getState().peers.size).toBe(1);
	});

	test('a script gives up after one try', async () => {
		const world = createWorld();
		const script = world.engine('script', {role: 'script'});
		dial(script, script.host, 1);
		await script.until('peer/left');
		expect(world.clock.pending()).toBe(0);
	});
});

describe('a session', () => {
	test('that is cut is dialled again, and the conversation goes on', async () => {
		const {world, alice, bob, bobKey, aliceKey} = await createPair();
		alice.dispatch({type: 'chat/send', conversation: bobKey, text: 'before'});
		await bob.until('chat/received');
		world.hub.cut();
		const waiting = await alice.until('peer/waiting');
		expect(waiting).toMatchObject({
			peer: bobKey,
			attempt: 1,
			error: {code: 'connectionReset'},
		});
		expect(await bob.until('peer/left')).toMatchObject({peer: aliceKey});
		await world.pass(1_300);
		await bob.untilTrue(() => bob.of('peer/connected').length === 2);
		alice.dispatch({type: 'chat/send', conversation: bobKey, text: 'after'});
		await bob.untilTrue(() => bob.heard(aliceKey).length === 2);
		const rows = bob.engine.getState().conversations.get(aliceKey)!.rows;
		expect(rows.slice(0).map(({kind}) => kind)).toEqual([
			'joined',
			'received',
			'left',
			'joined',
			'received',
		]);
		expect(alice.engine.getState().peers.size).toBe(1);
	});

	test('that the other side made anew is dialled by us when it is cut', async () => {
		const {world, alice, bob, bobKey, aliceKey} = await createPair();
		bob.dispatch({type: 'peer/disconnect', peer: aliceKey});
		await alice.until('peer/left');
		await world.settle();
		dial(bob, alice.host, alice.port);
		expect((await alice.next('peer/connected')).direction).toBe('in');
		world.hub.cut();
		expect(await alice.until('peer/waiting')).toMatchObject({peer: bobKey});
	});

	test('that was cut is dialled on while names do not resolve', async () => {
		const {world, alice} = await createPair();
		world.hub.refuseDials('hostUnknown');
		world.hub.cut();
		await alice.until('peer/waiting');
		await world.pass(1_300);
		await alice.until(
			'peer/waiting',
			({attempt, error}) => attempt === 2 && error?.code === 'hostUnknown',
		);
	});

	test('that ends with a goodbye is not dialled again', async () => {
		const {world, alice, bob, bobKey} = await createPair();
		await bob.engine.close();
		const left = await alice.until('peer/left');
		expect(left).not.toHaveProperty('error');
		expect(phaseOf(alice, bobKey)).toMatchObject({phase: 'left'});
		await world.pass(60_000, 10_000);
		expect(world.hub.dials).toHaveLength(1);
		expect(world.hub.openConnections()).toBe(0);
	});

	test('that we end is not dialled again, by neither side', async () => {
		const {world, alice, bob, bobKey} = await createPair();
		alice.dispatch({type: 'peer/disconnect', peer: bobKey});
		await Promise.all([alice.until('peer/left'), bob.until('peer/left')]);
		await world.pass(60_000, 10_000);
		expect(world.hub.dials).toHaveLength(1);
		expect(world.clock.pending()).toBe(0);
	});

	test('is not made any more once somebody says stop, whatever has been dialled', async () => {
		for (let ticks = 0; ticks < 12; ticks++) {
			const world = createWorld();
			const alice = world.engine('alice');
			const bob = world.engine('bob');
			await bob.listen();
			dial(alice, bob.host, bob.port);
			const {peer} = await alice.until('peer/appeared');
			for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
			const isConnected = alice.of('peer/connected').length > 0;
			const key = alice.of('peer/connected')[0]?.peer ?? peer;
			alice.dispatch({type: 'peer/disconnect', peer: key});
			await world.settle();
			expect(alice.of('peer/connected')).toHaveLength(isConnected ? 1 : 0);
			expect(phaseOf(alice, key)).toMatchObject({phase: 'left'});
			await world.pass(limits.helloMs);
			expect(world.hub.openConnections()).toBe(0);
		}
	});

	test('with ourselves is noticed and not tried again', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		await alice.listen();
		dial(alice, alice.host, alice.port);
		const left = await alice.until('peer/left');
		expect(left.error?.code).toBe('connectedToSelf');
		await world.pass(60_000, 10_000);
		expect(alice.of('peer/connected')).toEqual([]);
		expect(world.hub.dials).toHaveLength(1);
	});

	test('with another program of the same person is a peer of its own', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		const desk = world.engine('desk', {key: 'bob', nick: 'bob'});
		const laptop = world.engine('laptop', {key: 'bob', nick: 'bob'});
		await alice.listen();
		dial(desk, alice.host, alice.port);
		const first = await alice.until('peer/connected');
		dial(laptop, alice.host, alice.port);
		const second = await alice.next('peer/connected');
		expect(second.peer).not.toBe(first.peer);
		expect(second.peerId).toBe(first.peerId);

		// Each finds its own conversation again, whoever comes first.
		world.hub.cut();
		await world.settle();
		laptop.dispatch({
			type: 'peer/reconnect',
			peer: laptop.of('peer/connected')[0]!.peer,
		});
		expect((await alice.next('peer/connected')).peer).toBe(second.peer);
		desk.dispatch({
			type: 'peer/reconnect',
			peer: desk.of('peer/connected')[0]!.peer,
		});
		expect((await alice.next('peer/connected')).peer).toBe(first.peer);
	});

	test('with a program that was started anew goes on in the old conversation', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		await alice.listen();
		const before = world.engine('bob');
		await connect(before, alice);
		await before.engine.close();
		await alice.until('peer/left');
		const after = world.engine('bob again', {key: 'bob'});
		dial(after, alice.host, alice.port);
		const again = await alice.next('peer/connected');
		expect(again.peer).toBe(alice.of('peer/connected')[0]!.peer);
	});

	test('that somebody else answers is not taken for the old one', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		const bob = world.engine('bob', {host: '10.9.9.9'});
		await bob.listen();
		const {there} = await connect(alice, bob);
		world.hub.refuseDials('connectionRefused');
		world.hub.cut();
		await alice.until('peer/waiting');
		await bob.engine.close();
		const eve = world.engine('eve', {host: '10.9.9.9'});
		eve.dispatch({type: 'listener/open', kind: 'tcp', port: bob.port});
		await eve.until('listener/bound');
		world.hub.refuseDials(undefined);
		await world.pass(1_300);
		const connected = await alice.until(
			'peer/connected',
			({peerId}) => peerId === eve.peerId,
		);
		expect(connected.peer).not.toBe(there);
		expect(phaseOf(alice, there)).toMatchObject({phase: 'left'});
		alice.dispatch({
			type: 'chat/send',
			conversation: there,
			text: 'secret',
			ref: 1,
		});
		expect((await alice.until('command/refused')).error.code).toBe(
			'notConnected',
		);
	});

	test('of another version is told apart, and is hopeless', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		await alice.listen();
		const old = await connectSpeaker(world.network('old'), alice);
		old.say(helloOf({versions: [2, 3]}));
		expect(await old.until('error')).toMatchObject({code: 'versionMismatch'});
		await old.closed();
		expect(await alice.until('peer/refused')).toMatchObject({
			error: {code: 'versionMismatch', details: {theirs: '2, 3'}},
		});
		expect(alice.of('peer/connected')).toEqual([]);
	});
});

test('dialling somebody who is connected changes nothing and says so', async () => {
	const {alice, bob} = await createPair();
	const {target} = alice.of('peer/connected')[0]!;
	const connections = bob.of('peer/connected').length;
	alice.dispatch({type: 'peer/dial', target: target!, ref: 7});
	const refused = await alice.until('command/refused');
	expect(refused).toMatchObject({ref: 7, error: {code: 'alreadyConnected'}});
	expect(bob.of('peer/connected')).toHaveLength(connections);
});
