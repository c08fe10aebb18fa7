import {describe, expect, it} from 'vitest';
import {limits} from '../../source/limits.js';
import {
	unknownSize,
	type LaneFrame,
} from '../../source/protocol/lane-frames.js';
import {
	createTransferReceiver,
	type Claim,
	type ReceivedEntry,
} from '../../source/protocol/transfer-receiver.js';
import {outcome} from '../property/split-input.js';

const block = limits.blockBytes;
const entries = [
	{size: 3, wanted: true},
	{size: 5, wanted: false},
	{size: 0, wanted: true},
	{size: 2, wanted: true},
];
const digest = new Uint8Array(32);
const zeros = new Uint8Array(3 * block);
const begin = (entry: number, size: number, held = 0): LaneFrame => ({
	kind: 'begin',
	entry,
	held,
	size,
});
const data = (offset: number, length: number): LaneFrame => ({
	kind: 'data',
	offset,
	bytes: zeros.subarray(0, length),
});
const end = (entry: number): LaneFrame => ({kind: 'end', entry, digest});
const abort = (entry: number): LaneFrame => ({
	kind: 'abort',
	entry,
	code: 'sourceChanged',
});

/** The kinds of the steps with what they pass over, and what went wrong at the end of them. */
const runWith = (
	accepted: readonly ReceivedEntry[],
	claims: ReadonlyArray<readonly [number, Claim]>,
	frames: readonly LaneFrame[],
) => {
	const receiver = createTransferReceiver(accepted);
	for (const [entry, claim] of claims) receiver.claim(entry, claim);
	const steps: string[] = [];
	for (const frame of frames) {
		const result = outcome(() => receiver.receive(frame));
		if ('code' in result) {
			expect(result.code).toBe('protocolViolation');
			steps.push(String(result.what));
			break;
		}

		const {value: step} = result;
		const skipped = 'skippedBytes' in step ? step.skippedBytes : 0;
		steps.push(skipped === 0 ? step.kind : `${step.kind}+${skipped}`);
	}

	return steps.join(' ');
};

