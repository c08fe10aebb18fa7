/**
 * A conversation row as painted lines of exactly the pane's width. Every line
 * begins with a gutter of ours (time, trust glyph, name, direction; wrapped ones
 * a rule), so that what a stranger sends never starts at column 0.
 */
import type {
	ConversationKey,
	Delivery,
	MessageId,
	Row,
	Transfer,
	TransferId,
} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import {trustStyle, type Theme} from '../theme.js';
import {formatAddress} from '../../util/address.js';
import {cellWidth} from '../../util/cells.js';
import type {Span} from './lines.js';
import {
	layoutMessage,
	layoutNote,
	noteGutter,
	type RowRoom,
} from './row-parts.js';
import {transferTitle} from './transfer-facts.js';
import {transferGlyph, transferSize, transferStatus} from './transfer-text.js';

export interface RowContext extends RowRoom {
	/** Whose conversation is shown. */
	readonly conversation: ConversationKey;
	delivery(message: MessageId): Delivery | undefined;
	transfer(id: TransferId): Transfer | undefined;
}

/** Cells for names in a conversation with `name`, or with everybody. */
export function nameWidthFor(name: string | undefined, width: number): number {
	const most = Math.min(16, Math.max(4, Math.floor(width * 0.2)));
	return name === undefined
		? most
		: Math.min(
				most,
				Math.max(cellWidth(strings.conversation.you), cellWidth(name)),
			);
}

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

function layoutFresh(row: Row, context: RowContext): string[] {
	const {theme, conversation} = context;
	const {glyphs} = theme;
	const words = strings.conversation;
	switch (row.kind) {
		case 'received': {
			return layoutMessage(context, row.at, {
				glyph: [glyphs.trust[row.trust], trustStyle(row.trust)],
				name: [row.name, 'strong'],
				direction: [glyphs.incoming, 'dim'],
				text: row.text,
				...(row.unfinished ? {mark: [glyphs.ellipsis, 'dim']} : {}),
			});
		}

		case 'sent': {
			const mark = deliveryMark(context.delivery(row.message), theme);
			const isElsewhere = row.to !== conversation;
			const elsewhere =
				row.to === 'all' ? words.toAll : words.toPeer(row.toName ?? '');
			return layoutMessage(context, row.at, {
				glyph: [' '],
				name: [words.you, 'self'],
				direction: [glyphs.outgoing, 'self'],
				...(isElsewhere ? {prefix: elsewhere} : {}),
				text: row.text,
				...(mark ? {mark} : {}),
			});
		}

		case 'joined': {
			const word = strings.trust[row.trust];
			const address = formatAddress(row.address);
			const glyph: Span = [glyphs.trust[row.trust], trustStyle(row.trust)];
			const who = `${words.joined(row.name)}  ${word}`;
			const whole =
				address === row.name ? who : `${who}  ${words.from(address)}`;
			// Where from is worth a place on the line, but no line of its own.
			const room = context.width - noteGutter(row.at, context.width);
			const text = cellWidth(whole) <= room ? whole : who;
			return layoutNote(context, row.at, glyph, text, 'dim');
		}

		case 'left': {
			const left = words.left(row.name);
			const ended = row.error ? `${left}: ${describeError(row.error)}` : left;
			// What an error advises is being done already.
			const text = row.retrying ? words.cut(row.name) : ended;
			return layoutNote(context, row.at, [glyphs.left, 'dim'], text, 'dim');
		}

		case 'transfer': {
			const transfer = context.transfer(row.transfer);
			if (!transfer) return layoutNote(context, row.at, [' '], row.name, 'dim');
			const glyph = transferGlyph(transfer, theme);
			const {text, style} = transferStatus(transfer);
			const size = transferSize(transfer);
			const what = `${transferTitle(transfer)}  ${size}`;
			const asks =
				transfer.direction === 'in' && transfer.phase.kind === 'offered';
			const said = asks
				? `${strings.transfer.offeredBy(row.name, what)}  ${strings.transfer.asksInConversation}`
				: `${what}  ${text}`;
			return layoutNote(context, row.at, [glyph, style], said, style);
		}

		case 'problem': {
			const text = describeError(row.error);
			return layoutNote(
				context,
				row.at,
				[glyphs.failed, 'bad'],
				text,
				'warning',
			);
		}
	}
}

interface CachedRow {
	readonly context: RowContext;
	readonly dynamic: unknown;
	readonly lines: readonly string[];
}

const cache = new WeakMap<Row, CachedRow>();

/** What a row shows besides itself, compared by identity. */
function dynamicPart(row: Row, context: RowContext): unknown {
	if (row.kind === 'sent') return context.delivery(row.message);
	return row.kind === 'transfer' ? context.transfer(row.transfer) : undefined;
}

/** A row's painted lines, at least one; computed once for each row and width. */
export function rowLines(row: Row, context: RowContext): readonly string[] {
	const dynamic = dynamicPart(row, context);
	const cached = cache.get(row);
	if (
		cached &&
		cached.dynamic === dynamic &&
		cached.context.width === context.width &&
		cached.context.nameWidth === context.nameWidth &&
		cached.context.conversation === context.conversation &&
		cached.context.theme === context.theme
	) {
		return cached.lines;
	}

	const lines = layoutFresh(row, context);
	// The context's functions hold a whole state: only what is compared is kept.
	const {width, nameWidth, conversation, theme} = context;
	const {delivery, transfer} = nothing;
	cache.set(row, {
		context: {width, nameWidth, conversation, theme, delivery, transfer},
		dynamic,
		lines,
	});
	return lines;
}

const nothing = {
	delivery: () => undefined,
	transfer: () => undefined,
};
