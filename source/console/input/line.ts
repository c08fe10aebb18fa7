/**
 * What is typed, as a value: its text, the caret, what was cut, what can be undone.
 * The caret always stands between two whole characters (graphemes). A step that can
 * be undone is one edit, or a run of typing or deleting.
 */
import {limits} from '../../limits.js';
import {boundaryBefore, isBoundary, snapToBoundary} from './graphemes.js';

interface Snapshot {
	readonly text: string;
	readonly caret: number;
}

/** What the last key did, as far as the next one asks: cuts in a row join, `yankPop` replaces what was put in. */
export type LastEdit =
	| {readonly kind: 'other' | 'deleting' | 'cut'}
	/** What was typed ends there; the caret may stand behind more that it was joined to. */
	| {readonly kind: 'typing'; readonly end: number}
	/** From `start` to the caret stands number `index` of the cuts, or of the last words. */
	| {
			readonly kind: 'yank' | 'lastWord';
			readonly start: number;
			readonly index: number;
	  }
	/** Up and down in a row keep this column. */
	| {readonly kind: 'vertical'; readonly column: number};

export interface Line {
	/** In a draft of several lines each but the last ends with LF. */
	readonly text: string;
	/** Index into `text`, in UTF-16 units. */
	readonly caret: number;
	/** What was cut, the newest first: `yank` puts it back. */
	readonly cuts: readonly string[];
	/** What `undo` goes back to, the newest last. */
	readonly past: readonly Snapshot[];
	/** What `redo` goes forward to, the nearest last. */
	readonly future: readonly Snapshot[];
	readonly last: LastEdit;
}

const other: LastEdit = {kind: 'other'};

export const emptyLine: Line = {
	text: '',
	caret: 0,
	cuts: [],
	past: [],
	future: [],
	last: other,
};

/** Another text, the caret at its end or at `caret`; there is nothing to undo. What was cut stays. */
export function withText(line: Line, text: string, caret = text.length): Line {
	const {cuts} = line;
	return {...emptyLine, cuts, text, caret: snapToBoundary(text, caret)};
}

/** The caret elsewhere. */
export const withCaret = (
	line: Line,
	caret: number,
	last: LastEdit = other,
): Line => ({
	...line,
	caret,
	last,
});

function remembered(line: Line): readonly Snapshot[] {
	const {text, caret, past} = line;
	const kept = [...past, {text, caret}].slice(-limits.undoSteps);
	let characters = 0;
	const first = kept.findLastIndex(
		each => (characters += each.text.length) > limits.undoCharacters,
	);
	return kept.slice(first + 1);
}

export interface Replacement {
	readonly start: number;
	readonly end: number;
	readonly text: string;
	/** Behind the new text when missing. */
	readonly caret?: number;
	readonly last?: LastEdit;
	/** It belongs to the step before it. */
	readonly isSameStep?: boolean;
}

/** Puts text in the place of what stands between `start` and `end`. Unchanged where that is the same, or more than a line holds. */
export function replace(line: Line, change: Replacement): Line {
	const {start, end, text: piece, last = other} = change;
	const text = line.text.slice(0, start) + piece + line.text.slice(end);
	const isLonger = text.length > line.text.length;
	if (isLonger && text.length > limits.inputCharacters) return line;
	const caret = snapToBoundary(text, change.caret ?? start + piece.length);
	if (text === line.text) return withCaret(line, caret, last);
	const isRun =
		(last.kind === 'typing' || last.kind === 'deleting') &&
		line.last.kind === last.kind;
	const past = change.isSameStep || isRun ? line.past : remembered(line);
	return {...line, text, caret, past, future: [], last};
}

/** The lines of a paste; the break at its end begins none. */
export const pastedLines = (text: string): string[] =>
	text.replace(/[\r\n]+$/, '').split(/\r\n|[\r\n\u2028\u2029]/);

/** What one line can hold: breaks and tabs become spaces, other control characters go. */
export function toLineText(text: string): string {
	return toDraftText(text).replaceAll('\n', ' ');
}

/** What a draft of several lines can hold: its breaks are LF. Breaks at the end go, as a paste often has one. */
export function toDraftText(text: string): string {
	return text
		.replace(/[\r\n]+$/, '')
		.replace(/\r\n|[\r\u2028\u2029]/g, '\n')
		.replaceAll('\t', ' ')
		.replace(/(?!\n)\p{Cc}/gu, '');
}

/** The caret, or the end of what was typed where that goes on: the parts of one character may come one after the other. */
function typingPlace({text, caret, last}: Line, piece: string): number {
	if (last.kind !== 'typing') return caret;
	const {end} = last;
	return isBoundary(text.slice(0, end) + piece, end) ? caret : end;
}

/** Puts text in at the caret, as much of it as the limit allows. */
export function insertText(
	line: Line,
	typed: string,
	options: {
		/** A step of its own. */
		readonly isPaste?: boolean;
		readonly keepsBreaks?: boolean;
	} = {},
): Line {
	const {text, caret} = line;
	const room = Math.max(0, limits.inputCharacters - text.length);
	let piece = options.keepsBreaks ? toDraftText(typed) : toLineText(typed);
	if (piece.length > room)
		piece = piece.slice(0, boundaryBefore(piece, room + 1));
	if (piece === '') return line;
	const start = options.isPaste ? caret : typingPlace(line, piece);
	const end = start + piece.length;
	return replace(line, {
		start,
		end: start,
		text: piece,
		last: options.isPaste ? other : {kind: 'typing', end},
	});
}

/** Starts another line at the caret. */
export const breakLine = (line: Line): Line =>
	replace(line, {start: line.caret, end: line.caret, text: '\n'});

function step(line: Line, from: 'past' | 'future'): Line {
	const {text, caret, past, future} = line;
	const source = from === 'past' ? past : future;
	const target = source.at(-1);
	if (!target) return withCaret(line, caret);
	const here = {text, caret};
	const rest = source.slice(0, -1);
	return {
		...line,
		...target,
		past: from === 'past' ? rest : [...past, here],
		future: from === 'past' ? [...future, here] : rest,
		last: other,
	};
}

export const undo = (line: Line): Line => step(line, 'past');
export const redo = (line: Line): Line => step(line, 'future');
