/** The receiver's machine against a reference that looks at all pieces of an entry anew each time. */
import * as fc from 'fast-check';
import {expect, it} from 'vitest';
import {limits} from '../../source/limits.js';
import type {LaneFrame} from '../../source/protocol/lane-frames.js';
import {
	createTransferReceiver,
	type Claim,
	type ReceivedEntry,
	type ReceiverStep,
} from '../../source/protocol/transfer-receiver.js';
import {outcome} from './split-input.js';

const block = limits.blockBytes;
const unknown = 2 ** 53 - 1;
const bytes = new Uint8Array(2 * block);

interface Scene {
	readonly entries: readonly ReceivedEntry[];
	readonly claims: ReadonlyArray<Claim | undefined>;
}

/** What came of the open entry: first and last place of each piece. */
interface Open {
	readonly entry: number;
	readonly size: number;
	readonly held: number;
	readonly pieces: Array<readonly [number, number]>;
}

/** What is missing between the pieces, and up to `end`; undefined where they overlap. */
function gapsOf(pieces: Open['pieces'], end: number) {
	const gaps: Array<readonly [number, number]> = [];
	let place = 0;
	for (const [from, to] of [...pieces, [end, end] as const]) {
		if (from < place) return undefined;
		if (from > place) gaps.push([place, from]);
		place = to;
	}

	return gaps;
}

const lengthOf = (ranges: ReadonlyArray<readonly [number, number]>) =>
	ranges.reduce((sum, [from, to]) => sum + to - from, 0);

/** The claimed blocks of a file, as ranges. */
function claimedRanges(claim: Claim | undefined, size: number) {
	const blocks =
		claim === 'whole'
			? Array.from({length: Math.ceil(size / block)}, () => true)
			: (claim ?? []);
	return blocks
		.map((isThere, at) => [isThere, at * block] as const)
		.filter(([isThere, from]) => isThere && from < size)
		.map(([, from]) => [from, Math.min(from + block, size)] as const);
}

class Reference {
	open: Open | undefined;
	last = -1;
	readonly #scene: Scene;

	constructor(scene: Scene) {
		this.#scene = scene;
	}

