import {describe, expect, test} from 'vitest';
import {createFramePace} from '../../../source/engine/sessions/frame-pace.js';
import {limits, limitsFor, verifiedLimits} from '../../../source/limits.js';
import type {Frame} from '../../../source/protocol/frame.js';
import {createFakeClock} from '../../helpers/fake-clock.js';

const frames = (count: number, bytes = 0): Frame[] =>
	Array.from({length: count}, (_, index) => {
		const payload = new Uint8Array(bytes + 4);
		new DataView(payload.buffer).setUint32(0, index);
		return {type: 7, payload};
	});

function createPaced(options: {isVerified?: boolean; freeType?: number} = {}) {
	const clock = createFakeClock();
	const handled: number[] = [];
	let isVerified = options.isVerified ?? false;
	let isPaused = false;
	const pace = createFramePace({
		clock,
		connection: {
			pause() {
				isPaused = true;
			},
			resume() {
				isPaused = false;
			},
		},
		limits: () => limitsFor(isVerified),
		isFree: ({type}) => type === options.freeType,
		handle({payload}) {
			const view = new DataView(payload.buffer, payload.byteOffset);
			handled.push(view.getUint32(0));
		},
	});
	return {
		clock,
		handled,
		pace,
		pushAll(all: readonly Frame[]) {
			for (const frame of all) pace.push(frame);
		},
		isPaused: () => isPaused,
		verify() {
			isVerified = true;
		},
	};
}

describe.each([
	['before verification', limits],
	['after it', verifiedLimits],
] as const)('%s', (_, {framesPerSecond, heldBytes}) => {
	const isVerified = framesPerSecond === verifiedLimits.framesPerSecond;

	test('framesPerSecond are handled at once, and as many in each second after it', () => {
		const {clock, handled, pushAll} = createPaced({isVerified});
		const count = 3 * framesPerSecond;
		pushAll(frames(count));
		expect(handled).toHaveLength(framesPerSecond);
		clock.advance(1_000);
		expect(handled).toHaveLength(2 * framesPerSecond);
		clock.advance(1_000);
		expect(handled).toEqual(Array.from({length: count}, (_, at) => at));
		expect(clock.pending()).toBe(0);
	});

	test('heldBytes wait, then the connection is not read on until half of them are gone', () => {
		const {clock, handled, pace, pushAll, isPaused} = createPaced({isVerified});
		pushAll(frames(framesPerSecond));
		const [frame] = frames(1, 1_000 - 4);
		const fit = Math.ceil(heldBytes / (1_000 + limits.heldFrameBytes));
		for (let count = 1; count < fit; count++) pace.push(frame!);
		expect(isPaused()).toBe(false);
		pace.push(frame!);
		expect(isPaused()).toBe(true);
		while (isPaused()) clock.advance(20);
		const left = framesPerSecond + fit - handled.length;
		expect(left / fit).toBeGreaterThan(0.3);
		expect(left / fit).toBeLessThanOrEqual(0.5);
	});
});

test('countedFrameBytes: a large frame costs as much as several small ones', () => {
	const {handled, pushAll} = createPaced();
	pushAll(frames(limits.framesPerSecond, 4 * limits.countedFrameBytes - 4));
	expect(handled).toHaveLength(limits.framesPerSecond / 4);
});

test('heldFrameBytes: frames without content hold the connection back too', () => {
	const {pushAll, isPaused} = createPaced();
	pushAll(frames(limits.framesPerSecond));
	pushAll(frames(limits.heldBytes / (limits.heldFrameBytes + 4) + 1));
	expect(isPaused()).toBe(true);
});

test('somebody who is verified meanwhile has the other rate at once', () => {
	const {clock, handled, pushAll, verify} = createPaced();
	pushAll(frames(20_000));
	verify();
	clock.advance(1_000);
	expect(handled.length).toBeGreaterThan(verifiedLimits.framesPerSecond);
});

test('what was asked for is free', () => {
	const {handled, pushAll} = createPaced({freeType: 7});
	pushAll(frames(10 * limits.framesPerSecond));
	expect(handled).toHaveLength(10 * limits.framesPerSecond);
});

test('what waits is kept as it was, though its bytes are used again', () => {
	const {clock, handled, pace, pushAll} = createPaced();
	pushAll(frames(limits.framesPerSecond));
	const [late] = frames(1);
	pace.push(late!);
	late!.payload.fill(0xff);
	clock.advance(1_000);
	expect(handled.at(-1)).toBe(0);
});

test('at the end of the connection what waits is handled, and the end is told after it', () => {
	const {handled, pace, pushAll, clock} = createPaced();
	const count = limits.framesPerSecond + 10;
	pushAll(frames(count));
	let seen = 0;
	pace.whenIdle(() => {
		seen = handled.length;
	});
	expect(seen).toBe(0);
	pace.finish();
	expect(seen).toBe(count);
	expect(clock.pending()).toBe(0);
});

test('after a stop nothing is handled, and the connection is read to its end', () => {
	const {clock, handled, pace, pushAll, isPaused} = createPaced();
	pushAll(frames(limits.framesPerSecond + 5_000));
	expect(isPaused()).toBe(true);
	pace.stop();
	clock.advance(10_000);
	pace.finish();
	expect(handled).toHaveLength(limits.framesPerSecond);
	expect(isPaused()).toBe(false);
});

test('a front end that does not keep up holds everything, and gives the rate back', () => {
	const {clock, handled, pace, pushAll, isPaused} = createPaced();
	pace.valve.pause();
	expect(isPaused()).toBe(true);
	pushAll(frames(5));
	clock.advance(60_000);
	expect(handled).toEqual([]);
	pace.valve.resume();
	clock.advance(1_000);
	expect(handled).toHaveLength(5);
	expect(isPaused()).toBe(false);
});
