import * as fc from 'fast-check';
import {expect, it} from 'vitest';
import {createBlockQueue} from '../../source/storage/block-queue.js';
import {concatBytes} from '../../source/util/bytes.js';

it('gives the bytes in order and with their places, however they came and are taken', () => {
	const step = fc.oneof(
		fc.record({push: fc.nat(40)}),
		fc.record({take: fc.boolean()}),
		fc.record({skip: fc.nat(40)}),
	);
	fc.assert(
		fc.property(
			fc.integer({min: 1, max: 16}),
			fc.array(step, {maxLength: 80}),
			(blockBytes, steps) => {
				const queue = createBlockQueue(blockBytes);
				const given: Uint8Array[] = [];
				const taken: Uint8Array[] = [];
				let next = 0;
				/** The places of all bytes, in order. */
				const places: number[] = [];
				const placesTaken: number[] = [];
				let position = 0;
				const take = (isReleased: boolean) => {
					const block = queue.take();
					if (!block) return;
					expect(block.bytes.length).toBeLessThanOrEqual(blockBytes);
					taken.push(block.bytes.slice());
					for (const index of block.bytes.keys())
						placesTaken.push(block.position + index);
					// A block in use is not filled again; a released one may be.
					if (isReleased) queue.release(block);
				};

				for (const step of steps) {
					if ('take' in step) {
						take(step.take);
						continue;
					}

					if ('skip' in step) {
						queue.skip(step.skip);
						position += step.skip;
						continue;
					}

					for (let index = 0; index < step.push; index++)
						places.push(position++);
					const piece = Uint8Array.from(
						{length: step.push},
						() => next++ % 251,
					);
					given.push(piece.slice());
					queue.push(piece);
					piece.fill(255);
				}

				const waiting = concatBytes(given).length - concatBytes(taken).length;
				expect(queue.waitingBytes).toBe(waiting);
				while (queue.waitingBytes > 0) take(true);
				expect(queue.take()).toBeUndefined();
				expect(concatBytes(taken)).toEqual(concatBytes(given));
				expect(placesTaken).toEqual(places);
			},
		),
	);
});

it('uses released blocks again', () => {
	const queue = createBlockQueue(4);
	queue.push(Uint8Array.of(1, 2, 3, 4));
	const first = queue.take()!;
	queue.release(first);
	queue.push(Uint8Array.of(5, 6));
	const second = queue.take()!;
	expect(second).toEqual({bytes: Uint8Array.of(5, 6), position: 4});
	expect(second.bytes.buffer).toBe(first.bytes.buffer);
});

it('forgets everything when it is cleared', () => {
	const queue = createBlockQueue(2);
	queue.push(Uint8Array.of(1, 2, 3));
	queue.clear();
	queue.push(Uint8Array.of(4));
	expect(queue.waitingBytes).toBe(1);
	expect(queue.take()?.bytes).toEqual(Uint8Array.of(4));
});
