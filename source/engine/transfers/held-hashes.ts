/**
 * What the receiver says it has of the entries that are sent: HELD frames, put
 * together for each entry. Decides what a receiver may say; comparing is left to
 * the source. Invariant: of an entry no more is held than its size allows.
 */
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import {digestBytes, type LaneFrame} from '../../protocol/lane-frames.js';
import type {SourceEntry} from '../ports.js';

export interface HeldHashes {
	/** Throws protocolViolation for what was not announced, comes twice or is too much. */
	receive(frame: LaneFrame & {kind: 'held'}): void;
	/** Whether HELD comes, or came, for it. */
	isAnnounced(entry: number): boolean;
	/** The hashes, 32 bytes a block. Resolves when all are there, and never where the lane is lost. Forgets them. */
	take(entry: number): Promise<Uint8Array>;
}

interface Gathering {
	readonly pieces: Uint8Array[];
	countBytes: number;
	isDone: boolean;
	readonly done: PromiseWithResolvers<Uint8Array>;
}

export function createHeldHashes(
	files: readonly SourceEntry[],
	announced: Iterable<number>,
): HeldHashes {
	const gathering = new Map<number, Gathering>();
	for (const entry of announced) {
		const done = Promise.withResolvers<Uint8Array>();
		gathering.set(entry, {pieces: [], countBytes: 0, isDone: false, done});
	}

	return {
		receive({entry, more, hashes}) {
			const held = gathering.get(entry);
			if (!held || held.isDone) throw violation('held not announced');
			held.countBytes += hashes.length;
			const blocks = Math.ceil(files[entry]!.sizeBytes / limits.blockBytes);
			if (held.countBytes > blocks * digestBytes) {
				throw violation('held too long');
			}

			held.pieces.push(hashes);
			if (more) return;
			held.isDone = true;
			held.done.resolve(join(held.pieces, held.countBytes));
		},
		isAnnounced: entry => gathering.has(entry),
		async take(entry) {
			const hashes = await gathering.get(entry)!.done.promise;
			gathering.delete(entry);
			return hashes;
		},
	};
}

function join(pieces: readonly Uint8Array[], countBytes: number): Uint8Array {
	const joined = new Uint8Array(countBytes);
	let at = 0;
	for (const piece of pieces) {
		joined.set(piece, at);
		at += piece.length;
	}

	return joined;
}

const violation = (what: string) =>
	new SocktermError('protocolViolation', {what});
