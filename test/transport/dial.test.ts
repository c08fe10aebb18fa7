import {once} from 'node:events';
import {createServer as createHttpServer} from 'node:http';
import {connect, createServer, type Server, type Socket} from 'node:net';
import {createServer as createTlsServer} from 'node:tls';
import {Worker} from 'node:worker_threads';
import {afterEach, describe, expect, test} from 'vitest';
import type {Address} from '../../source/engine/ports.js';
import {createIdentity} from '../../source/storage/identity.js';
import {ConnectionRecorder} from '../helpers/connection-recorder.js';
import {never, openListener, testNetwork} from './helpers.js';
import {p256Identity} from './p256-identity.js';

const servers: Server[] = [];
const accepted = new Set<Socket>();
afterEach(() => {
	for (const socket of accepted) socket.destroy();
	for (const server of servers.splice(0)) server.close();
});

async function serve(server: Server): Promise<Address> {
	servers.push(server);
	server.on('connection', (socket: Socket) => {
		accepted.add(socket);
		socket.on('error', () => undefined);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('pipe');
	return {host: '127.0.0.1', port: address.port};
}

async function failureOf(promise: Promise<unknown>) {
	return promise.then(
		() => {
			throw new Error('should have failed');
		},
		(error: {info: {code: string; details: Record<string, unknown>}}) =>
			error.info,
	);
}

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
	const server = createServer();
	const {port} = await serve(server);
	server.close();
	await once(server, 'close');
	return port;
}

describe('dialling raw', () => {
	test('talks, by name too', async () => {
		const {port} = await serve(createServer(socket => socket.pipe(socket)));
		const {network} = testNetwork();
		const connection = await network.dial(
			{host: 'localhost', port},
			'raw',
			never,
		);
		const recorder = new ConnectionRecorder(connection);
		expect(connection.remote).toEqual({host: '127.0.0.1', port});
		connection.write(Buffer.from('echo'));
		await recorder.until(() => recorder.text() === 'echo');
		connection.destroy();
	});

	test.each([
		['', 80],
		['a b', 80],
		['[::1]', 80],
		['x\0y', 80],
		['x'.repeat(300), 80],
		['127.0.0.1', 0],
		['127.0.0.1', 65_536],
		['127.0.0.1', 80.5],
		['127.0.0.1', Number.NaN],
	])('%j:%d is no address', async (host, port) => {
		const {network} = testNetwork();
		const failure = await failureOf(network.dial({host, port}, 'raw', never));
		expect(failure.code).toBe('badAddress');
	});

	test('nobody listens, at one address or at all of a name', async () => {
		const {network} = testNetwork();
		const port = await freePort();
		for (const host of ['127.0.0.1', 'localhost']) {
			const failure = await failureOf(network.dial({host, port}, 'raw', never));
			expect(failure).toMatchObject({
				code: 'connectionRefused',
				details: {host, port},
			});
		}
	});

	test('a name that nobody has', async () => {
		const {network} = testNetwork();
		const target = {host: 'no-such-host.invalid', port: 9};
		const failure = await failureOf(network.dial(target, 'raw', never));
		expect(failure).toMatchObject({
			code: 'hostUnknown',
			details: {host: 'no-such-host.invalid'},
		});
	});

	test('is cancelled before, and at once', async () => {
		const {network} = testNetwork();
		const address = await serve(createServer());
		const aborted = AbortSignal.abort();
		const early = await failureOf(network.dial(address, 'raw', aborted));
		expect(early.code).toBe('cancelled');
		const controller = new AbortController();
		const dialled = network.dial(address, 'raw', controller.signal);
		controller.abort();
		expect((await failureOf(dialled)).code).toBe('cancelled');
	});

	test('has a deadline', async () => {
		// A listener that accepts nobody: once its backlog is full it leaves SYNs unanswered, as a firewall does.
		const worker = new Worker(
			`const server = require('node:net').createServer();
			server.listen({port: 0, host: '127.0.0.1', backlog: 1}, () => {
				require('node:worker_threads').parentPort.postMessage(server.address().port);
				setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
			});`,
			{eval: true},
		);
		const [port] = (await once(worker, 'message')) as [number];
		const fillers = Array.from({length: 4}, () => connect(port, '127.0.0.1'));
		for (const filler of fillers) filler.on('error', () => undefined);
		await Promise.all(
			fillers.slice(0, 2).map(async filler => once(filler, 'connect')),
		);
		const {network} = testNetwork({dialMs: 100});
		const target = {host: '127.0.0.1', port};
		for (const purpose of ['raw', 'peer'] as const) {
			const dialled =
				purpose === 'raw'
					? network.dial(target, 'raw', never)
					: network.dial(target, 'peer', never);
			expect(await failureOf(dialled)).toMatchObject({
				code: 'connectTimedOut',
				details: target,
			});
		}

		for (const filler of fillers) filler.destroy();
		await worker.terminate();
	});
});

describe('dialling a peer', () => {
	test.each(['peer', 'lane'] as const)(
		'%s: both sides prove their keys and export the same bytes',
		async purpose => {
			const near = testNetwork();
			const far = testNetwork();
			const listener = await openListener(far.network);
			const connection = await near.network.dial(
				listener.address,
				purpose,
				never,
			);
			const {classified} = await listener.nextOutcome();
			if (classified?.kind !== purpose) throw new Error('not what was dialled');
			expect(connection.peerId).toBe(far.identity.peerId);
			expect(classified.connection.peerId).toBe(near.identity.peerId);
			const ours = connection.exportKeyingMaterial('EXPORTER-test', 32);
			expect(ours).toHaveLength(32);
			expect(
				classified.connection.exportKeyingMaterial('EXPORTER-test', 32),
			).toEqual(ours);
			expect(connection.exportKeyingMaterial('EXPORTER-other', 32)).not.toEqual(
				ours,
			);
			connection.destroy();
			const over = new ConnectionRecorder(connection);
			await over.saw('closed');
			expect(() => connection.exportKeyingMaterial('x', 8)).toThrow(
				'notConnected',
			);
			await listener.close();
		},
	);

	const {certificatePem, privateKeyPem} = createIdentity();
	const identity = {cert: certificatePem, key: privateKeyPem};
	const strangers: ReadonlyArray<[string, () => Server]> = [
		['an HTTP server', () => createHttpServer((_, reply) => reply.end('x'))],
		['a server with a banner', () => createServer(s => s.write('220 hi\r\n'))],
		['an echo server', () => createServer(s => s.pipe(s))],
		[
			'a server that ends after the first bytes',
			() => createServer(s => s.once('data', () => s.end())),
		],
		['a silent server', () => createServer(s => s.resume())],
		['a TLS server without ALPN', () => createTlsServer(identity)],
		[
			'a TLS server with another ALPN name',
			() => createTlsServer({...identity, ALPNProtocols: ['h2']}),
		],
		[
			'a server of TLS 1.2',
			() => createTlsServer({...identity, maxVersion: 'TLSv1.2'}),
		],
	];
	test.each(strangers)('%s is not sockterm', async (_name, create) => {
		const address = await serve(create());
		const {network} = testNetwork({dialMs: 300});
		const failure = await failureOf(network.dial(address, 'peer', never));
		expect(failure).toMatchObject({code: 'notSockterm', details: address});
	});

	test('a key of another kind is refused', async () => {
		const address = await serve(
			createTlsServer({...p256Identity, ALPNProtocols: ['sockterm/1']}),
		);
		const {network} = testNetwork();
		const failure = await failureOf(network.dial(address, 'peer', never));
		expect(failure).toMatchObject({
			code: 'tlsFailed',
			details: {what: 'keyNotEd25519'},
		});
	});

	test('a reset during the handshake is worth another try', async () => {
		const address = await serve(
			createServer(s => s.once('data', () => s.resetAndDestroy())),
		);
		const {network} = testNetwork();
		const failure = await failureOf(network.dial(address, 'peer', never));
		expect(failure.code).toBe('connectionReset');
	});

	test('is cancelled in the middle of the handshake', async () => {
		const controller = new AbortController();
		const address = await serve(
			createServer(s =>
				s.once('data', () => {
					controller.abort();
				}),
			),
		);
		const {network} = testNetwork();
		const failure = await failureOf(
			network.dial(address, 'peer', controller.signal),
		);
		expect(failure.code).toBe('cancelled');
	});

	test('names no host in the clear', async () => {
		const hello = Promise.withResolvers<Buffer>();
		const {port} = await serve(
			createServer(s => s.once('data', hello.resolve)),
		);
		const {network} = testNetwork({dialMs: 200});
		const dialled = failureOf(
			network.dial({host: 'localhost', port}, 'peer', never),
		);
		expect((await hello.promise).includes('localhost')).toBe(false);
		await dialled;
	});
});
