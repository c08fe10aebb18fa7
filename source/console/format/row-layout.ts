/**
 * A conversation row as painted lines of exactly the pane's width. Every line
 * begins with a gutter of ours (time, trust glyph, name, direction; those that
 * follow a rule), so that what a stranger sends never starts at column 0.
 */
import type {
	ConversationKey,
	Delivery,
	MessageId,
	Peer,
	PeerKey,
	Row,
	Transfer,
	TransferId,
} from '../../engine/index.js';
import {currentLanguage, strings} from '../../strings/index.js';
import {cellWidth} from '../../util/cells.js';
import {layoutEvent} from './event-row.js';
import {layoutHex} from './hex-row.js';
import type {Lens} from './lens.js';
import type {LineList} from './line-list.js';
import {fallbackFor, layoutSaid} from './message-row.js';
import type {RowRoom} from './row-parts.js';

export interface RowContext extends RowRoom {
	/** Whose conversation is shown. */
	readonly conversation: ConversationKey;
	readonly lens: Lens;
	/** What we are called: who says it stands out. */
	readonly ownName: string;
	/** For peers that have none of their own. */
	readonly fallbackEncoding: string | undefined;
	delivery(message: MessageId): Delivery | undefined;
	transfer(id: TransferId): Transfer | undefined;
	peer(key: PeerKey): Pick<Peer, 'fallback' | 'relayedTo'> | undefined;
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

function layoutFresh(
	row: Row,
	context: RowContext,
	previousAt: number | undefined,
): LineList {
	switch (row.kind) {
		case 'frame':
		case 'written':
		case 'received':
		case 'sent': {
			return context.lens.hex
				? layoutHex(row, context, previousAt)
				: layoutSaid(row, context);
		}

		case 'joined':
		case 'left':
		case 'transfer':
		case 'problem':
		case 'trust':
		case 'moved':
		case 'unkept':
		case 'room':
		case 'note': {
			return layoutEvent(row, context);
		}
	}
}

/** All that decides how a row looks, besides itself. */
type Look = readonly unknown[];

function lookOf(
	row: Row,
	context: RowContext,
	previousAt: number | undefined,
): Look {
	const {theme, width, nameWidth, conversation, lens} = context;
	return [
		currentLanguage(),
		theme,
		width,
		nameWidth,
		conversation,
		lens.hex,
		lens.reads,
		lens.hex ? previousAt : undefined,
		fallbackFor(row, context),
		row.kind === 'written' ? context.peer(row.peer)?.relayedTo : undefined,
		row.kind === 'received' ? context.ownName : undefined,
		row.kind === 'sent' ? context.delivery(row.message) : undefined,
		row.kind === 'transfer' ? context.transfer(row.transfer) : undefined,
	];
}

const cache = new WeakMap<
	Row,
	{readonly look: Look; readonly lines: LineList}
>();

/**
 * A row's painted lines, at least one; computed once for each row and look.
 * `previousAt` is when the row before it came, for the time between them.
 */
export function rowLines(
	row: Row,
	context: RowContext,
	previousAt?: number,
): LineList {
	const look = lookOf(row, context, previousAt);
	const cached = cache.get(row);
	if (cached?.look.every((each, index) => each === look[index])) {
		return cached.lines;
	}

	const lines = layoutFresh(row, context, previousAt);
	cache.set(row, {look, lines});
	return lines;
}
