/**
 * What was read of the history: a window on each conversation that is looked at,
 * and what is known of the whole. Invariants: a window is bounded, and so are they
 * together; its rows follow each other without a gap; pages that do not fit to
 * what is there (any more) change nothing.
 */
import {limits} from '../../limits.js';
import type {PersistentMap} from '../../util/persistent-map.js';
import type {EngineEvent} from '../events.js';
import {onceOfSaid} from '../history/history-keys.js';
import {isPeerKey, isRoomKey, type ConversationKey} from '../ids.js';
import type {EngineState, HistoryState, Past} from '../state.js';
import {evictedBy} from './peers.js';

type Pasts = PersistentMap<ConversationKey, Past>;
type Paged = Extract<EngineEvent, {type: 'history/paged'}>;

export const noHistory: HistoryState = {
	phase: 'off',
	error: undefined,
	openedAt: undefined,
	stat: undefined,
	found: undefined,
};

const most = limits.historyRowsHeld;

function joined(held: Past | undefined, event: Paged): Past | undefined {
	const {conversation, rows, place, next, hasOlder, liveFirstId} = event;
	if (place === 'instead') return {conversation, rows, hasOlder, liveFirstId};
	if (!held) return undefined;
	if (place === 'above') {
		if (held.rows[0]?.id !== next) return held;
		const all = [...rows, ...held.rows];
		const isWhole = all.length <= most;
		return {
			conversation,
			rows: all.slice(0, most),
			hasOlder,
			liveFirstId: isWhole ? held.liveFirstId : undefined,
		};
	}

	if (held.rows.at(-1)?.id !== next) return held;
	const all = [...held.rows, ...rows];
	return {
		conversation,
		rows: all.slice(-most),
		hasOlder: held.hasOlder || all.length > most,
		liveFirstId,
	};
}

const isLarge = ({rows}: Past) => rows.length > limits.historyOpeningRows;

/** Who was looked at longest ago goes first; a map keeps who came last at its end. */
function bounded(pasts: Pasts, newest: ConversationKey): Pasts {
	const large = pasts
		.values()
		.filter(each => each.conversation !== newest && isLarge(each));
	const excess = large.length + 1 - limits.historyConversationsHeld;
	return without(pasts, large.slice(0, Math.max(0, excess)));
}

function without(pasts: Pasts, dropped: readonly Past[]): Pasts {
	let result = pasts;
	for (const {conversation} of dropped) result = result.delete(conversation);
	return result;
}

export function reducePast(state: EngineState, event: EngineEvent): Pasts {
	const {past} = state;
	switch (event.type) {
		case 'history/paged': {
			const {conversation: key} = event;
			const isThere = isRoomKey(key)
				? state.rooms.has(key)
				: !isPeerKey(key) || state.peers.has(key);
			const next = joined(past.get(key), event);
			if (!next || !isThere) return past;
			const held = past.delete(key).set(key, next);
			// What makes no more large ones pushes none out, however many conversations there are.
			return isLarge(next) ? bounded(held, key) : held;
		}

		case 'history/cleared': {
			const {conversation: key} = event;
			return key === 'all'
				? without(past, past.values())
				: past.delete(key).delete('all');
		}

		case 'room/received': {
			const held = past.get(event.room);
			const once = onceOfSaid(event.room, event);
			// What is handed on again stands where it comes now.
			return held?.rows.some(row => row.once === once)
				? past.set(event.room, {
						...held,
						rows: held.rows.filter(row => row.once !== once),
					})
				: past;
		}

		case 'room/left': {
			return past.delete(event.room);
		}

		case 'peer/forgotten': {
			return past.delete(event.peer);
		}

		case 'peer/connected': {
			const {replaces} = event;
			return replaces && replaces !== event.peer ? past.delete(replaces) : past;
		}

		default: {
			const evicted = evictedBy(state, event);
			return evicted ? past.delete(evicted) : past;
		}
	}
}

/** Whether nothing is missing between what was read and what is in memory. */
export function isJoined(
	{past, conversations}: Pick<EngineState, 'past' | 'conversations'>,
	key: ConversationKey,
): boolean {
	const firstId = conversations.get(key)?.rows.firstId ?? 0;
	return past.get(key)?.liveFirstId === firstId;
}

export function reduceHistory(
	{history}: EngineState,
	event: EngineEvent,
): HistoryState {
	switch (event.type) {
		case 'history/opened': {
			const {error, at: openedAt} = event;
			return {...history, phase: 'on', error, openedAt};
		}

		case 'history/failed': {
			const phase = event.isOver ? 'off' : 'failing';
			return {...history, phase, error: event.error};
		}

		case 'history/recovered': {
			return {...history, phase: 'on', error: undefined};
		}

		case 'history/found': {
			const {needle, hits, isMore, hasMore} = event;
			const before =
				isMore && history.found?.needle === needle ? history.found.hits : [];
			const found = {needle, hits: [...before, ...hits], hasMore};
			return {...history, found};
		}

		case 'history/cleared': {
			return {...history, found: undefined, stat: undefined};
		}

		case 'history/told': {
			return {...history, stat: event.stat};
		}

		default: {
			return history;
		}
	}
}
