/** Listeners with options, on memory: what a connection becomes, who may come in, and how long it may be silent. */
import {describe, expect, test} from 'vitest';
import type {ListenerOptions, PeerKey} from '../../../source/engine/index.js';
import type {Connection} from '../../../source/engine/ports.js';
import {
	createWorld,
	type EngineUnderTest,
} from '../../helpers/engine-under-test.js';

const signal = new AbortController().signal;

type Asked = Partial<ListenerOptions>;

async function listen(engine: EngineUnderTest, options: Asked = {}) {
	const bound = engine.next('listener/bound');
	engine.dispatch({type: 'listener/open', kind: 'tcp', port: 0, ...options});
	return bound;
}

/** A world with one listener, and a client that dials it. */
async function start(options: Asked = {}) {
	const world = createWorld();
	const alice = world.engine('alice');
	const bound = await listen(alice, options);
	const network = world.network('client');
	const dial = async (purpose: 'raw' | 'rawTls' = 'raw') => {
		const target = {host: alice.host, port: bound.port};
		const connection = await network.dial(target, purpose, signal);
		const heard: string[] = [];
		let isClosed = false;
		connection.start({
			data(bytes) {
				heard.push(new TextDecoder().decode(bytes));
			},
			ended: () => connection.end(),
			drained: () => undefined,
			closed() {
				isClosed = true;
			},
		});
		return {
			connection,
			heard,
			isClosed: () => isClosed,
			say(text: string) {
				connection.write(new TextEncoder().encode(text));
			},
		};
	};

	return {world, alice, bound, dial};
}

const row = (engine: EngineUnderTest, peer: PeerKey) =>
	engine.engine.getState().peers.get(peer)!;

describe('what is told', () => {
	test('a plain listener has no options; another one those that it was asked for', async () => {
		const {alice, bound} = await start();
		expect(bound).not.toHaveProperty('options');
		const framing = {kind: 'fixed', bytes: 4} as const;
		const second = await listen(alice, {
			raw: true,
			framing,
			encoding: 'GBK',
			idleMs: 5_000,
			deny: ['10.9.0.0/16'],
		});
		expect(second.options).toEqual({
			raw: true,
			framing,
			encoding: 'gbk',
			idleMs: 5_000,
			deny: ['10.9.0.0/16'],
		});
		expect(
			alice.engine.getState().listeners.get(second.listener)?.options,
		).toEqual(second.options);
	});

	test('a peer knows the listener that took it, whose framing and encoding it has', async () => {
		const {alice, bound, dial} = await start({
			framing: {kind: 'fixed', bytes: 2},
			encoding: 'gbk',
		});
		const client = await dial();
		client.say('abcd');
		const {peer, listener} = await alice.until('peer/connected');
		expect(listener).toBe(bound.listener);
		await alice.until('stream/received');
		const {streams} = alice.engine.getState();
		expect(streams.get(peer)?.framing).toEqual({kind: 'fixed', bytes: 2});
		expect(row(alice, peer)).toMatchObject({encoding: 'gbk', listener});
	});

	test.each([
		[{encoding: 'klingon'}, 'encodingUnknown'],
		[{deny: ['nobody']}, 'badRange'],
		[{framing: {kind: 'fixed', bytes: -1}}, 'badFraming'],
	] as const)('%j cannot be opened: %s', async (options, code) => {
		const world = createWorld();
		const alice = world.engine('alice');
		alice.dispatch({type: 'listener/open', kind: 'tcp', port: 0, ...options});
		const {error} = await alice.until('listener/failed');
		expect(error.code).toBe(code);
	});
});

