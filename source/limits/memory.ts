/** Limits of what the state keeps in memory of what was said and who was here; part of `limits.ts`. */
import {MiB} from './units.js';

export const memoryLimits = {
	// What the screen keeps; the rest is gone from memory.
	conversationRows: 10_000,
	conversationBytes: 16 * MiB,
	// Ten thousand that each talk a little must not fill it; the same for bytes that may be cut again.
	conversationsBytes: 256 * MiB,
	datagramRows: 5_000,
	datagramRowsBytes: 16 * MiB,

	// Peers that left.
	departedPeers: 100,
	finishedTransfers: 200,
} as const;
