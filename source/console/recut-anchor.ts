/** Where a view stays when bytes are cut again: rows have new ids then, but the same times and offsets. */
import type {ConversationKey, EngineState, Row} from '../engine/index.js';
import type {Anchor} from './format/scroll-window.js';

export interface Place {
	readonly conversation: ConversationKey;
	readonly order: number;
	readonly offset: number | undefined;
}

const offsetOf = (row: Row) => (row.kind === 'frame' ? row.offset : undefined);

/** The row that an anchor means, by what does not change. */
export function placeOf(
	state: EngineState,
	conversation: ConversationKey,
	anchor: Anchor | undefined,
): Place | undefined {
	const rows = state.conversations.get(conversation)?.rows;
	// What was read from the history is not cut again.
	if (!rows || !anchor || anchor.row < 0) return undefined;
	const row = rows.at(anchor.row - rows.firstId);
	return row && {conversation, order: row.order, offset: offsetOf(row)};
}

/** The last row that is not behind the place; undefined where there is none. */
export function anchorAt(
	state: EngineState,
	{conversation, order, offset}: Place,
): Anchor | undefined {
	const rows = state.conversations.get(conversation)?.rows;
	if (!rows) return undefined;
	for (let index = rows.length - 1; index >= 0; index--) {
		const row = rows.at(index)!;
		const isBehind =
			row.order > order ||
			(row.order === order &&
				offset !== undefined &&
				(offsetOf(row) ?? 0) > offset);
		if (!isBehind) return {row: rows.firstId + index, hiddenLines: 0};
	}

	return undefined;
}
