/** What happens to transfers; part of `events.ts`, and to be imported from there. */
import type {ErrorInfo} from '../../errors.js';
import type {Direction, Trust} from '../events.js';
import type {PartialId, PeerId, PeerKey, SafeText, TransferId} from '../ids.js';
import type {Presence} from '../ports.js';

/** One file of an offer, with its path as it would be written (or why it is refused). */
export interface EntryOffer {
	/** The path below the receive folder: `photos/2024/a.jpg`. */
	readonly name: SafeText;
	/** An empty folder, or a stream of unknown size (0 bytes here); missing for a file. */
	readonly kind?: 'folder' | 'stream';
	readonly sizeBytes: number;
	readonly flagged?: boolean;
	readonly refused?: ErrorInfo;
	/** What the receive folder has of it already; for `in` only. */
	readonly presence?: Presence;
}

/** Why nothing moves although nobody has paused it. */
export type Stall =
	/** Our own disk, which receives, is behind. */
	| 'ownDisk'
	/** The receiver does not take more. */
	| 'receiver'
	/** Nothing comes from the sender. */
	| 'sender';

/** `disk`: the one that receives is full (ours, or the peer's); it goes on by itself when there is room. */
export type PausedBy = 'us' | 'peer' | 'disk';

/** What is left of a broken transfer, as it is shown. */
export interface PartialOffer {
	readonly id: PartialId;
	readonly peerId: PeerId;
	readonly name: SafeText;
	readonly sizeBytes: number;
	readonly heldBytes: number;
	/** Last written; deleted at `expiresAt`. */
	readonly writtenAt: number;
	readonly expiresAt: number;
}

export type TransferOutcome =
	| {readonly kind: 'saved'; readonly saved: number}
	/** Some or all entries failed; `error` is the first failure. */
	| {
			readonly kind: 'failed';
			readonly saved: number;
			readonly failed: number;
			readonly error: ErrorInfo;
	  }
	| {readonly kind: 'declined'}
	| {readonly kind: 'cancelled'; readonly by: 'us' | 'peer'};

/** Nobody is asked: the caps of a verified peer allow it; or it goes on where it was before a restart. */
export type ByItself = 'accepted' | 'resumed';

export type TransferEventBody =
	| {
			readonly type: 'transfer/offered';
			readonly transfer: TransferId;
			readonly peer: PeerKey;
			/** `out`: we offered; `in`: we are asked. */
			readonly direction: Direction;
			readonly entries: readonly EntryOffer[];
			readonly totalBytes: number;
			/** Free space in the receive folder; for `in` only. */
			readonly freeBytes?: number;
			/** Links, devices, pipes and sockets in the folders, which are not sent; for `out` only. */
			readonly leftOut?: number;
			readonly trust: Trust;
			readonly byItself?: ByItself;
	  }
	/** Offers of this peer may be taken by themselves, and this one is not. */
	| {
			readonly type: 'transfer/notByItself';
			readonly transfer: TransferId;
			readonly peer: PeerKey;
			readonly error: ErrorInfo;
	  }
	/** It waits for its turn with the sender. */
	| {
			readonly type: 'transfer/accepted';
			readonly transfer: TransferId;
			/** Entries that are not wanted. */
			readonly skip: readonly number[];
			/** Where it goes instead of the receive folder; for `in` only. */
			readonly folder?: string;
	  }
	/** Those of ours that wait for their turn, the next one first. */
	| {
			readonly type: 'transfer/queued';
			readonly order: readonly TransferId[];
	  }
	/** Bytes begin to move, or do so again after it was interrupted. */
	| {
			readonly type: 'transfer/started';
			readonly transfer: TransferId;
			/** Of the wanted entries: what is there already. */
			readonly movedBytes: number;
	  }
	/** An entry goes on from bytes that the receiver had: they count as moved from here on. */
	| {
			readonly type: 'transfer/resumed';
			readonly transfer: TransferId;
			readonly entry: number;
			readonly heldBytes: number;
	  }
	| {
			readonly type: 'transfer/progressed';
			readonly transfer: TransferId;
			/** Which entry is under way. */
			readonly entry: number;
			/** Bytes of the wanted entries that are across, those that were there before among them. */
			readonly movedBytes: number;
			/** Nothing has moved since the event before, for `limits.stallMs` at least. */
			readonly stalled?: Stall;
	  }
	| {
			readonly type: 'transfer/paused';
			readonly transfer: TransferId;
			readonly by: PausedBy;
			/** For `disk`: diskFull, with numbers where it is ours. */
			readonly error?: ErrorInfo;
	  }
	| {readonly type: 'transfer/wentOn'; readonly transfer: TransferId}
	/** The connection is gone. It goes on by itself: at `nextAt`, or when the peer is back. */
	| {
			readonly type: 'transfer/interrupted';
			readonly transfer: TransferId;
			readonly error?: ErrorInfo;
			readonly nextAt?: number;
			/** The connection is back and the offer made again: it waits for the answer. */
			readonly asking?: true;
	  }
	/** Without a transfer: all together. Without a number: no limit any more. */
	| {
			readonly type: 'transfer/limited';
			readonly transfer?: TransferId;
			readonly bytesPerSecond?: number;
	  }
	| {
			readonly type: 'transfer/partialsListed';
			readonly partials: readonly PartialOffer[];
	  }
	| {
			readonly type: 'transfer/entrySaved';
			readonly transfer: TransferId;
			readonly entry: number;
			/** The path that it got below the receive folder. */
			readonly savedAs: SafeText;
			/** BLAKE3, 64 hex digits. */
			readonly digest: string;
			/** The same file was there before; nothing was written. */
			readonly existed?: true;
	  }
	| {
			readonly type: 'transfer/entryFailed';
			readonly transfer: TransferId;
			readonly entry: number;
			readonly error: ErrorInfo;
	  }
	| {
			readonly type: 'transfer/finished';
			readonly transfer: TransferId;
			readonly outcome: TransferOutcome;
	  };
