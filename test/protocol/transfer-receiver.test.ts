import {describe, expect, it} from 'vitest';
import {SocktermError} from '../../source/errors.js';
import type {LaneFrame} from '../../source/protocol/lane-frames.js';
import {createTransferReceiver} from '../../source/protocol/transfer-receiver.js';

const entries = [
	{size: 3, wanted: true},
	{size: 5, wanted: false},
	{size: 0, wanted: true},
	{size: 2, wanted: true},
];
const digest = new Uint8Array(32);
const begin = (entry: number, size: number, offset = 0): LaneFrame => ({
	kind: 'begin',
	entry,
	offset,
	size,
});
const data = (offset: number, length: number): LaneFrame => ({
	kind: 'data',
	offset,
	bytes: new Uint8Array(length),
});
const end = (entry: number): LaneFrame => ({kind: 'end', entry, digest});
const abort = (entry: number): LaneFrame => ({
	kind: 'abort',
	entry,
	code: 'sourceChanged',
});

/** The kinds of the steps, and what went wrong at the end of them. */
const run = (...frames: LaneFrame[]) => {
	const receiver = createTransferReceiver(entries);
	const steps: string[] = [];
	try {
		for (const frame of frames) steps.push(receiver.receive(frame).kind);
	} catch (error) {
		if (!(error instanceof SocktermError)) throw error;
		steps.push(String(error.info.details['what']));
	}

	return steps.join(' ');
};

describe('createTransferReceiver', () => {
	it('takes entries one behind the other', () => {
		expect(
			run(
				begin(0, 3),
				data(0, 1),
				data(1, 2),
				end(0),
				begin(2, 0),
				end(2),
				begin(3, 2),
				data(0, 2),
				end(3),
			),
		).toBe('begin data data end begin end begin data end');
	});

	it('says where the bytes belong', () => {
		const receiver = createTransferReceiver(entries);
		expect(receiver.receive(begin(3, 2))).toEqual({
			kind: 'begin',
			entry: 3,
			size: 2,
		});
		expect(receiver.receive(data(0, 2))).toEqual({
			kind: 'data',
			entry: 3,
			offset: 0,
			bytes: new Uint8Array(2),
		});
		expect(receiver.receive(end(3))).toEqual({kind: 'end', entry: 3, digest});
	});

	it.each([
		['data without an entry', [data(0, 1)], 'dataOutsideEntry'],
		['an end without an entry', [end(0)], 'endOutsideEntry'],
		['an entry that was refused', [begin(1, 5)], 'entryNotAccepted'],
		['an entry that was never offered', [begin(4, 0)], 'entryNotAccepted'],
		['another size', [begin(0, 4)], 'sizeNotAccepted'],
		['an offset that nobody agreed on', [begin(0, 3, 1)], 'offsetNotAgreed'],
		['a gap', [begin(0, 3), data(1, 1)], 'begin offsetOutOfOrder'],
		[
			'an overlap',
			[begin(0, 3), data(0, 2), data(1, 1)],
			'begin data offsetOutOfOrder',
		],
		['too much', [begin(0, 3), data(0, 4)], 'begin dataBeyondSize'],
		[
			'more than all',
			[begin(0, 3), data(0, 3), data(3, 1)],
			'begin data dataBeyondSize',
		],
		[
			'an early end',
			[begin(0, 3), data(0, 2), end(0)],
			'begin data endBeforeSize',
		],
		['the end of another', [begin(2, 0), end(0)], 'begin endOutsideEntry'],
		['two at once', [begin(0, 3), begin(2, 0)], 'begin beginInsideEntry'],
		[
			'one twice',
			[begin(2, 0), end(2), begin(2, 0)],
			'begin end entryOutOfOrder',
		],
		[
			'one that stood before',
			[begin(2, 0), end(2), begin(0, 3)],
			'begin end entryOutOfOrder',
		],
		[
			'the abort of another',
			[begin(0, 3), abort(2)],
			'begin abortOutsideEntry',
		],
		['the abort of one that was refused', [abort(1)], 'entryNotAccepted'],
		['an answer', [{kind: 'saved', entry: 0, name: 'x'}], 'wrongDirection'],
	] as [string, LaneFrame[], string][])('refuses %s', (_, frames, steps) => {
		expect(run(...frames)).toBe(steps);
	});

	it('goes on after an abort, inside an entry or instead of it', () => {
		expect(run(begin(0, 3), data(0, 1), abort(0), abort(2), begin(3, 2))).toBe(
			'begin data abort abort begin',
		);
		expect(run(begin(0, 3), abort(0), begin(0, 3))).toBe(
			'begin abort entryOutOfOrder',
		);
		expect(run(abort(2), begin(2, 0))).toBe('abort entryOutOfOrder');
	});

	it.each([
		['end', [data(1, 2), end(0)]],
		['abort', [abort(0)]],
	])('swallows the rest of a skipped entry up to its %s', (_, rest) => {
		const receiver = createTransferReceiver(entries);
		receiver.receive(begin(0, 3));
		receiver.receive(data(0, 1));
		receiver.skipEntry(0);
		for (const frame of rest) {
			expect(receiver.receive(frame)).toEqual({kind: 'ignored', entry: 0});
		}

		expect(receiver.receive(begin(2, 0)).kind).toBe('begin');
	});

	it('checks what it swallows', () => {
		const receiver = createTransferReceiver(entries);
		receiver.skipEntry(0);
		expect(receiver.receive(begin(0, 3)).kind).toBe('ignored');
		expect(() => receiver.receive(data(0, 4))).toThrow('protocolViolation');
	});
});
