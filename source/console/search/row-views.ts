/** The rows that can be looked through, by view: their log, how they are read, and which of them match what. */
import {
	datagramFallback,
	type ConversationKey,
	type DatagramRow,
	type EngineState,
	type Row,
} from '../../engine/index.js';
import type {Log} from '../../util/log.js';
import {createMatchIndex, type MatchIndex} from './match-index.js';
import {bothOf, type Query, type SearchTarget} from './query.js';
import type {DatagramLook, Finding} from './search-state.js';
import {conversationTarget, datagramTarget, readingOf} from './targets.js';

/** One pane's rows with what is asked of them. */
export interface RowView<Item extends object = Row | DatagramRow> {
	/** A conversation's key, or `datagrams`. */
	readonly key: string;
	readonly rows: Log<Item>;
	target(item: Item): SearchTarget;
	readonly filter: Asked<Item> | undefined;
	/** Among those that the filter lets through. */
	readonly search: Asked<Item> | undefined;
}

export interface Asked<Item extends object> {
	readonly query: Query;
	readonly index: MatchIndex<Item>;
}

/** The looks of so many views are remembered for a query. */
const viewsKept = 16;

interface Kept<Item extends object> {
	readonly reading: string;
	readonly index: MatchIndex<Item>;
}

/** Gives the same index for the same query, view and reading. */
function createIndexes<Item extends object>() {
	const byQuery = new WeakMap<Query, Map<string, Kept<Item>>>();
	return (
		query: Query | undefined,
		key: string,
		reading: string,
	): Asked<Item> | undefined => {
		if (!query) return undefined;
		const views = byQuery.get(query) ?? new Map<string, Kept<Item>>();
		byQuery.set(query, views);
		let kept = views.get(key);
		if (kept?.reading !== reading) {
			kept = {reading, index: createMatchIndex<Item>()};
			views.delete(key);
			views.set(key, kept);
			const [oldest] = views.keys();
			if (views.size > viewsKept) views.delete(oldest!);
		}

		return {query, index: kept.index};
	};
}

const conversationIndex = createIndexes<Row>();
const datagramIndex = createIndexes<DatagramRow>();

export const datagramsKey = 'datagrams';

export function conversationRows(
	state: EngineState,
	key: ConversationKey,
	{filters, search}: Finding,
): RowView<Row> | undefined {
	const rows = state.conversations.get(key)?.rows;
	if (!rows) return undefined;
	const reading = readingOf(state, key);
	const filter = filters.conversation;
	const searched = search && bothOf(filter, search);
	return {
		key,
		rows,
		target: row => conversationTarget(row, state),
		filter: conversationIndex(filter, key, reading),
		search: conversationIndex(searched, key, reading),
	};
}

export function datagramRows(
	state: EngineState,
	{filters, search}: Finding,
	look: DatagramLook,
): RowView<DatagramRow> {
	const fallback = datagramFallback(state);
	const filter = bothOf(look.sender?.query, filters.datagrams);
	const searched = search && bothOf(filter, search);
	return {
		key: datagramsKey,
		rows: look.paused ?? state.datagrams.rows,
		target: row => datagramTarget(row, fallback),
		filter: datagramIndex(filter, datagramsKey, fallback),
		search: datagramIndex(searched, datagramsKey, fallback),
	};
}

/** Looks through rows until `isOutOfTime`; whether nothing is left to look at. */
export function advanceView<Item extends object>(
	{rows, target, filter, search}: RowView<Item>,
	isOutOfTime: () => boolean,
): boolean {
	let isDone = true;
	for (const asked of [filter, search]) {
		if (!asked) continue;
		const {query, index} = asked;
		const matches = (item: Item) => query.matches(target(item));
		if (!index.advance(rows, matches, isOutOfTime)) isDone = false;
	}

	return isDone;
}
