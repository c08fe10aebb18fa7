/**
 * Rooms among verified peers. Decides which sessions they may use, and which room is
 * met on which of them; what goes on in one is left to `room.ts`.
 *
 * Invariants: nothing about rooms goes to a peer that we have not verified, and what
 * such a one says about them is not looked at; a peer that is trusted no longer is
 * told that we are in none, and hears nothing more.
 */
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import {roomsFeature, type RoomMessage} from '../../protocol/room-messages.js';
import type {HandlersOf} from '../command-handlers.js';
import type {EngineContext} from '../context.js';
import type {RoomKey} from '../ids.js';
import type {PeerSession} from '../sessions/peer-session.js';
import type {PeerEntry, PeerTable} from '../sessions/peer-table.js';
import type {TrustKeeping} from '../trust/trust.js';
import type {RoomCommand} from './room-commands.js';
import {createRoomKeeper} from './room-keeper.js';
import type {RoomLink} from './room-link.js';
import {isRoomName, readRoomName, roomKey, roomLike} from './room-names.js';
import {createRoomPeople} from './room-people.js';
import type {KeptRoom} from './room-port.js';
import {createRoom, type LiveRoom} from './room.js';

export interface Rooms {
	/** Resolves once the rooms that were kept are known. Never rejects. */
	readonly loaded: Promise<void>;
	isLoaded(): boolean;
	ready(entry: PeerEntry, session: PeerSession): void;
	/** Throws protocolViolation. */
	receive(entry: PeerEntry, session: PeerSession, message: RoomMessage): void;
	lost(session: PeerSession): void;
	/** Throws notInRoom, messageTooLong. */
	say(room: RoomKey, text: string): void;
	/** Throws notInRoom. */
	clear(room: RoomKey): void;
	clearAll(): void;
	readonly handlers: HandlersOf<RoomCommand>;
	/** Resolves once everything is kept. */
	close(): Promise<void>;
}

export function createRooms(
	context: EngineContext,
	table: PeerTable,
	trust: Pick<TrustKeeping, 'isVerified' | 'keeper'>,
): Rooms {
	const {signing, rooms: port} = context.ports;
	const isOn = context.features.includes(roomsFeature);
	const people = createRoomPeople(context, table, trust.keeper.book);
	const keeper = createRoomKeeper(context);
	const live = new Map<string, LiveRoom>();
	const links = new Map<PeerSession, RoomLink>();
	const invited = new Set<string>();

	const findRoom = (key: RoomKey): LiveRoom => {
		const room = live.get(key.slice(1));
		if (!room) throw new SocktermError('notInRoom', {room: key});
		return room;
	};

	const tellRooms = ({session}: RoomLink, ask = false) => {
		session.send({name: 'rooms', rooms: [...live.keys()], ask});
	};

	const open = (name: string, kept: KeptRoom | undefined): LiveRoom => {
		const room: LiveRoom = createRoom(context, {
			name,
			// Rooms are only on where there is one.
			signing: signing!,
			people,
			kept,
			changed() {
				if (live.get(name) === room) keeper.changed(name, room.kept);
			},
		});
		live.set(name, room);
		room.tell(kept !== undefined);
		return room;
	};

	const isUsable = (session: PeerSession) =>
		isOn &&
		session.hello.features.includes(roomsFeature) &&
		trust.isVerified(session.peerId);

	const drop = (link: RoomLink) => {
		links.delete(link.session);
		for (const room of live.values()) room.part(link);
	};

	/** Begins with a session, or ends with it, as what its key counts as now wants it. */
	const look = (entry: PeerEntry, session: PeerSession) => {
		const link = links.get(session);
		const usable = isUsable(session);
		if (usable && !link) {
			const {peerId} = session;
			const begun: RoomLink = {entry, session, peerId, theirs: new Set()};
			links.set(session, begun);
			tellRooms(begun, true);
		} else if (!usable && link) {
			session.send({name: 'rooms', rooms: [], ask: false});
			drop(link);
		}
	};

	const invite = ({entry}: RoomLink, name: string) => {
		const isNew = !invited.has(name) && invited.size < limits.roomInvites;
		// What could be taken for a room of ours is better not proposed.
		if (!isNew || roomLike(live.keys(), name) !== undefined) return;
		invited.add(name);
		context.emit({
			type: 'room/invited',
			room: roomKey(name),
			peer: entry.key,
			name: entry.name,
		});
	};

	const receiveRooms = (link: RoomLink, names: readonly string[]) => {
		const before = link.theirs;
		link.theirs = new Set(names.filter(name => isRoomName(name)));
		for (const [name, room] of live) {
			if (link.theirs.has(name)) room.meet(link);
			else room.part(link);
		}

		for (const name of link.theirs) {
			if (!before.has(name) && !live.has(name)) invite(link, name);
		}
	};

	const load = async () => {
		const found = isOn ? await port?.load() : undefined;
		await trust.keeper.loaded;
		if (!found) return;
		for (const error of found.problems) {
			context.emit({type: 'room/problem', error});
		}

		for (const room of found.rooms.slice(0, limits.rooms)) {
			open(room.name, room);
		}
	};

	let isLoaded = !isOn || port === undefined;
	const loaded = load().then(() => {
		isLoaded = true;
	});

	context.on(event => {
		if (event.type !== 'trust/judged') return;
		const entry = table.entries.get(event.peer);
		if (entry?.session?.kind === 'peer') look(entry, entry.session);
		for (const room of live.values()) room.renamed(entry?.peerId);
	});

	return {
		loaded,
		isLoaded: () => isLoaded,
		ready: look,
		receive(_entry, session, message) {
			const isNamed = isOn && session.hello.features.includes(roomsFeature);
			if (!isNamed) {
				throw new SocktermError('protocolViolation', {what: message.name});
			}

			// Who has verified us need not have waited until we had verified it.
			const link = links.get(session);
			if (!link) return;
			if (message.name === 'rooms') {
				if (message.ask) tellRooms(link);
				receiveRooms(link, message.rooms);
			} else {
				live.get(message.room)?.receive(link, message);
			}
		},
		lost(session) {
			const link = links.get(session);
			if (link) drop(link);
		},
		say(room, text) {
			findRoom(room).say(text);
		},
		clear(room) {
			findRoom(room).clear();
		},
		clearAll() {
			for (const room of live.values()) room.clear();
		},
		handlers: {
			'room/join'({room: text}) {
				if (!isOn) throw new SocktermError('roomsOff');
				const name = readRoomName(text);
				if (live.has(name)) return;
				const like = roomLike(live.keys(), name);
				if (like !== undefined) {
					const details = {room: roomKey(name), like: roomKey(like)};
					throw new SocktermError('roomLooksAlike', details);
				}

				if (live.size >= limits.rooms) {
					throw new SocktermError('tooManyRooms', {most: limits.rooms});
				}

				const room = open(name, undefined);
				keeper.changed(name, room.kept);
				for (const link of links.values()) {
					tellRooms(link);
					if (link.theirs.has(name)) room.meet(link);
				}
			},
			'room/leave'({room: key}) {
				const room = findRoom(key);
				const name = key.slice(1);
				live.delete(name);
				room.stop();
				keeper.removed(name);
				// What it was left for is no longer news.
				invited.add(name);
				context.emit({type: 'room/left', room: key});
				for (const link of links.values()) tellRooms(link);
			},
			'room/setTopic'({room, topic}) {
				findRoom(room).setTopic(topic);
			},
		},
		async close() {
			for (const room of live.values()) room.stop();
			await keeper.settled();
		},
	};
}
