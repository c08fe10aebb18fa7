/**
 * One room that we are in. Decides what is said to whom: what we say goes to every
 * member at once; what came from anybody is acknowledged to all, so that who lacks
 * it asks. What belongs to which stream, and whom to ask, is left to `room-log.ts`
 * and `room-asking.ts`.
 *
 * Invariants: nothing is shown that its author has not signed; a message is shown
 * once, those of an author's run in their order; nothing is sent to who has not
 * said that it is in the room.
 */
import {SocktermError} from '../../errors.js';
import {
	type RoomHeld,
	type RoomMessage,
	type RoomMessageBody,
} from '../../protocol/room-messages.js';
import type {EngineContext} from '../context.js';
import type {MessageId, PeerId, RoomKey} from '../ids.js';
import {toSafeText} from '../sanitize.js';
import {createRoomAuthorship} from './room-author.js';
import {createRoomAsking} from './room-asking.js';
import {createRoomDeliveries} from './room-deliveries.js';
import type {RoomSaid} from './room-events.js';
import type {RoomLink} from './room-link.js';
import {createRoomLog} from './room-log.js';
import {createRoomMeetings} from './room-meetings.js';
import {createRoomMembers} from './room-members.js';
import {roomKey} from './room-names.js';
import {byTime, createRoomOrder, type TakenMessage} from './room-order.js';
import type {RoomPeople} from './room-people.js';
import type {KeptRoom, Signing} from './room-port.js';
import {createRoomTopics} from './room-topic.js';

export interface LiveRoom {
	readonly key: RoomKey;
	/** It is in the room too. */
	meet(link: RoomLink): void;
	part(link: RoomLink): void;
	/** Throws protocolViolation. */
	receive(link: RoomLink, message: Exclude<RoomMessage, {name: 'rooms'}>): void;
	/** Throws messageTooLong. */
	say(text: string): void;
	/** Throws badTopic. */
	setTopic(text: string): void;
	/** What was said is kept, and handed on, no longer. */
	clear(): void;
	/** Names may be others now. */
	renamed(peerId?: PeerId): void;
	kept(): KeptRoom;
	/** Tells that we are in it, and what is known of it. */
	tell(restored: boolean): void;
	stop(): void;
}

export interface RoomOptions {
	readonly name: string;
	readonly signing: Signing;
	readonly people: RoomPeople;
	readonly kept: KeptRoom | undefined;
	/** There is something to keep. */
	changed(): void;
}

