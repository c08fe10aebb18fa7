/** Places in what is typed: the ends of words, of lines, and the line above and below. */
import {cellWidth} from '../../util/cells.js';
import {graphemesOf} from './graphemes.js';

interface Place {
	readonly text: string;
	readonly caret: number;
}

/** Of words: what is neither letter nor digit stands between them. */
export const isWord = (character: string) =>
	/[\p{L}\p{N}\p{M}_]/u.test(character);
/** What is not blank. */
export const isInk = (character: string) => !/^\s/.test(character);

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

/** Where the run of such characters begins that ends before the caret. */
export function runStart(
	{text, caret}: Place,
	fits: (character: string) => boolean,
): number {
	const before = graphemesOf(text.slice(0, caret)).toReversed();
	return caret - runLength(before, fits);
}

/** Where the word ends that begins at or after the caret, or holds it. */
export function wordEnd({text, caret}: Place): number {
	return caret + runLength(graphemesOf(text.slice(caret)), isWord);
}

/** Where the caret's line begins. */
export function lineStart({text, caret}: Place): number {
	return caret === 0 ? 0 : text.lastIndexOf('\n', caret - 1) + 1;
}

/** Where the caret's line ends, before its break. */
export function lineEnd({text, caret}: Place): number {
	const end = text.indexOf('\n', caret);
	return end === -1 ? text.length : end;
}

/** The caret's column, in cells. */
export const columnOf = (place: Place): number =>
	cellWidth(place.text.slice(lineStart(place), place.caret));

/** The place in the line above (-1) or below (1) that is nearest to a column, not behind it; undefined where there is no such line. */
export function placeBeside(
	place: Place,
	by: 1 | -1,
	column: number,
): number | undefined {
	const {text} = place;
	const edge = by === 1 ? lineEnd(place) + 1 : lineStart(place) - 1;
	if (edge < 0 || edge > text.length) return undefined;
	const start = lineStart({text, caret: edge});
	let caret = start;
	for (const character of graphemesOf(
		text.slice(start, lineEnd({text, caret: edge})),
	)) {
		if (cellWidth(text.slice(start, caret + character.length)) > column) break;
		caret += character.length;
	}

	return caret;
}