describe('what a connection becomes', () => {
	test('raw: at once, and it can be written to before it says anything', async () => {
		const {alice, dial} = await start({raw: true});
		const client = await dial();
		const {peer} = await alice.until('peer/connected');
		alice.dispatch({type: 'chat/send', conversation: peer, text: 'hello'});
		await alice.until('chat/delivered');
		expect(client.heard).toEqual(['hello\n']);
	});

	test('tls: plain bytes end it, and are told once a second', async () => {
		const {world, alice, dial} = await start({kind: 'tls'});
		const plain = await dial();
		plain.say('GET / HTTP/1.0\n');
		const {error} = await alice.until('peer/refused');
		expect(error.code).toBe('notTls');
		await world.until(plain.isClosed);
		expect(alice.of('peer/connected')).toEqual([]);
		const inside = await dial('rawTls');
		inside.say('hi\n');
		expect(await alice.until('peer/connected')).toMatchObject({
			kind: 'raw',
			trust: 'PLAIN',
			encrypted: true,
		});
	});

	test('a silent connection to a TLS listener is nobody yet', async () => {
		const {world, alice, dial} = await start({kind: 'tls'});
		await dial();
		await world.pass(1_000);
		expect(alice.of('peer/appeared')).toEqual([]);
	});

	test('a peer that comes to a raw port is sent away, with a reason', async () => {
		const {world, alice, bound} = await start({kind: 'tls', raw: true});
		const bob = world.engine('bob');
		const target = {kind: 'peer', host: alice.host, port: bound.port} as const;
		bob.dispatch({type: 'peer/dial', target});
		const {error} = await alice.until('peer/refused');
		expect(error.code).toBe('notForPeers');
		expect(alice.of('peer/connected')).toEqual([]);
	});
});

describe('silence', () => {
	test('a connection on which nothing moves is closed with a sentence', async () => {
		const {world, alice, dial} = await start({raw: true, idleMs: 10_000});
		const client = await dial();
		const {peer} = await alice.until('peer/connected');
		await world.pass(8_000, 1_000);
		client.say('still here\n');
		await world.pass(8_000, 1_000);
		expect(alice.of('peer/left')).toEqual([]);
		alice.dispatch({type: 'chat/send', conversation: peer, text: 'so am I'});
		await world.pass(9_000, 1_000);
		expect(alice.of('peer/left')).toEqual([]);
		await world.pass(1_000);
		const {error} = await alice.until('peer/left');
		expect(error).toMatchObject({
			code: 'idleTimeout',
			details: {seconds: 10},
		});
		await world.until(client.isClosed);
	});

	test('one that has ended is not watched any more', async () => {
		const {world, alice, dial} = await start({raw: true, idleMs: 10_000});
		const client = await dial();
		await alice.until('peer/connected');
		client.connection.end();
		expect(await alice.until('peer/left')).not.toHaveProperty('error');
		await world.pass(20_000);
		expect(alice.of('peer/left')).toHaveLength(1);
	});
});

