import {generateKeyPairSync} from 'node:crypto';
import {once} from 'node:events';
import {connect as connectNet, createServer, type Socket} from 'node:net';
import {connect as connectTls, type ConnectionOptions} from 'node:tls';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {createIdentity} from '../../source/storage/identity.js';
import {ConnectionRecorder} from '../helpers/connection-recorder.js';
import {openListener, testNetwork, type TestListener} from './helpers.js';
import {p256Identity} from './p256-identity.js';

const handshakeMs = 150;
let listener: TestListener;
const sockets: Socket[] = [];
beforeEach(async () => {
	listener = await openListener(testNetwork({handshakeMs}).network);
});
afterEach(async () => {
	for (const socket of sockets.splice(0)) socket.destroy();
	await listener.close();
});

/** A TLS client that is not ours. */
function openTls(options: ConnectionOptions) {
	const socket = connectTls({
		port: listener.address.port,
		host: '127.0.0.1',
		rejectUnauthorized: false,
		...options,
	});
	socket.on('error', () => undefined);
	sockets.push(socket);
	return socket;
}

async function rawOutcome() {
	const {classified} = await listener.nextOutcome();
	if (classified?.kind !== 'raw') throw new Error('not raw');
	return {
		tls: classified.tls,
		recorder: new ConnectionRecorder(classified.connection),
	};
}

describe('raw', () => {
	test('any other first byte is raw, and reaches the connection once', async () => {
		const client = await listener.connect();
		client.write('hi');
		const {tls, recorder} = await rawOutcome();
		expect(tls).toBe(false);
		client.end(' there');
		await recorder.saw('ended');
		expect(recorder.text()).toBe('hi there');
		recorder.connection.write(Buffer.from('answer to a half-closed client'));
		recorder.connection.end();
		const [answer] = (await once(client, 'data')) as [Buffer];
		expect(answer.toString()).toBe('answer to a half-closed client');
	});

	test('an HTTP request is raw', async () => {
		const client = await listener.connect();
		const request = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
		client.write(request);
		const {recorder} = await rawOutcome();
		await recorder.until(() => recorder.text() === request);
	});

	test('stays raw whatever comes later, a ClientHello too', async () => {
		const client = await listener.connect();
		client.write('a');
		const {recorder} = await rawOutcome();
		client.write(Buffer.from([0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5]));
		await recorder.until(() => recorder.receivedBytes === 11);
	});

	test('a client that ends without a byte is raw and ended', async () => {
		const client = await listener.connect();
		client.end();
		const {recorder} = await rawOutcome();
		await recorder.saw('ended');
		recorder.connection.write(Buffer.from('for a listener only'));
		const [heard] = (await once(client, 'data')) as [Buffer];
		expect(heard.toString()).toBe('for a listener only');
	});

	test('a silent connection is unknown until it is claimed', async () => {
		const client = await listener.connect();
		const incoming = await listener.nextIncoming();
		incoming.claimAsRaw();
		incoming.claimAsRaw();
		const {recorder} = await rawOutcome();
		recorder.connection.write(Buffer.from('who are you?'));
		const [question] = (await once(client, 'data')) as [Buffer];
		expect(question.toString()).toBe('who are you?');
		// Its first byte no longer decides anything.
		client.write(Buffer.from([0x16, 1]));
		await recorder.until(() => recorder.receivedBytes === 2);
		expect([...recorder.bytes()]).toEqual([0x16, 1]);
	});

	test('silent connections have no deadline', async () => {
		await listener.connect();
		const silent = await listener.nextIncoming();
		// A handshake that began later runs into its deadline; the silent one does not.
		const slow = await listener.connect();
		slow.write(Buffer.from([0x16, 3, 1]));
		const outcome = await listener.nextOutcome();
		expect(outcome.incoming).not.toBe(silent);
		silent.claimAsRaw();
		expect((await listener.nextOutcome()).incoming).toBe(silent);
	});
});

