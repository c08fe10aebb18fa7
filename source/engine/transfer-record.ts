/**
 * One transfer while it lives, either direction: who, what, and what has become
 * of each entry. Emits its events, samples its progress, and is finished once.
 */
import {errorInfo, type ErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import type {EngineContext} from './context.js';
import type {Direction} from './events.js';
import type {PeerKey, TransferId} from './ids.js';
import type {PeerSession} from './peer-session.js';
import {toSafeText} from './sanitize.js';

export interface Mover {
	movedBytes(): number;
	currentEntry(): number;
	/** Bytes that wait for the disk on this side; undefined where they do not. */
	queuedBytes?(): number;
	stop(): Promise<void> | void;
}

export interface TransferRecord {
	readonly id: TransferId;
	readonly peer: PeerKey;
	readonly session: PeerSession;
	readonly direction: Direction;
	isAccepted(): boolean;
	isFinished(): boolean;
	/** Says that it was accepted; `entries` are those still to be moved. */
	accept(entries: Iterable<number>): void;
	/** Its lane is being made: true the first time, a transfer has one. */
	claimLane(): boolean;
	/** The bytes begin to move. `closeLane` is told whether what was written is still to go out. */
	move(mover: Mover, closeLane: (isFlushed: boolean) => void): void;
	saved(entry: number, savedAs: string, digest: string): void;
	failed(entry: number, error: ErrorInfo): void;
	/** What is not settled never will be. */
	lose(error: ErrorInfo): void;
	finish(
		outcome: {kind: 'declined'} | {kind: 'cancelled'; by: 'us' | 'peer'},
	): void;
}

export function createTransferRecord(
	context: EngineContext,
	identity: {
		id: TransferId;
		peer: PeerKey;
		session: PeerSession;
		direction: Direction;
	},
	/** `cleanedUp` resolves when nothing unfinished is left. */
	onFinished: (cleanedUp: Promise<void>) => void,
): TransferRecord {
	const {clock} = context.ports;
	const {id: transfer} = identity;
	let pending: Set<number> | undefined;
	let savedCount = 0;
	let failedCount = 0;
	let firstError: ErrorInfo | undefined;
	let mover: Mover | undefined;
	let closeLane: (isFlushed: boolean) => void = () => undefined;
	let cancelSample: (() => void) | undefined;
	let hasLane = false;
	let isFinished = false;
	let lastMoved = 0;
	let lastMovedAt = 0;

	const stallReason = () => {
		if (identity.direction === 'out') return 'network';
		return (mover?.queuedBytes?.() ?? 0) > 0 ? 'receiverDisk' : 'network';
	};

	const sample = () => {
		if (!mover) return;
		const now = clock.now();
		const movedBytes = mover.movedBytes();
		const isStalled = now - lastMovedAt >= limits.stallMs;
		if (movedBytes === lastMoved && !isStalled) return;
		if (movedBytes !== lastMoved) lastMovedAt = now;
		const isStill = movedBytes === lastMoved;
		lastMoved = movedBytes;
		context.emit({
			type: 'transfer/progressed',
			transfer,
			entry: mover.currentEntry(),
			movedBytes,
			...(isStill ? {stalled: stallReason()} : {}),
		});
	};

	const sampleLater = () => {
		cancelSample = clock.after(limits.progressMs, () => {
			sample();
			sampleLater();
		});
	};

	const stop = (
		outcome:
			{kind: 'declined'} | {kind: 'cancelled'; by: 'us' | 'peer'} | undefined,
		isFlushed = false,
	) => {
		if (isFinished) return;
		isFinished = true;
		cancelSample?.();
		if (!outcome) sample();
		const cleanedUp = Promise.resolve(mover?.stop());
		closeLane(isFlushed);
		context.emit({
			type: 'transfer/finished',
			transfer,
			outcome:
				outcome ??
				(firstError
					? {
							kind: 'failed',
							saved: savedCount,
							failed: failedCount,
							error: firstError,
						}
					: {kind: 'saved', saved: savedCount}),
		});
		onFinished(cleanedUp);
	};

	const fail = (entry: number, error: ErrorInfo) => {
		failedCount++;
		firstError ??= error;
		pending?.delete(entry);
		context.emit({type: 'transfer/entryFailed', transfer, entry, error});
	};

	return {
		...identity,
		isAccepted: () => pending !== undefined,
		isFinished: () => isFinished,
		accept(entries) {
			pending = new Set(entries);
			lastMovedAt = clock.now();
			context.emit({type: 'transfer/accepted', transfer});
		},
		claimLane() {
			const isFirst = !hasLane;
			hasLane = true;
			return isFirst;
		},
		move(nextMover, close) {
			if (isFinished) {
				// The lane broke while it was taken over.
				void nextMover.stop();
				close(false);
				return;
			}

			mover = nextMover;
			closeLane = close;
			lastMovedAt = clock.now();
			sampleLater();
		},
		saved(entry, savedAs, digest) {
			if (isFinished || !pending?.delete(entry)) return;
			savedCount++;
			context.emit({
				type: 'transfer/entrySaved',
				transfer,
				entry,
				savedAs: toSafeText(savedAs, {joiners: false}),
				digest,
			});
			if (pending.size === 0) stop(undefined, true);
		},
		failed(entry, error) {
			if (isFinished || !pending?.has(entry)) return;
			fail(entry, error);
			if (pending.size === 0) stop(undefined, true);
		},
		lose(error) {
			if (isFinished) return;
			firstError ??= error;
			for (const entry of pending ?? []) fail(entry, error);
			stop(undefined);
		},
		finish(outcome) {
			stop(outcome);
		},
	};
}

export const laneLost = (error?: ErrorInfo): ErrorInfo =>
	error?.blame === 'peer' ? error : errorInfo('laneLost');
