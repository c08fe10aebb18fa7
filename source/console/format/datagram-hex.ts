/** A datagram as a head and its bytes as hex, whatever they are. */
import type {DatagramRow} from '../../engine/index.js';
import {
	currentLanguage,
	describeError,
	strings,
	type Language,
} from '../../strings/index.js';
import {formatAddress} from '../../util/address.js';
import type {Theme} from '../theme.js';
import {hexHead} from './hex-head.js';
import {hexBody} from './hex-lines.js';
import {lazyLines, type LineList} from './line-list.js';
import {textColumn} from './text-column.js';

type Look = readonly [
	theme: Theme,
	width: number,
	fallback: string,
	previousAt: number | undefined,
];

function layout(row: DatagramRow, look: Look): LineList {
	const [theme, width, fallback, previousAt] = look;
	const {bytes, address, error, direction, at} = row;
	const {glyphs} = theme;
	const isOurs = direction === 'out';
	const from = formatAddress(address);
	const head = hexHead(
		{theme, width, nameWidth: 0},
		{
			at,
			previousAt,
			direction: isOurs ? [glyphs.outgoing, 'self'] : [glyphs.incoming, 'dim'],
			prefix: '',
			facts: error
				? [from, describeError(error)]
				: [from, strings.datagrams.size(bytes.length)],
			marks: error ? [[glyphs.failed, 'bad']] : [],
		},
	);
	const content = {bytes, head: 0, tail: 0};
	const body = hexBody({
		theme,
		width,
		...content,
		splits: [],
		text: () => textColumn(content, fallback),
	});
	return lazyLines([head], body.length, body.draw);
}

const cache = new WeakMap<
	DatagramRow,
	{
		readonly language: Language;
		readonly look: Look;
		readonly lines: LineList;
	}
>();

/** A datagram in hex as lines of exactly `width` cells; computed once for each look. */
export function datagramHexLines(row: DatagramRow, ...look: Look): LineList {
	const cached = cache.get(row);
	const language = currentLanguage();
	const isCurrent =
		cached?.language === language &&
		cached.look.every((each, index) => each === look[index]);
	if (isCurrent) return cached.lines;

	const lines = layout(row, look);
	cache.set(row, {language, look, lines});
	return lines;
}
