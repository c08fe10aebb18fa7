/** Limits of what is typed; part of `limits.ts`. */
const KiB = 1024;
const MiB = 1024 * KiB;

export const inputLimits = {
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
} as const;
