/** A relay between two joined pairs of connections, over every plain transport: the client and the server must not see that it is there. */
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {createRelay, type Relay} from '../../source/engine/relay/relay.js';
import type {Connection} from '../../source/engine/ports.js';
import {
	noImpairment,
	type Impairment,
} from '../../source/protocol/impairment.js';
import {createRandom} from '../../source/util/random.js';
import {concatBytes} from '../../source/util/bytes.js';
import {limits} from '../../source/limits.js';
import {ConnectionRecorder} from '../helpers/connection-recorder.js';
import {transports} from './transports.js';

const clock = {
	now: () => Date.now(),
	after(delayMs: number, callback: () => void) {
		const timer = setTimeout(callback, delayMs);
		return () => {
			clearTimeout(timer);
		};
	},
};

const bytesOf = (text: string) => Buffer.from(text);

function pattern(length: number, seed: number): Uint8Array {
	const bytes = new Uint8Array(length);
	let state = seed;
	for (let index = 0; index < length; index++) {
		state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
		bytes[index] = state >>> 16;
	}

	return bytes;
}

/** Writes all of it, as fast as the other side takes it. */
async function writeAll(recorder: ConnectionRecorder, bytes: Uint8Array) {
	const piece = 60_000;
	for (let at = 0; at < bytes.length; at += piece) {
		const drains = recorder.drains;
		if (!recorder.connection.write(bytes.slice(at, at + piece))) {
			await recorder.until(() => recorder.drains > drains);
		}
	}
}

