/** Going to a conversation: what has been read of the one that is left, and where what is new begins in the one that is opened. */
import type {
	ConversationKey,
	EngineState,
	Row,
	TransferId,
} from '../engine/index.js';
import type {UiAction, UiState} from './store.js';

type Shown = Pick<EngineState, 'conversations' | 'transfers'>;

/** What somebody else brought: neither lines and files of ours, nor who came and went. */
function isOfOthers(row: Row, {transfers}: Shown): boolean {
	const isOffered = (id: TransferId) => transfers.get(id)?.direction === 'in';
	return (
		row.kind === 'received' ||
		row.kind === 'frame' ||
		(row.kind === 'transfer' && isOffered(row.transfer))
	);
}

/** The first row of somebody else, of those from `from` on. */
function firstOfOthers(
	state: Shown,
	key: ConversationKey,
	from: number,
): number | undefined {
	const rows = state.conversations.get(key)?.rows;
	if (!rows) return undefined;
	for (let id = Math.max(from, rows.firstId); id < rows.nextId; id++) {
		if (isOfOthers(rows.at(id - rows.firstId)!, state)) return id;
	}

	return undefined;
}

export function opening(
	state: Shown,
	ui: Pick<UiState, 'conversation' | 'unreadFrom'>,
	conversation: ConversationKey,
): UiAction {
	const left = state.conversations.get(ui.conversation);
	const from = ui.unreadFrom.get(conversation);
	const firstNew =
		from === undefined ? undefined : firstOfOthers(state, conversation, from);
	return {
		type: 'conversation/opened',
		conversation,
		received: left?.received ?? 0,
		...(left ? {nextRow: left.rows.nextId} : {}),
		...(firstNew === undefined ? {} : {firstNew}),
	};
}
