/** The text that stands beside hex: each character above the bytes that it takes. */
import {charactersOf} from '../../engine/index.js';
import {limits} from '../../limits.js';
import {cellWidth, steadyText} from '../../util/cells.js';
import type {TextColumn} from './hex-lines.js';

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
const syllablePart = /[\u1100-\u11FF\uA960-\uA97F\uD7B0-\uD7FF]/;
const plain = /^[ -~]$/;

/** Whether it takes its own cells whatever stands beside it, and no more of them than bytes (or one more: its line has room). */
function standsAlone(character: string, bytes: number): boolean {
	if (plain.test(character)) return true;
	if (steadyText(character) !== character) return false;
	const cells = cellWidth(character);
	if (cells < 1 || cells > Math.min(2, bytes)) return false;
	if (syllablePart.test(character)) return false;
	return [...graphemes.segment(`a${character}a`)].length === 3;
}

/**
 * For each byte what is shown for it: a character at its first byte and `''` at the
 * others, or a dot. Head and tail are no text; only the beginning of something very
 * long is looked at.
 */
export function textColumn(
	content: {
		readonly bytes: Uint8Array;
		readonly head: number;
		readonly tail: number;
	},
	fallback: string | undefined,
): TextColumn {
	const {bytes, head, tail} = content;
	const column: string[] = [];
	for (let at = 0; at < head; at++) column.push(asciiOrDot(bytes[at]!));
	const end = Math.min(bytes.length - tail, head + limits.rowTextBytes);
	for (const {text, bytes: length} of charactersOf(
		bytes.subarray(head, end),
		fallback,
	)) {
		const isShown = text !== '' && standsAlone(text, length);
		for (let at = 0; at < length; at++) {
			const character = at === 0 ? text : '';
			column.push(isShown ? character : asciiOrDot(bytes[column.length]!));
		}
	}

	return column;
}

const asciiOrDot = (byte: number) =>
	byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
