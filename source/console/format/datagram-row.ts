import {datagramBeginning, type DatagramRow} from '../../engine/index.js';
import {limits} from '../../limits.js';
import {
	currentLanguage,
	describeError,
	strings,
	type Language,
} from '../../strings/index.js';
import type {StyleName, Theme} from '../theme.js';
import {formatAddress} from '../../util/address.js';
import {cellWidth} from '../../util/cells.js';
import {formatClock, formatShortClock} from './clock-time.js';
import {composeLine, spansWidth, type Span, type Spans} from './lines.js';

/** From here on everything stands on one line, cut if it must be. */
const oneLineFrom = 60;

function contentOf(
	{bytes, error}: DatagramRow,
	fallback: string,
): {text: string; style: StyleName} {
	if (error) return {text: describeError(error), style: 'bad'};
	if (bytes.length === 0) return {text: strings.datagrams.empty, style: 'dim'};
	const most = limits.datagramPreviewBytes;
	const {kind, text} = datagramBeginning(bytes, fallback, most);
	return {text, style: kind === 'hex' ? 'dim' : 'plain'};
}

function layout(
	row: DatagramRow,
	width: number,
	theme: Theme,
	fallback: string,
): string[] {
	const {glyphs} = theme;
	const isOurs = row.direction === 'out';
	const time = width >= 40 ? formatClock(row.at) : formatShortClock(row.at);
	const direction: Span = isOurs
		? [glyphs.outgoing, 'self']
		: [glyphs.incoming, 'dim'];
	const head: Spans = [
		[time, 'dim'],
		[' '],
		direction,
		[' '],
		[formatAddress(row.address), isOurs ? 'self' : 'strong'],
		[' '],
		[row.error ? '' : strings.datagrams.size(row.bytes.length), 'dim'],
		[' '],
	];
	const {text, style} = contentOf(row, fallback);
	const isShort = spansWidth(head) + cellWidth(text) <= width;
	if (isShort || width >= oneLineFrom) {
		return [composeLine(theme, width, [...head, [text, style]])];
	}

	const gutter = cellWidth(time) + 1;
	return [
		composeLine(theme, width, head),
		composeLine(theme, width, [
			[' '.repeat(gutter)],
			[`${glyphs.continued} `, 'dim'],
			[text, style],
		]),
	];
}

const cache = new WeakMap<
	DatagramRow,
	{
		readonly language: Language;
		readonly width: number;
		readonly theme: Theme;
		readonly fallback: string;
		readonly lines: readonly string[];
	}
>();

/** A datagram's one or two lines of exactly `width` cells, text read in `fallback` where it is not UTF-8; computed once for each of these. */
export function datagramLines(
	row: DatagramRow,
	width: number,
	theme: Theme,
	fallback: string,
): readonly string[] {
	const cached = cache.get(row);
	const language = currentLanguage();
	const isCurrent =
		cached?.language === language &&
		cached.width === width &&
		cached.theme === theme &&
		cached.fallback === fallback;
	if (isCurrent) return cached.lines;
	const lines = layout(row, width, theme, fallback);
	cache.set(row, {language, width, theme, fallback, lines});
	return lines;
}
