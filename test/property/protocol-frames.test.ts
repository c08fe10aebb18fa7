import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createFrameDecoder} from '../../source/protocol/frame-decoder.js';
import {encodeFrame, type Frame} from '../../source/protocol/frame.js';
import {createLaneDecoder} from '../../source/protocol/lane-decoder.js';
import {
	encodeAbort,
	encodeBegin,
	encodeDataHeader,
	encodeDurable,
	encodeEnd,
	encodeFailed,
	encodeHeld,
	encodeSaved,
	encodeTicket,
	type LaneFrame,
} from '../../source/protocol/lane-frames.js';
import {
	decodeMessage,
	encodeMessage,
} from '../../source/protocol/message-codec.js';
import {controlMessages} from '../../source/protocol/messages.js';
import {concatBytes} from '../../source/util/bytes.js';
import {framesOf} from '../helpers/frames.js';
import {
	byteByByte,
	costGrowth,
	linearGrowth,
	outcome,
	places,
	splitAt,
} from './split-input.js';

const limitBytes = 64;

/** Frames up to the first error, and the error. */
const cutFrames = (pieces: readonly Uint8Array[]) => {
	const decoder = createFrameDecoder(limitBytes);
	const frames: Frame[] = [];
	const result = outcome(() => {
		for (const piece of pieces) {
			decoder.push(piece, ({type, payload}) => {
				frames.push({type, payload: payload.slice()});
			});
		}
	});
	return {frames, result};
};

const frame = fc
	.tuple(fc.nat(255), fc.uint8Array({maxLength: limitBytes - 1}))
	.map(([type, payload]) => encodeFrame(type, payload));

const nearlyFrames = fc
	.array(
		fc.oneof(
			{weight: 4, arbitrary: frame},
			{weight: 1, arbitrary: fc.uint8Array({maxLength: 6})},
		),
		{maxLength: 12},
	)
	.map(concatBytes);

/** Data pieces joined, so that different cuts compare. */
const cutLane = (pieces: readonly Uint8Array[]) => {
	const decoder = createLaneDecoder();
	const frames: (LaneFrame & {from?: number})[] = [];
	const result = outcome(() => {
		for (const piece of pieces) {
			decoder.push(piece, next => {
				const last = frames.at(-1);
				if (
					next.kind === 'data' &&
					last?.kind === 'data' &&
					last.offset + last.bytes.length === next.offset
				) {
					const bytes = concatBytes([last.bytes, next.bytes]);
					frames[frames.length - 1] = {...last, bytes};
				} else {
					frames.push(next);
				}
			});
		}
	});
	return {frames, result};
};

const entry = fc.nat(0xff_ff_ff_ff);
const u64 = fc.maxSafeNat();
const code = fc.stringMatching(/^[a-zA-Z]{1,40}$/);
/** At most so many, 32 bytes each. */
const hashes = (most: number) =>
	fc
		.array(fc.uint8Array({minLength: 32, maxLength: 32}), {maxLength: most})
		.map(concatBytes);
const laneFrame: fc.Arbitrary<[LaneFrame, Uint8Array]> = fc.oneof(
	fc
		.uint8Array({minLength: 32, maxLength: 32})
		.map((ticket): [LaneFrame, Uint8Array] => [
			{kind: 'ticket', ticket},
			encodeTicket(ticket),
		]),
	fc
		.record({entry, held: u64, size: u64})
		.map((begin): [LaneFrame, Uint8Array] => [
			{kind: 'begin', ...begin},
			encodeBegin(begin),
		]),
	fc
		.tuple(
			fc.nat(Number.MAX_SAFE_INTEGER - 100),
			fc.uint8Array({minLength: 1, maxLength: 100}),
		)
		.map(([offset, bytes]): [LaneFrame, Uint8Array] => [
			{kind: 'data', offset, bytes},
			concatBytes([encodeDataHeader(offset, bytes.length), bytes]),
		]),
	fc
		.record({entry, digest: fc.uint8Array({minLength: 32, maxLength: 32})})
		.map((end): [LaneFrame, Uint8Array] => [
			{kind: 'end', ...end},
			encodeEnd(end),
		]),
	fc
		.record({entry, code})
		.map((abort): [LaneFrame, Uint8Array] => [
			{kind: 'abort', ...abort},
			encodeAbort(abort),
		]),
	fc
		.record({entry, offset: u64})
		.map((durable): [LaneFrame, Uint8Array] => [
			{kind: 'durable', ...durable},
			encodeDurable(durable),
		]),
	fc
		.record({
			entry,
			name: fc.string({unit: 'binary', minLength: 1, maxLength: 80}),
		})
		.map((saved): [LaneFrame, Uint8Array] => [
			{kind: 'saved', ...saved},
			encodeSaved(saved),
		]),
	fc
		.record({entry, code})
		.map((failed): [LaneFrame, Uint8Array] => [
			{kind: 'failed', ...failed},
			encodeFailed(failed),
		]),
	fc
		.record({entry, hashes: hashes(3)})
		.map(({entry, hashes}): [LaneFrame, Uint8Array] => [
			{kind: 'held', entry, more: false, hashes},
			concatBytes(encodeHeld(entry, hashes)),
		]),
);

