import type {DatagramRow} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import type {StyleName, Theme} from '../theme.js';
import {formatAddress} from '../../util/address.js';
import {cellWidth} from '../../util/cells.js';
import {formatClock, formatShortClock} from './clock-time.js';
import {composeLine, spansWidth, type Span, type Spans} from './lines.js';

/** From here on everything stands on one line, cut if it must be. */
const oneLineFrom = 60;

function contentOf(row: DatagramRow): {text: string; style: StyleName} {
	if (row.error) return {text: describeError(row.error), style: 'bad'};
	if (row.sizeBytes === 0) return {text: strings.datagrams.empty, style: 'dim'};
	return {text: row.text, style: row.kind === 'hex' ? 'dim' : 'plain'};
}

function layout(row: DatagramRow, width: number, theme: Theme): string[] {
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
		[row.error ? '' : strings.datagrams.size(row.sizeBytes), 'dim'],
		[' '],
	];
	const {text, style} = contentOf(row);
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
		readonly width: number;
		readonly theme: Theme;
		readonly lines: readonly string[];
	}
>();

/** A datagram's one or two lines of exactly `width` cells; computed once for each width. */
export function datagramLines(
	row: DatagramRow,
	width: number,
	theme: Theme,
): readonly string[] {
	const cached = cache.get(row);
	if (cached?.width === width && cached.theme === theme) return cached.lines;
	const lines = layout(row, width, theme);
	cache.set(row, {width, theme, lines});
	return lines;
}
