/** What a transfer is to the parts of the engine that move, pause and end it; made by `transfer-record.ts`. */
import type {ErrorInfo} from '../../errors.js';
import type {Direction} from '../events.js';
import type {PeerId, PeerKey, TransferId} from '../ids.js';
import type {PeerSession} from '../sessions/peer-session.js';
import type {Mover} from './progress-sampler.js';
import type {PauseReason} from './transfer-pauses.js';

export interface TransferIdentity {
	readonly id: TransferId;
	readonly peer: PeerKey;
	readonly peerId: PeerId;
	readonly direction: Direction;
}

export interface TransferRecord extends TransferIdentity {
	/** The session that carries it; undefined while it is interrupted for want of one. */
	session(): PeerSession | undefined;
	attach(session: PeerSession): void;
	isAccepted(): boolean;
	isFinished(): boolean;
	isPaused(): boolean;
	/** Entries that are not settled; empty before it was accepted. */
	pending(): ReadonlySet<number>;
	/** `wanted` are to be moved; `skip` are not wanted. */
	accept(
		wanted: Iterable<number>,
		skip?: readonly number[],
		folder?: string,
	): void;
	/**
	 * Its lane is being made; undefined where that was claimed before in this attempt. What
	 * it gives says whether the attempt lasts.
	 */
	claimLane(): (() => boolean) | undefined;
	/** The lane is there. `closeLane` is told whether what was written is still to go out. */
	move(mover: Mover, closeLane: (isFlushed: boolean) => void): void;
	/** Bytes begin to move, or go on. */
	start(): void;
	resumed(entry: number, heldBytes: number): void;
	saved(entry: number, savedAs: string, digest: string, existed: boolean): void;
	failed(entry: number, error: ErrorInfo): void;
	setPaused(why: PauseReason, isPaused: boolean, error?: ErrorInfo): void;
	/** The other side's reasons are forgotten: it says them again in a new session. */
	forgetTheirPauses(): void;
	/** The other side knows it again: it waits to go on, or is paused as before. */
	takenUp(): void;
	/** Why this side wants it paused; undefined where it does not. */
	ownPause(): {readonly code?: string} | undefined;
	/** Lane or session are gone; it waits for another. */
	interrupt(why: {
		error?: ErrorInfo;
		nextAt?: number;
		keepSession: boolean;
	}): void;
	/** Resolves when what moved before is at rest on the disk. */
	quiet(): Promise<void>;
	/** What is not settled never will be. */
	lose(error: ErrorInfo): void;
	finish(
		outcome: {kind: 'declined'} | {kind: 'cancelled'; by: 'us' | 'peer'},
	): void;
}

export interface RecordOptions {
	/** Bytes of an entry. */
	readonly sizeOf: (entry: number) => number;
	/** It may move now, or may not any more: paused, lane gone. */
	readonly changed: () => void;
	/** `cleanedUp` resolves when it is at rest on the disk. */
	readonly finished: (cleanedUp: Promise<void>) => void;
}