	/** The step that this frame is, or undefined where it is a violation: nothing comes after one. */
	receive(frame: LaneFrame): ReceiverStep | undefined {
		const {open} = this;
		if (frame.kind === 'data') {
			if (!open) return undefined;
			const before = lengthOf(this.#gaps() ?? []);
			const to = frame.offset + frame.bytes.length;
			open.pieces.push([frame.offset, to]);
			const gaps = this.#gaps();
			if (to > open.size || !gaps || !this.#allowed(gaps)) return undefined;
			return {
				kind: 'data',
				entry: open.entry,
				skippedBytes: lengthOf(gaps) - before,
				bytes: frame.bytes,
			};
		}

		if (!('entry' in frame)) return undefined;
		const {entry} = frame;
		const isNext = entry > this.last && this.#scene.entries[entry]?.wanted;
		if (frame.kind === 'end') {
			if (open?.entry !== entry) return undefined;
			const before = lengthOf(this.#gaps() ?? []);
			const isStream = this.#scene.entries[entry]?.size === undefined;
			const gaps = isStream ? this.#gaps() : gapsOf(open.pieces, open.size);
			if (!gaps || !this.#allowed(gaps) || lengthOf(gaps) !== open.held) {
				return undefined;
			}

			this.open = undefined;
			const skippedBytes = lengthOf(gaps) - before;
			return {kind: 'end', entry, skippedBytes, digest: frame.digest};
		}

		if (frame.kind === 'abort') {
			if (open ? open.entry !== entry : !isNext) return undefined;
			this.last = entry;
			this.open = undefined;
			return {kind: 'abort', entry, code: frame.code};
		}

		if (frame.kind !== 'begin' || open || !isNext) return undefined;
		const {size, held} = frame;
		if (size !== (this.#scene.entries[entry]?.size ?? unknown)) {
			return undefined;
		}

		const claim = this.#scene.claims[entry];
		if (held > lengthOf(claimedRanges(claim, size))) return undefined;
		if (claim === 'whole' && held > 0 && held < size) return undefined;
		this.last = entry;
		this.open = {entry, size, held, pieces: []};
		return {kind: 'begin', entry, heldBytes: held};
	}

	#gaps() {
		const pieces = this.open?.pieces ?? [];
		return gapsOf(pieces, pieces.at(-1)?.[1] ?? 0);
	}

	/** Every gap is a run of claimed blocks, and together they are no more than BEGIN has named. */
	#allowed(gaps: ReadonlyArray<readonly [number, number]>): boolean {
		const {entry, size, held} = this.open!;
		const ranges = claimedRanges(this.#scene.claims[entry], size);
		const isRun = ([from, to]: readonly [number, number]) => {
			const inside = ranges.filter(range => range[0] >= from && range[1] <= to);
			return lengthOf(inside) === to - from;
		};

		return lengthOf(gaps) <= held && gaps.every(isRun);
	}
}

/**
 * What the sender may do: `next` is what it should, all others come when they like.
 * `twist` makes it wrong, or does nothing where it is 0.
 */
type Move = readonly [
	kind: 'next' | 'data' | 'jump' | 'end' | 'abort',
	choice: number,
	twist: number,
];

function beginOf(choice: number, twist: number, scene: Scene, last: number) {
	const {entries, claims} = scene;
	const next = entries.findIndex(({wanted}, at) => wanted && at > last);
	const entry = (next < 0 ? last : next) + (choice === 7 ? twist : 0);
	const size = entries[entry]?.size ?? unknown;
	const ranges = claimedRanges(claims[entry], size);
	const some = ranges.slice(0, choice % 2 ? ranges.length : choice);
	return {
		kind: 'begin',
		entry,
		held: Math.max(0, lengthOf(some) + (choice < 4 ? twist : 0)),
		size: choice === 4 ? size + twist : size,
	} as const;
}

function frameOf(
	[kind, choice, twist]: Move,
	scene: Scene,
	{open, last}: Reference,
): LaneFrame {
	const digest = new Uint8Array(32);
	const entry = (open?.entry ?? last) + twist;
	if (kind === 'abort') {
		return {kind, entry: open ? entry : last + 1, code: 'x'};
	}

	if (kind === 'end') return {kind, entry, digest};
	if (!open) {
		return kind === 'next'
			? beginOf(choice, twist, scene, last)
			: {kind: 'data', offset: 0, bytes};
	}

	if (kind === 'next' && choice === 7 && twist !== 0) {
		return beginOf(0, 0, scene, last);
	}

	const {pieces, size, held} = open;
	const ranges = claimedRanges(scene.claims[open.entry], size);
	const position = pieces.at(-1)?.[1] ?? 0;
	const passed = position - lengthOf(pieces);
	let place = position;
	const blocksToPass = {next: (held - passed) / block, data: 0, jump: choice};
	for (let count = 0; count < blocksToPass[kind]; count++) {
		place = ranges.find(([from]) => from === place)?.[1] ?? place;
	}

	const isOver = scene.entries[open.entry]?.size === undefined && choice === 0;
	if (kind === 'next' && (place === size || isOver)) {
		return {kind: 'end', entry, digest};
	}

	const offset = Math.max(0, place + twist);
	const toEdge = block - (place % block);
	const length = choice === 6 ? 1 : choice === 5 ? 2 * block : toEdge;
	const room = Math.max(1, size - offset + (choice === 3 ? twist : 0));
	return {
		kind: 'data',
		offset,
		bytes: bytes.subarray(0, Math.min(length, room)),
	};
}

const size = fc.constantFrom(
	0,
	1,
	block - 1,
	block,
	block + 1,
	2 * block,
	3 * block + 5,
	undefined,
	undefined,
);
const claim = fc.option(
	fc.oneof<Array<fc.WeightedArbitrary<Claim>>>(
		{weight: 3, arbitrary: fc.array(fc.boolean(), {maxLength: 5})},
		{weight: 1, arbitrary: fc.constant('whole')},
	),
	{nil: undefined},
);
const scene = fc
	.array(
		fc.record({
			size,
			wanted: fc.oneof({weight: 3, arbitrary: fc.constant(true)}, fc.boolean()),
			claim,
		}),
		{minLength: 1, maxLength: 5},
	)
	.map((all): Scene => ({
		entries: all,
		// Of a stream nobody has all.
		claims: all.map(({claim, size}) =>
			claim === 'whole' && size === undefined ? undefined : claim,
		),
	}));
const move: fc.Arbitrary<Move> = fc.tuple(
	fc.oneof(
		{weight: 40, arbitrary: fc.constant('next' as const)},
		fc.constantFrom('data', 'jump', 'end', 'abort'),
	),
	fc.nat(7),
	fc.oneof(
		{weight: 40, arbitrary: fc.constant(0)},
		fc.constantFrom(-1, 1, block, -block),
	),
);

it('lets through what was accepted and claimed, and nothing else', () => {
	const seen = {whole: 0, resumed: 0, streams: 0, refused: 0};
	fc.assert(
		fc.property(scene, fc.array(move, {maxLength: 40}), (scene, moves) => {
			const receiver = createTransferReceiver(scene.entries);
			const reference = new Reference(scene);
			for (const [entry, claim] of scene.claims.entries()) {
				if (claim) receiver.claim(entry, claim);
			}

			for (const move of moves) {
				const held = reference.open?.held;
				const frame = frameOf(move, scene, reference);
				const expected = reference.receive(frame);
				const result = outcome(() => receiver.receive(frame));
				if (!expected) {
					expect(result).toMatchObject({code: 'protocolViolation'});
					seen.refused++;
					return;
				}

				// Compared by hand: an equality of a megabyte is slow.
				if (expected.kind === 'data' && 'value' in result) {
					const {value} = result;
					expect(value.kind === 'data' && value.bytes).toBe(expected.bytes);
					expect({...value, bytes: 0}).toEqual({...expected, bytes: 0});
				} else {
					expect(result).toEqual({value: expected});
				}

				if (expected.kind === 'end') {
					const isStream = scene.entries[expected.entry]!.size === undefined;
					if (isStream) seen.streams++;
					else seen[held ? 'resumed' : 'whole']++;
				}
			}
		}),
		{numRuns: 1500},
	);
	// The sequences do come to all of this, and often.
	for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
});
