import {Writable} from 'node:stream';
import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {SendQueue} from '../../source/transport/send-queue.js';

/** Takes one write at a time, when it is told to. */
function slowSink() {
	const taken: Buffer[] = [];
	let release: (() => void) | undefined;
	const take = (bytes: Buffer[], done: () => void) => {
		taken.push(Buffer.concat(bytes));
		release = done;
	};

	const sink = new Writable({
		write(bytes: Buffer, _encoding, done) {
			take([bytes], done);
		},
		writev(chunks: Array<{chunk: Buffer}>, done) {
			take(
				chunks.map(({chunk}) => chunk),
				done,
			);
		},
	});
	return {
		sink,
		taken,
		async step() {
			const done = release;
			release = undefined;
			done?.();
			await new Promise(resolve => {
				setImmediate(resolve);
			});
			return done !== undefined || release !== undefined;
		},
	};
}

function queueOn(sink: Writable, sliceBytes: number) {
	const seen = {drained: 0, progressed: 0};
	const queue = new SendQueue(sink, sliceBytes, {
		drained() {
			seen.drained++;
		},
		progressed() {
			seen.progressed++;
		},
	});
	return {queue, seen};
}

test('small pieces go out together, large ones in slices', async () => {
	const {sink, taken, step} = slowSink();
	const {queue} = queueOn(sink, 10);
	queue.push([Buffer.from('a')]);
	queue.push([Buffer.from('bc'), Buffer.from('defghijklmnop')]);
	queue.push([Buffer.from('q')]);
	while (await step());
	expect(taken.map(String)).toEqual(['a', 'bcdefghijk', 'lmnopq']);
	expect(queue.idle).toBe(true);
	expect(queue.queuedBytes).toBe(0);
});

test('says stop at the high-water mark and go on at the low one', async () => {
	const {sink, step} = slowSink();
	const {queue, seen} = queueOn(sink, 64 * 1024);
	const piece = Buffer.alloc(64 * 1024);
	expect([1, 2, 3, 4].map(() => queue.push([piece]))).toEqual([
		true,
		true,
		true,
		false,
	]);
	await step();
	await step();
	expect(seen.drained).toBe(0);
	expect(queue.queuedBytes).toBe(2 * 64 * 1024);
	// Still above the mark, so a writer is still told to wait.
	expect(queue.push([Buffer.alloc(1)])).toBe(false);
	while (await step());
	expect(seen.drained).toBe(1);
	expect(queue.push([Buffer.alloc(1)])).toBe(true);
});

test('nothing is told after a failed write or clear', async () => {
	const {queue, seen} = queueOn(
		new Writable({
			write(_bytes, _encoding, done) {
				done(new Error('broken'));
			},
		}).on('error', () => undefined),
		10,
	);
	let flushed = 0;
	queue.push([Buffer.alloc(30)], () => flushed++);
	await new Promise(resolve => {
		setImmediate(resolve);
	});
	queue.clear();
	expect([flushed, seen.drained, seen.progressed]).toEqual([0, 0, 0]);
	expect(queue.queuedBytes).toBe(0);
});

test('any pieces in any slices arrive whole, in order, each flushed once', async () => {
	const pieces = fc.array(fc.uint8Array({maxLength: 40}), {maxLength: 30});
	await fc.assert(
		fc.asyncProperty(
			pieces,
			fc.integer({min: 1, max: 50}),
			fc.func(fc.boolean()),
			async (list, sliceBytes, pausesAfter) => {
				const {sink, taken, step} = slowSink();
				const {queue} = queueOn(sink, sliceBytes);
				const flushed: number[] = [];
				for (const [index, piece] of list.entries()) {
					queue.push([piece], () => flushed.push(index));
					if (pausesAfter(index)) await step();
				}

				while (!queue.idle) await step();
				expect(Buffer.concat(taken).equals(Buffer.concat(list))).toBe(true);
				expect(flushed).toEqual(list.map((_, index) => index));
				expect(taken.every(({length}) => length <= sliceBytes)).toBe(true);
			},
		),
		{numRuns: 60},
	);
});
