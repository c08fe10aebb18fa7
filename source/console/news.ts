/** Conversations with something that their reader has not seen. */
import {
	isRoomKey,
	type ConversationKey,
	type EngineState,
	type Row,
} from '../engine/index.js';
import {peerList} from './peer-list.js';
import {unreadCount, type Reader} from './selectors.js';

export interface News {
	readonly key: ConversationKey;
	readonly name: string;
	readonly unread: number;
}

/** In the order of the peers pane; All has what the others have. */
export function newsOf(state: EngineState, reader: Reader): readonly News[] {
	return peerList(state).flatMap((row): News[] => {
		if (row.kind === 'source' || row.key === 'all') return [];
		const unread = unreadCount(state, reader, row.key);
		const name = isRoomKey(row.key)
			? row.key
			: (state.peers.get(row.key)?.name ?? '');
		return unread > 0 ? [{key: row.key, name, unread}] : [];
	});
}

const isMessage = ({kind}: Row) => kind === 'received' || kind === 'frame';
/** Behind so many rows one is as old as another. */
const rowsLookedAt = 2_000;

/** When the first of them came: the place of its row among all of them. */
function firstUnread(state: EngineState, {key, unread}: News): number {
	const rows = state.conversations.get(key)?.rows;
	if (!rows) return Number.MAX_SAFE_INTEGER;
	let left = unread;
	let order = Number.MAX_SAFE_INTEGER;
	const end = Math.max(0, rows.length - rowsLookedAt);
	for (let index = rows.length - 1; index >= end && left > 0; index--) {
		const row = rows.at(index)!;
		if (!isMessage(row)) continue;
		order = row.order;
		left--;
	}

	return order;
}

/** The conversation whose news have waited longest. */
export function longestWaiting(
	state: EngineState,
	reader: Reader,
): ConversationKey | undefined {
	const found = newsOf(state, reader).map(news => ({
		key: news.key,
		order: firstUnread(state, news),
	}));
	return found.toSorted((one, other) => one.order - other.order)[0]?.key;
}
