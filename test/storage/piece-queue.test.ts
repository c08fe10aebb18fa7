import * as fc from 'fast-check';
import {expect, it} from 'vitest';
import {createPieceQueue} from '../../source/storage/piece-queue.js';
import {concatBytes} from '../../source/util/bytes.js';

it('gives the bytes in order, however they came and are taken', () => {
	const pushes = fc.oneof(
		fc.record({push: fc.oneof(fc.nat(20), fc.integer({min: 4090, max: 9000}))}),
		fc.record({take: fc.integer({min: 1, max: 20_000})}),
	);
	fc.assert(
		fc.property(fc.array(pushes, {maxLength: 60}), steps => {
			const queue = createPieceQueue();
			const given: Uint8Array[] = [];
			const taken: Uint8Array[] = [];
			let next = 0;
			for (const step of steps) {
				if ('take' in step) {
					taken.push(...queue.take(step.take));
					continue;
				}

				const piece = Uint8Array.from({length: step.push}, () => next++ % 251);
				given.push(piece.slice());
				queue.push(piece);
			}

			const before = concatBytes(given).length - concatBytes(taken).length;
			expect(queue.waitingBytes).toBe(before);
			while (queue.waitingBytes > 0) taken.push(...queue.take(1));
			expect(Buffer.compare(concatBytes(taken), concatBytes(given))).toBe(0);
		}),
	);
});

it('holds few pieces for many small ones, and large ones uncopied', () => {
	const queue = createPieceQueue();
	const large = new Uint8Array(10_000);
	for (let count = 0; count < 100_000; count++) queue.push(Uint8Array.of(7));
	queue.push(large);
	const pieces = queue.take(Infinity);
	expect(pieces).toHaveLength(3);
	expect(pieces[2]).toBe(large);
	expect(queue.take(1)).toEqual([]);
});

it('gives no more pieces at a time than one system call takes', () => {
	const queue = createPieceQueue();
	for (let count = 0; count < 1500; count++) queue.push(new Uint8Array(4096));
	expect(queue.take(Infinity)).toHaveLength(1024);
	expect(queue.take(Infinity)).toHaveLength(476);
	expect(queue.waitingBytes).toBe(0);
});

it('forgets everything when it is cleared', () => {
	const queue = createPieceQueue();
	queue.push(Uint8Array.of(1));
	queue.clear();
	queue.push(Uint8Array.of(2));
	expect(queue.take(10)).toEqual([Uint8Array.of(2)]);
});
