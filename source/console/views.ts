/** What the scrolling panes show, as rows of lines: for drawing them and for moving in them. */
import {
	datagramFallback,
	isPeerKey,
	type ConversationKey,
	type EngineState,
	type Row,
} from '../engine/index.js';
import {datagramHexLines} from './format/datagram-hex.js';
import {datagramLines} from './format/datagram-row.js';
import {plainLens, type Lens} from './format/lens.js';
import {strings} from '../strings/index.js';
import {innerHeight, innerWidth} from './format/lines.js';
import {nameWidthFor, rowLines} from './format/row-layout.js';
import type {RowSource} from './format/scroll-window.js';
import type {PaneRect} from './layout.js';
import {before, ruleLine, withPast, type PastSource} from './past-view.js';
import type {Theme} from './theme.js';

export interface ScrollView extends Partial<
	Pick<PastSource, 'toSource' | 'toRows'>
> {
	readonly source: RowSource;
	/** Lines that fit. */
	readonly height: number;
	/** The row of the history at a place in `source`. */
	readonly pastRowAt?: (place: number) => Row | undefined;
}

const emptySource: RowSource = {firstId: 0, nextId: 0, linesOf: () => []};

const bareThemes = new WeakMap<Theme, Theme>();

/** Without the rule in front of lines that follow: it would be in every selection. The gutter stays, where no remote text is. */
function bareTheme(theme: Theme): Theme {
	const known = bareThemes.get(theme);
	if (known) return known;
	const made = {...theme, glyphs: {...theme.glyphs, continued: ' '}};
	bareThemes.set(theme, made);
	return made;
}

export function conversationView(
	state: EngineState,
	conversation: ConversationKey,
	rect: PaneRect,
	look: Theme,
	lens: Lens = plainLens,
	/** Above it is what the reader had seen. */
	unreadFrom?: number,
): ScrollView {
	const theme = rect.isBare ? bareTheme(look) : look;
	const height = innerHeight(rect.height);
	const rows = state.conversations.get(conversation)?.rows;
	const width = innerWidth(rect.width);
	const name = isPeerKey(conversation)
		? state.peers.get(conversation)?.name
		: undefined;
	const context = {
		theme,
		width,
		nameWidth: nameWidthFor(name, width),
		conversation,
		lens,
		ownName: state.self.nick,
		fallbackEncoding: state.self.fallbackEncoding,
		peer: (key: Parameters<typeof state.peers.get>[0]) => state.peers.get(key),
		delivery: (message: Parameters<typeof state.deliveries.get>[0]) =>
			state.deliveries.get(message),
		transfer: (id: Parameters<typeof state.transfers.get>[0]) =>
			state.transfers.get(id),
	};
	const live: RowSource = rows
		? {
				firstId: rows.firstId,
				nextId: rows.nextId,
				linesOf(id) {
					const index = id - rows.firstId;
					const above = rows.at(index - 1)?.at;
					const lines = rowLines(rows.at(index)!, context, above);
					return id === unreadFrom
						? before(
								ruleLine(context, strings.history.unread, 'warning'),
								lines,
							)
						: lines;
				},
			}
		: emptySource;
	return {height, ...withPast(live, state, conversation, context)};
}

const countsOnOneLineFrom = 52;

/** Lines above the datagrams: what arrived and what was dropped. */
export const datagramHeadLines = (width: number): number =>
	width >= countsOnOneLineFrom ? 1 : 2;

export function datagramsView(
	state: EngineState,
	rect: PaneRect,
	theme: Theme,
	inHex = false,
): ScrollView {
	const {rows} = state.datagrams;
	const width = innerWidth(rect.width);
	const fallback = datagramFallback(state);
	return {
		height: Math.max(0, innerHeight(rect.height) - datagramHeadLines(width)),
		source: {
			firstId: rows.firstId,
			nextId: rows.nextId,
			linesOf(id) {
				const index = id - rows.firstId;
				const row = rows.at(index)!;
				return inHex
					? datagramHexLines(
							row,
							theme,
							width,
							fallback,
							rows.at(index - 1)?.at,
						)
					: datagramLines(row, width, theme, fallback);
			},
		},
	};
}
