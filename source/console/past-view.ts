/**
 * A conversation as one list: rows that were read from the history, a line that
 * says where what is in memory begins, and the rows in memory. Anchors name rows of the
 * history by their number there, so that nothing moves when pages come and go.
 */
import {
	isJoined,
	isRoomKey,
	type ConversationKey,
	type EngineState,
	type Past,
	type Row,
} from '../engine/index.js';
import {strings} from '../strings/index.js';
import {cellWidth} from '../util/cells.js';
import {formatDate, formatShortClock} from './format/clock-time.js';
import type {LineList} from './format/line-list.js';
import {composeLine} from './format/lines.js';
import {rowLines, type RowContext} from './format/row-layout.js';
import type {Anchor, RowSource} from './format/scroll-window.js';
import type {StyleName} from './theme.js';

export interface PastSource {
	readonly source: RowSource;
	/** From an anchor to a place in `source`, and back. */
	toSource(anchor: Anchor | undefined): Anchor | undefined;
	toRows(anchor: Anchor | undefined): Anchor | undefined;
	/** The row of the history at a place in `source`. */
	pastRowAt(place: number): Row | undefined;
}

/** Rows of the history have negative numbers in anchors, so that they and those in memory stand in one order. */
const pastBase = 2 ** 52;

export const pastAnchorRow = (id: number): number => id - pastBase;

/** The line between what was read and what is in memory. */
const seamRow = -1;

const noLines: LineList = [];

/** A line across the pane, with words of ours in it. */
export function ruleLine(
	{theme, width}: Pick<RowContext, 'theme' | 'width'>,
	words: string,
	style: StyleName = 'dim',
): string {
	const {horizontal: ruled} = theme.glyphs.border;
	const left = ruled.repeat(2);
	const used = cellWidth(words) + 4;
	const right = ruled.repeat(Math.max(0, width - used));
	return composeLine(theme, width, [[`${left} ${words} ${right}`, style]]);
}

export const before = (line: string, lines: LineList): LineList => ({
	length: lines.length + 1,
	slice(start = 0, end = lines.length + 1) {
		const rest = lines.slice(Math.max(0, start - 1), Math.max(0, end - 1));
		return start <= 0 && end > 0 ? [line, ...rest] : rest;
	},
});

const when = (at: number) => `${formatDate(at)} ${formatShortClock(at)}`;

/** What is said between a row and the one above it: another run of the program, or another day. */
function divider(past: Past, index: number): string | undefined {
	const {row, run, isThisRun} = past.rows[index]!;
	const above = past.rows[index - 1];
	const words = strings.history;
	if (above && above.run !== run) {
		return (isThisRun ? words.runBegins : words.runBegan)(when(row.at));
	}

	const day = formatDate(row.at);
	return above && formatDate(above.row.at) === day ? undefined : words.day(day);
}

/** The first row whose number is not below `id`. */
function indexOf({rows}: Past, id: number): number {
	let low = 0;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (rows[middle]!.id < id) low = middle + 1;
		else high = middle;
	}

	return low;
}

/** `live` shows the rows in memory. */
export function withPast(
	live: RowSource,
	state: EngineState,
	conversation: ConversationKey,
	context: RowContext,
): PastSource {
	const past = state.past.get(conversation);
	const same = (anchor: Anchor | undefined) => anchor;
	if (!past || past.rows.length === 0) {
		return {
			source: live,
			toSource: same,
			toRows: same,
			pastRowAt: () => undefined,
		};
	}

	const seam = live.firstId - 1;
	const first = seam - past.rows.length;
	const words = strings.history;

	const seamLines = (): LineList => {
		if (!isJoined(state, conversation)) {
			return [ruleLine(context, words.gap, 'accent')];
		}

		if (past.rows.at(-1)?.isThisRun) return noLines;
		const at = state.conversations.get(conversation)?.rows.at(0)?.at;
		const began = state.history.openedAt ?? at;
		// What a room has restored is of earlier runs, too: it just goes on.
		const isRestored =
			isRoomKey(conversation) && (at ?? Infinity) < (began ?? 0);
		if (isRestored) return noLines;
		return began === undefined
			? noLines
			: [ruleLine(context, words.runBegins(when(began)), 'accent')];
	};

	return {
		source: {
			firstId: first,
			nextId: live.nextId,
			linesOf(place) {
				if (place >= live.firstId) return live.linesOf(place);
				if (place === seam) return seamLines();
				const index = place - first;
				const {row} = past.rows[index]!;
				const lines = rowLines(row, context, past.rows[index - 1]?.row.at);
				const said = divider(past, index);
				return said === undefined
					? lines
					: before(ruleLine(context, said), lines);
			},
		},
		pastRowAt: place =>
			place < seam ? past.rows[place - first]?.row : undefined,
		toSource(anchor) {
			if (!anchor || anchor.row >= 0) return anchor;
			if (anchor.row === seamRow) return {...anchor, row: seam};
			const id = anchor.row + pastBase;
			const index = indexOf(past, id);
			// It was dropped: the row that is nearest now.
			return past.rows[index]?.id === id
				? {...anchor, row: first + index}
				: {row: Math.min(first + index, seam), hiddenLines: 0};
		},
		toRows(anchor) {
			if (!anchor || anchor.row >= live.firstId) return anchor;
			if (anchor.row >= seam) return {...anchor, row: seamRow};
			const held = past.rows[Math.max(0, anchor.row - first)]!;
			return {...anchor, row: pastAnchorRow(held.id)};
		},
	};
}
