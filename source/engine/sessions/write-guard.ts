/**
 * Watches what a session has queued for a reader that may not read. A reader
 * that stays above the limit for ten seconds is cut with its reason: it is not
 * buffered for, and nothing is skipped in silence.
 */
import {errorInfo, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import type {Clock, Connection} from '../ports.js';

export interface WriteGuard {
	/** Call after each write. */
	check(): void;
	/** The queue went out: whoever is above the limit later has ten seconds again. */
	drained(): void;
	/** More than this must not be queued at all. */
	isFull(): boolean;
	stop(): void;
}

export function createWriteGuard(
	connection: Connection,
	clock: Clock,
	cut: (error: ErrorInfo) => void,
	/** What counts as not reading; missing: that of somebody who is not verified. */
	limitBytes: () => number = () => limits.queuedBytes,
): WriteGuard {
	let cancel: (() => void) | undefined;
	const stop = () => {
		cancel?.();
		cancel = undefined;
	};

	const isAbove = () => connection.queuedBytes() > limitBytes();
	return {
		check() {
			if (cancel || !isAbove()) return;
			cancel = clock.after(limits.slowReaderMs, () => {
				cancel = undefined;
				if (!isAbove()) return;
				cut(
					errorInfo('slowReader', {
						queuedBytes: connection.queuedBytes(),
						seconds: limits.slowReaderMs / 1000,
					}),
				);
			});
		},
		isFull: () => connection.queuedBytes() > 4 * limitBytes(),
		drained: stop,
		stop,
	};
}
