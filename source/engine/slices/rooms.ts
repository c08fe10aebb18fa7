/** Rooms that we are in: their topics, and who is there. */
import type {PersistentMap} from '../../util/persistent-map.js';
import {limits} from '../../limits.js';
import type {EngineEvent} from '../events.js';
import type {RoomKey} from '../ids.js';
import type {EngineState, Room, RoomMember} from '../state.js';

type Changed = Extract<EngineEvent, {type: 'room/memberChanged'}>;

function withMember(
	members: readonly RoomMember[],
	{peerId, name, trust, isHere, seenAt}: Changed,
): readonly RoomMember[] {
	const member = {peerId, name, trust, isHere, seenAt};
	const at = members.findIndex(each => each.peerId === peerId);
	if (at !== -1) return members.with(at, member);
	const all = [...members, member];
	if (all.length <= limits.roomMembers) return all;
	const gone = all.findIndex(each => !each.isHere);
	return gone === -1 ? members : all.toSpliced(gone, 1);
}

export function reduceRooms(
	{rooms}: Pick<EngineState, 'rooms'>,
	event: EngineEvent,
): PersistentMap<RoomKey, Room> {
	switch (event.type) {
		case 'room/joined': {
			const {room: key, topic} = event;
			return rooms.set(key, {key, topic, members: []});
		}

		case 'room/left': {
			return rooms.delete(event.room);
		}

		case 'room/topicChanged': {
			const {room: key, text, name, setAt} = event;
			const room = rooms.get(key);
			return room
				? rooms.set(key, {...room, topic: {text, name, setAt}})
				: rooms;
		}

		case 'room/memberChanged': {
			const room = rooms.get(event.room);
			return room
				? rooms.set(event.room, {
						...room,
						members: withMember(room.members, event),
					})
				: rooms;
		}

		default: {
			return rooms;
		}
	}
}
