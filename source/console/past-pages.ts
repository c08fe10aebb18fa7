/**
 * Which page of the history is wanted while somebody scrolls: the one above or
 * below what was read, before its edge is reached. Each is asked for once.
 */
import {
	isJoined,
	type Command,
	type ConversationKey,
	type EngineState,
} from '../engine/index.js';
import type {Anchor, RowSource} from './format/scroll-window.js';

/** So many rows before the edge: a page is there before it is scrolled to. */
const marginRows = 60;

type Want = Extract<Command, {type: 'history/page'}>['want'];

/** `source` and `anchor` are those of the pane, all rows shown; `height` its lines. */
export function wantedPage(
	state: EngineState,
	conversation: ConversationKey,
	view: {readonly source: RowSource; readonly height: number},
	anchor: Anchor | undefined,
): Want | undefined {
	if (state.history.phase === 'off') return undefined;
	const {source, height} = view;
	const past = state.past.get(conversation);
	const rows = state.conversations.get(conversation)?.rows;
	const liveFirst = rows?.firstId ?? 0;
	const bottom = anchor?.row ?? source.nextId - 1;
	const top = bottom - height;
	const joined = isJoined(state, conversation);
	const isInMemory = bottom >= liveFirst;
	if (isInMemory && top < liveFirst + marginRows && !joined) {
		return {kind: 'end'};
	}

	if (past && !joined && !isInMemory && bottom > liveFirst - marginRows) {
		return {kind: 'newer'};
	}

	const isNearTop = top < source.firstId + marginRows;
	return past?.hasOlder && isNearTop && (joined || !isInMemory)
		? {kind: 'older'}
		: undefined;
}

export interface PastPages {
	/** Asks for a page where one is wanted. */
	look(
		conversation: ConversationKey,
		view: {readonly source: RowSource; readonly height: number},
		anchor: Anchor | undefined,
	): void;
}

export function createPastPages(options: {
	readonly state: () => EngineState;
	readonly dispatch: (command: Command) => void;
}): PastPages {
	/** What was read when a page was asked for: an answer makes another one of it. */
	const asked = new Map<ConversationKey, unknown>();
	return {
		look(conversation, view, anchor) {
			const state = options.state();
			const want = wantedPage(state, conversation, view, anchor);
			const past = state.past.get(conversation);
			if (
				!want ||
				(asked.has(conversation) && asked.get(conversation) === past)
			) {
				return;
			}

			asked.set(conversation, past);
			options.dispatch({type: 'history/page', conversation, want});
		},
	};
}
