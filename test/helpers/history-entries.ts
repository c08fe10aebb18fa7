/** Rows for a history, as the engine makes them. */
import type {
	HistoryEntry,
	HistoryKey,
	Kept,
} from '../../source/engine/ports.js';

export const bob: HistoryKey = `peer:${'b0'.repeat(32)}`;
export const device: HistoryKey = 'plain:10.0.0.5:4711';

/** A row of a conversation and of All. */
export function entry(
	place: {
		readonly key?: HistoryKey;
		readonly order: number;
		readonly at?: number;
	},
	kept: Kept,
	text: string,
): HistoryEntry {
	const {key = bob, order, at = order} = place;
	return {what: 'row', keys: [key, 'all'], at, order, part: 0, kept, text};
}

export const said = (
	text: string,
	place: {
		readonly key?: HistoryKey;
		readonly order: number;
		readonly at?: number;
	},
): HistoryEntry =>
	entry(place, {kind: 'received', name: 'bob', trust: 'VERIFIED', text}, text);

export const sentRow = (
	text: string,
	message: string,
	order: number,
): HistoryEntry =>
	entry(
		{order},
		{
			kind: 'sent',
			to: bob,
			toName: 'bob',
			text,
			message,
			receivers: 1,
			delivered: 0,
			failed: 0,
		},
		text,
	);