describe('who may come in', () => {
	test('denied at run time: closed at once and counted, then allowed again', async () => {
		const {world, alice, bound, dial} = await start();
		const deny = {
			type: 'listener/setAccess',
			change: 'deny',
			ranges: ['10.0.0.0/8'],
		} as const;
		alice.dispatch(deny);
		const changed = await alice.until('listener/changed');
		expect(changed).toMatchObject({
			listener: bound.listener,
			options: {deny: ['10.0.0.0/8']},
		});
		const clients = await Promise.all([dial(), dial(), dial()]);
		await world.until(() => clients.every(client => client.isClosed()));
		expect(alice.of('peer/refused')).toMatchObject([
			{count: 1, error: {code: 'addressDenied'}},
		]);
		await world.pass(1_000);
		expect(alice.of('peer/refused')).toMatchObject([{count: 1}, {count: 2}]);
		alice.dispatch({...deny, change: 'allow', listener: bound.listener});
		const late = await dial();
		late.say('hello\n');
		await alice.until('peer/connected');
	});

	test('reasons are counted each for itself', async () => {
		const {world, alice, dial} = await start({kind: 'tls'});
		const plain = await dial();
		plain.say('x');
		await alice.until('peer/refused');
		alice.dispatch({
			type: 'listener/setAccess',
			change: 'deny',
			ranges: ['10.0.0.0/8'],
		});
		await dial();
		await world.settle();
		expect(alice.of('peer/refused').map(({error}) => error.code)).toEqual([
			'notTls',
			'addressDenied',
		]);
	});

	test('kicked: gone at once, refused for a while, and back after it', async () => {
		const {world, alice, dial} = await start({raw: true});
		const client = await dial();
		const {peer} = await alice.until('peer/connected');
		alice.dispatch({type: 'peer/kick', peer, forMs: 60_000});
		await alice.until('peer/left');
		await world.until(client.isClosed);
		const again = await dial();
		await world.until(again.isClosed);
		expect(alice.of('peer/connected')).toHaveLength(1);
		// Allowed again before: and not, from then on, the only one.
		alice.dispatch({
			type: 'listener/setAccess',
			change: 'allow',
			ranges: [client.connection.local.host],
		});
		expect((await alice.until('listener/changed')).options).toEqual({
			raw: true,
		});
		const third = alice.next('peer/connected');
		await dial();
		const kicked = (await third).peer;
		alice.dispatch({type: 'peer/kick', peer: kicked, forMs: 60_000});
		await alice.next('peer/left');
		await world.pass(60_000);
		const back = alice.next('peer/connected');
		await dial();
		await back;
	});

	test('a listener that is not there, and a range that is none, refuse the command', async () => {
		const {alice} = await start();
		const command = {type: 'listener/setAccess', change: 'deny'} as const;
		alice.dispatch({...command, ranges: ['::1'], listener: 'x' as never});
		alice.dispatch({...command, ranges: ['me']});
		await alice.untilTrue(() => alice.of('command/refused').length === 2);
		expect(alice.of('command/refused').map(({error}) => error.code)).toEqual([
			'noSuchListener',
			'badRange',
		]);
	});

	test('datagrams of those that are kept out are dropped, and counted', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		const bound = await listen(alice, {kind: 'udp', deny: ['10.0.0.0/8']});
		const socket = await world
			.network('client')
			.openUdp({port: 0}, {received: () => undefined, failed: () => undefined});
		await socket.send(new Uint8Array([1]), {
			host: alice.host,
			port: bound.port,
		});
		expect((await alice.until('peer/refused')).error.code).toBe(
			'addressDenied',
		);
		expect(alice.of('datagram/received')).toEqual([]);
	});
});

describe('raw servers that were dialled', () => {
	const serve = async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		const accepted: Connection[] = [];
		const network = world.network('server');
		const {address} = await network.listenTcp(
			{port: 7_000},
			{
				incoming(incoming) {
					incoming.start({
						classified({connection}) {
							accepted.push(connection);
							connection.start({
								data: () => undefined,
								ended: () => connection.end(),
								drained: () => undefined,
								closed: () => undefined,
							});
						},
						closed: () => undefined,
					});
					incoming.claimAsRaw();
				},
				refused: () => undefined,
				failed: () => undefined,
			},
		);
		return {world, alice, accepted, address};
	};

	test('several at once, inside TLS too; each is PLAIN and says what it is', async () => {
		const {world, alice, address} = await serve();
		const {host, port} = address;
		for (const kind of ['raw', 'rawTls', 'rawTls'] as const) {
			alice.dispatch({type: 'peer/dial', target: {kind, host, port}});
		}

		await alice.untilTrue(() => alice.of('peer/connected').length === 3);
		expect(
			alice
				.of('peer/connected')
				.map(({encrypted, trust}) => [encrypted, trust]),
		).toEqual([
			[false, 'PLAIN'],
			[true, 'PLAIN'],
			[true, 'PLAIN'],
		]);
		expect(new Set(alice.of('peer/connected').map(({peer}) => peer)).size).toBe(
			3,
		);
		expect(world.hub.dials.map(({purpose}) => purpose)).toEqual([
			'raw',
			'rawTls',
			'rawTls',
		]);
	});

	test.each(['raw', 'rawTls'] as const)(
		'%s: reconnecting goes on in the same conversation',
		async kind => {
			const {alice, accepted, address} = await serve();
			alice.dispatch({type: 'peer/dial', target: {kind, ...address}});
			const {peer} = await alice.until('peer/connected');
			accepted[0]!.end();
			await alice.until('peer/left');
			alice.dispatch({type: 'peer/reconnect', peer});
			const again = await alice.next('peer/connected');
			expect(again.peer).toBe(peer);
			const rows = alice.engine.getState().conversations.get(peer)!.rows;
			expect(rows.slice(0).map(row => row.kind)).toEqual([
				'joined',
				'left',
				'joined',
			]);
		},
	);
});