describe.each(
	transports.filter(({name}) => name === 'memory' || name === 'TCP'),
)('a relay over $name', transport => {
	let connect: () => Promise<{near: Connection; far: Connection}>;
	let close: () => Promise<void>;
	beforeEach(async () => {
		({connect, close} = await transport.open());
	});
	afterEach(async () => {
		await close();
	});

	async function joined() {
		const front = await connect();
		const back = await connect();
		const served: Uint8Array[] = [];
		const relay: Relay = createRelay({
			clock,
			random: createRandom(1),
			client: front.far,
			server: back.near,
			served(bytes) {
				served.push(bytes);
			},
		});
		return {
			relay,
			row: new ConnectionRecorder(relay.connection),
			client: new ConnectionRecorder(front.near),
			server: new ConnectionRecorder(back.far),
			served: () => concatBytes(served),
			ends: {client: front.far, server: back.near},
		};
	}

	const impair = (relay: Relay, changes: Partial<Impairment>) => {
		for (const side of ['client', 'server'] as const) {
			relay.impair(side, {...noImpairment, ...changes});
		}
	};

	test('carries 10 MiB each way, equal, and tells the row of both', async () => {
		const {client, server, row, served} = await joined();
		const there = pattern(10 * 1024 * 1024, 3);
		const back = pattern(10 * 1024 * 1024, 5);
		await Promise.all([
			writeAll(client, there),
			writeAll(server, back),
			server.until(() => server.receivedBytes === there.length),
			client.until(() => client.receivedBytes === back.length),
		]);
		expect(Buffer.compare(server.bytes(), there)).toBe(0);
		expect(Buffer.compare(client.bytes(), back)).toBe(0);
		expect(Buffer.compare(row.bytes(), there)).toBe(0);
		expect(Buffer.compare(served(), back)).toBe(0);
	}, 60_000);

	test('passes on the end of one side, and the other goes on', async () => {
		const {client, server, row} = await joined();
		client.connection.write(bytesOf('question'));
		client.connection.endSending();
		await server.saw('ended');
		expect(server.text()).toBe('question');
		expect(client.has('ended')).toBe(false);
		server.connection.write(bytesOf('answer'));
		server.connection.end();
		await client.saw('ended');
		expect(client.text()).toBe('answer');
		await row.saw('closed');
		expect(row.closes).toEqual([undefined]);
	});

	test.each(['client', 'server'] as const)(
		'passes on that the %s broke off',
		async who => {
			const both = await joined();
			const other = who === 'client' ? both.server : both.client;
			both.client.connection.write(bytesOf('x'));
			await both.server.saw('data');
			both[who].connection.reset();
			await other.saw('closed');
			expect(other.closes[0]?.code).toBe('connectionReset');
			await both.row.saw('closed');
			expect(both.row.closes[0]?.code).toBe('connectionReset');
		},
	);

	test('a side that does not read holds the other back', async () => {
		const {client, server, relay, ends} = await joined();
		server.connection.pause();
		const all = 40 * 1024 * 1024;
		let written = 0;
		let isHeld = false;
		let refills = 0;
		// Until the writer is told to wait, and nothing drains for a while.
		while (!isHeld && written < all) {
			const drains = client.drains;
			written += 64 * 1024;
			if (client.connection.write(pattern(64 * 1024, written))) continue;
			const drained = await Promise.race([
				client.until(() => client.drains > drains).then(() => true),
				new Promise<boolean>(resolve => {
					setTimeout(resolve, 500, false);
				}),
			]);
			refills++;
			isHeld = !drained;
		}

		expect(refills).toBeGreaterThan(0);
		expect(isHeld).toBe(true);
		// Within the relay, as opposed to the buffers of the system.
		expect(ends.server.queuedBytes()).toBeLessThan(
			limits.relayHeldBytes + 1024 * 1024,
		);
		expect(relay.connection.queuedBytes()).toBeLessThan(1024);
		server.connection.resume();
		await server.until(() => server.receivedBytes === written);
	}, 60_000);

	test('property: whatever only delays and cuts leaves the bytes as they are', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer({min: 1, max: 3000}), {
					minLength: 1,
					maxLength: 8,
				}),
				fc.record({
					delayMs: fc.nat(5),
					jitterMs: fc.nat(5),
					splitBytes: fc.constantFrom(0, 0, 500),
					joinMs: fc.nat(5),
					rate: fc.constantFrom(0, 2_000_000),
				}),
				async (lengths, changes) => {
					const {client, server, relay} = await joined();
					impair(relay, changes);
					const pieces = lengths.map((length, index) =>
						pattern(length, index + 1),
					);
					for (const piece of pieces) {
						client.connection.write(piece.slice());
						server.connection.write(piece.slice());
					}

					// The end must not overtake what is delayed.
					client.connection.endSending();
					server.connection.endSending();
					await Promise.all([client.saw('closed'), server.saw('closed')]);
					const sent = Buffer.concat(pieces);
					expect(Buffer.compare(client.bytes(), sent)).toBe(0);
					expect(Buffer.compare(server.bytes(), sent)).toBe(0);
				},
			),
			{numRuns: 12},
		);
	}, 60_000);

	test('injects into either side', async () => {
		const {client, server, relay} = await joined();
		relay.inject('server', bytesOf('to the server'));
		relay.inject('client', bytesOf('to the client'));
		await Promise.all([client.saw('data'), server.saw('data')]);
		expect(client.text()).toBe('to the client');
		expect(server.text()).toBe('to the server');
	});

	test('what the row writes goes to the client, and is told when it is taken', async () => {
		const {client, row, relay} = await joined();
		impair(relay, {delayMs: 5});
		const taken = Promise.withResolvers<void>();
		row.connection.write(bytesOf('a'));
		row.connection.write(bytesOf('b'), taken.resolve);
		await taken.promise;
		await client.until(() => client.receivedBytes === 2);
		expect(client.text()).toBe('ab');
	});

	test('drops all, and tells nobody who waits that it is lost for ever', async () => {
		const {client, server, row, relay} = await joined();
		impair(relay, {dropChance: 1});
		const taken = Promise.withResolvers<void>();
		row.connection.write(bytesOf('a'), taken.resolve);
		await taken.promise;
		client.connection.write(bytesOf('b'));
		await row.saw('data');
		impair(relay, {});
		client.connection.write(bytesOf('c'));
		await server.until(() => server.text().endsWith('c'));
		expect(server.text()).toBe('c');
		expect(client.receivedBytes).toBe(0);
	});

	test('ends one side alone when it is told to', async () => {
		const {client, server, relay, row} = await joined();
		relay.halfClose('client');
		await client.saw('ended');
		client.connection.write(bytesOf('still here'));
		await server.until(() => server.receivedBytes === 10);
		expect(server.has('ended')).toBe(false);
		client.connection.end();
		await server.saw('ended');
		server.connection.end();
		await row.saw('closed');
	});

	test.each(['end', 'destroy', 'reset'] as const)(
		'%s of the row closes both',
		async how => {
			const {client, server, row, relay} = await joined();
			client.connection.write(bytesOf('x'));
			await server.saw('data');
			impair(relay, {delayMs: 10_000});
			client.connection.write(bytesOf('never'));
			await row.until(() => row.receivedBytes === 6);
			row.connection[how]();
			await Promise.all([
				client.until(() => client.has('ended') || client.has('closed')),
				server.until(() => server.has('ended') || server.has('closed')),
			]);
			client.connection.end();
			server.connection.end();
			await row.saw('closed');
			expect(row.closes).toHaveLength(1);
			expect(server.text()).toBe('x');
		},
	);
});
