/**
 * The frames that one read completes. Each is made when somebody looks at it: of
 * a flood only the last screen is. Those that began in an older read are made at
 * once, as long as it is known which reads those were.
 */
import {
	frameEndings,
	type FrameEnding,
	type PackedCuts,
} from '../../protocol/framing.js';
import {concatBytes} from '../../util/bytes.js';
import type {Log} from '../../util/log.js';
import {readAt, splitsOf, type Position} from './piece-places.js';
import type {FrameReads, Piece} from './stream-state.js';

export type {Position};

/** One read, or nothing (silence, the end), with the cuts that it completes. */
export interface CutRead {
	readonly at: number;
	readonly order: number;
	readonly bytes: Uint8Array;
	readonly cuts: PackedCuts;
	readonly unfinishedOf: number | undefined;
}

/** A frame stands at the time and order of the newest read when it ended. */
export interface CutFrame {
	readonly at: number;
	readonly order: number;
	readonly bytes: Uint8Array;
	readonly head: number;
	readonly tail: number;
	readonly ending: FrameEnding;
	readonly offset: number;
	readonly reads: FrameReads;
}

export interface CutFrames {
	readonly length: number;
	/** Of all together. */
	readonly bytes: number;
	readonly splits: number;
	at(index: number): CutFrame;
	bytesAt(index: number): number;
	splitsAt(index: number): number;
}

const cutNumbers = 4;

export const cutCount = (cuts: PackedCuts) => cuts.length / cutNumbers;

/** Bytes of a frame: head, content and tail. */
const lengthAt = (cuts: PackedCuts, index: number) => {
	const at = index * cutNumbers;
	return cuts[at]! + cuts[at + 1]! + cuts[at + 2]!;
};

/** Bytes of all frames. */
export function cutBytes(cuts: PackedCuts): number {
	let sum = 0;
	for (let index = 0; index < cutCount(cuts); index++) {
		sum += lengthAt(cuts, index);
	}

	return sum;
}

class ReadFrames implements CutFrames {
	readonly length: number;
	readonly bytes: number;
	readonly splits: number;
	readonly #read: CutRead;
	readonly #number: number;
	readonly #older: number;
	/** Those that began in an older read. */
	readonly #spanning: readonly CutFrame[];
	/** Where the first of the others begins: in the read, and among all bytes. */
	readonly #start: number;
	readonly #receivedBytes: number;
	#places: Int32Array | undefined;

	constructor(before: Position, read: CutRead, pieces: Log<Piece>) {
		const {bytes, cuts} = read;
		this.#read = read;
		this.#number = before.reads + (bytes.length > 0 ? 1 : 0);
		this.#receivedBytes = before.receivedBytes;
		this.length = cutCount(cuts);
		this.bytes = cutBytes(cuts);
		this.#older = endedBefore(before.unfinished.bytes, cuts);
		this.#spanning = spanningFrames(before, read, pieces, this.#older);
		let splits = 0;
		for (const {reads} of this.#spanning) splits += reads.splits.length;
		this.splits = splits;
		const spanned = this.#spanning.at(-1);
		this.#start = spanned
			? spanned.offset + spanned.bytes.length - before.receivedBytes
			: 0;
	}

	at(index: number): CutFrame {
		const spanning = this.#spanning[index];
		if (spanning) return spanning;
		const {at, order, bytes, cuts} = this.#read;
		const start = this.#placesOf()[index - this.#spanning.length]!;
		const place = index * cutNumbers;
		return {
			at,
			order,
			bytes: bytes.subarray(start, start + lengthAt(cuts, index)),
			head: cuts[place]!,
			tail: cuts[place + 2]!,
			ending: frameEndings[cuts[place + 3]!] ?? 'whole',
			offset: this.#receivedBytes + start,
			reads: {
				first: this.#number,
				last: this.#number,
				index: index - this.#older + 1,
				count: this.length - this.#older,
				splits: [],
			},
		};
	}

	bytesAt(index: number): number {
		return lengthAt(this.#read.cuts, index);
	}

	splitsAt(index: number): number {
		return this.#spanning[index]?.reads.splits.length ?? 0;
	}

	/** Where the frames that lie in this read begin in it. */
	#placesOf(): Int32Array {
		if (this.#places) return this.#places;
		const {cuts} = this.#read;
		const first = this.#spanning.length;
		const places = new Int32Array(this.length - first);
		let start = this.#start;
		for (let index = first; index < this.length; index++) {
			places[index - first] = start;
			start += lengthAt(cuts, index);
		}

		this.#places = places;
		return places;
	}
}

/** `before` stands in front of the read; `pieces` hold what was read before, as far as it is held. */
export function framesOf(
	before: Position,
	read: CutRead,
	pieces: Log<Piece>,
): CutFrames {
	return new ReadFrames(before, read, pieces);
}

/** How many frames ended before this read: a silence had to pass, or the next byte to come. */
export function endedBefore(unfinishedBytes: number, cuts: PackedCuts): number {
	let left = unfinishedBytes;
	let older = 0;
	for (; older < cutCount(cuts); older++) {
		left -= lengthAt(cuts, older);
		if (left < 0) break;
	}

	return older;
}

function spanningFrames(
	before: Position,
	read: CutRead,
	pieces: Log<Piece>,
	older: number,
): CutFrame[] {
	const {unfinished, receivedBytes} = before;
	const {bytes, cuts} = read;
	const count = cutCount(cuts);
	if (count === 0 || unfinished.bytes === 0) return [];
	const held = concatBytes(unfinished.parts);
	const number = before.reads + (bytes.length > 0 ? 1 : 0);
	const begin = receivedBytes - unfinished.bytes;
	const frames: CutFrame[] = [];
	for (
		let index = 0, offset = begin;
		index < count && offset < receivedBytes;
		index++
	) {
		const end = offset + lengthAt(cuts, index);
		const isOlder = index < older;
		const place = index * cutNumbers;
		frames.push({
			at: isOlder ? unfinished.lastAt : read.at,
			order: isOlder ? unfinished.lastOrder : read.order,
			bytes: between(held, bytes, offset - begin, end - begin),
			head: cuts[place]!,
			tail: cuts[place + 2]!,
			ending: frameEndings[cuts[place + 3]!] ?? 'whole',
			offset,
			reads: {
				first: readAt(pieces, before, offset),
				last: isOlder ? before.reads : number,
				index: isOlder ? 1 : index - older + 1,
				count: isOlder ? 1 : count - older,
				splits: splitsOf(pieces, before, offset, end),
			},
		});
		offset = end;
	}

	return frames;
}

/** The bytes between two places among those held, the first one in them, and those read. */
function between(
	held: Uint8Array,
	bytes: Uint8Array,
	start: number,
	end: number,
): Uint8Array {
	const first = held.subarray(start, end);
	return end <= held.length
		? first
		: concatBytes([first, bytes.subarray(0, end - held.length)]);
}
