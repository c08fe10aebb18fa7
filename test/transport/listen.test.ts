import {once} from 'node:events';
import {connect as connectNet, createServer} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import type {Classified, Incoming, Network} from '../../source/engine/ports.js';
import {endsOf} from '../../source/transport/address.js';
import {SocketConnection} from '../../source/transport/connection.js';
import {ConnectionRecorder} from '../helpers/connection-recorder.js';
import {waitFor} from '../helpers/wait-for.js';
import {
	closeOf,
	never,
	openListener,
	testNetwork,
	type TestListener,
} from './helpers.js';

const open: TestListener[] = [];
async function listen(
	network: Network,
	options: Parameters<typeof openListener>[1] = {},
) {
	const listener = await openListener(network, options);
	open.push(listener);
	return listener;
}

afterEach(async () => {
	await Promise.all(open.splice(0).map(async listener => listener.close()));
});

const handlers = {
	incoming() {
		throw new Error('nobody should come');
	},
	refused() {
		throw new Error('nobody should be refused');
	},
	failed() {
		throw new Error('should not fail');
	},
};

describe('listening', () => {
	test('port 0 gives the real port; a taken one is named', async () => {
		const {network} = testNetwork();
		const first = await listen(network);
		expect(first.address.port).toBeGreaterThan(0);
		await expect(
			network.listenTcp(first.address, handlers),
		).rejects.toMatchObject({
			info: {code: 'portTaken', details: {port: first.address.port}},
		});
	});

	test('addresses of others, unknown names and nonsense are told apart', async () => {
		const {network} = testNetwork();
		const code = async (host: string, port = 0) =>
			network.listenTcp({host, port}, handlers).then(
				() => 'listening',
				(error: {info: {code: string}}) => error.info.code,
			);
		// RFC 5737: an address that no machine has; RFC 6761: a name that never is.
		expect(await code('203.0.113.9')).toBe('addressUnavailable');
		expect(await code('no-such-host.invalid')).toBe('noSuchInterface');
		expect(await code('')).toBe('badAddress');
		expect(await code('127.0.0.1', 70_000)).toBe('badAddress');
		expect(await code('127.0.0.1', 1.5)).toBe('badAddress');
	});

	test('without a host it serves IPv6 and IPv4, both shown as they are', async () => {
		const {network} = testNetwork();
		const bound = await network.listenTcp(
			{port: 0},
			{
				...handlers,
				incoming(incoming) {
					hosts.push(incoming.remote.host, incoming.local.host);
					incoming.destroy();
				},
			},
		);
		const hosts: string[] = [];
		const reach = [
			'127.0.0.1',
			...(bound.address.host === '::' ? ['::1'] : []),
		];
		for (const host of reach) {
			const client = connectNet(bound.address.port, host);
			client.on('error', () => undefined);
			await once(client, 'close');
		}

		expect(hosts).toEqual(reach.flatMap(host => [host, host]));
		await bound.close();
	});

	test('close frees the port at once and leaves connections alone', async () => {
		const {network} = testNetwork();
		const arrived = Promise.withResolvers<Incoming>();
		const bound = await network.listenTcp(
			{host: '127.0.0.1', port: 0},
			{...handlers, incoming: arrived.resolve},
		);
		const client = connectNet(bound.address.port, '127.0.0.1');
		client.write('before');
		const classified = Promise.withResolvers<Classified>();
		const incoming = await arrived.promise;
		incoming.start({
			classified: classified.resolve,
			closed: classified.reject,
		});
		const {connection} = await classified.promise;
		const held = new ConnectionRecorder(connection);
		await bound.close();
		await bound.close();
		const again = await listen(network, {port: bound.address.port});
		expect(again.address.port).toBe(bound.address.port);
		client.write(' and after');
		await held.until(() => held.text() === 'before and after');
		client.destroy();
		incoming.destroy();
	});

	test('a port in TIME_WAIT can be listened on again', async () => {
		const {network} = testNetwork();
		const first = await listen(network);
		const client = await first.connect();
		client.write('x');
		const {classified} = await first.nextOutcome();
		const ours = new ConnectionRecorder(classified!.connection);
		client.on('end', () => client.end());
		client.resume();
		// Whoever ends first keeps the port in TIME_WAIT: that is us.
		ours.connection.end();
		await ours.saw('closed');
		await first.close();
		const again = await listen(network, {port: first.address.port});
		expect(again.address.port).toBe(first.address.port);
	});
});

