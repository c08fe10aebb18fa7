/** Going to a place in what was said: a hit of the history, a date, the first that is unread. */
import {
	conversationOf,
	type Command,
	type ConversationKey,
	type EngineState,
	type HistoryHit,
} from '../engine/index.js';
import {strings} from '../strings/index.js';
import type {Readable} from './external-store.js';
import type {Moving} from './moving.js';
import {pastAnchorRow} from './past-view.js';
import type {UiStore} from './store.js';

export type GotoTarget =
	| {readonly kind: 'date'; readonly at: number}
	| {readonly kind: 'unread'}
	| {readonly kind: 'end'};

export interface HistoryActions {
	/** A returned sentence says why that cannot be. */
	goTo(target: GotoTarget): string | undefined;
	/** Looks in all of the history, and shows what is found. */
	search(needle: string): void;
	/** Shows a hit where it was said, with what was said around it. */
	openHit(hit: HistoryHit, needle: string): void;
	/** A page has come that was asked for because of one row. */
	arrived(
		conversation: ConversationKey,
		target: {readonly id?: number; readonly liveRow?: number},
	): void;
}

export function createHistoryActions(options: {
	readonly paced: Readable<EngineState>;
	readonly ui: UiStore;
	readonly moving: Moving;
	dispatch(command: Command): void;
	find(text: string): void;
}): HistoryActions {
	const {paced, ui, moving, dispatch} = options;

	const rowsOf = (conversation: ConversationKey) =>
		paced.getState().conversations.get(conversation)?.rows;

	/** The first row in memory at or after a time, where none was before it that could be it. */
	const inMemory = (conversation: ConversationKey, at: number) => {
		const rows = rowsOf(conversation);
		const oldest = rows?.at(0);
		if (!rows || !oldest || oldest.at > at) return undefined;
		let low = 0;
		let high = rows.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (rows.at(middle)!.at < at) low = middle + 1;
			else high = middle;
		}

		return low < rows.length ? rows.firstId + low : undefined;
	};

	/** The newest row in memory of exactly that time; those of rooms stand as they came, by the clocks of others. */
	const saidAt = (conversation: ConversationKey, at: number) => {
		const rows = rowsOf(conversation);
		if (!rows) return undefined;
		let index = rows.length - 1;
		while (index >= 0 && rows.at(index)!.at !== at) index--;
		return index < 0 ? undefined : rows.firstId + index;
	};

	const unreadRow = (): number | undefined => {
		const {conversation, unreadFrom} = ui.getState();
		const row = unreadFrom.get(conversation);
		const next = rowsOf(conversation)?.nextId ?? 0;
		return row !== undefined && row < next ? row : undefined;
	};

	return {
		goTo(target) {
			const {conversation} = ui.getState();
			if (target.kind === 'end') {
				moving.follow();
				return undefined;
			}

			if (target.kind === 'unread') {
				const row = unreadRow();
				if (row === undefined) return strings.history.goto.noUnread;
				moving.reveal('conversation', row);
				return undefined;
			}

			const {at} = target;
			const row = inMemory(conversation, at);
			if (row !== undefined) {
				moving.reveal('conversation', row);
			} else if (paced.getState().history.phase === 'off') {
				return strings.history.goto.nothing;
			} else {
				const want = {kind: 'date', at} as const;
				dispatch({type: 'history/page', conversation, want});
			}

			return undefined;
		},

		search(needle) {
			const overlay = {kind: 'historyHits', needle} as const;
			ui.dispatch({type: 'overlay/opened', overlay});
			dispatch({type: 'history/search', needle});
		},

		openHit(hit, needle) {
			const state = paced.getState();
			// Who is not here, or a room that we are not in, has no conversation now: All has what was said, too.
			const conversation = conversationOf(state, hit.key) ?? 'all';
			ui.dispatch({type: 'overlay/closed'});
			if (ui.getState().finding.filters.conversation) {
				const pane = 'conversation';
				ui.dispatch({type: 'filter/set', pane, filter: undefined});
			}

			moving.openConversation(conversation);
			ui.dispatch({type: 'panes/focused', pane: 'conversation'});
			options.find(needle);
			const row = saidAt(conversation, hit.at);
			if (row !== undefined) {
				moving.reveal('conversation', row);
				return;
			}

			const want = {kind: 'row', id: hit.id} as const;
			dispatch({type: 'history/page', conversation, want});
		},

		arrived(conversation, {id, liveRow}) {
			if (ui.getState().conversation !== conversation) return;
			const row = id === undefined ? liveRow : pastAnchorRow(id);
			if (row !== undefined) moving.reveal('conversation', row);
		},
	};
}
