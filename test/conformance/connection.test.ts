import * as fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Connection} from '../../source/engine/ports.js';
import {ConnectionRecorder} from '../helpers/connection-recorder.js';
import {transports} from './transports.js';

const MiB = 1024 * 1024;

function pattern(length: number, seed = 1): Uint8Array {
	const bytes = new Uint8Array(length);
	let state = seed;
	for (let index = 0; index < length; index++) {
		state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
		bytes[index] = state >>> 16;
	}

	return bytes;
}

/** Lets everything happen that has been caused already. */
async function turns(count = 20): Promise<void> {
	for (let turn = 0; turn < count; turn++) {
		await new Promise(resolve => {
			setImmediate(resolve);
		});
	}
}

describe.each(transports)('a connection over $name', transport => {
	let connect: () => Promise<{near: Connection; far: Connection}>;
	let close: () => Promise<void>;
	beforeEach(async () => {
		({connect, close} = await transport.open());
	});
	afterEach(async () => {
		await close();
	});

	async function recorded() {
		const {near, far} = await connect();
		return {
			near: new ConnectionRecorder(near),
			far: new ConnectionRecorder(far),
		};
	}

	test('names both of its ends', async () => {
		const {near, far} = await connect();
		expect(near.local).toEqual(far.remote);
		expect(near.remote).toEqual(far.local);
		expect(near.remote.host).toBe('127.0.0.1');
	});

	test('carries bytes in order, however they are cut', async () => {
		const {near, far} = await recorded();
		const lengths = fc.array(fc.integer({min: 0, max: 70_000}), {
			minLength: 1,
			maxLength: 12,
		});
		let expected = 0;
		await fc.assert(
			fc.asyncProperty(lengths, fc.boolean(), async (cuts, together) => {
				const before = expected;
				const pieces = cuts.map((length, index) => pattern(length, index + 1));
				for (const piece of pieces) expected += piece.length;
				if (together) near.connection.writeMany(pieces);
				else for (const piece of pieces) near.connection.write(piece);
				await far.until(() => far.receivedBytes >= expected);
				const sent = Buffer.concat(pieces);
				expect(sent.equals(far.bytes().subarray(before))).toBe(true);
			}),
			{numRuns: 15},
		);
	});

	test('carries both directions at once', async () => {
		const {near, far} = await recorded();
		const there = pattern(300_000, 7);
		const back = pattern(200_000, 9);
		near.connection.write(there);
		far.connection.write(back);
		await Promise.all([
			far.until(() => far.receivedBytes === there.length),
			near.until(() => near.receivedBytes === back.length),
		]);
		expect(Buffer.from(there).equals(far.bytes())).toBe(true);
		expect(Buffer.from(back).equals(near.bytes())).toBe(true);
	});

	test('carries 4 MiB and 3 bytes in one write', async () => {
		const {near, far} = await recorded();
		const large = pattern(4 * MiB + 3);
		expect(near.connection.write(large)).toBe(false);
		await far.until(() => far.receivedBytes === large.length);
		expect(Buffer.from(large).equals(far.bytes())).toBe(true);
		await near.saw('drained');
		expect(near.connection.queuedBytes()).toBe(0);
	});

	test('takes an empty write', async () => {
		const {near, far} = await recorded();
		expect(near.connection.write(new Uint8Array())).toBe(true);
		expect(near.connection.writeMany([])).toBe(true);
		const flushed = new Promise<void>(resolve => {
			near.connection.write(new Uint8Array(), resolve);
		});
		await flushed;
		near.connection.write(Buffer.from('after'));
		await far.until(() => far.text() === 'after');
	});

	test('says when bytes were taken by the system, in their order', async () => {
		const {near, far} = await recorded();
		const taken: number[] = [];
		const all = Promise.withResolvers<void>();
		for (const [index, size] of [10, 500_000, 0, 1].entries()) {
			near.connection.write(pattern(size), () => {
				taken.push(index);
				if (index === 3) all.resolve();
			});
		}

		await all.promise;
		expect(taken).toEqual([0, 1, 2, 3]);
		await far.until(() => far.receivedBytes === 500_011);
	});

	test('loses nothing that came before start', async () => {
		const {near, far} = await connect();
		near.write(Buffer.from('early '));
		near.write(Buffer.from('bird'));
		near.end();
		await turns();
		const late = new ConnectionRecorder(far);
		expect(late.events).toEqual([]);
		await late.saw('ended');
		expect(late.text()).toBe('early bird');
		expect(late.events).toEqual(['data', 'ended']);
	});

	test('writes before start, and pauses before start', async () => {
		const {near, far} = await connect();
		near.write(Buffer.from('hello'));
		far.pause();
		const reader = new ConnectionRecorder(far);
		await turns();
		expect(reader.events).toEqual([]);
		far.resume();
		await reader.until(() => reader.text() === 'hello');
	});

	test('closes in half: the end of one side leaves the other open', async () => {
		const {near, far} = await recorded();
		near.connection.write(Buffer.from('question'));
		near.connection.end();
		await far.saw('ended');
		expect(far.text()).toBe('question');
		expect(far.has('closed')).toBe(false);
		far.connection.write(Buffer.from('answer'));
		await near.until(() => near.text() === 'answer');
		expect(near.has('closed')).toBe(false);
		far.connection.end();
		await Promise.all([near.saw('closed'), far.saw('closed')]);
		expect(near.events).toEqual(['data', 'ended', 'closed']);
		expect(far.events).toEqual(['data', 'ended', 'closed']);
		expect([near.closes, far.closes]).toEqual([[undefined], [undefined]]);
	});

	test('sends what is queued before it ends', async () => {
		const {near, far} = await recorded();
		const large = pattern(2 * MiB);
		near.connection.write(large);
		near.connection.end();
		await far.saw('ended');
		expect(Buffer.from(large).equals(far.bytes())).toBe(true);
		far.connection.end();
		await near.saw('closed');
		expect(near.closes).toEqual([undefined]);
	});

	test.each(['near', 'far'] as const)(
		'closes once after destroy on the %s side',
		async side => {
			const ends = await recorded();
			const one = ends[side];
			const two = side === 'near' ? ends.far : ends.near;
			one.connection.write(Buffer.from('x'));
			await two.saw('data');
			one.connection.destroy();
			one.connection.destroy();
			await one.saw('closed');
			await two.until(() => two.has('ended') || two.has('closed'));
			two.connection.end();
			await two.saw('closed');
			two.connection.destroy();
			one.connection.end();
			await turns();
			expect([one.closes.length, two.closes.length]).toEqual([1, 1]);
			expect(one.closes).toEqual([undefined]);
			expect([one.events.at(-1), two.events.at(-1)]).toEqual([
				'closed',
				'closed',
			]);
		},
	);

	test('closes once when both sides destroy', async () => {
		const {near, far} = await recorded();
		near.connection.destroy();
		far.connection.destroy();
		await Promise.all([near.saw('closed'), far.saw('closed')]);
		await turns();
		expect([near.closes, far.closes]).toEqual([[undefined], [undefined]]);
	});

	test('says closed to whoever starts it too late', async () => {
		const {near, far} = await connect();
		near.destroy();
		far.destroy();
		await turns();
		const late = new ConnectionRecorder(near);
		expect(late.events).toEqual([]);
		await late.saw('closed');
		expect(late.closes).toEqual([undefined]);
	});

	test('delivers nothing after destroy', async () => {
		const {near, far} = await connect();
		const reader = new ConnectionRecorder(far, () => {
			far.destroy();
		});
		near.write(pattern(3 * MiB));
		await reader.saw('closed');
		const seen = reader.receivedBytes;
		await turns();
		expect(reader.receivedBytes).toBe(seen);
		expect(reader.events).toEqual(['data', 'closed']);
	});

	test('every method is harmless after closed', async () => {
		const {near, far} = await recorded();
		near.connection.destroy();
		await near.saw('closed');
		const bytes = Buffer.from('too late');
		let flushed = 0;
		expect(near.connection.write(bytes, () => flushed++)).toBe(true);
		expect(near.connection.writeMany([bytes, bytes])).toBe(true);
		expect(near.connection.queuedBytes()).toBe(0);
		near.connection.pause();
		near.connection.resume();
		near.connection.end();
		near.connection.destroy();
		far.connection.end();
		await far.saw('closed');
		await turns();
		expect(near.events).toEqual(['closed']);
		expect(far.receivedBytes).toBe(0);
		expect(flushed).toBe(0);
	});

	test('ignores what is written after end', async () => {
		const {near, far} = await recorded();
		near.connection.write(Buffer.from('one'));
		near.connection.end();
		expect(near.connection.write(Buffer.from('two'))).toBe(true);
		await far.saw('ended');
		expect(far.text()).toBe('one');
	});

	test('a reader that does not read stops the writer', async () => {
		const {near, far} = await recorded();
		far.connection.pause();
		const chunk = pattern(MiB);
		let written = 0;
		while (near.connection.write(chunk)) written += chunk.length;
		written += chunk.length;
		// Go on as a writer that obeys: it must come to a stop for good.
		while (written < 64 * MiB) {
			const drains = near.events.filter(event => event === 'drained').length;
			await turns(50);
			const after = near.events.filter(event => event === 'drained').length;
			if (after === drains) break;
			near.connection.write(chunk);
			written += chunk.length;
		}

		expect(written).toBeLessThan(64 * MiB);
		const queued = near.connection.queuedBytes();
		expect(queued).toBeGreaterThan(0);
		expect(queued).toBeLessThanOrEqual(2 * MiB);
		const before = far.receivedBytes;
		await turns(50);
		expect(far.receivedBytes).toBe(before);
		far.connection.resume();
		await far.until(() => far.receivedBytes === written);
		await near.until(() => near.connection.queuedBytes() === 0);
		expect(near.events.at(-1)).toBe('drained');
	});
});