const run = (...frames: LaneFrame[]) => runWith(entries, [], frames);

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
			heldBytes: 0,
		});
		expect(receiver.receive(data(0, 2))).toEqual({
			kind: 'data',
			entry: 3,
			skippedBytes: 0,
			bytes: new Uint8Array(2),
		});
		expect(receiver.receive(end(3))).toEqual({
			kind: 'end',
			entry: 3,
			skippedBytes: 0,
			digest,
		});
	});

	it.each([
		['data without an entry', [data(0, 1)], 'dataOutsideEntry'],
		['an end without an entry', [end(0)], 'endOutsideEntry'],
		['an entry that was refused', [begin(1, 5)], 'entryNotAccepted'],
		['an entry that was never offered', [begin(4, 0)], 'entryNotAccepted'],
		['another size', [begin(0, 4)], 'sizeNotAccepted'],
		['the size of a stream', [begin(0, unknownSize)], 'sizeNotAccepted'],
		['bytes held that nobody claimed', [begin(0, 3, 1)], 'heldNotClaimed'],
		['a gap', [begin(0, 3), data(1, 1)], 'begin gapNotHeld'],
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
			'data at the last exact number',
			[begin(0, 3), data(Number.MAX_SAFE_INTEGER, 1)],
			'begin dataBeyondSize',
		],
		[
			'an early end',
			[begin(0, 3), data(0, 2), end(0)],
			'begin data gapNotHeld',
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
		[
			'hashes from the wrong side',
			[{kind: 'held', entry: 0, more: false, hashes: digest}],
			'wrongDirection',
		],
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

describe('what was held', () => {
	/** Three blocks and five bytes, of which blocks are claimed. */
	const size = 3 * block + 5;
	const resumeClaimed = (
		claim: Claim,
		held: number,
		frames: readonly LaneFrame[],
	) =>
		runWith(
			[{size, wanted: true}],
			[[0, claim]],
			[begin(0, size, held), ...frames],
		);
	const resume = (claimed: number[], held: number, frames: LaneFrame[]) => {
		const claim = [0, 1, 2, 3].map(at => claimed.includes(at));
		return resumeClaimed(claim, held, frames);
	};

	it.each([
		[
			'the beginning',
			[0, 1],
			2 * block,
			[data(2 * block, block + 5), end(0)],
			`begin data+${2 * block} end`,
		],
		[
			'the middle',
			[1],
			block,
			[data(0, block), data(2 * block, block + 5), end(0)],
			`begin data data+${block} end`,
		],
		[
			'two places',
			[0, 2],
			2 * block,
			[data(block, block), data(3 * block, 5), end(0)],
			`begin data+${block} data+${block} end`,
		],
		[
			'the end, with its short block',
			[2, 3],
			block + 5,
			[data(0, 2 * block), end(0)],
			`begin data end+${block + 5}`,
		],
		[
			'the short block alone',
			[3],
			5,
			[data(0, 3 * block), end(0)],
			'begin data end+5',
		],
		['all of it', [0, 1, 2, 3], size, [end(0)], `begin end+${size}`],
		[
			'less than was claimed',
			[0, 1, 2],
			block,
			[data(0, block), data(2 * block, block + 5), end(0)],
			`begin data data+${block} end`,
		],
		[
			'nothing of what was claimed',
			[0, 1],
			0,
			[data(0, 3 * block), data(3 * block, 5), end(0)],
			'begin data data end',
		],
	] as [string, number[], number, LaneFrame[], string][])(
		'is passed over: %s',
		(_, claimed, held, frames, steps) => {
			expect(resume(claimed, held, frames)).toBe(steps);
		},
	);

	it.each([
		['a block that is not here', [1], block, [data(block, 1)], 'gapNotHeld'],
		[
			'a block that is not here, behind one that is',
			[0, 2],
			2 * block,
			[data(2 * block, 1)],
			'gapNotHeld',
		],
		['part of a block', [0], block, [data(7, 1)], 'gapInsideBlock'],
		[
			'the rest of a block',
			[0, 1],
			2 * block,
			[data(0, 1), data(block, 1)],
			'data gapInsideBlock',
		],
		[
			'a block and part of another',
			[0, 1],
			2 * block,
			[data(block + 1, 1)],
			'gapInsideBlock',
		],
		['more than was said', [0, 1], block, [data(2 * block, 1)], 'gapNotHeld'],
		[
			'less than was said',
			[0, 1],
			2 * block,
			[data(block, 2 * block), data(3 * block, 5), end(0)],
			`data+${block} data heldNotPassedOver`,
		],
		[
			'an end that was not claimed',
			[0],
			block,
			[data(0, 3 * block), end(0)],
			'data gapNotHeld',
		],
		[
			'the rest of the last block',
			[3],
			5,
			[data(0, 3 * block), data(3 * block, 1), end(0)],
			'data data gapInsideBlock',
		],
	] as [string, number[], number, LaneFrame[], string][])(
		'is not: %s',
		(_, claimed, held, frames, steps) => {
			expect(resume(claimed, held, frames)).toBe(`begin ${steps}`);
		},
	);

	it('is never more than was claimed', () => {
		expect(resume([0, 1], 2 * block + 1, [])).toBe('heldNotClaimed');
		// The last block is a short one.
		expect(resume([3], 6, [])).toBe('heldNotClaimed');
		expect(resume([], 1, [])).toBe('heldNotClaimed');
		expect(resume([0, 1, 2, 3], Number.MAX_SAFE_INTEGER, [])).toBe(
			'heldNotClaimed',
		);
	});

	it('is all or nothing where only the whole is of use', () => {
		const all = [data(0, 3 * block), data(3 * block, 5), end(0)];
		expect(resumeClaimed('whole', size, [end(0)])).toBe(`begin end+${size}`);
		expect(resumeClaimed('whole', block, [])).toBe('heldNotWhole');
		expect(resumeClaimed('whole', size + 1, [])).toBe('heldNotClaimed');
		expect(resumeClaimed('whole', 0, all)).toBe('begin data data end');
		expect(resumeClaimed('whole', size, all)).toBe(
			'begin data data heldNotPassedOver',
		);
	});

	it('ends with the file, whatever was claimed behind it', () => {
		const claim = [true, true, true];
		const accepted = [{size: block + 1, wanted: true}];
		const held = block + 1;
		expect(runWith(accepted, [[0, claim]], [begin(0, held, held + 1)])).toBe(
			'heldNotClaimed',
		);
		expect(
			runWith(accepted, [[0, claim]], [begin(0, held, held), end(0)]),
		).toBe(`begin end+${held}`);
	});

	it('belongs to one entry', () => {
		const accepted = [0, 1].map(() => ({size: block, wanted: true}));
		const frames = [begin(0, block, block)];
		expect(runWith(accepted, [[1, [true]]], frames)).toBe('heldNotClaimed');
	});
});

describe('a stream', () => {
	const stream = [{size: undefined, wanted: true}];
	const receive = (...frames: LaneFrame[]) => runWith(stream, [], frames);

	it('may end at any place', () => {
		expect(receive(begin(0, unknownSize), end(0))).toBe('begin end');
		expect(
			receive(begin(0, unknownSize), data(0, 7), data(7, block), end(0)),
		).toBe('begin data data end');
	});

	it('says that its size is not known', () => {
		expect(receive(begin(0, 0))).toBe('sizeNotAccepted');
		expect(receive(begin(0, unknownSize - 1))).toBe('sizeNotAccepted');
	});

	it('has no gaps', () => {
		expect(receive(begin(0, unknownSize, 1))).toBe('heldNotClaimed');
		expect(receive(begin(0, unknownSize), data(block, 1))).toBe(
			'begin gapNotHeld',
		);
	});

	it('ends at the last exact number', () => {
		const last = Number.MAX_SAFE_INTEGER;
		expect(receive(begin(0, unknownSize), data(last, 1))).toBe(
			'begin dataBeyondSize',
		);
		expect(receive(begin(0, unknownSize), data(last - 1, 1))).toBe(
			'begin gapNotHeld',
		);
	});
});
