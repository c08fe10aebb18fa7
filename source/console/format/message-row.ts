/** Rows with something that was said, as text: who said it to whom, and marks for how it came. */
import {
	isPeerKey,
	linesOf,
	type Delivery,
	type Row,
} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {formatAddress} from '../../util/address.js';
import {formatSize} from '../../util/quantities.js';
import {mentions} from '../mentions.js';
import {trustStyle, type Theme} from '../theme.js';
import {byteText} from './byte-text.js';
import type {Span, Spans} from './lines.js';
import {readMark} from './read-mark.js';
import {rowBytes, type RowBytes} from './row-bytes.js';
import type {RowContext} from './row-layout.js';
import {layoutMessage, layoutNote, type Message} from './row-parts.js';

export type MessageRow = Extract<
	Row,
	{readonly kind: 'frame' | 'written' | 'received' | 'sent'}
>;

/** `…` on its way, `✓` there, `✗` not; with several receivers how many have it. */
export function deliveryMark(
	delivery: Delivery | undefined,
	{glyphs}: Theme,
): Span | undefined {
	if (!delivery) return undefined;
	const {pending, delivered, failed} = delivery;
	const total = pending + delivered + failed;
	if (total === 0) return undefined;
	const count =
		total === 1
			? ''
			: ` ${String(delivered).padStart(String(total).length)}/${total}`;
	if (pending > 0) return [glyphs.sending + count, 'dim'];
	return failed > 0
		? [glyphs.failed + count, 'bad']
		: [glyphs.delivered + count, 'good'];
}

/** How a frame ended, where that was not as its framing says. */
function endingMark(
	{ending}: Extract<Row, {readonly kind: 'frame'}>,
	{glyphs}: Theme,
): Spans {
	switch (ending) {
		case 'forced': {
			return [[glyphs.ellipsis, 'warning']];
		}

		case 'quiet': {
			return [[glyphs.ellipsis, 'dim']];
		}

		case 'lost': {
			return [[glyphs.warning, 'warning']];
		}

		case 'whole':
		case 'end': {
			return [];
		}
	}
}

/** What stands at the right edge of a message's first line. */
export function messageMarks(row: MessageRow, context: RowContext): Spans {
	const {theme, lens} = context;
	if (row.kind === 'frame') {
		const ending = endingMark(row, theme);
		const room = context.width - context.nameWidth;
		const reads = lens.reads ? readMark(row.reads, theme, room) : [];
		return ending.length > 0 && reads.length > 0
			? [...ending, [' '], ...reads]
			: [...ending, ...reads];
	}

	if (row.kind === 'sent') {
		const fate = row.fate ?? context.delivery(row.message);
		const mark = deliveryMark(fate, theme);
		return mark ? [mark] : [];
	}

	return row.kind === 'received' && row.unfinished
		? [[theme.glyphs.ellipsis, 'dim']]
		: [];
}

/** Who said it, and in which direction it went. */
export function messageHead(
	row: MessageRow,
	context: RowContext,
): Pick<Message, 'glyph' | 'name' | 'direction'> {
	const {glyphs} = context.theme;
	const ours = {
		glyph: [' '],
		name: [strings.conversation.you, 'self'],
		direction: [glyphs.outgoing, 'self'],
	} as const;
	switch (row.kind) {
		case 'frame':
		case 'received': {
			const isMention =
				row.kind === 'received' && mentions(row.text, context.ownName);
			return {
				glyph: [glyphs.trust[row.trust], trustStyle(row.trust)],
				name: [row.name, isMention ? 'mention' : 'strong'],
				// Where there is no room for names it stands out alone.
				direction: [glyphs.incoming, isMention ? 'mention' : 'dim'],
			};
		}

		case 'written': {
			// Of a relay it is what the server said.
			const server = context.peer(row.peer)?.relayedTo;
			return server ? {...ours, name: [formatAddress(server), 'strong']} : ours;
		}

		case 'sent': {
			return ours;
		}
	}
}

/** Words of ours in front of what was said. */
export function messagePrefix(
	row: MessageRow,
	{conversation}: RowContext,
): string {
	const words = strings.conversation;
	if (row.kind === 'written') {
		return row.note === undefined ? '' : `${row.note}: `;
	}

	if (row.kind === 'received' && row.room !== undefined) {
		const where = row.room === conversation ? '' : `${row.room} `;
		return where + (row.by === undefined ? '' : strings.rooms.by(row.by));
	}

	if (row.kind !== 'sent' || row.to === conversation) return '';
	return row.to === 'all' ? words.toAll : words.toPeer(row.toName ?? '');
}

/** Of the bytes of a raw peer that are not UTF-8. */
export function fallbackFor(
	row: Row,
	context: Pick<RowContext, 'peer' | 'fallbackEncoding'>,
): string | undefined {
	const key =
		row.kind === 'sent'
			? row.to
			: row.kind === 'frame' || row.kind === 'written'
				? row.peer
				: undefined;
	if (key === undefined || !isPeerKey(key)) return undefined;
	const then = 'past' in row ? row.past?.encoding : undefined;
	return context.peer(key)?.fallback ?? then ?? context.fallbackEncoding;
}

export function layoutSaid(row: MessageRow, context: RowContext): string[] {
	const {theme, lens} = context;
	const fallback = fallbackFor(row, context);
	const said =
		row.kind === 'frame' || row.kind === 'written'
			? byteText(rowBytes(row) as RowBytes, fallback, lens.reads)
			: {text: linesOf(row.text).join('\n'), hiddenBytes: 0};
	const prefix = messagePrefix(row, context);
	const lines = layoutMessage(context, row.at, {
		...messageHead(row, context),
		...(prefix === '' ? {} : {prefix}),
		text: said.text,
		...(row.kind === 'frame' && row.ending === 'lost'
			? {textStyle: 'warning'}
			: {}),
		marks: messageMarks(row, context),
		...(lens.reads ? {inText: [theme.glyphs.readEnd, 'accent']} : {}),
	});
	const unkeptBytes =
		'past' in row && row.past?.wholeBytes !== undefined
			? row.past.wholeBytes - row.bytes.length
			: 0;
	const hiddenBytes = said.hiddenBytes + unkeptBytes;
	if (hiddenBytes === 0) return lines;
	const more = strings.stream.more(formatSize(hiddenBytes));
	const glyph: Span = [theme.glyphs.ellipsis, 'dim'];
	return [...lines, ...layoutNote(context, row.at, glyph, more, 'dim')];
}
