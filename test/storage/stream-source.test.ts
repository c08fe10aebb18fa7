/** A pipe as an entry: sent once, as it comes, never read faster than it is asked for. */
import {PassThrough, Readable} from 'node:stream';
import * as fc from 'fast-check';
import {expect, it} from 'vitest';
import type {SourceReader} from '../../source/engine/ports.js';
import {limits} from '../../source/limits.js';
import {createStreamEntry} from '../../source/storage/stream-source.js';
import {concatBytes} from '../../source/util/bytes.js';
import {blake3, errorOf, systemError} from './helpers.js';

const block = limits.blockBytes;

async function readAll(reader: SourceReader): Promise<Uint8Array[]> {
	const chunks: Uint8Array[] = [];
	for (;;) {
		const chunk = await reader.read();
		if (chunk.length === 0) return chunks;
		chunks.push(Uint8Array.from(chunk));
		reader.recycle(chunk);
	}
}

it('is a stream of unknown size with a name', async () => {
	const before = Date.now();
	const entry = createStreamEntry('backup.tar', Readable.from([]));
	expect(entry).toMatchObject({
		kind: 'stream',
		path: ['backup.tar'],
		sizeBytes: 0,
	});
	expect(entry.mtimeMs).toBeGreaterThanOrEqual(before);
	expect(await entry.compare(new Uint8Array(64), () => false)).toEqual([
		false,
		false,
	]);
});

it('gives all bytes and their digest, however they come', async () => {
	const pieces = fc.array(fc.uint8Array({minLength: 1, maxLength: 40_000}), {
		maxLength: 12,
	});
	await fc.assert(
		fc.asyncProperty(
			pieces,
			fc.integer({min: 1, max: 70}),
			async (pieces, times) => {
				const sent = pieces.flatMap(piece =>
					Array.from({length: times}, () => Buffer.from(piece)),
				);
				const reader = await createStreamEntry('x', Readable.from(sent)).open();
				const chunks = await readAll(reader);
				for (const chunk of chunks)
					expect(chunk.length).toBeLessThanOrEqual(block);
				const whole = Buffer.concat(sent);
				expect(whole.equals(concatBytes(chunks))).toBe(true);
				expect(await reader.read()).toHaveLength(0);
				expect(Buffer.from(await reader.finish())).toEqual(
					Buffer.from(await blake3(whole)),
				);
				await reader.close();
			},
		),
		{numRuns: 15},
	);
});

it('gathers what comes fast into whole blocks', async () => {
	const pieces = Array.from({length: 40}, (_, index) =>
		Buffer.alloc(65_536, index),
	);
	const reader = await createStreamEntry('x', Readable.from(pieces)).open();
	const lengths = (await readAll(reader)).map(chunk => chunk.length);
	expect(lengths).toEqual([block, block, block / 2]);
	await reader.close();
});

it('takes a piece apart that is larger than a block', async () => {
	const piece = Buffer.alloc(2 * block + 3, 'abc');
	const reader = await createStreamEntry('x', Readable.from([piece])).open();
	const chunks = await readAll(reader);
	expect(chunks.map(chunk => chunk.length)).toEqual([block, block, 3]);
	expect(piece.equals(concatBytes(chunks))).toBe(true);
	await reader.close();
});

it('does not wait for more with bytes in hand', async () => {
	const input = new PassThrough();
	const reader = await createStreamEntry('x', input).open();
	input.write('first');
	expect(Buffer.from(await reader.read()).toString()).toBe('first');
	const second = reader.read();
	input.write('second');
	expect(Buffer.from(await second).toString()).toBe('second');
	input.end('last');
	expect(Buffer.from(await reader.read()).toString()).toBe('last');
	expect(await reader.read()).toHaveLength(0);
	await reader.close();
});

it('takes no more than was asked for', async () => {
	let given = 0;
	const input = new Readable({
		read() {
			given += 65_536;
			this.push(Buffer.alloc(65_536));
		},
	});
	const reader = await createStreamEntry('x', input).open();
	await reader.read();
	// A turn of the event loop for a stream that would go on by itself.
	await new Promise(resolve => {
		setImmediate(resolve);
	});
	expect(given).toBeLessThanOrEqual(2 * block);
	await reader.close();
	expect(input.destroyed).toBe(true);
});

it('is opened only once', async () => {
	const entry = createStreamEntry('x', Readable.from([Buffer.from('x')]));
	const reader = await entry.open();
	expect((await errorOf(entry.open())).code).toBe('streamBroken');
	await reader.close();
	expect((await errorOf(entry.open())).code).toBe('streamBroken');
});

it('tells a failing pipe, also one that failed before it was opened', async () => {
	const failing = new PassThrough();
	const early = createStreamEntry('early', failing);
	failing.destroy(systemError('EIO'));
	const reader = await early.open();
	expect(await errorOf(reader.read())).toMatchObject({
		code: 'fileUnreadable',
		details: {path: 'early', what: 'EIO'},
	});
	await reader.close();

	const input = new PassThrough();
	const later = await createStreamEntry('later', input).open();
	input.write('abc');
	expect(await later.read()).toHaveLength(3);
	input.destroy(systemError('EIO'));
	expect((await errorOf(later.read())).code).toBe('fileUnreadable');
	await later.close();
});

it('ends a read that waits when it is closed, and a pipe that was cut is no end', async () => {
	const input = new PassThrough();
	const reader = await createStreamEntry('x', input).open();
	const waiting = errorOf(reader.read());
	await reader.close();
	await reader.close();
	expect((await waiting).code).toBe('fileUnreadable');
});