describe('control frames', () => {
	it('come out the same in any split', () => {
		fc.assert(
			fc.property(nearlyFrames, places, (input, cuts) => {
				const single = cutFrames(byteByByte(input));
				expect(cutFrames(splitAt(input, cuts))).toEqual(single);
				expect(cutFrames([input])).toEqual(single);
			}),
		);
	});

	it('come out as they went in', () => {
		fc.assert(
			fc.property(fc.array(frame), places, (frames, cuts) => {
				const got = cutFrames(splitAt(concatBytes(frames), cuts)).frames;
				expect(
					got.map(({type, payload}) => encodeFrame(type, payload)),
				).toEqual(frames);
			}),
		);
	});

	it('cost linear time byte by byte', () => {
		const growth = costGrowth(scale => {
			const pieces = byteByByte(
				encodeFrame(1, new Uint8Array(scale * 8_192 - 1)),
			);
			return () => {
				const decoder = createFrameDecoder(65_536);
				let count = 0;
				for (const piece of pieces) count += framesOf(decoder, piece).length;
				expect(count).toBe(1);
			};
		});
		expect(growth).toBeLessThan(linearGrowth);
	});
});

describe('control messages', () => {
	const types = Object.values(controlMessages).map(({type}) => type as number);

	it('never crash on anything', () => {
		const payload = fc.oneof(
			fc.uint8Array({maxLength: 300}),
			fc.json().map(text => new TextEncoder().encode(text)),
		);
		const type = fc.oneof(fc.nat(255), fc.constantFrom(...types));
		fc.assert(
			fc.property(type, payload, (type, payload) => {
				const result = outcome(() => decodeMessage({type, payload}));
				if ('code' in result) expect(result.code).toBe('protocolViolation');
			}),
			{numRuns: 500},
		);
	});

	it('carry any text', () => {
		fc.assert(
			fc.property(
				fc.string({unit: 'binary', maxLength: 200}),
				fc.stringMatching(/^[ -~]{1,40}$/),
				(text, id) => {
					const message = {name: 'message', id, text} as const;
					const [frame] = framesOf(
						createFrameDecoder(65_536),
						encodeMessage(message),
					);
					expect(decodeMessage(frame!)).toEqual(message);
				},
			),
		);
	});
});

describe('lane frames', () => {
	it('come out as they went in, in any split', () => {
		fc.assert(
			fc.property(fc.array(laneFrame, {maxLength: 8}), places, (list, cuts) => {
				const input = concatBytes(list.map(([, bytes]) => bytes));
				const {frames, result} = cutLane(splitAt(input, cuts));
				expect(result).toEqual({value: undefined});
				expect(cutLane(byteByByte(input)).frames).toEqual(frames);
				// Two DATA frames may happen to follow on from each other.
				if (!list.some(([value]) => value.kind === 'data')) {
					expect(frames).toEqual(list.map(([value]) => value));
				}
			}),
		);
	});

	it('end in the same error in any split', () => {
		const nearly = fc
			.array(
				fc.oneof(
					laneFrame.map(([, bytes]) => bytes),
					fc.uint8Array({maxLength: 30}),
				),
				{maxLength: 8},
			)
			.map(concatBytes);
		fc.assert(
			fc.property(nearly, places, (input, cuts) => {
				const split = cutLane(splitAt(input, cuts));
				expect(cutLane(byteByByte(input))).toEqual(split);
			}),
		);
	});

	it('carry any number of hashes, in any split', () => {
		const many = fc
			.integer({min: 0, max: 700})
			.map(count =>
				Uint8Array.from({length: count * 32}, (_, index) => index % 251),
			);
		fc.assert(
			fc.property(entry, many, places, (entry, all, cuts) => {
				const input = concatBytes(encodeHeld(entry, all));
				const {frames, result} = cutLane(splitAt(input, cuts));
				expect(result).toEqual({value: undefined});
				expect(cutLane([input]).frames).toEqual(frames);
				const got: Uint8Array[] = [];
				for (const [index, frame] of frames.entries()) {
					const more = index < frames.length - 1;
					expect(frame).toMatchObject({kind: 'held', entry, more});
					if (frame.kind === 'held') got.push(frame.hashes);
				}

				expect(concatBytes(got)).toEqual(all);
			}),
			{numRuns: 60},
		);
	});

	it('end at data that would pass the last exact number', () => {
		const input = concatBytes([
			encodeDataHeader(Number.MAX_SAFE_INTEGER - 3, 7),
			new Uint8Array(7),
		]);
		const whole = cutLane([input]);
		expect(whole.result).toMatchObject({what: 'numberTooLarge'});
		expect(cutLane(byteByByte(input))).toEqual(whole);
	});

	it('cost linear time byte by byte', () => {
		const growth = costGrowth(scale => {
			const pieces = byteByByte(
				concatBytes([
					encodeDataHeader(0, scale * 2 ** 17),
					new Uint8Array(scale * 2 ** 17),
				]),
			);
			return () => {
				const decoder = createLaneDecoder();
				let length = 0;
				for (const piece of pieces) {
					decoder.push(piece, frame => {
						if (frame.kind === 'data') length += frame.bytes.length;
					});
				}

				expect(length).toBe(scale * 2 ** 17);
			};
		});
		expect(growth).toBeLessThan(linearGrowth);
	});
});
