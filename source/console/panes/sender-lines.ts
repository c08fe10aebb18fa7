/** The datagrams pane, by sender. */
import type {EngineState} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {formatCount} from '../../util/quantities.js';
import type {Spans} from '../format/lines.js';
import {senderLine} from '../format/sender-line.js';
import {windowStart} from '../peer-list.js';
import type {DatagramLook} from '../search/search-state.js';
import {senderAtCursor, senderList} from '../senders.js';
import type {Theme} from '../theme.js';

export interface SenderWindow {
	readonly lines: readonly string[];
	/** How many there are, and those that are not remembered. */
	readonly footer: Spans;
}

export function senderWindow(
	state: EngineState,
	look: DatagramLook,
	room: {
		readonly theme: Theme;
		readonly width: number;
		readonly height: number;
	},
): SenderWindow {
	const {height} = room;
	const words = strings.keep.datagramView;
	const senders = senderList(state);
	const selected = senderAtCursor(senders, look);
	const start = windowStart(senders.length, height, selected);
	const {sourcesForgotten: forgotten} = state.datagrams;
	return {
		lines: senders
			.slice(start, start + height)
			.map((sender, index) =>
				senderLine(sender, {...room, isSelected: start + index === selected}),
			),
		footer: [
			[words.senders(senders.length), 'dim'],
			...(forgotten > 0
				? [[`, ${words.forgotten(forgotten)}`, 'warning'] as const]
				: []),
		],
	};
}

/** What the pane's title says of how it is looked at. */
export function lookSpans(
	{datagrams}: EngineState,
	{bySender, sender, paused}: DatagramLook,
): Spans {
	const words = strings.keep.datagramView;
	const fresh = paused ? Math.max(0, datagrams.rows.nextId - paused.nextId) : 0;
	return [
		...(bySender ? [[`  ${words.bySender}`, 'accent'] as const] : []),
		...(sender
			? [[`  ${strings.keep.filter.title(sender.address)}`, 'warning'] as const]
			: []),
		...(paused
			? [[`  ${words.paused(formatCount(fresh))}`, 'warning'] as const]
			: []),
	];
}
