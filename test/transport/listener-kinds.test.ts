/** Listeners that want less than everything, and those who may not come in. */
import {once} from 'node:events';
import {connect as connectTls} from 'node:tls';
import {describe, expect, test} from 'vitest';
import type {TcpListenOptions} from '../../source/engine/ports.js';
import {SocktermError} from '../../source/errors.js';
import {listenHost} from '../../source/transport/listen-host.js';
import {ConnectionRecorder} from '../helpers/connection-recorder.js';
import {closeOf, never, openListener, testNetwork} from './helpers.js';

const open = async (
	options: Partial<TcpListenOptions>,
	limits?: Parameters<typeof testNetwork>[0],
) => openListener(testNetwork(limits).network, options);

describe('raw', () => {
	test('is raw before any byte, and speaks first', async () => {
		const listener = await open({classify: 'raw'});
		const socket = await listener.connect();
		const {classified} = await listener.nextOutcome();
		expect(classified?.kind).toBe('raw');
		const server = new ConnectionRecorder(classified!.connection);
		server.connection.write(Buffer.from('hello'));
		const [greeting] = (await once(socket, 'data')) as [Buffer];
		expect(greeting.toString()).toBe('hello');
		await listener.close();
	});

	test('a byte that begins a TLS handshake is a byte', async () => {
		const listener = await open({classify: 'raw'});
		const socket = await listener.connect();
		const {classified} = await listener.nextOutcome();
		const server = new ConnectionRecorder(classified!.connection);
		socket.write(Buffer.from([0x16, 0x03, 0x01]));
		await server.until(({receivedBytes}) => receivedBytes === 3);
		expect([...server.bytes()]).toEqual([0x16, 3, 1]);
		await listener.close();
	});
});

describe('tls', () => {
	test('plain bytes end it', async () => {
		const listener = await open({classify: 'tls'});
		const socket = await listener.connect();
		socket.write('GET / HTTP/1.0\r\n\r\n');
		const {error} = await listener.nextOutcome();
		expect(error?.code).toBe('notTls');
		await closeOf(socket);
		await listener.close();
	});

	test('silence ends it in the time of a handshake, from the accept', async () => {
		const listener = await open({classify: 'tls'}, {handshakeMs: 50});
		const socket = await listener.connect();
		const {error} = await listener.nextOutcome();
		expect(error?.code).toBe('handshakeTimedOut');
		await closeOf(socket);
		await listener.close();
	});

	test('an end without a byte is nothing to speak of', async () => {
		const listener = await open({classify: 'tls'});
		const socket = await listener.connect();
		socket.end();
		const {closed, error} = await listener.nextOutcome();
		expect({closed, error}).toEqual({closed: true, error: undefined});
		await listener.close();
	});

	test('it cannot be made raw', async () => {
		const listener = await open({classify: 'tls'}, {handshakeMs: 50});
		await listener.connect();
		const incoming = await listener.nextIncoming();
		incoming.claimAsRaw();
		const {error} = await listener.nextOutcome();
		expect(error?.code).toBe('handshakeTimedOut');
		await listener.close();
	});

	test('any client with TLS is raw inside it; a peer is a peer', async () => {
		const listener = await open({classify: 'tls'});
		const client = connectTls({
			port: listener.address.port,
			host: '127.0.0.1',
			rejectUnauthorized: false,
		});
		const first = await listener.nextOutcome();
		expect(first.classified).toMatchObject({kind: 'raw', tls: true});
		client.destroy();
		const {network} = testNetwork();
		const near = await network.dial(listener.address, 'peer', never);
		const second = await listener.nextOutcome();
		expect(second.classified?.kind).toBe('peer');
		near.destroy();
		await listener.close();
	});
});

describe('who may come in', () => {
	test('is asked by address; who may not is closed at once and told', async () => {
		const asked: string[] = [];
		let isOpen = false;
		const listener = await open({
			admits(host) {
				asked.push(host);
				return isOpen;
			},
		});
		const stranger = await listener.connect();
		await closeOf(stranger);
		expect(asked).toEqual(['127.0.0.1']);
		expect(listener.incoming).toEqual([]);
		expect(listener.refused).toMatchObject([
			{code: 'addressDenied', details: {host: '127.0.0.1'}},
		]);
		isOpen = true;
		const guest = await listener.connect();
		guest.write('x');
		expect((await listener.nextOutcome()).classified?.kind).toBe('raw');
		await listener.close();
	});
});

describe('interfaces', () => {
	test('a listener can be put on one by its name', async () => {
		const listener = await open({host: 'lo'});
		expect(listener.address.host).toBe('127.0.0.1');
		await listener.close();
	});

	const named = (name: string, ipv4: string[], ipv6: string[]) => ({
		name,
		ipv4,
		ipv6,
		identity: name,
	});

	test.each([
		[named('e0', ['192.0.2.7'], ['2001:db8::7']), '192.0.2.7'],
		[named('e0', [], ['2001:db8::7', 'fe80::7']), '2001:db8::7'],
		[named('e0', [], ['fe80::7']), 'fe80::7%e0'],
	])('of %j the address is %s', (each, address) => {
		expect(listenHost('e0', [each])).toBe(address);
	});

	test('one without an address is told; addresses and other names are left alone', () => {
		const code = (host: string) => {
			try {
				return listenHost(host, [named('e0', [], [])]);
			} catch (error) {
				return error instanceof SocktermError ? error.info.code : error;
			}
		};

		expect(code('e0')).toBe('interfaceUnusable');
		expect(code('127.0.0.1')).toBe('127.0.0.1');
		expect(code('fe80::1%e0')).toBe('fe80::1%e0');
		expect(code('localhost')).toBe('localhost');
		expect(code('..')).toBe('..');
	});
});
