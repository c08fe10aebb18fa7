/** What may stand in the file of a room: it holds what was on the wire, and may be read by a later version. */
import * as v from 'valibot';
import {limits} from '../limits.js';
import {roomMessages} from './room-messages.js';

const {roomHave, roomMessage, roomTopic} = roomMessages;
const {room, nick} = roomMessage.schema.entries;

export const keptRoomSchema = v.pipe(
	v.object({
		name: room,
		topic: v.exactOptional(roomTopic.schema),
		streams: roomHave.schema.entries.have,
		messages: v.pipe(
			v.array(roomMessage.schema),
			v.maxLength(limits.roomMessages),
		),
		members: v.pipe(
			v.array(
				v.object({
					peerId: roomMessage.schema.entries.author,
					nick,
					seenAt: v.pipe(v.number(), v.integer(), v.minValue(0)),
				}),
			),
			v.maxLength(limits.roomMembers + 1),
		),
	}),
	v.check(({name, messages}) => messages.every(each => each.room === name)),
);
