/**
 * Bytes as lines of offset, hex and text. Pure: the same bytes and width give the
 * same lines. A line begins with a gutter of ours and is exactly as wide as asked.
 */
import {cellWidth} from '../../util/cells.js';
import type {StyleName, Theme} from '../theme.js';
import {composeLine, type Span} from './lines.js';

/** What stands beside the bytes: one entry a byte. `''` is a place that the character before it takes. */
export type TextColumn = readonly string[];

export interface HexOptions {
	readonly theme: Theme;
	readonly width: number;
	readonly bytes: Uint8Array;
	/** Bytes of the head and of the tail, which are drawn dim. */
	readonly head: number;
	readonly tail: number;
	/** Rising offsets at which a read ended; each is marked in front of the byte that follows it. */
	readonly splits: readonly number[];
	/** For the bytes that it has; others are ASCII or a dot. */
	readonly text: TextColumn;
	readonly style?: StyleName;
}

export interface HexLayout {
	readonly perLine: 16 | 8 | 4 | 2;
	/** Digits of the offset; 0: there is no room for it. */
	readonly offsetDigits: number;
	readonly hasText: boolean;
}

/** The gutter's glyph, and the place of a mark in front of the first byte. */
const gutterCells = 2;

/** Bytes stand in halves of a line, from eight a line on. */
const hexCells = (perLine: number) => perLine * 3 - 1 + (perLine >= 8 ? 1 : 0);

/** As many bytes a line as fit, then the offset, then the text: what there is no room for is left out. */
export function hexLayout(width: number, length: number): HexLayout {
	const digits = length > 0x1_00_00 ? 6 : 4;
	const layouts: readonly HexLayout[] = [
		{perLine: 16, offsetDigits: digits, hasText: true},
		{perLine: 8, offsetDigits: digits, hasText: true},
		{perLine: 4, offsetDigits: digits, hasText: true},
		{perLine: 4, offsetDigits: 0, hasText: true},
		{perLine: 4, offsetDigits: 0, hasText: false},
	];
	const fitting = layouts.find(
		({perLine, offsetDigits, hasText}) =>
			gutterCells +
				(offsetDigits > 0 ? offsetDigits + 2 : 0) +
				hexCells(perLine) +
				// A wide character that begins at the last byte takes a cell more.
				(hasText ? perLine + 3 : 0) <=
			width,
	);
	return fitting ?? {perLine: 2, offsetDigits: 0, hasText: false};
}

export const hexLineCount = (layout: HexLayout, length: number): number =>
	Math.ceil(length / layout.perLine);

const printable = (byte: number) =>
	byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';

const hexOf = (byte: number) => byte.toString(16).padStart(2, '0');

/** Spans of which neighbours in one style become one: painting costs by the span. */
function createSpans(): {
	add(text: string, style: StyleName): void;
	readonly spans: readonly Span[];
} {
	const spans: Array<[string, StyleName]> = [];
	return {
		spans,
		add(text, style) {
			const last = spans.at(-1);
			if (last && (last[1] === style || text.trim() === '')) last[0] += text;
			else spans.push([text, style]);
		},
	};
}

/** All lines of bytes, each to be drawn when it is seen; so is their text, once. */
export function hexBody(
	options: Omit<HexOptions, 'text'> & {readonly text: () => TextColumn},
): {readonly length: number; readonly draw: (index: number) => string} {
	const {bytes, width, text} = options;
	const layout = hexLayout(width, bytes.length);
	let column: TextColumn | undefined;
	return {
		length: hexLineCount(layout, bytes.length),
		draw(index) {
			column ??= layout.hasText ? text() : [];
			return hexLine({...options, text: column}, layout, index);
		},
	};
}

/** Line `index` of the bytes. */
export function hexLine(
	options: HexOptions,
	layout: HexLayout,
	index: number,
): string {
	const {theme, width, bytes, splits, text, style = 'plain'} = options;
	const {perLine, offsetDigits, hasText} = layout;
	const start = index * perLine;
	const end = Math.min(bytes.length, start + perLine);
	const contentEnd = bytes.length - options.tail;
	const styleOf = (at: number): StyleName =>
		at < options.head || at >= contentEnd ? 'dim' : style;
	const line = createSpans();
	line.add(theme.glyphs.continued, 'dim');
	if (offsetDigits > 0) {
		const offset = start.toString(16).padStart(offsetDigits, '0');
		line.add(` ${offset} `, 'dim');
	}

	for (let at = start; at < start + perLine; at++) {
		const isHalf = perLine >= 8 && at - start === perLine / 2;
		if (isHalf) line.add(' ', 'dim');
		const isSplit = at < end && splits.includes(at);
		line.add(isSplit ? theme.glyphs.readEnd : ' ', isSplit ? 'accent' : 'dim');
		if (at < end) line.add(hexOf(bytes[at]!), styleOf(at));
		else line.add('  ', 'dim');
	}

	if (hasText) {
		line.add('  ', 'dim');
		for (const [cell, cellStyle] of textCells(start, end)) {
			line.add(cell, cellStyle);
		}
	}

	return composeLine(theme, width, line.spans);

	function* textCells(
		from: number,
		to: number,
	): Generator<readonly [string, StyleName]> {
		let at = from;
		while (at < to) {
			const shown = text[at] ?? printable(bytes[at]!);
			if (shown === '') {
				// Its character stands on the line above.
				yield [' ', 'dim'];
				at++;
				continue;
			}

			let length = 1;
			while (at + length < to && text[at + length] === '') length++;
			const cells = cellWidth(shown);
			yield [
				shown + ' '.repeat(Math.max(0, length - cells)),
				isPlaceholder(shown, bytes[at]!) ? 'dim' : styleOf(at),
			];
			at += length;
		}
	}
}

const isPlaceholder = (shown: string, byte: number) =>
	shown === '.' && byte !== 0x2e;
