/**
 * The last messages of one room. Decides which message of a stream is the next one,
 * what of a stream can be handed on, and which streams are remembered.
 *
 * Invariants: a message is taken once; those of a stream are taken in the order of
 * their numbers; what can be handed on of a stream has no gap; the log and the list
 * of streams are bounded; of an author's runs those that are older than all that are
 * remembered are never taken again.
 */
import {limits} from '../../limits.js';
import type {RoomHeld, RoomMessageBody} from '../../protocol/room-messages.js';

type StreamName = Pick<RoomHeld, 'author' | 'stream'>;

export const streamKey = ({author, stream}: StreamName) =>
	`${author}:${stream}`;

export interface RoomLog {
	/** All streams, or one of them. */
	have(): RoomHeld[];
	held(name: StreamName): RoomHeld | undefined;
	/** The number that comes next; `new`: none has come, `never`: it is older than what is remembered. */
	next(name: StreamName): number | 'new' | 'never';
	/** Whatever its number: that it is the next one is the caller's to know. */
	add(message: RoomMessageBody): void;
	/** What there is up to that number is not wanted. */
	skip(name: StreamName, to: number): void;
	/** From that number on. */
	since(name: StreamName, from: number): RoomMessageBody[];
	/** What is known of streams stays, so that nothing of it comes again. */
	clear(): void;
	/** As of now: what comes later is not in it. */
	messages(): readonly RoomMessageBody[];
}

interface Stream {
	readonly author: string;
	readonly stream: number;
	/** First that can be handed on; `to + 1`: none. */
	from: number;
	to: number;
}

const encoder = new TextEncoder();
export const weighMessage = ({text, nick}: RoomMessageBody) =>
	encoder.encode(text).length + encoder.encode(nick).length;

export function createRoomLog(
	kept: {
		readonly streams: readonly RoomHeld[];
		readonly messages: readonly RoomMessageBody[];
	} = {streams: [], messages: []},
): RoomLog {
	/** Those in which something came last stand last. */
	const streams = new Map<string, Stream>();
	let messages = [...kept.messages];
	let bytes = 0;
	for (const message of messages) bytes += weighMessage(message);
	for (const {author, stream, from, to} of kept.streams) {
		streams.set(streamKey({author, stream}), {author, stream, from, to});
	}

	const ofAuthor = (author: string) =>
		[...streams.values()].filter(each => each.author === author);

	const forget = () => {
		if (streams.size <= limits.roomStreams) return;
		for (const [key, {from, to}] of streams) {
			if (from <= to) continue;
			streams.delete(key);
			return;
		}
	};

	const remember = (stream: Stream) => {
		const key = streamKey(stream);
		streams.delete(key);
		streams.set(key, stream);
		const others = ofAuthor(stream.author);
		if (others.length > limits.roomStreamsOfAuthor) {
			const oldest = others.reduce((one, other) =>
				other.stream < one.stream ? other : one,
			);
			streams.delete(streamKey(oldest));
		}

		forget();
	};

	/** The oldest goes; what is left of its stream begins behind it. */
	const trim = () => {
		let dropped = 0;
		while (
			messages.length - dropped > limits.roomMessages ||
			bytes > limits.roomBytes
		) {
			const oldest = messages[dropped++]!;
			bytes -= weighMessage(oldest);
			const stream = streams.get(streamKey(oldest));
			if (stream) stream.from = Math.max(stream.from, oldest.seq + 1);
		}

		if (dropped > 0) messages = messages.slice(dropped);
	};

	const held = (name: StreamName): RoomHeld | undefined => {
		const stream = streams.get(streamKey(name));
		return stream && {...stream};
	};

	return {
		have: () => [...streams.values()].map(stream => ({...stream})),
		held,
		next({author, stream}) {
			const known = streams.get(streamKey({author, stream}));
			if (known) return known.to + 1;
			const others = ofAuthor(author);
			const isOld =
				others.length >= limits.roomStreamsOfAuthor &&
				others.every(each => each.stream > stream);
			return isOld ? 'never' : 'new';
		},
		add(message) {
			const {author, stream, seq} = message;
			const known = streams.get(streamKey(message));
			// Behind a gap what can be handed on begins anew.
			const from = known?.to === seq - 1 ? known.from : seq;
			messages.push(message);
			bytes += weighMessage(message);
			remember({author, stream, from, to: seq});
			trim();
		},
		skip(name, to) {
			const known = streams.get(streamKey(name));
			if (known && known.to >= to) return;
			const {author, stream} = name;
			remember({author, stream, from: to + 1, to});
		},
		since(name, from) {
			const known = streams.get(streamKey(name));
			const first = Math.max(from, known?.from ?? Infinity);
			return messages.filter(
				({author, stream, seq}) =>
					author === name.author && stream === name.stream && seq >= first,
			);
		},
		clear() {
			messages = [];
			bytes = 0;
			for (const stream of streams.values()) stream.from = stream.to + 1;
		},
		messages: () => [...messages],
	};
}
