/** Limits of the console: searching, typing, looking at bytes, copying; part of `limits.ts`. */
import {KiB, MiB} from './units.js';

export const consoleLimits = {
	// Searching: keys do not wait for more than a portion of rows, and no expression for more than a part of one.
	searchCharacters: 4 * KiB,
	searchRowsAtOnce: 2_000,
	searchTurnMs: 8,

	// One line being typed: a paste by mistake must not stop the keyboard.
	inputCharacters: 64 * KiB,
	// As many lines of a paste are at once seen to be what was meant.
	pasteLines: 5,
	// A folder that is slow to read must not stop the keyboard.
	completionMs: 1_000,
	// To be found again; many times what a person types in a day.
	typedLines: 1_000,
	typedLinesCharacters: 256 * KiB,
	typedLinesFileBytes: 4 * MiB,
	// What can be put back and undone, with room for a line that is as long as it can be.
	cutsKept: 60,
	undoSteps: 200,
	undoCharacters: 1024 * KiB,

	// Looking at bytes: text is broken into lines as a whole, hex only where it is seen.
	rowTextBytes: 16 * KiB,
	// More than this many a terminal drops what it is asked to copy.
	clipboardBytes: 100_000,
	// A peer that says a name over and over rings no alarm.
	bellMs: 2_000,
} as const;
