/**
 * The bytes of a raw conversation as frames: what one read completes, and what
 * all that is held gives when it is cut anew. Pure; where cuts fall is decided by
 * the framers.
 *
 * Invariants: the same pieces under the same framing and fallback give the same
 * frames, cut live or again.
 */
import {limits} from '../../limits.js';
import {createFramer} from '../../protocol/framers/create-framer.js';
import type {Framer} from '../../protocol/framer.js';
import {packCuts, type Framing} from '../../protocol/framing.js';
import {lineTextOf} from '../../protocol/line-text.js';
import {concatBytes} from '../../util/bytes.js';
import type {Log} from '../../util/log.js';
import {
	cutBytes,
	framesOf,
	type CutFrame,
	type CutRead,
	type Position,
} from './cut-frames.js';
import type {PeerKey} from '../ids.js';
import {readAt} from './piece-places.js';
import type {EngineState} from '../state.js';
import type {Piece, Stream, Unfinished} from './stream-state.js';

export type {CutFrame, CutRead, Position};

export const nothingUnfinished: Unfinished = {
	bytes: 0,
	of: undefined,
	firstRead: 0,
	lastAt: 0,
	lastOrder: 0,
	parts: [],
};

/** How bytes of a peer that are not UTF-8 are read. */
export const fallbackOf = (state: EngineState, peer: PeerKey): string =>
	state.peers.get(peer)?.fallback ?? state.self.fallbackEncoding;

export const framerFor = (framing: Framing, fallback: string): Framer =>
	createFramer(
		framing,
		framing.kind === 'lines' ? lineTextOf(fallback) : undefined,
	);

/** The position behind a read; `pieces` hold at least what was read before. */
export function advance(
	before: Position,
	read: CutRead,
	pieces: Log<Piece>,
): Position {
	const {bytes, cuts} = read;
	const {unfinished} = before;
	const isRead = bytes.length > 0;
	const reads = before.reads + (isRead ? 1 : 0);
	// Cuts never take more than there is; whoever says so must not break what is kept.
	const open = unfinished.bytes + bytes.length - cutBytes(cuts);
	const left = Math.max(0, open);
	const receivedBytes = before.receivedBytes + bytes.length;
	const begins = () => {
		if (left === 0) return 0;
		if (left <= bytes.length) return reads;
		return cuts.length === 0
			? unfinished.firstRead
			: readAt(pieces, before, receivedBytes - left);
	};

	return {
		reads,
		receivedBytes,
		unfinished: {
			bytes: left,
			of: read.unfinishedOf,
			firstRead: begins(),
			lastAt: isRead ? read.at : unfinished.lastAt,
			lastOrder: isRead ? read.order : unfinished.lastOrder,
			parts: lastBytes(unfinished.parts, bytes, left),
		},
	};
}

export interface Recut {
	readonly position: Position;
	/** Stands behind all that is held. */
	readonly framer: Framer;
	/** The newest frames, oldest first, as many as a conversation keeps at most. */
	frames(): CutFrame[];
	/** Where the bytes that are held begin: older frames stay as they were. */
	readonly from: number;
}

/** All that is held of a stream, cut under a framing, as of `atMs`. */
export function recut(
	stream: Stream,
	framing: Framing,
	fallback: string,
	atMs: number,
): Recut {
	const {pieces, ends} = stream;
	let framer = framerFor(framing, fallback);
	let position: Position = {
		unfinished: nothingUnfinished,
		reads: stream.reads,
		receivedBytes: stream.receivedBytes,
	};
	const newest: Array<{before: Position; read: CutRead}> = [];
	let kept = 0;
	const apply = (
		read: Pick<CutRead, 'at' | 'order' | 'bytes'>,
		cuts: ReturnType<Framer['push']>,
	) => {
		const {of} = framer.unfinished();
		const whole = {...read, cuts: packCuts(cuts), unfinishedOf: of};
		newest.push({before: position, read: whole});
		kept += cuts.length;
		while (kept - newest[0]!.read.cuts.length / 4 >= limits.conversationRows) {
			kept -= newest.shift()!.read.cuts.length / 4;
		}

		position = advance(position, whole, pieces);
	};

	const none = {at: 0, order: 0, bytes: new Uint8Array(0)};
	let from: number | undefined;
	let nextEnd = 0;
	const finish = (untilOffset: number) => {
		for (; nextEnd < ends.length; nextEnd++) {
			const {offset, at} = ends[nextEnd]!;
			if (offset > untilOffset) break;
			if (offset <= (from ?? Infinity)) continue;
			apply(none, [...framer.quiet(at), ...framer.end()]);
			position = {...position, unfinished: nothingUnfinished};
			framer = framerFor(framing, fallback);
		}
	};

	for (let index = 0; index < pieces.length; index++) {
		const piece = pieces.at(index)!;
		if (piece.direction === 'out') continue;
		if (from === undefined) {
			from = piece.offset;
			position = {
				unfinished: nothingUnfinished,
				reads: piece.number - 1,
				receivedBytes: piece.offset,
			};
		}

		finish(piece.offset);
		apply(piece, framer.push(piece.bytes, piece.at));
	}

	finish(stream.receivedBytes);
	apply(none, framer.quiet(atMs));
	return {
		position,
		framer,
		from: from ?? stream.receivedBytes,
		frames() {
			const frames: CutFrame[] = [];
			for (const {before, read} of newest) {
				const cut = framesOf(before, read, pieces);
				for (let index = 0; index < cut.length; index++) {
					frames.push(cut.at(index));
				}
			}

			return frames.slice(-limits.conversationRows);
		},
	};
}

/** The last `count` of what was held and read, in parts of about the same size as there are: each byte is copied a few times at most. */
function lastBytes(
	parts: readonly Uint8Array[],
	bytes: Uint8Array,
	count: number,
): readonly Uint8Array[] {
	if (count === 0) return [];
	if (count <= bytes.length) return [bytes.subarray(bytes.length - count)];
	const result: Uint8Array[] = [];
	let drop =
		parts.reduce((sum, part) => sum + part.length, 0) + bytes.length - count;
	for (const part of parts) {
		if (drop < part.length) result.push(drop > 0 ? part.subarray(drop) : part);
		drop = Math.max(0, drop - part.length);
	}

	let last = bytes;
	while (
		result.length > 0 &&
		result.at(-1)!.length <= last.length &&
		last.length < partBytes
	) {
		last = concatBytes([result.pop()!, last]);
	}

	if (last.length > 0) result.push(last);
	return result;
}

const partBytes = 64 * 1024;