describe('not classified', () => {
	test('half a handshake and then silence is closed at the deadline', async () => {
		const client = await listener.connect();
		client.write(Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1]));
		const outcome = await listener.nextOutcome();
		expect(outcome.error).toMatchObject({
			code: 'handshakeTimedOut',
			details: {host: '127.0.0.1', port: client.localPort},
		});
		await once(client, 'close');
	});

	test('half a handshake and then the end', async () => {
		const client = await listener.connect();
		client.end(Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1]));
		const outcome = await listener.nextOutcome();
		expect(outcome.error?.code).toBe('notSockterm');
	});

	test('half a handshake and then a reset', async () => {
		const client = await listener.connect();
		client.write(Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1]), () => {
			client.resetAndDestroy();
		});
		const outcome = await listener.nextOutcome();
		expect(outcome.error?.code).toBe('connectionReset');
	});

	test('0x16 and then garbage', async () => {
		const client = await listener.connect();
		client.write(Buffer.from([0x16, ...Buffer.from('garbage, much of it')]));
		const outcome = await listener.nextOutcome();
		expect(outcome.error?.code).toBe('notSockterm');
		await once(client, 'close');
	});

	test('a reset before the first byte', async () => {
		const client = await listener.connect();
		await listener.nextIncoming();
		client.resetAndDestroy();
		const outcome = await listener.nextOutcome();
		expect(outcome).toMatchObject({
			closed: true,
			error: {code: 'connectionReset'},
		});
	});

	test('destroyed by us: closed, and no error', async () => {
		await listener.connect();
		const incoming = await listener.nextIncoming();
		incoming.destroy();
		const outcome = await listener.nextOutcome();
		expect(outcome.closed).toBe(true);
		expect(outcome.error).toBeUndefined();
	});

	test('another TLS version', async () => {
		openTls({maxVersion: 'TLSv1.2'});
		const outcome = await listener.nextOutcome();
		expect(outcome.error?.code).toBe('notSockterm');
	});

	test('another ALPN name', async () => {
		openTls({ALPNProtocols: ['h2', 'http/1.1']});
		const outcome = await listener.nextOutcome();
		expect(outcome.error?.code).toBe('notSockterm');
	});

	test.each(['sockterm/1', 'sockterm-lane/1'])(
		'%s without a certificate',
		async protocol => {
			openTls({ALPNProtocols: [protocol]});
			const outcome = await listener.nextOutcome();
			expect(outcome.error).toMatchObject({
				code: 'tlsFailed',
				details: {what: 'noCertificate'},
			});
		},
	);

	test('a certificate with another kind of key', async () => {
		openTls({ALPNProtocols: ['sockterm/1'], ...p256Identity});
		const outcome = await listener.nextOutcome();
		expect(outcome.error).toMatchObject({
			code: 'tlsFailed',
			details: {what: 'keyNotEd25519'},
		});
	});

	test('a certificate without its key proves nothing', async () => {
		// Node refuses to present a stolen certificate with another key; so does OpenSSL.
		const stolen = createIdentity().certificatePem;
		const own = generateKeyPairSync('ed25519').privateKey;
		expect(() =>
			openTls({
				ALPNProtocols: ['sockterm/1'],
				cert: stolen,
				key: own.export({type: 'pkcs8', format: 'pem'}),
			}),
		).toThrow();
	});
});

describe('TLS', () => {
	test('without ALPN and certificate it is raw inside TLS', async () => {
		const client = openTls({});
		await once(client, 'secureConnect');
		expect(client.getProtocol()).toBe('TLSv1.3');
		expect(client.getCipher().name).toBe('TLS_AES_128_GCM_SHA256');
		client.write('hello');
		const {tls, recorder} = await rawOutcome();
		expect(tls).toBe(true);
		await recorder.until(() => recorder.text() === 'hello');
		recorder.connection.write(Buffer.from('back'));
		const [back] = (await once(client, 'data')) as [Buffer];
		expect(back.toString()).toBe('back');
	});

	test.each([
		['sockterm/1', 'peer'],
		['sockterm-lane/1', 'lane'],
	])('%s is a %s whose key was proved', async (protocol, kind) => {
		const identity = createIdentity();
		openTls({
			ALPNProtocols: [protocol],
			cert: identity.certificatePem,
			key: identity.privateKeyPem,
		});
		const {classified} = await listener.nextOutcome();
		expect(classified?.kind).toBe(kind);
		if (classified?.kind === 'raw') throw new Error('raw');
		expect(classified?.connection.peerId).toBe(identity.peerId);
	});

	test('sessions are not resumed', async () => {
		const identity = createIdentity();
		const options = {
			ALPNProtocols: ['sockterm/1'],
			cert: identity.certificatePem,
			key: identity.privateKeyPem,
		};
		const first = openTls(options);
		const {classified} = await listener.nextOutcome();
		classified?.connection.write(Buffer.from('x'));
		const [session] = (await once(first, 'session')) as [Buffer];
		const second = openTls({...options, session});
		await once(second, 'secureConnect');
		expect(second.isSessionReused()).toBe(false);
		expect((await listener.nextOutcome()).classified?.kind).toBe('peer');
	});

	test('a ClientHello that arrives byte by byte', async () => {
		const {network, identity} = testNetwork();
		const patient = await openListener(network);
		const relay = await openRelay(patient.address.port);
		const client = openTls({
			port: relay.port,
			ALPNProtocols: ['sockterm/1'],
			cert: identity.certificatePem,
			key: identity.privateKeyPem,
		});
		expect((await patient.nextOutcome()).classified?.kind).toBe('peer');
		client.destroy();
		relay.close();
		await patient.close();
	});
});

/** Passes the first bytes of one client on one at a time. */
async function openRelay(port: number) {
	const server = createServer(client => {
		const upstream = connectNet({port, host: '127.0.0.1', noDelay: true});
		sockets.push(client, upstream);
		for (const socket of [client, upstream])
			socket.on('error', () => undefined);
		upstream.pipe(client);
		client.on('data', bytes => {
			for (const byte of bytes) upstream.write(Buffer.of(byte));
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('pipe');
	return {
		port: address.port,
		close() {
			server.close();
		},
	};
}
