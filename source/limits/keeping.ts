/** Limits of exports and the log; part of `limits.ts`. */
import {KiB, MiB} from './units.js';

export const keepingLimits = {
	// Exports and the log: a full log is put aside, and a slow disk must not fill the memory.
	exportBatchBytes: 256 * KiB,
	exportSegmentBytes: 65_000,
	exportFramesTold: 32,
	logFileBytes: 10_000_000,
	logFilesKept: 5,
	logBatchMs: 200,
	logQueueCharacters: 8 * MiB,
} as const;
