import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {platform} from 'node:os';
import {afterEach, describe, expect, test} from 'vitest';
import type {Address, DatagramSocket} from '../../source/engine/ports.js';
import {openUdp} from '../../source/transport/udp.js';

const open: DatagramSocket[] = [];
afterEach(async () => {
	await Promise.all(open.splice(0).map(async socket => socket.close()));
});

interface Received {
	readonly bytes: Uint8Array;
	readonly from: Address;
}

async function listen(options: {host?: string; port?: number} = {}) {
	const received: Received[] = [];
	let waiting: (() => void) | undefined;
	const socket = await openUdp(
		{port: 0, ...options},
		{
			received(bytes, from) {
				received.push({bytes, from});
				waiting?.();
			},
			failed(error) {
				throw new Error(error.code);
			},
		},
	);
	open.push(socket);
	return {
		socket,
		received,
		port: socket.address.port,
		async until(count: number) {
			while (received.length < count) {
				await new Promise<void>(resolve => {
					waiting = resolve;
				});
			}
		},
	};
}

async function turn() {
	await new Promise(resolve => {
		setImmediate(resolve);
	});
}

async function codeOf(promise: Promise<unknown>) {
	return promise.then(
		() => 'done',
		(error: {info: {code: string}}) => error.info.code,
	);
}

describe('UDP', () => {
	test('sends and answers from the listening port, IPv4, IPv6 and by name', async () => {
		const one = await listen();
		const two = await listen();
		const hosts = ['127.0.0.1', 'localhost'];
		if (one.socket.address.host === '::') hosts.push('::1', '::ffff:127.0.0.1');
		for (const [index, host] of hosts.entries()) {
			await one.socket.send(Buffer.from(host), {host, port: two.port});
			await two.until(index + 1);
			const {bytes, from} = two.received[index]!;
			expect(Buffer.from(bytes).toString()).toBe(host);
			expect(from.port).toBe(one.port);
			expect(['127.0.0.1', '::1']).toContain(from.host);
			await two.socket.send(bytes, from);
			await one.until(index + 1);
			expect(one.received[index]?.from.port).toBe(two.port);
		}

		expect(two.received[0]?.from.host).toBe('127.0.0.1');
	});

	test('carries the empty datagram and the largest, not one byte more', async () => {
		const {socket} = await listen({host: '127.0.0.1'});
		const there = await listen();
		const target = {host: '127.0.0.1', port: there.port};
		await socket.send(new Uint8Array(), target);
		await socket.send(new Uint8Array(65_507).fill(7), target);
		await there.until(2);
		expect(there.received.map(({bytes}) => bytes.length)).toEqual([0, 65_507]);
		expect(await codeOf(socket.send(new Uint8Array(65_508), target))).toBe(
			'datagramTooLong',
		);
	});

	test('a taken port is named, even where the other allows sharing', async () => {
		const {port} = await listen();
		expect(await codeOf(listen({port}))).toBe('portTaken');
		expect(await codeOf(listen({port, host: '127.0.0.1'}))).toBe('portTaken');
		const sharing = createSocket({type: 'udp4', reuseAddr: true});
		sharing.bind(0, '127.0.0.1');
		await once(sharing, 'listening');
		const taken = sharing.address().port;
		expect(await codeOf(listen({port: taken, host: '127.0.0.1'}))).toBe(
			'portTaken',
		);
		sharing.close();
	});

	test('where it cannot listen or send', async () => {
		expect(await codeOf(listen({host: '203.0.113.9'}))).toBe(
			'addressUnavailable',
		);
		expect(await codeOf(listen({host: 'no-such-host.invalid'}))).toBe(
			'noSuchInterface',
		);
		const {socket} = await listen({host: '127.0.0.1'});
		const bytes = Buffer.from('x');
		const send = async (host: string, port: number) =>
			codeOf(socket.send(bytes, {host, port}));
		expect(await send('no-such-host.invalid', 9)).toBe('hostUnknown');
		expect(await send('::1', 9)).toBe('unreachable');
		expect(await send('', 9)).toBe('badAddress');
		expect(await send('127.0.0.1', 0)).toBe('badAddress');
		// Nobody there: UDP does not say.
		expect(await send('127.0.0.1', 9)).toBe('done');
		await socket.close();
		await socket.close();
		expect(await send('127.0.0.1', 9)).toBe('udpNotListening');
		expect(await socket.kernelDrops()).toBeUndefined();
	});

	test.runIf(platform() === 'linux').each([undefined, '127.0.0.1'])(
		'received and dropped by the kernel are all that was sent (%s)',
		async host => {
			const there = await listen(host === undefined ? {} : {host});
			expect(await there.socket.kernelDrops()).toBe(0);
			// Nothing is read before this loop is over: 16 MB into a buffer of 8 at most.
			const count = 16_000;
			const sender = createSocket('udp4');
			sender.bind(0, '127.0.0.1');
			await once(sender, 'listening');
			sender.connect(there.port, '127.0.0.1');
			await once(sender, 'connect');
			const bytes = Buffer.alloc(1000, 1);
			const sent = Array.from(
				{length: count},
				async () =>
					new Promise<void>((resolve, reject) => {
						sender.send(bytes, error => {
							if (error) reject(error);
							else resolve();
						});
					}),
			);
			await Promise.all(sent);
			sender.close();
			const accounted = async () =>
				there.received.length + ((await there.socket.kernelDrops()) ?? 0);
			while ((await accounted()) < count) await turn();
			for (let more = 0; more < 10; more++) await turn();
			expect(await accounted()).toBe(count);
			expect(await there.socket.kernelDrops()).toBeGreaterThan(0);
			expect(there.received.length).toBeGreaterThan(1000);
		},
	);
});
