/**
 * The messages of rooms (the feature `rooms`): names, type bytes and schemas, and
 * the bytes that an author signs. Decides what is well formed. Which room a name
 * means, who may say what, and whether a signature is right is the engine's matter.
 *
 *   0xb0  rooms         which rooms its sender is in
 *   0xb1  room have     what it has of a room, stream by stream
 *   0xb2  room want     what it lacks of one stream
 *   0xb3  room message  one message, signed by its author
 *   0xb4  room topic    the topic, signed by who set it
 */
import * as v from 'valibot';
import {limits, verifiedLimits} from '../limits.js';
import {concatBytes, fromHex} from '../util/bytes.js';
import {joinWithLengths} from './cpace.js';
import {count, hex, ordinal, text} from './fields.js';

/** Text that is signed: half a surrogate pair has no bytes. */
const signedText = (maxBytes: number) =>
	v.pipe(
		text(maxBytes),
		v.check(value => value.isWellFormed()),
	);
const room = v.pipe(signedText(4 * limits.roomNameCharacters), v.minLength(1));
const author = hex(32);
const stream = ordinal(Number.MAX_SAFE_INTEGER);
const place = ordinal(Number.MAX_SAFE_INTEGER);
const at = count(Number.MAX_SAFE_INTEGER);
const nick = signedText(4 * limits.nickCharacters);
const signature = hex(64);

const held = v.pipe(
	v.object({
		author,
		stream,
		/** The first one that can be had; one more than `to`: none can. */
		from: place,
		/** The last one. */
		to: count(Number.MAX_SAFE_INTEGER),
	}),
	v.check(({from, to}) => from <= to + 1),
);

export const roomMessages = {
	/** All rooms that its sender is in. */
	rooms: {
		type: 0xb0,
		schema: v.object({
			rooms: v.pipe(v.array(room), v.maxLength(limits.rooms)),
			/** The other side is to say which it is in. */
			ask: v.boolean(),
		}),
	},
	roomHave: {
		type: 0xb1,
		schema: v.object({
			room,
			have: v.pipe(v.array(held), v.maxLength(limits.roomStreams)),
		}),
	},
	/** Everything of this stream from that number on. */
	roomWant: {
		type: 0xb2,
		schema: v.object({room, author, stream, from: place}),
	},
	roomMessage: {
		type: 0xb3,
		schema: v.object({
			room,
			author,
			stream,
			seq: place,
			at,
			/** What its author calls itself. */
			nick,
			text: signedText(verifiedLimits.messageBytes),
			signature,
		}),
	},
	roomTopic: {
		type: 0xb4,
		schema: v.object({
			room,
			author,
			at,
			nick,
			topic: signedText(4 * limits.roomTopicCharacters),
			signature,
		}),
	},
} as const;

type Body<Name extends keyof typeof roomMessages> = Readonly<
	v.InferOutput<(typeof roomMessages)[Name]['schema']>
>;

export type RoomMessageBody = Body<'roomMessage'>;
export type RoomTopicBody = Body<'roomTopic'>;
export type RoomHeld = Body<'roomHave'>['have'][number];

export type RoomMessage = {
	[Name in keyof typeof roomMessages]: {readonly name: Name} & Body<Name>;
}[keyof typeof roomMessages];

const names: ReadonlySet<string> = new Set(Object.keys(roomMessages));

export const isRoomMessage = <Message extends {readonly name: string}>(
	message: Message,
): message is Extract<Message, RoomMessage> => names.has(message.name);

/** A feature: rooms among those who have verified each other. */
export const roomsFeature = 'rooms';

const encoder = new TextEncoder();

function u64(value: number): Uint8Array {
	const bytes = new Uint8Array(8);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
	return bytes;
}

/** What the author of a message signs: its parts behind their lengths, under a label of its own. */
export function messageToSign(
	message: Omit<RoomMessageBody, 'signature'>,
): Uint8Array {
	return joinWithLengths(
		encoder.encode('sockterm/1 room message'),
		encoder.encode(message.room),
		fromHex(message.author)!,
		concatBytes([u64(message.stream), u64(message.seq), u64(message.at)]),
		encoder.encode(message.nick),
		encoder.encode(message.text),
	);
}

/** What who sets a topic signs. */
export function topicToSign(
	topic: Omit<RoomTopicBody, 'signature'>,
): Uint8Array {
	return joinWithLengths(
		encoder.encode('sockterm/1 room topic'),
		encoder.encode(topic.room),
		fromHex(topic.author)!,
		u64(topic.at),
		encoder.encode(topic.nick),
		encoder.encode(topic.topic),
	);
}
