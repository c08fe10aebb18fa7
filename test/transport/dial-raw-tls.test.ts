/** Dialling servers with TLS that know nothing of sockterm. */
import {X509Certificate} from 'node:crypto';
import {once} from 'node:events';
import {createServer, type AddressInfo, type Server} from 'node:net';
import {createServer as createTlsServer, type TLSSocket} from 'node:tls';
import {afterEach, expect, test} from 'vitest';
import {ConnectionRecorder} from '../helpers/connection-recorder.js';
import {never, testNetwork} from './helpers.js';
import {p256Identity} from './p256-identity.js';

const servers: Server[] = [];
afterEach(() => {
	for (const server of servers.splice(0)) server.close();
});

async function serve(server: Server): Promise<number> {
	servers.push(server);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

const dial = async (host: string, port: number, signal = never) =>
	testNetwork({dialMs: 2_000}).network.dial({host, port}, 'rawTls', signal);

async function codeOf(promise: Promise<unknown>) {
	return promise.then(
		() => 'connected',
		(error: {info: {code: string}}) => error.info.code,
	);
}

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
	'%s with any certificate, whose fingerprint is told; no ALPN, no certificate of ours',
	async version => {
		const seen = Promise.withResolvers<TLSSocket>();
		const port = await serve(
			createTlsServer(
				{
					...p256Identity,
					minVersion: version,
					maxVersion: version,
					requestCert: true,
					rejectUnauthorized: false,
					ALPNProtocols: ['http/1.1'],
				},
				socket => {
					seen.resolve(socket);
					socket.pipe(socket);
				},
			),
		);
		const connection = await dial('localhost', port);
		const {fingerprint256} = new X509Certificate(p256Identity.cert);
		expect(connection.certificate).toBe(fingerprint256);
		const near = new ConnectionRecorder(connection);
		near.connection.write(Buffer.from('hello'));
		await near.until(({receivedBytes}) => receivedBytes === 5);
		expect(near.text()).toBe('hello');
		const there = await seen.promise;
		expect(there.alpnProtocol).toBe(false);
		expect(there.getPeerX509Certificate()).toBeUndefined();
		expect((there as {servername?: unknown}).servername).toBe('localhost');
		connection.destroy();
	},
);

test('an address is no server name', async () => {
	const seen = Promise.withResolvers<TLSSocket>();
	const port = await serve(createTlsServer(p256Identity, seen.resolve));
	const connection = await dial('127.0.0.1', port);
	expect(((await seen.promise) as {servername?: unknown}).servername).toBe(
		false,
	);
	connection.destroy();
});

test('our end is heard, and what comes after it is read', async () => {
	const port = await serve(
		createTlsServer({...p256Identity, allowHalfOpen: true}, socket => {
			socket.resume();
			socket.on('end', () => socket.end('after the end'));
		}),
	);
	const near = new ConnectionRecorder(await dial('127.0.0.1', port));
	near.connection.endSending();
	await near.saw('closed');
	expect(near.text()).toBe('after the end');
	expect(near.closes).toEqual([undefined]);
});

test('a plain server, one that closes, and one that says nothing are told apart', async () => {
	const plain = await serve(
		createServer(socket => {
			socket.on('error', () => undefined);
			socket.end('220 mail.example ESMTP\r\n');
		}),
	);
	const closing = await serve(createServer(socket => socket.destroy()));
	const silent = await serve(
		createServer(socket => {
			socket.on('error', () => undefined);
			servers.push({close: () => socket.destroy()} as never);
		}),
	);
	expect(await codeOf(dial('127.0.0.1', plain))).toBe('serverNotTls');
	expect(['serverNotTls', 'connectionReset']).toContain(
		await codeOf(dial('127.0.0.1', closing)),
	);
	const {network} = testNetwork({dialMs: 50});
	const target = {host: '127.0.0.1', port: silent};
	expect(await codeOf(network.dial(target, 'rawTls', never))).toBe(
		'connectTimedOut',
	);
	const abort = new AbortController();
	abort.abort();
	expect(await codeOf(dial('127.0.0.1', silent, abort.signal))).toBe(
		'cancelled',
	);
});
