/** A raw conversation as bytes: what was read and written, and how that is cut. Text and hex are views of it. */
import type {Framing, Sending} from '../../protocol/framing.js';
import type {Log} from '../../util/log.js';
import type {Direction} from '../events.js';

export interface Stream {
	/** How received bytes are cut. */
	readonly framing: Framing;
	readonly sending: Sending;
	/** Reads and writes in order, the oldest dropped beyond `limits.conversationBytes`. */
	readonly pieces: Log<Piece>;
	/** Received bytes that no frame has yet, oldest first. */
	readonly unfinished: Unfinished;
	/** Where and when a connection ended, rising: no frame goes over such a place. */
	readonly ends: readonly StreamEnd[];
	readonly reads: number;
	readonly writes: number;
	readonly receivedBytes: number;
	readonly sentBytes: number;
	/** A repeated send, or a file that is written as it is. */
	readonly repeat: StreamRepeat | undefined;
	readonly file: StreamFile | undefined;
}

export interface StreamEnd {
	/** Among the bytes received. */
	readonly offset: number;
	readonly at: number;
}

/** One read or one write. */
export interface Piece {
	readonly at: number;
	readonly order: number;
	readonly direction: Direction;
	readonly bytes: Uint8Array;
	/** Of its first byte, among all bytes of its direction. */
	readonly offset: number;
	/** Of reads, counted from 1; of writes too. */
	readonly number: number;
}

export interface Unfinished {
	readonly bytes: number;
	/** What the message will have, where its head says so. */
	readonly of: number | undefined;
	/** The read in which it begins. */
	readonly firstRead: number;
	/** Of the newest read. */
	readonly lastAt: number;
	readonly lastOrder: number;
	/** The bytes themselves, in as few parts as is cheap. */
	readonly parts: readonly Uint8Array[];
}

export interface StreamRepeat {
	readonly what: string;
	readonly everyMs: number;
	readonly sent: number;
	/** Missing: until it is stopped. */
	readonly count: number | undefined;
}

export interface StreamFile {
	readonly name: string;
	readonly sizeBytes: number;
	readonly sentBytes: number;
}

/** Where a frame stands among reads: it shares the read in which it ended with others, or spans several. */
export interface FrameReads {
	readonly first: number;
	readonly last: number;
	/** It is the `index`th (from 1) of `count` frames that ended in its last read. */
	readonly index: number;
	readonly count: number;
	/** Offsets in the frame's bytes at which a read ended, its own end excluded. */
	readonly splits: readonly number[];
}

export type {Framing, Sending};
