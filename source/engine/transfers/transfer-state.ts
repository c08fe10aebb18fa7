/** What is known of a transfer; part of `state.ts`, and to be imported from there. */
import type {ErrorInfo} from '../../errors.js';
import type {ImmutableList} from '../../util/immutable-list.js';
import type {
	ByItself,
	Direction,
	EntryOffer,
	PausedBy,
	Stall,
	TransferOutcome,
	Trust,
} from '../events.js';
import type {PeerKey, SafeText, TransferId} from '../ids.js';

export interface Transfer {
	readonly id: TransferId;
	readonly peer: PeerKey;
	readonly peerName: SafeText;
	readonly direction: Direction;
	readonly trust: Trust;
	readonly entries: ImmutableList<TransferEntry>;
	/** Of all entries; `wantedBytes` is without those that were refused or not wanted. */
	readonly totalBytes: number;
	readonly wantedBytes: number;
	/** What the receiver had before, of entries that went on. */
	readonly heldBytes: number;
	readonly freeBytes: number | undefined;
	/** Where it goes instead of the receive folder. */
	readonly folder: string | undefined;
	/** Of our folders: what is neither file nor folder. */
	readonly leftOut: number;
	readonly rateLimit: number | undefined;
	readonly offeredAt: number;
	/** Why nobody is asked about it. */
	readonly byItself: ByItself | undefined;
	readonly phase: TransferPhase;
}

export interface TransferEntry extends EntryOffer {
	readonly phase:
		| {readonly kind: 'waiting'}
		/** It was not wanted. */
		| {readonly kind: 'skipped'}
		| {
				readonly kind: 'saved';
				readonly savedAs: SafeText;
				readonly digest: string;
				/** The same file was there before. */
				readonly existed: boolean;
		  }
		| {readonly kind: 'failed'; readonly error: ErrorInfo};
}

/** How far a transfer is that has begun, or would have if it had not been held up. */
interface Begun {
	/** When the first byte moved; undefined before. */
	readonly startedAt: number | undefined;
	readonly movedBytes: number;
	/** Which entry is under way. */
	readonly entry: number;
}

export type TransferPhase =
	| {readonly kind: 'offered'}
	/** Accepted: waits for its turn with the sender. */
	| ({readonly kind: 'queued'} & Begun)
	| ({
			readonly kind: 'active';
			/** Smoothed, bytes a second. */
			readonly rate: number;
			readonly sampledAt: number;
			/** Since when nothing has moved, and why; undefined while it moves. */
			readonly stalled:
				{readonly why: Stall; readonly since: number} | undefined;
	  } & Begun)
	| ({
			readonly kind: 'paused';
			readonly by: PausedBy;
			readonly error: ErrorInfo | undefined;
			readonly since: number;
	  } & Begun)
	/** The connection is gone: tried again at `nextAt`, or when the peer is back. */
	| ({
			readonly kind: 'interrupted';
			readonly error: ErrorInfo | undefined;
			readonly nextAt: number | undefined;
			/** The connection is back, the answer is not. */
			readonly isAsking: boolean;
			readonly since: number;
	  } & Begun)
	| {
			readonly kind: 'finished';
			readonly at: number;
			readonly startedAt: number | undefined;
			readonly movedBytes: number;
			readonly outcome: TransferOutcome;
	  };

export const isRunning = (transfer: Transfer): boolean =>
	transfer.phase.kind !== 'finished';