export function createRoom(
	context: EngineContext,
	options: RoomOptions,
): LiveRoom {
	const {name: room, signing, people, kept, changed} = options;
	const {clock} = context.ports;
	const key = roomKey(room);
	const log = createRoomLog(kept);
	const meetings = createRoomMeetings(context, {room, log});
	const deliveries = createRoomDeliveries(context, key);
	const members = createRoomMembers(context, key, people, kept?.members ?? []);
	const topics = createRoomTopics(context, {
		room,
		key,
		signing,
		people,
		kept: kept?.topic,
	});
	const authorship = createRoomAuthorship(context, {room, signing, log});

	const asking = createRoomAsking<RoomLink>({
		clock,
		log,
		authorLink: meetings.linkOf,
		ask({session}, {author, stream}, from) {
			session.send({name: 'roomWant', room, author, stream, from});
		},
		settled: () => order.release(),
	});

	const saidOf = (
		{author, nick, text, at, stream, seq}: RoomMessageBody,
		link?: RoomLink,
	): RoomSaid => ({
		...people.of(author as PeerId, nick, link?.entry),
		text: toSafeText(text),
		sentAt: Math.min(at, clock.now()),
		stream,
		seq,
		isOurs: author === context.peerId,
	});

	const show = ({message, link, missed}: TakenMessage) => {
		const author = message.author as PeerId;
		if (people.isBlocked(author)) return;
		if (missed > 0) {
			const who = people.of(author, message.nick, link.entry);
			context.emit({type: 'room/missed', room: key, ...who, messages: missed});
		}

		const said = saidOf(message, link);
		context.emit({type: 'room/received', room: key, ...said});
		const isHere = meetings.linkOf(author) !== undefined;
		if (!said.isOurs) members.seen(author, message.nick, isHere, said.sentAt);
	};

	const order = createRoomOrder(clock, show);

	const take = (taken: TakenMessage) => {
		const {message} = taken;
		log.add(message);
		order.take(taken, asking.isAwaited(message));
		meetings.grown(message);
		asking.arrived(message);
		changed();
	};

	const receiveMessage = (link: RoomLink, message: RoomMessageBody) => {
		const {author, stream, seq} = message;
		if (authorship.isOwn(message)) return;
		const next = log.next(message);
		if (next === 'never') return;
		const first = next === 'new' ? 1 : next;
		if (seq < first) return;
		const isDue = seq === first || asking.isAsked(link, message, seq);
		if (!isDue || asking.isBehind(message)) {
			// It has come before what is still asked for.
			asking.saw(link, {author, stream}, seq);
			return;
		}

		if (!authorship.isSigned(message)) {
			throw new SocktermError('protocolViolation', {what: 'room message'});
		}

		take({message, link, missed: next === 'new' ? 0 : seq - next});
	};

	const receiveHave = (link: RoomLink, have: readonly RoomHeld[]) => {
		const isFirst = meetings.opened(link);
		const inOrder = have.toSorted((one, other) => one.stream - other.stream);
		for (const held of inOrder) {
			if (authorship.isOwn(held)) deliveries.has(link, held.to);
			else if (isFirst && !context.choices.backfill) log.skip(held, held.to);
			else asking.claimed(link, held);
		}
	};

	const send = (link: RoomLink, message: RoomMessageBody) => {
		link.session.send({name: 'roomMessage', ...message});
	};

	const part = (link: RoomLink) => {
		if (!meetings.part(link)) return;
		asking.gone(link);
		deliveries.gone(link);
		const {peerId, session} = link;
		const isHere = meetings.linkOf(peerId) !== undefined;
		if (!isHere) members.seen(peerId, session.hello.nick, false, clock.now());
		changed();
	};

	return {
		key,
		meet(link) {
			if (!meetings.meet(link)) return;
			const {session, peerId} = link;
			const topic = topics.current();
			if (topic) session.send({name: 'roomTopic', ...topic});
			members.seen(peerId, session.hello.nick, true, clock.now());
			changed();
		},
		part,
		receive(link, message) {
			if (!meetings.has(link)) return;
			switch (message.name) {
				case 'roomHave': {
					receiveHave(link, message.have);
					break;
				}

				case 'roomWant': {
					const {author, stream, from} = message;
					for (const each of meetings.since(link, {author, stream}, from)) {
						send(link, each);
					}

					break;
				}

				case 'roomMessage': {
					const {name: _name, ...body} = message;
					receiveMessage(link, body);
					break;
				}

				case 'roomTopic': {
					const {name: _name, ...topic} = message;
					if (!topics.take(topic)) break;
					for (const other of meetings.links()) {
						if (other !== link) other.session.send(message);
					}

					changed();
					break;
				}
			}
		},
		say(text) {
			// Ours comes behind all that is here.
			order.release();
			const body = authorship.compose(text);
			log.add(body);
			const links = meetings.open();
			const {stream, seq} = body;
			const message = `${stream}-${seq}` as MessageId;
			context.emit({
				type: 'chat/sent',
				conversation: key,
				peers: links.map(({entry}) => entry.key),
				message,
				text: toSafeText(body.text),
			});
			deliveries.sent(seq, message, links);
			for (const link of links) send(link, body);
			// Who is just about to say what it has does not know of this one.
			if (links.length < meetings.links().length) meetings.grown(body);
			changed();
		},
		setTopic(text) {
			const topic = topics.set(text);
			for (const {session} of meetings.links()) {
				session.send({name: 'roomTopic', ...topic});
			}

			changed();
		},
		clear() {
			// What waits to be shown nobody has seen yet: it is not meant.
			log.clear();
			changed();
		},
		renamed: members.tell,
		kept() {
			const topic = topics.current();
			return {
				name: room,
				...(topic ? {topic} : {}),
				streams: log.have(),
				messages: log.messages(),
				members: members.kept(),
			};
		},
		tell(restored) {
			const topic = topics.shown();
			const said = byTime(log.messages())
				.filter(({author}) => !people.isBlocked(author as PeerId))
				.map(message => saidOf(message));
			context.emit({
				type: 'room/joined',
				room: key,
				restored,
				said,
				...(topic ? {topic} : {}),
			});
			members.tell();
		},
		stop() {
			order.release();
			meetings.stop();
			asking.stop();
			for (const link of meetings.links()) part(link);
		},
	};
}
