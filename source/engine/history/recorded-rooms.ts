/**
 * What the history keeps of rooms. Invariants: what one author said under one number
 * has one name, whoever said or brought it and however often it comes; what was
 * restored comes before all else of its room; the clocks of others fill no bucket.
 */
import type {EngineEvent} from '../events.js';
import type {PeerId, RoomKey} from '../ids.js';
import type {RoomSaid} from '../rooms/room-events.js';
import type {EngineState} from '../state.js';
import type {Allowance, Place} from './history-allowance.js';
import {happenings} from './history-budget.js';
import {onceOfSaid, roomHistoryKey, saidOnce} from './history-keys.js';
import type {HistoryEntry, Kept} from './history-port.js';

type Event<Type extends EngineEvent['type']> = Extract<
	EngineEvent,
	{type: Type}
>;

type RoomEvent = Event<
	| 'room/joined'
	| 'room/left'
	| 'room/received'
	| 'room/missed'
	| 'room/memberChanged'
	| 'room/topicChanged'
>;

export interface RecordedRooms {
	/** `order` is that of the event. */
	happened(event: RoomEvent, order: number): HistoryEntry[];
	sent(
		room: RoomKey,
		event: Event<'chat/sent'>,
		state: EngineState,
		order: number,
	): HistoryEntry[];
}

const sentKept = (
	room: RoomKey,
	text: string,
	message: string,
	receivers: number,
): Kept => ({
	kind: 'sent',
	to: roomHistoryKey(room),
	toName: room,
	text,
	message,
	receivers,
	delivered: 0,
	failed: 0,
});

function saidKept(room: RoomKey, said: RoomSaid): Kept {
	const {author, name, trust, text, by, isOurs, stream, seq} = said;
	if (isOurs) return sentKept(room, text, `${stream}-${seq}`, 0);
	const brought = by === undefined ? {} : {by};
	return {kind: 'received', name, trust, text, author, ...brought};
}

export function createRecordedRooms(allowance: Allowance): RecordedRooms {
	/** Who is there, so that only who comes and goes is told. */
	const here = new Map<RoomKey, Set<PeerId>>();

	const said = (room: RoomKey, message: RoomSaid, at: number, place: Place) =>
		allowance.row({
			keys: [roomHistoryKey(room), 'all'],
			at,
			saidAt: message.sentAt,
			once: onceOfSaid(room, message),
			place,
			sizeBytes: message.text.length,
			make: () => ({kept: saidKept(room, message), text: message.text}),
		});

	const turned = (
		{room, at, name}: Pick<Event<'room/missed'>, 'room' | 'at' | 'name'>,
		order: number,
		turn: Pick<Extract<Kept, {kind: 'room'}>, 'what' | 'text' | 'count'>,
	) => {
		const {text = name} = turn;
		return allowance.row({
			keys: [roomHistoryKey(room)],
			at,
			place: {order, part: 0},
			sizeBytes: text.length,
			bucket: happenings,
			make: () => ({kept: {kind: 'room', name, ...turn}, text}),
		});
	};

	return {
		happened(event, order) {
			const {room, at} = event;
			switch (event.type) {
				case 'room/joined': {
					here.set(room, new Set());
					const last = event.said.length - 1;
					// The last of them is the one at the place of the event: see `memoryBegins`.
					return event.said.flatMap((each, index) =>
						said(room, each, at, {order, part: index - last}),
					);
				}

				case 'room/left': {
					here.delete(room);
					return [];
				}

				case 'room/received': {
					return said(room, event, at, {order, part: 0});
				}

				case 'room/missed': {
					const {messages: count} = event;
					return turned(event, order, {what: 'missed', count});
				}

				case 'room/memberChanged': {
					const {peerId, isHere} = event;
					const members = here.get(room);
					if (!members || members.has(peerId) === isHere) return [];
					if (isHere) members.add(peerId);
					else members.delete(peerId);
					return turned(event, order, {what: isHere ? 'came' : 'went'});
				}

				case 'room/topicChanged': {
					return turned(event, order, {what: 'topic', text: event.text});
				}
			}
		},

		sent(room, {peers, message, text, at}, {self}, order) {
			const {peerId} = self;
			return allowance.row({
				keys: [roomHistoryKey(room), 'all'],
				at,
				...(peerId === undefined
					? {}
					: {once: saidOnce(room, peerId, message)}),
				place: {order, part: 0},
				sizeBytes: text.length,
				make: () => ({
					kept: sentKept(room, text, message, peers.length),
					text,
				}),
			});
		},
	};
}
