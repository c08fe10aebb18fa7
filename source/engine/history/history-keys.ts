/** Which name a conversation has over restarts. */
import {formatAddress} from '../../util/address.js';
import {
	isRoomKey,
	type ConversationKey,
	type PeerId,
	type PeerKey,
	type RoomKey,
} from '../ids.js';
import type {RoomSaid} from '../rooms/room-events.js';
import type {EngineState, Peer} from '../state.js';
import type {HistoryKey} from './history-port.js';

type Known = Pick<Peer, 'peerId' | 'target' | 'address'>;

/** A key, what we dialled, or where a plain connection came from. Undefined while nothing is known. */
export function historyKeyOf({
	peerId,
	target,
	address,
}: {
	readonly [Field in keyof Known]?: Known[Field] | undefined;
}): HistoryKey | undefined {
	if (peerId) return `peer:${peerId}`;
	if (target?.expect) return `peer:${target.expect}`;
	if (target) return `dial:${target.kind}:${formatAddress(target)}`;
	return address && `plain:${formatAddress(address)}`;
}

/** Whether it is that of an encrypted peer. */
export const isPeerHistoryKey = (key: HistoryKey): boolean =>
	key.startsWith('peer:');

export function conversationKeyOf(
	{peers}: Pick<EngineState, 'peers'>,
	conversation: ConversationKey,
): HistoryKey | undefined {
	if (conversation === 'all') return 'all';
	if (isRoomKey(conversation)) return roomHistoryKey(conversation);
	const peer = peers.get(conversation);
	return peer && historyKeyOf(peer);
}

const roomScheme = 'room:';

export const roomHistoryKey = (room: RoomKey): HistoryKey => roomScheme + room;

/** The room that a key names. */
export function roomOfKey(key: HistoryKey): RoomKey | undefined {
	if (!key.startsWith(roomScheme)) return undefined;
	const room = key.slice(roomScheme.length) as ConversationKey;
	return isRoomKey(room) ? room : undefined;
}

/** The name of what an author said in a room; `message`: its stream, and its number there. */
export const saidOnce = (
	room: RoomKey,
	author: PeerId,
	message: string,
): string => `${room}/${author}/${message}`;

export const onceOfSaid = (
	room: RoomKey,
	{author, stream, seq}: Pick<RoomSaid, 'author' | 'stream' | 'seq'>,
): string => saidOnce(room, author, `${stream}-${seq}`);

/** Where what was kept under a key is said now; undefined: nowhere. */
export function conversationOf(
	{peers, rooms}: Pick<EngineState, 'peers' | 'rooms'>,
	key: HistoryKey,
): ConversationKey | undefined {
	const room = roomOfKey(key);
	if (room !== undefined) return rooms.has(room) ? room : undefined;
	return peers.values().find(each => historyKeyOf(each) === key)?.key;
}

/** Where a row of a peer stands: its conversation, and All. */
export function keysOf(
	{peers}: Pick<EngineState, 'peers'>,
	peer: PeerKey,
): readonly [HistoryKey, ...HistoryKey[]] | undefined {
	const known = peers.get(peer);
	const key = known && historyKeyOf(known);
	return key === undefined ? undefined : [key, 'all'];
}

/** Datagrams, whoever sent them. */
export const datagramKey: HistoryKey = 'udp';
