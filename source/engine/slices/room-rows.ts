/** What happens in rooms, as rows. */
import type {EngineEvent} from '../events.js';
import {toSafeText} from '../sanitize.js';
import type {MessageId, RoomKey} from '../ids.js';
import type {RoomSaid} from '../rooms/room-events.js';
import type {EngineState, Row, RoomTurn} from '../state.js';
import {
	emptyConversation,
	type Added,
	type Conversations,
} from './conversation-rows.js';

type RoomEvent = Extract<
	EngineEvent,
	{
		type:
			| 'room/received'
			| 'room/missed'
			| 'room/memberChanged'
			| 'room/topicChanged'
			| 'room/invited';
	}
>;

function saidRow(room: RoomKey, said: RoomSaid, order: number): Row {
	const {peer, name, trust, text, sentAt: at, by, isOurs, stream, seq} = said;
	if (isOurs) {
		return {
			kind: 'sent',
			at,
			order,
			to: room,
			toName: toSafeText(room),
			message: `${stream}-${seq}` as MessageId,
			text,
			bytes: undefined,
		};
	}

	return {
		kind: 'received',
		at,
		order,
		peer,
		name,
		trust,
		text,
		unfinished: false,
		room,
		...(by === undefined ? {} : {by}),
	};
}

/** `state` is that before the event. */
export function roomRow(
	state: EngineState,
	event: RoomEvent,
): Added | undefined {
	const {at, room, name} = event;
	const order = state.folded;
	const turn = (
		what: RoomTurn,
		keys: Added['keys'],
		more: Partial<Extract<Row, {kind: 'room'}>> = {},
	): Added => ({
		rows: {kind: 'room', what, at, order, room, name, ...more},
		keys,
	});
	switch (event.type) {
		case 'room/received': {
			return {
				rows: saidRow(room, event, order),
				keys: [room, 'all'],
				received: event.isOurs ? 0 : 1,
			};
		}

		case 'room/missed': {
			return turn('missed', [room], {count: event.messages});
		}

		case 'room/memberChanged': {
			const members = state.rooms.get(room)?.members ?? [];
			const before = members.find(({peerId}) => peerId === event.peerId);
			if ((before?.isHere ?? false) === event.isHere) return undefined;
			return turn(event.isHere ? 'came' : 'went', [room]);
		}

		case 'room/topicChanged': {
			return turn('topic', [room], {text: event.text});
		}

		case 'room/invited': {
			return turn('invited', [event.peer, 'all']);
		}
	}
}

/** A room that was entered, with what was kept of it. */
export function joined(
	conversations: Conversations,
	{room, said}: Extract<EngineEvent, {type: 'room/joined'}>,
	order: number,
): Conversations {
	const empty = emptyConversation(room);
	const rows = empty.rows.replaceAll(
		said.map(each => saidRow(room, each, order)),
	);
	return conversations.set(room, {...empty, rows});
}
