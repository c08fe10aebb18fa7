/** Relays and rules on real sockets, through the engine as the program composes it. */
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {createServer, type AddressInfo, type Socket} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {noImpairment, type PeerKey} from '../../source/engine/index.js';
import {limits} from '../../source/limits.js';
import {
	compose,
	connectSocket,
	loopback,
	stopAll,
	type Composed,
} from './composed.js';

const closers: Array<() => void> = [];

afterEach(async () => {
	for (const close of closers.splice(0)) close();
	await stopAll();
});

/** A server; `accepted` is the next connection to it. */
async function serve() {
	const server = createServer({allowHalfOpen: true});
	server.listen(0, loopback);
	await once(server, 'listening');
	closers.push(() => server.close());
	return {
		port: (server.address() as AddressInfo).port,
		async accepted() {
			const [socket] = (await once(server, 'connection')) as [Socket];
			closers.push(() => socket.destroy());
			socket.on('error', () => undefined);
			return socket;
		},
	};
}

/** A client, the server's end, and the row between them. */
async function joined() {
	const alice = await compose('alice');
	const server = await serve();
	alice.engine.dispatch({
		type: 'listener/open',
		kind: 'tcp',
		host: loopback,
		port: 0,
		purpose: {
			kind: 'relay',
			target: {kind: 'raw', host: loopback, port: server.port},
		},
	});
	const {port} = await alice.until(
		'listener/bound',
		({options}) => options?.purpose?.kind === 'relay',
	);
	const accepted = server.accepted();
	const connected = alice.until('peer/connected');
	const client = await connectSocket(port);
	client.on('error', () => undefined);
	const [there, {peer}] = await Promise.all([accepted, connected]);
	return {alice, client, there, peer};
}

async function readAll(socket: Socket, lengthBytes: number): Promise<Buffer> {
	const pieces: Buffer[] = [];
	let bytes = 0;
	for await (const piece of socket.iterator({destroyOnReturn: false})) {
		pieces.push(piece as Buffer);
		bytes += (piece as Buffer).length;
		if (bytes >= lengthBytes) break;
	}

	return Buffer.concat(pieces);
}

/** Bytes that are cheap to show. */
const randomText = (length: number) =>
	Buffer.from(randomBytes(length).toString('base64')).subarray(0, length);

const heldBytes = (side: Composed, peer: PeerKey) =>
	side.engine.getState().streams.get(peer)?.pieces.weight ?? 0;

describe('a relay', () => {
	test('carries 10 MiB each way, equal, and keeps a bounded part of it', async () => {
		const {alice, client, there, peer} = await joined();
		const sizeBytes = 10 * 1024 * 1024;
		const [question, answer] = [randomText(sizeBytes), randomText(sizeBytes)];
		client.write(question);
		there.write(answer);
		const [arrived, came] = await Promise.all([
			readAll(there, sizeBytes),
			readAll(client, sizeBytes),
		]);
		expect(arrived.equals(question)).toBe(true);
		expect(came.equals(answer)).toBe(true);
		const stream = alice.engine.getState().streams.get(peer)!;
		expect(stream.receivedBytes).toBe(sizeBytes);
		expect(stream.sentBytes).toBe(sizeBytes);
		expect(heldBytes(alice, peer)).toBeLessThanOrEqual(
			limits.conversationBytes + 1024 * 1024,
		);
	});

	test('passes on the end of one side, and what the other still says, however long it takes', async () => {
		const {client, there} = await joined();
		client.end('question');
		expect(String(await readAll(there, 8))).toBe('question');
		if (!there.readableEnded) await once(there, 'end');
		there.write('slowly ');
		expect(String((await once(client, 'data'))[0])).toBe('slowly ');
		there.end('done');
		expect(String((await once(client, 'data'))[0])).toBe('done');
		await once(client, 'close');
	});

	test.each(['client', 'there'] as const)(
		'passes on a reset of %s',
		async who => {
			const both = await joined();
			const other = who === 'client' ? both.there : both.client;
			other.resume();
			const failed = once(other, 'error');
			both[who].resetAndDestroy();
			expect((await failed)[0]).toMatchObject({code: 'ECONNRESET'});
			const {error} = await both.alice.until('peer/left');
			expect(error?.code).toBe('connectionReset');
		},
	);

	test('lets a client without its server see a reset', async () => {
		const alice = await compose('alice');
		const {port: nobody} = await serve();
		closers.pop()!();
		alice.engine.dispatch({
			type: 'listener/open',
			kind: 'tcp',
			host: loopback,
			port: 0,
			purpose: {
				kind: 'relay',
				target: {kind: 'raw', host: loopback, port: nobody},
			},
		});
		const {port} = await alice.until(
			'listener/bound',
			({options}) => options?.purpose?.kind === 'relay',
		);
		const client = await connectSocket(port);
		client.resume();
		expect((await once(client, 'error'))[0]).toMatchObject({
			code: 'ECONNRESET',
		});
		const {error} = await alice.until('peer/left');
		expect(error?.code).toBe('connectionRefused');
	});

	test('lets a slow reader hold the sender back', async () => {
		const {alice, client, there, peer} = await joined();
		there.pause();
		const piece = randomText(256 * 1024);
		const all = 64 * 1024 * 1024;
		let written = 0;
		// Node tells how much of it the system has not taken.
		while (written < all) {
			client.write(piece);
			written += piece.length;
		}

		const stream = () => alice.engine.getState().streams.get(peer);
		// It stops somewhere: what came in stays the same while nobody reads.
		let before = -1;
		await expect
			.poll(
				() => {
					const now = stream()?.receivedBytes ?? 0;
					const isStill = now === before && now > 0;
					before = now;
					return isStill;
				},
				{interval: 500, timeout: 20_000},
			)
			.toBe(true);
		expect(before).toBeLessThan(all / 2);
		const arrived = readAll(there, all);
		expect((await arrived).length).toBe(all);
		expect(stream()?.receivedBytes).toBe(all);
	});

	test('delays what it is told to, and cuts it where it is told to', async () => {
		const {alice, client, there, peer} = await joined();
		alice.engine.dispatch({
			type: 'relay/impair',
			peer,
			towards: 'server',
			impairment: {...noImpairment, delayMs: 150, splitBytes: 1},
		});
		await alice.until('relay/impaired');
		const reads: string[] = [];
		there.on('data', bytes => reads.push(String(bytes)));
		const startedAt = performance.now();
		client.write('abcdef');
		await expect.poll(() => reads.join('')).toBe('abcdef');
		expect(performance.now() - startedAt).toBeGreaterThanOrEqual(145);
		expect(reads.length).toBeGreaterThan(1);
	});
});

describe('a rule', () => {
	test('answers real clients', async () => {
		const alice = await compose('alice');
		alice.engine.dispatch({
			type: 'rule/add',
			rule: {
				match: {kind: 'expression', source: '^ADD (\\d+) (\\d+)$'},
				action: {kind: 'answer', line: 'SUM $1+$2\\r\\n', notation: 'escapes'},
				dryRun: false,
			},
		});
		const client = await connectSocket(alice.tcpPort);
		client.write('ADD 1 2\r\nADD 30 4\r\n');
		expect(String(await readAll(client, 19))).toBe('SUM 1+2\r\nSUM 30+4\r\n');
	});
});
