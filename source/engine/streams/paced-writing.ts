/**
 * Writes of a raw conversation, with at least a pause between two of them. Decides
 * when each goes; what it is, and who hears of it, is left to the session.
 */
import {limits} from '../../limits.js';
import type {MessageId, SafeText} from '../ids.js';
import type {Clock} from '../ports.js';

export interface Write {
	readonly bytes: Uint8Array;
	readonly message?: MessageId | undefined;
	readonly note?: SafeText | undefined;
	readonly flushed?: (() => void) | undefined;
}

export interface PacedWriting {
	/** At once where nothing waits and the pause is over; false where more should wait until `emptied`. */
	push(write: Write): boolean;
	queuedBytes(): number;
	/** The pause is another one. */
	repaced(): void;
	/** What waits is not written. */
	stop(): void;
}

export function createPacedWriting(
	clock: Clock,
	options: {
		readonly paceMs: () => number;
		/** False where more should wait. */
		readonly write: (write: Write) => boolean;
		/** Nothing waits any more. */
		readonly emptied: () => void;
	},
): PacedWriting {
	const {paceMs, write, emptied} = options;
	let queue: Write[] = [];
	let queuedBytes = 0;
	let lastAtMs = -Infinity;
	let cancel: (() => void) | undefined;

	const writeNow = (next: Write) => {
		lastAtMs = clock.now();
		return write(next);
	};

	const waitMs = () => {
		const sinceMs = clock.now() - lastAtMs;
		// A clock that was set back must not make anybody wait for it.
		return sinceMs < 0 ? 0 : Math.max(0, paceMs() - sinceMs);
	};

	const goOn = () => {
		cancel = undefined;
		let hasRoom = true;
		while (queue.length > 0 && waitMs() === 0) {
			const next = queue.shift()!;
			queuedBytes -= next.bytes.length;
			hasRoom = writeNow(next);
		}

		if (queue.length > 0) cancel = clock.after(waitMs(), goOn);
		else if (hasRoom) emptied();
	};

	return {
		push(next) {
			if (queue.length === 0 && waitMs() === 0) return writeNow(next);
			queue.push(next);
			queuedBytes += next.bytes.length;
			cancel ??= clock.after(waitMs(), goOn);
			return queuedBytes < limits.queuedBytes / 4;
		},
		queuedBytes: () => queuedBytes,
		repaced() {
			if (queue.length === 0) return;
			cancel?.();
			cancel = clock.after(waitMs(), goOn);
		},
		stop() {
			cancel?.();
			cancel = undefined;
			queue = [];
			queuedBytes = 0;
		},
	};
}
