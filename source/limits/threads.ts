/** Limits of what crosses the threads; part of `limits.ts`. */
import {MiB} from './units.js';

export const threadLimits = {
	// Threads: events wait at most one frame; a front end that lags stops the readers.
	eventBatchMs: 16,
	eventsUnacknowledged: 20_000,
	eventBytesUnacknowledged: 16 * MiB,
} as const;
