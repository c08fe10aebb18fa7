/** A message as a head (when, who, how much) and its bytes as hex. The bytes are drawn only where they are seen. */
import {strings} from '../../strings/index.js';
import {
	fallbackFor,
	messageHead,
	messageMarks,
	messagePrefix,
	type MessageRow,
} from './message-row.js';
import {hexBody} from './hex-lines.js';
import {hexHead} from './hex-head.js';
import {lazyLines, type LineList} from './line-list.js';
import {rowBytes, type RowBytes} from './row-bytes.js';
import type {RowContext} from './row-layout.js';
import {textColumn} from './text-column.js';

/** What there is to say of the bytes: how many, where among all, how they ended. */
function facts(row: MessageRow, {bytes, offset}: RowBytes) {
	const words = strings.stream;
	return [
		words.bytes(bytes.length),
		offset === undefined ? '' : words.at(offset),
		row.kind === 'frame' ? words.endings[row.ending] : '',
	].filter(text => text !== '');
}

/** `previousAt` is when the row before it came. */
export function layoutHex(
	row: MessageRow,
	context: RowContext,
	previousAt: number | undefined,
): LineList {
	const {theme, width, nameWidth, lens} = context;
	const content = rowBytes(row) as RowBytes;
	const {direction, ...who} = messageHead(row, context);
	const head = hexHead(
		{theme, width, nameWidth},
		{
			at: row.at,
			previousAt,
			who,
			direction,
			prefix: messagePrefix(row, context),
			facts: facts(row, content),
			marks: messageMarks(row, context),
		},
	);
	const fallback = fallbackFor(row, context);
	// Kept with the row: nothing in it may hold the context, which holds a whole state.
	const body = hexBody({
		theme,
		width,
		...content,
		splits: lens.reads ? content.splits : [],
		text: () => textColumn(content, fallback),
		...(row.kind === 'frame' && row.ending === 'lost'
			? {style: 'warning'}
			: {}),
	});
	return lazyLines([head], body.length, body.draw);
}
