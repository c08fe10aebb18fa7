/**
 * What the receiver of a transfer lets through: that frames come in order, that
 * entries have the sizes that were accepted, and that nothing is left out but
 * blocks that the receiver has. Writing, hashing and answering are the engine's
 * business.
 *
 *   states   between  no entry is open
 *            inside   an entry is open: how much of it came is known
 *   inputs   BEGIN, DATA, END, ABORT received; skipEntry and claim from the engine
 *   outputs  a step for the engine; anything out of order throws
 *
 *            BEGIN            DATA           END             ABORT
 *   between  inside: begin    -              -               between: abort
 *   inside   -                inside: data   between: end    between: abort
 *
 * Invariants: an entry begins at most once, and later ones after earlier ones;
 * its data has no overlap and never more than the accepted size; a gap is made
 * of whole blocks that were claimed, and all gaps together are what BEGIN named;
 * END comes only after all of it. ABORT between entries stands for one that
 * could not be begun. Steps of a skipped entry are checked alike and come out
 * as `ignored`.
 */
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {unknownSize, type LaneFrame} from './lane-frames.js';

export type ReceiverStep =
	| {
			readonly kind: 'begin';
			readonly entry: number;
			/** Bytes that will be passed over. */
			readonly heldBytes: number;
	  }
	| {
			readonly kind: 'data';
			readonly entry: number;
			/** Bytes passed over since the data before. */
			readonly skippedBytes: number;
			readonly bytes: Uint8Array;
	  }
	| {
			readonly kind: 'end';
			readonly entry: number;
			readonly skippedBytes: number;
			readonly digest: Uint8Array;
	  }
	| {readonly kind: 'abort'; readonly entry: number; readonly code: string}
	/** Part of a skipped entry: nothing to do. */
	| {readonly kind: 'ignored'; readonly entry: number};

export interface ReceivedEntry {
	/** The accepted size in bytes; undefined for a stream. */
	readonly size: number | undefined;
	readonly wanted: boolean;
}

/** Blocks of an entry that the receiver has said it has; `whole`: all of them or none are passed over. */
export type Claim = readonly boolean[] | 'whole';

export interface TransferReceiver {
	/** Throws protocolViolation {what}. */
	receive(frame: LaneFrame): ReceiverStep;
	/** What was said of an entry: only this may be passed over. */
	claim(entry: number, claim: Claim): void;
	/** After a local failure: what still comes of this entry is checked and swallowed. */
	skipEntry(index: number): void;
}

interface OpenEntry {
	readonly entry: number;
	readonly size: number;
	readonly isStream: boolean;
	readonly claimed: Claim | undefined;
	/** The place of the next byte. */
	position: number;
	/** Bytes that are still to be passed over. */
	heldLeft: number;
}

/** `entries` are all of the offer, in its order; sizes in bytes. */
export function createTransferReceiver(
	entries: readonly ReceivedEntry[],
): TransferReceiver {
	const skipped = new Set<number>();
	const claims = new Map<number, Claim>();
	let open: OpenEntry | undefined;
	let lastEntry = -1;

	/** Entries come one after the other, each at most once. */
	const advanceTo = (entry: number): ReceivedEntry => {
		const accepted = entries[entry];
		if (!accepted?.wanted) throw violation('entryNotAccepted');
		if (entry <= lastEntry) throw violation('entryOutOfOrder');
		lastEntry = entry;
		return accepted;
	};

	const begin = (frame: LaneFrame & {kind: 'begin'}): ReceiverStep => {
		const {entry, held, size} = frame;
		if (open) throw violation('beginInsideEntry');
		const {size: accepted} = advanceTo(entry);
		const isStream = accepted === undefined;
		if (size !== (accepted ?? unknownSize)) throw violation('sizeNotAccepted');
		const claimed = claims.get(entry);
		claims.delete(entry);
		if (held > claimable(claimed, size)) throw violation('heldNotClaimed');
		if (claimed === 'whole' && held !== 0 && held !== size) {
			throw violation('heldNotWhole');
		}

		const heldLeft = held;
		open = {entry, size, isStream, claimed, position: 0, heldLeft};
		return {kind: 'begin', entry, heldBytes: held};
	};

	/** Moves on to `offset` over blocks that are claimed; gives the length of the gap. */
	const passOver = (entry: OpenEntry, offset: number): number => {
		const {position, claimed, size} = entry;
		const gap = offset - position;
		if (gap === 0) return 0;
		if (gap < 0) throw violation('offsetOutOfOrder');
		// Also bounds the walk below: what is left is at most what was claimed.
		if (gap > entry.heldLeft) throw violation('gapNotHeld');
		const {blockBytes} = limits;
		if (position % blockBytes !== 0 || (offset % blockBytes && offset !== size))
			throw violation('gapInsideBlock');
		for (let at = position; at < offset; at += blockBytes) {
			if (claimed !== 'whole' && !claimed?.[at / blockBytes])
				throw violation('gapNotHeld');
		}

		entry.position = offset;
		entry.heldLeft -= gap;
		return gap;
	};

	const data = (frame: LaneFrame & {kind: 'data'}): ReceiverStep => {
		const {offset, bytes} = frame;
		if (!open) throw violation('dataOutsideEntry');
		if (bytes.length > open.size - offset) throw violation('dataBeyondSize');
		const skippedBytes = passOver(open, offset);
		open.position += bytes.length;
		return {kind: 'data', entry: open.entry, skippedBytes, bytes};
	};

	const end = (frame: LaneFrame & {kind: 'end'}): ReceiverStep => {
		const {entry, digest} = frame;
		if (open?.entry !== entry) throw violation('endOutsideEntry');
		const skippedBytes = open.isStream ? 0 : passOver(open, open.size);
		if (open.heldLeft > 0) throw violation('heldNotPassedOver');
		open = undefined;
		return {kind: 'end', entry, skippedBytes, digest};
	};

	const abort = (frame: LaneFrame & {kind: 'abort'}): ReceiverStep => {
		if (!open) advanceTo(frame.entry);
		else if (open.entry !== frame.entry) throw violation('abortOutsideEntry');
		open = undefined;
		return {kind: 'abort', entry: frame.entry, code: frame.code};
	};

	const check = (frame: LaneFrame): ReceiverStep => {
		switch (frame.kind) {
			case 'begin': {
				return begin(frame);
			}

			case 'data': {
				return data(frame);
			}

			case 'end': {
				return end(frame);
			}

			case 'abort': {
				return abort(frame);
			}

			default: {
				throw violation('wrongDirection');
			}
		}
	};

	return {
		receive(frame) {
			const step = check(frame);
			return skipped.has(step.entry)
				? {kind: 'ignored', entry: step.entry}
				: step;
		},
		claim(entry, claim) {
			claims.set(entry, claim);
		},
		skipEntry(index) {
			skipped.add(index);
		},
	};
}

/** Bytes in the claimed blocks of an entry of `size` bytes. */
function claimable(claim: Claim | undefined, size: number): number {
	if (claim === 'whole') return size;
	let bytes = 0;
	for (const [index, isThere] of claim?.entries() ?? []) {
		if (!isThere) continue;
		const left = size - index * limits.blockBytes;
		bytes += Math.max(0, Math.min(limits.blockBytes, left));
	}

	return bytes;
}

function violation(what: string): SocktermError {
	return new SocktermError('protocolViolation', {what});
}
