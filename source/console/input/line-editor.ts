/**
 * One editable line as a value: its text, the caret, what was cut last. Pure.
 * The caret always stands between two whole characters (graphemes).
 */
import {limits} from '../../limits.js';
import {
	boundaryAfter,
	boundaryBefore,
	graphemesOf,
	snapToBoundary,
} from './graphemes.js';

export interface Line {
	readonly text: string;
	/** Index into `text`, in UTF-16 units. */
	readonly caret: number;
	/** What the last cut took: `yank` puts it back. */
	readonly cut: string;
}

export type EditAction =
	| 'lineStart'
	| 'lineEnd'
	| 'left'
	| 'right'
	| 'wordLeft'
	| 'wordRight'
	| 'deleteLeft'
	| 'deleteRight'
	| 'cutBlankLeft'
	| 'cutWordLeft'
	| 'cutWordRight'
	| 'cutToStart'
	| 'cutToEnd'
	| 'yank';

export const emptyLine: Line = {text: '', caret: 0, cut: ''};

/** The line with other text, the caret at its end or at `caret`. */
export function withText(line: Line, text: string, caret = text.length): Line {
	return {...line, text, caret: snapToBoundary(text, caret)};
}

/** What a line can hold: breaks and tabs become spaces, other control characters go. */
export function toLineText(text: string): string {
	return text
		.replace(/[\r\n]+$/, '')
		.replace(/\r\n|[\n\r\t\u2028\u2029]/g, ' ')
		.replace(/\p{Cc}/gu, '');
}

/** Puts text in at the caret, as much of it as the limit allows. */
export function insertText(line: Line, typed: string): Line {
	const {text, caret} = line;
	const room = Math.max(0, limits.inputCharacters - text.length);
	let piece = toLineText(typed);
	if (piece.length > room)
		piece = piece.slice(0, boundaryBefore(piece, room + 1));
	if (piece === '') return line;
	const whole = text.slice(0, caret) + piece + text.slice(caret);
	return withText(line, whole, caret + piece.length);
}

/** Takes out what stands between two places. */
function remove(line: Line, start: number, end: number, keep: boolean): Line {
	if (start >= end) return line;
	const {text} = line;
	const rest = text.slice(0, start) + text.slice(end);
	const cut = keep ? text.slice(start, end) : line.cut;
	return {...withText(line, rest, start), cut};
}

const isWord = (character: string) => /[\p{L}\p{N}\p{M}_]/u.test(character);
const isInk = (character: string) => !/^\s/.test(character);

/** How many units a run of characters takes: first those that do not fit, then those that do. */
function runLength(
	characters: Iterable<string>,
	fits: (character: string) => boolean,
): number {
	let length = 0;
	let isInside = false;
	for (const character of characters) {
		if (fits(character)) isInside = true;
		else if (isInside) break;
		length += character.length;
	}

	return length;
}

function leftOf(
	{text, caret}: Line,
	fits: (character: string) => boolean,
): number {
	const before = graphemesOf(text.slice(0, caret)).toReversed();
	return caret - runLength(before, fits);
}

function rightOf({text, caret}: Line): number {
	return caret + runLength(graphemesOf(text.slice(caret)), isWord);
}

const moveTo = (line: Line, caret: number): Line => ({...line, caret});

const edits: Readonly<Record<EditAction, (line: Line) => Line>> = {
	lineStart: line => moveTo(line, 0),
	lineEnd: line => moveTo(line, line.text.length),
	left: line => moveTo(line, boundaryBefore(line.text, line.caret)),
	right: line => moveTo(line, boundaryAfter(line.text, line.caret)),
	wordLeft: line => moveTo(line, leftOf(line, isWord)),
	wordRight: line => moveTo(line, rightOf(line)),
	deleteLeft: line =>
		remove(line, boundaryBefore(line.text, line.caret), line.caret, false),
	deleteRight: line =>
		remove(line, line.caret, boundaryAfter(line.text, line.caret), false),
	cutBlankLeft: line => remove(line, leftOf(line, isInk), line.caret, true),
	cutWordLeft: line => remove(line, leftOf(line, isWord), line.caret, true),
	cutWordRight: line => remove(line, line.caret, rightOf(line), true),
	cutToStart: line => remove(line, 0, line.caret, true),
	cutToEnd: line => remove(line, line.caret, line.text.length, true),
	yank: line => insertText(line, line.cut),
};

export function edit(line: Line, action: EditAction): Line {
	return edits[action](line);
}

export function isEditAction(action: string): action is EditAction {
	return Object.hasOwn(edits, action);
}
