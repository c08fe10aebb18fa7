/** Limits of trust: keys under names of our own, who is kept out, what is taken unasked; part of `limits.ts`. */
import {KiB, MiB} from './units.js';

export const trustLimits = {
	// Trust: keys under names of our own, and what is kept out for good.
	pins: 1_000,
	petnameCharacters: 32,
	blocked: 1_000,
	// A thousand pins with all that is kept of each are less than half of it.
	trustFileBytes: 4 * MiB,
	// What is taken from a verified peer without asking, where nobody says otherwise: a day's
	// share is so many offers of the full size. An entry counts as a block of the file system
	// at least: empty files fill a disk too.
	autoAcceptBytes: 1_000_000_000,
	autoAcceptEntries: 100,
	autoAcceptDayTimes: 10,
	autoAcceptEntryBytes: 4 * KiB,
	// Sums of the day that are kept for a peer: no more, however many offers there are.
	autoAcceptSums: 7,
} as const;
