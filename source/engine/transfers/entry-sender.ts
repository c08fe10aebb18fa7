/**
 * Sends one entry on a lane: compares what the receiver has of it, leaves that
 * out, and keeps at most a few buffers queued. It decides nothing about the order
 * of entries; invariant: what was begun is ended by END or ABORT, unless the
 * lane is lost.
 */
import {limits} from '../../limits.js';
import {
	encodeAbort,
	encodeBegin,
	encodeDataHeader,
	encodeEnd,
	unknownSize,
} from '../../protocol/lane-frames.js';
import type {HeldHashes} from './held-hashes.js';
import type {Connection, SourceEntry, SourceReader} from '../ports.js';
import type {RateLimiter} from './rate-limiter.js';

export interface EntrySenderOptions {
	readonly connection: Connection;
	readonly held: HeldHashes;
	/** The receiver may have all of it in a finished file: its digest comes first. */
	readonly isSame: (entry: number) => boolean;
	readonly limiter: Omit<RateLimiter, 'set'>;
	/** Waits until bytes may move (not paused, its turn, room in the connection, the rate); false: stopped. */
	readonly mayMove: () => Promise<boolean>;
	/** The receiver has given the entry up. */
	readonly isGivenUp: (entry: number) => boolean;
	readonly isStopped: () => boolean;
	/** BEGIN was sent. */
	readonly begun: (entry: number, heldBytes: number) => void;
	readonly handed: (bytes: number) => void;
	/** Called before END is sent. */
	readonly ended: (entry: number, digest: Uint8Array) => void;
}

export type EntrySender = (
	index: number,
	file: SourceEntry,
	open: () => Promise<SourceReader>,
) => Promise<void>;

interface LeftOut {
	readonly blocks: readonly boolean[];
	readonly bytes: number;
}

const nothing: LeftOut = {blocks: [], bytes: 0};

export function createEntrySender(options: EntrySenderOptions): EntrySender {
	const {connection, held, isSame, limiter, mayMove, isGivenUp, isStopped} =
		options;

	const compare = async (
		index: number,
		file: SourceEntry,
	): Promise<LeftOut> => {
		if (isSame(index)) {
			const count = Math.ceil(file.sizeBytes / limits.blockBytes);
			const blocks = Array.from({length: count}, () => true);
			return {blocks, bytes: file.sizeBytes};
		}

		if (!held.isAnnounced(index)) return nothing;
		const blocks = await file.compare(await held.take(index), isStopped);
		return {blocks, bytes: bytesOf(blocks, file.sizeBytes)};
	};

	/** One chunk of the file, in pieces as large as the rate allows; false when it was stopped. */
	const sendChunk = async (
		index: number,
		reader: SourceReader,
		chunk: Uint8Array,
		offset: number,
	): Promise<boolean> => {
		for (let start = 0; start < chunk.length;) {
			const end = Math.min(start + limiter.pieceBytes(), chunk.length);
			const piece = chunk.subarray(start, end);
			const isLast = end === chunk.length;
			connection.writeMany(
				[encodeDataHeader(offset + start, piece.length), piece],
				isLast
					? () => {
							reader.recycle(chunk);
						}
					: undefined,
			);
			options.handed(piece.length);
			limiter.count(piece.length);
			if (!(await mayMove())) return false;
			if (isGivenUp(index)) return true;
			start = end;
		}

		return true;
	};

	return async (index, file, open) => {
		const leftOut = await compare(index, file);
		if (isStopped() || !(await mayMove())) return;
		const reader = await open();
		try {
			const isStream = file.kind === 'stream';
			const size = isStream ? unknownSize : file.sizeBytes;
			connection.write(encodeBegin({entry: index, held: leftOut.bytes, size}));
			options.begun(index, leftOut.bytes);
			for (let offset = 0; ;) {
				const chunk = await reader.read();
				if (isStopped()) return;
				if (chunk.length === 0 || isGivenUp(index)) break;
				if (leftOut.blocks[offset / limits.blockBytes]) {
					reader.recycle(chunk);
				} else if (!(await sendChunk(index, reader, chunk, offset))) {
					return;
				}

				offset += chunk.length;
			}

			if (isGivenUp(index)) {
				// The receiver waits for the next entry.
				connection.write(encodeAbort({entry: index, code: 'cancelled'}));
				return;
			}

			const digest = await reader.finish();
			options.ended(index, digest);
			connection.write(encodeEnd({entry: index, digest}));
		} finally {
			await reader.close();
		}
	};
}

function bytesOf(blocks: readonly boolean[], sizeBytes: number): number {
	let bytes = 0;
	for (const [index, isEqual] of blocks.entries()) {
		if (!isEqual) continue;
		bytes += Math.min(limits.blockBytes, sizeBytes - index * limits.blockBytes);
	}

	return bytes;
}
