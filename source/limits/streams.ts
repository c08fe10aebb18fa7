/** Limits of a plain conversation as bytes: how they are cut, repeated, and sent as a file; part of `limits.ts`. */
import {KiB, MiB} from './units.js';

export const streamLimits = {
	rawLineBytes: 16 * KiB,
	rawIdleMs: 500,
	// CR is an ending by itself where no LF comes: both halves of CRLF are written together.
	rawReturnMs: 20,
	// A message with a length, of a size, or ended by silence: what announces more means something else.
	rawFrameBytes: 1 * MiB,

	// Read from one connection before others have their turn.
	turnBytes: 256 * KiB,

	// Repeated messages: faster is a flood; a day is the longest that a timer is trusted with.
	repeatLeastMs: 10,
	repeatMostMs: 24 * 60 * 60 * 1_000,
	// A file as bytes: pieces so small that a slow reader is not taken for one that does not read.
	rawFilePieceBytes: 64 * KiB,
	rawFileAheadBytes: 512 * KiB,
} as const;
