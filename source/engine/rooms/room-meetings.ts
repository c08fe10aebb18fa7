/**
 * The members that one meets in a room, and what each of them is told to be there.
 * Invariant: without back-fill nothing that was there before two met is named or
 * handed on.
 */
import {limits} from '../../limits.js';
import type {RoomHeld, RoomMessageBody} from '../../protocol/room-messages.js';
import type {EngineContext} from '../context.js';
import type {RoomLink} from './room-link.js';
import {streamKey, type RoomLog} from './room-log.js';

type StreamName = Pick<RoomHeld, 'author' | 'stream'>;

export interface RoomMeetings {
	/** Tells what is here; false where it is met already, or there are too many. */
	meet(link: RoomLink): boolean;
	part(link: RoomLink): boolean;
	has(link: RoomLink): boolean;
	/** Where somebody is, if he is here. */
	linkOf(peerId: string): RoomLink | undefined;
	links(): RoomLink[];
	/** Those that have said what they have: what we say goes to them. */
	open(): RoomLink[];
	/** It says what it has; true where it is the first time. */
	opened(link: RoomLink): boolean;
	/** A stream has grown: all are told of it, together with others. */
	grown(stream: StreamName): void;
	/** What can be handed on to this one. */
	since(link: RoomLink, stream: StreamName, from: number): RoomMessageBody[];
	stop(): void;
}

interface Meeting {
	isOpen: boolean;
	/** Streams of which it is to be told soon. */
	readonly untold: Set<string>;
	/** How far they went before we met, where that is not handed on. */
	readonly floors: ReadonlyMap<string, number>;
}

export function createRoomMeetings(
	context: EngineContext,
	options: {
		readonly room: string;
		readonly log: RoomLog;
	},
): RoomMeetings {
	const {room, log} = options;
	const {clock} = context.ports;
	const meetings = new Map<RoomLink, Meeting>();
	let cancelTelling: (() => void) | undefined;

	const firstFor = ({floors}: Meeting, stream: StreamName, from: number) =>
		Math.max(from, (floors.get(streamKey(stream)) ?? 0) + 1);

	const tell = (
		{session}: RoomLink,
		meeting: Meeting,
		held: readonly RoomHeld[],
	) => {
		const have = held.map(each => ({
			...each,
			from: firstFor(meeting, each, each.from),
		}));
		session.send({name: 'roomHave', room, have});
	};

	const tellGrown = () => {
		cancelTelling = undefined;
		const all = log.have();
		for (const [link, meeting] of meetings) {
			const grown = all.filter(held => meeting.untold.has(streamKey(held)));
			meeting.untold.clear();
			if (grown.length > 0) tell(link, meeting, grown);
		}
	};

	return {
		meet(link) {
			if (meetings.has(link) || meetings.size >= limits.roomMembers) {
				return false;
			}

			const have = log.have();
			const before = context.choices.backfill ? [] : have;
			const meeting: Meeting = {
				isOpen: false,
				untold: new Set(),
				floors: new Map(before.map(held => [streamKey(held), held.to])),
			};
			meetings.set(link, meeting);
			tell(link, meeting, have);
			return true;
		},
		part: link => meetings.delete(link),
		has: link => meetings.has(link),
		linkOf: peerId => [...meetings.keys()].find(each => each.peerId === peerId),
		links: () => [...meetings.keys()],
		open: () =>
			[...meetings].flatMap(([link, {isOpen}]) => (isOpen ? [link] : [])),
		opened(link) {
			const meeting = meetings.get(link)!;
			const isFirst = !meeting.isOpen;
			meeting.isOpen = true;
			return isFirst;
		},
		grown(stream) {
			for (const {untold} of meetings.values()) untold.add(streamKey(stream));
			cancelTelling ??= clock.after(limits.roomHaveMs, tellGrown);
		},
		since: (link, stream, from) =>
			log.since(stream, firstFor(meetings.get(link)!, stream, from)),
		stop() {
			cancelTelling?.();
			cancelTelling = undefined;
		},
	};
}