describe('limits', () => {
	test('connections beyond the total are refused, and counted back', async () => {
		const {network} = testNetwork({connections: 2});
		const listener = await listen(network);
		const first = await listener.connect();
		await listener.connect();
		await listener.nextIncoming();
		await listener.nextIncoming();
		const surplus = await listener.connect();
		await closeOf(surplus);
		expect(listener.refused).toMatchObject([
			{code: 'tooManyConnections', details: {host: '127.0.0.1'}},
		]);
		expect(listener.incoming).toHaveLength(2);
		first.resetAndDestroy();
		await listener.nextOutcome();
		await listener.connect();
		await listener.nextIncoming();
		expect(listener.incoming).toHaveLength(3);
	});

	test('loopback has no limit for each source', async () => {
		const {network} = testNetwork({connectionsPerSource: 1});
		const listener = await listen(network);
		await listener.connect();
		await listener.connect();
		await listener.nextIncoming();
		await listener.nextIncoming();
		expect(listener.refused).toEqual([]);
	});

	test('handshakes are limited for each source, loopback too', async () => {
		const {network} = testNetwork({handshakesPerSource: 2});
		const listener = await listen(network);
		const begin = async () => {
			const client = await listener.connect();
			client.write(Buffer.of(0x16, 3, 1));
			return client;
		};

		await begin();
		await begin();
		const surplus = await begin();
		await closeOf(surplus);
		const outcome = await listener.nextOutcome();
		expect(outcome.error?.code).toBe('tooManyConnections');
		// Told once: as what became of it.
		expect(listener.refused).toEqual([]);
		// The two others are in the middle of it: too late to claim them.
		const busy = listener.incoming.find(one => one !== outcome.incoming)!;
		busy.claimAsRaw();
		// Raw clients are not concerned.
		const raw = await listener.connect();
		raw.write('hello');
		expect((await listener.nextOutcome()).classified?.kind).toBe('raw');
	});

	test('who is slow gives way: to others of its address, and where all places are taken', async () => {
		for (const full of [{handshakesPerSource: 1}, {handshakes: 1}]) {
			const {network} = testNetwork({...full, handshakeYoungMs: 0});
			const listener = await listen(network);
			const slow = await listener.connect();
			const reset = once(slow, 'error');
			slow.write(Buffer.of(0x16, 3, 1));
			await listener.nextIncoming();
			const dialler = testNetwork().network;
			const connection = await dialler.dial(listener.address, 'peer', never);
			const outcome = await listener.nextOutcome();
			expect(outcome.error).toMatchObject({
				code: 'tooManyConnections',
				details: {host: '127.0.0.1'},
			});
			expect(outcome.incoming).toBe(listener.incoming[0]);
			expect((await listener.nextOutcome()).classified?.kind).toBe('peer');
			const [error] = (await reset) as [NodeJS.ErrnoException];
			expect(error.code).toBe('ECONNRESET');
			connection.destroy();
		}
	});

	test('a finished handshake gives its place back, a failed one too', async () => {
		const {network} = testNetwork({handshakes: 1});
		const listener = await listen(network);
		const failing = await listener.connect();
		failing.write(Buffer.of(0x16, 0, 0, 0, 0, 0, 0));
		expect((await listener.nextOutcome()).error?.code).toBe('notSockterm');
		const dialler = testNetwork().network;
		for (let round = 0; round < 3; round++) {
			const connection = await dialler.dial(listener.address, 'peer', never);
			expect((await listener.nextOutcome()).classified?.kind).toBe('peer');
			connection.destroy();
		}
	});

	test('a TLS connection that is over gives its place back', async () => {
		const {network} = testNetwork({connections: 1});
		const listener = await listen(network);
		const dialler = testNetwork().network;
		for (let round = 0; round < 3; round++) {
			const connection = await dialler.dial(listener.address, 'peer', never);
			const near = new ConnectionRecorder(connection);
			const {classified} = await listener.nextOutcome();
			const far = new ConnectionRecorder(classified!.connection);
			if (round === 1) connection.destroy();
			else connection.end();
			await far.saw('ended');
			far.connection.end();
			await Promise.all([near.saw('closed'), far.saw('closed')]);
		}

		expect(listener.refused).toEqual([]);
	});
});

test('the linger ends a connection whose other side never ends', async () => {
	const server = createServer({allowHalfOpen: true}, socket => {
		socket.on('error', () => undefined);
		socket.resume();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('pipe');
	const socket = connectNet({
		port: address.port,
		host: '127.0.0.1',
		allowHalfOpen: true,
	});
	await once(socket, 'connect');
	const connection = new SocketConnection(socket, {
		ends: endsOf(socket)!,
		lingerMs: 20,
	});
	const recorder = new ConnectionRecorder(connection);
	connection.write(Buffer.from('bye'));
	connection.end();
	await recorder.saw('closed');
	expect(recorder.closes).toEqual([undefined]);
	await waitFor(() => !socket.readable, 'the socket to be gone');
	server.close();
});
