/**
 * What the history keeps of events. Decides what is worth keeping; how much of a
 * flood that is, is left to `history-allowance.ts`, and writing it to
 * `history-keeper.ts`.
 *
 * Invariants: pairing codes, and lines that a command refused, are in no event and
 * so in no row; what is not kept is counted and said, in its place; rows of one
 * conversation stand in the order of their events.
 */
import {limits} from '../../limits.js';
import type {EngineEvent} from '../events.js';
import {isRoomKey, type MessageId} from '../ids.js';
import type {EngineState} from '../state.js';
import {createAllowance} from './history-allowance.js';
import {happenings} from './history-budget.js';
import {keysOf} from './history-keys.js';
import type {HistoryEntry, HistoryKey, Kept} from './history-port.js';
import {createRecordedBytes} from './recorded-bytes.js';
import {happeningOf} from './recorded-happenings.js';
import {createRecordedRooms} from './recorded-rooms.js';

export interface Recorder {
	/** What to keep of an event; `state` is one after it. Each event once, in order. */
	of(event: EngineEvent, state: EngineState): readonly HistoryEntry[];
	/** What was left out, as far as its flood is over; with `all` in any case. */
	leftOut(at: number, all?: boolean): readonly HistoryEntry[];
	hasLeftOut(): boolean;
	/** Nothing that was left out there is told any more. */
	forget(key: HistoryKey | undefined): void;
}

type Event<Type extends EngineEvent['type']> = Extract<
	EngineEvent,
	{type: Type}
>;

interface Fate {
	pending: number;
	delivered: number;
	failed: number;
}

/** Of what happens there is little, and a flood of lines must not push it out. */
const isSaid = ({kind}: Kept) =>
	kind === 'received' || kind === 'note' || kind === 'problem';

export function createRecorder(begin: EngineState): Recorder {
	const allowance = createAllowance();
	const bytes = createRecordedBytes(allowance);
	const rooms = createRecordedRooms(allowance);
	const fates = new Map<MessageId, Fate>();
	let order = begin.folded - 1;

	/** Of what is kept it is told what became of it. */
	const follow = (
		entries: readonly HistoryEntry[],
		{message, peers}: Event<'chat/sent'>,
	) => {
		if (entries.length === 0 || peers.length === 0) return;
		fates.set(message, {pending: peers.length, delivered: 0, failed: 0});
		const [oldest] = fates.keys();
		if (fates.size > limits.outboxMessages) fates.delete(oldest!);
	};

	const sent = (
		event: Event<'chat/sent'>,
		state: EngineState,
	): HistoryEntry[] => {
		const {conversation, peers, message, text, at} = event;
		if (isRoomKey(conversation)) {
			const entries = rooms.sent(conversation, event, state, order);
			follow(entries, event);
			return entries;
		}

		const isToAll = conversation === 'all';
		const to = isToAll ? 'all' : keysOf(state, conversation)?.[0];
		if (to === undefined) return [];
		const others = peers.flatMap(peer => keysOf(state, peer)?.[0] ?? []);
		const toName = isToAll ? undefined : state.peers.get(conversation)?.name;
		const entries = allowance.row({
			keys: [to, ...others.filter(key => key !== to), 'all'],
			at,
			place: {order, part: 0},
			sizeBytes: text.length,
			make: () => ({
				kept: {
					kind: 'sent',
					to,
					...(toName === undefined ? {} : {toName}),
					text,
					message,
					receivers: peers.length,
					delivered: 0,
					failed: 0,
				},
				text,
			}),
		});
		follow(entries, event);
		return entries;
	};

	/** Told once it is known of all its receivers. */
	const decided = (
		event: Event<'chat/delivered' | 'chat/failed' | 'room/released'>,
	): HistoryEntry[] => {
		const {message} = event;
		const fate = fates.get(message);
		if (!fate) return [];
		fate.pending--;
		if (event.type === 'chat/delivered') fate.delivered++;
		else if (event.type === 'chat/failed') fate.failed++;
		if (fate.pending > 0) return [];
		fates.delete(message);
		const {delivered, failed} = fate;
		return [{what: 'fate', message, delivered, failed}];
	};

	const happened = (event: EngineEvent, state: EngineState): HistoryEntry[] => {
		const happening = happeningOf(event, state);
		if (!happening) return [];
		const {at} = event;
		const {keys, kept, text, seen} = happening;
		const met: HistoryEntry[] = seen ? [{what: 'seen', ...seen, at}] : [];
		if (!kept) return met;
		const row = allowance.row({
			keys,
			at,
			place: {order, part: 0},
			sizeBytes: text.length,
			bucket: isSaid(kept) ? keys[0] : happenings,
			make: () => ({kept, text}),
		});
		return [...met, ...row];
	};

	return {
		of(event, state) {
			order++;
			switch (event.type) {
				case 'stream/received': {
					return bytes.read(event, state, order);
				}

				case 'stream/sent': {
					// With a message it is what became of a line that is kept already.
					return event.message === undefined
						? bytes.written(event, state, order)
						: [];
				}

				case 'chat/sent': {
					return sent(event, state);
				}

				case 'chat/delivered':
				case 'chat/failed':
				case 'room/released': {
					return decided(event);
				}

				case 'room/joined':
				case 'room/left':
				case 'room/received':
				case 'room/missed':
				case 'room/memberChanged':
				case 'room/topicChanged': {
					return rooms.happened(event, order);
				}

				case 'datagram/received':
				case 'datagram/sent': {
					return bytes.datagram(event, state, order);
				}

				case 'stream/framingChanged': {
					bytes.recut(event.peer, state);
					return [];
				}

				case 'peer/left':
				case 'peer/waiting': {
					bytes.ended(event.peer);
					return happened(event, state);
				}

				default: {
					return happened(event, state);
				}
			}
		},
		leftOut: (at, all = false) => allowance.leftOut(at, {order, part: 0}, all),
		hasLeftOut: allowance.hasLeftOut,
		forget: allowance.forget,
	};
}
