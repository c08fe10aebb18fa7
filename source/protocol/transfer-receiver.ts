/**
 * What the receiver of a transfer lets through: that frames come in order and
 * that entries have the sizes that were accepted. Writing, hashing and answering
 * are the engine's business.
 *
 *   states   between  no entry is open
 *            inside   an entry is open: how much of it came is known
 *   inputs   BEGIN, DATA, END, ABORT received; skipEntry(index) from the engine
 *   outputs  a step for the engine; anything out of order throws
 *
 *            BEGIN            DATA           END             ABORT
 *   between  inside: begin    -              -               between: abort
 *   inside   -                inside: data   between: end    between: abort
 *
 * Invariants: an entry begins at most once, and later ones after earlier ones;
 * its data has no gap, no overlap and never more than the accepted size; END
 * comes only after all of it. ABORT between entries stands for one that could
 * not be begun. Steps of a skipped entry are checked alike and
 * come out as `ignored`. Offsets other than 0 at BEGIN belong to resuming and
 * are refused until then.
 */
import {SocktermError} from '../errors.js';
import type {LaneFrame} from './lane-frames.js';

export type ReceiverStep =
	| {readonly kind: 'begin'; readonly entry: number; readonly size: number}
	| {
			readonly kind: 'data';
			readonly entry: number;
			readonly offset: number;
			readonly bytes: Uint8Array;
	  }
	| {readonly kind: 'end'; readonly entry: number; readonly digest: Uint8Array}
	| {readonly kind: 'abort'; readonly entry: number; readonly code: string}
	/** Part of a skipped entry: nothing to do. */
	| {readonly kind: 'ignored'; readonly entry: number};

export interface ReceivedEntry {
	/** The accepted size in bytes. */
	readonly size: number;
	readonly wanted: boolean;
}

export interface TransferReceiver {
	/** Throws protocolViolation {what}. */
	receive(frame: LaneFrame): ReceiverStep;
	/** After a local failure: what still comes of this entry is checked and swallowed. */
	skipEntry(index: number): void;
}

interface OpenEntry {
	readonly entry: number;
	readonly size: number;
	received: number;
}

/** `entries` are all of the offer, in its order; sizes in bytes. */
export function createTransferReceiver(
	entries: readonly ReceivedEntry[],
): TransferReceiver {
	const skipped = new Set<number>();
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
		const {entry, offset, size} = frame;
		if (open) throw violation('beginInsideEntry');
		const accepted = advanceTo(entry);
		if (offset !== 0) throw violation('offsetNotAgreed');
		if (size !== accepted.size) throw violation('sizeNotAccepted');
		open = {entry, size, received: 0};
		return {kind: 'begin', entry, size};
	};

	const data = (frame: LaneFrame & {kind: 'data'}): ReceiverStep => {
		const {offset, bytes} = frame;
		if (!open) throw violation('dataOutsideEntry');
		if (offset !== open.received) throw violation('offsetOutOfOrder');
		if (bytes.length > open.size - offset) throw violation('dataBeyondSize');
		open.received += bytes.length;
		return {kind: 'data', entry: open.entry, offset, bytes};
	};

	const end = (frame: LaneFrame & {kind: 'end'}): ReceiverStep => {
		if (open?.entry !== frame.entry) throw violation('endOutsideEntry');
		if (open.received !== open.size) throw violation('endBeforeSize');
		open = undefined;
		return {kind: 'end', entry: frame.entry, digest: frame.digest};
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
		skipEntry(index) {
			skipped.add(index);
		},
	};
}

function violation(what: string): SocktermError {
	return new SocktermError('protocolViolation', {what});
}
