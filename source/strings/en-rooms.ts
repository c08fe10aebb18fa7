/** Rooms: what happens in them, their commands, and what goes wrong. */
import type {ErrorDetails} from '../errors.js';
import {fact, why, type Sentence} from './error-facts.js';

const messages = (count: number) =>
	count === 1 ? '1 message' : `${count} messages`;

export const roomStrings = {
	/** How many are in it and connected, ourselves with them. */
	here: (count: number) => `${count} here`,
	by: (name: string) => `(by way of ${name}) `,
	came: (name: string) => `${name} is here`,
	went: (name: string) => `${name} went`,
	topic: (name: string, topic: string) => `Topic, by ${name}: ${topic}`,
	noTopic: (name: string) => `${name} took the topic away`,
	missed: (count: number, name: string) =>
		`${messages(count)} of ${name} ${count === 1 ? 'is' : 'are'} missing: nobody here has them any more`,
	invited: (name: string, room: string) =>
		`${name} is in ${room}: /join ${room}`,
	/** Of a member that is not here. */
	lastSeen: (when: string) => `last seen ${when}`,
	isHere: 'here',
	members: (room: string) => `${room}: who is here, and who was`,
	you: (name: string) => `${name} (you)`,
	noTopicYet: (room: string) => `${room} has no topic. /topic TEXT sets one.`,
	topicIs: (room: string, topic: string, name: string) =>
		`${room}: ${topic} (set by ${name})`,
	openRoom: 'Open a room first, or join one: /join #lab.',
	sayRoom: 'Say which room: /join #lab. A multicast group: /join 239.1.2.3.',
} as const;

export const roomErrorSentences = {
	badRoomName: (details: ErrorDetails) =>
		`A room cannot be called "${fact(details, 'room', '')}". It has letters, digits and . _ - and at most ${fact(details, 'most', '32')} characters, such as #lab.`,
	badTopic: (details: ErrorDetails) =>
		`A topic has at most ${fact(details, 'most', '256')} characters. Shorten it.`,
	notInRoom: (details: ErrorDetails) =>
		`You are not in ${fact(details, 'room', 'that room')}. /join ${fact(details, 'room', '#lab')}.`,
	roomLooksAlike: (details: ErrorDetails) =>
		`${fact(details, 'room', 'That room')} looks like ${fact(details, 'like', 'one that you are in')}, where you are already. Leave that one first, or choose another name.`,
	tooManyRooms: (details: ErrorDetails) =>
		`You are in ${fact(details, 'most', '32')} rooms, which is the most. /leave one of them.`,
	roomsOff: () =>
		'Rooms are switched off. Start without --no-rooms (and SOCKTERM_NO_ROOMS).',
	roomsUnusable: (details: ErrorDetails) =>
		`What is said in rooms cannot be kept in ${fact(details, 'path', 'the state folder')}${why(details)}: after a restart it comes from the other members only. Check its rights, and that the disk has room.`,
	roomDamaged: (details: ErrorDetails) =>
		`The file of a room was damaged and is now ${fact(details, 'path', 'set aside')}. /join the room again: the others have its last messages.`,
} as const satisfies Record<string, Sentence>;
