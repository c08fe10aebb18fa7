import {
	isPeerKey,
	isReachable,
	type ConversationKey,
	type EngineState,
	type Peer,
	type PeerKey,
	type RoomKey,
} from '../engine/index.js';
import type {Anchor} from './format/scroll-window.js';

/** Computes anew only when its argument is another one. */
export function memoizeLast<Argument extends object, Value>(
	compute: (argument: Argument) => Value,
): (argument: Argument) => Value {
	let last: {argument: Argument; value: Value} | undefined;
	return argument => {
		if (last?.argument !== argument)
			last = {argument, value: compute(argument)};
		return last.value;
	};
}

export interface PeerCounts {
	/**
	 * Sockterm peers in the order in which they came, whether they are here or not: Alt-3 stays
	 * the same person. Then the others: connected, on their way, left.
	 */
	readonly ordered: readonly Peer[];
	readonly reachable: number;
	/** With a countdown to the next attempt. */
	readonly waiting: number;
}

const rank = (peer: Peer): number => {
	if (peer.kind === 'peer') return 0;
	if (isReachable(peer)) return 1;
	return peer.lifecycle.phase === 'left' ? 3 : 2;
};

/** Peers as the pane lists them; computed once for each state of the peers. */
export const peerCounts: (peers: EngineState['peers']) => PeerCounts =
	memoizeLast(peers => {
		const all = peers.values();
		const groups: Peer[][] = [[], [], [], []];
		let reachable = 0;
		let waiting = 0;
		for (const peer of all) {
			groups[rank(peer)]!.push(peer);
			if (isReachable(peer)) reachable++;
			else if (peer.lifecycle.phase === 'waiting') waiting++;
		}

		return {ordered: groups.flat(), reachable, waiting};
	});

/** What has been looked at, and where it is scrolled to. */
export interface Reader {
	readonly conversation: ConversationKey;
	readonly anchors: ReadonlyMap<ConversationKey, Anchor>;
	readonly readMarks: ReadonlyMap<ConversationKey, number>;
}

/** Messages in a conversation that its reader has not seen. */
export function unreadCount(
	state: EngineState,
	reader: Reader,
	key: ConversationKey,
): number {
	const isFollowed = reader.conversation === key && !reader.anchors.has(key);
	if (isFollowed) return 0;
	const received = state.conversations.get(key)?.received ?? 0;
	return Math.max(0, received - (reader.readMarks.get(key) ?? 0));
}

/** How many are in a room, ourselves with them. */
export const membersHere = ({rooms}: EngineState, room: RoomKey): number =>
	1 + (rooms.get(room)?.members.filter(({isHere}) => isHere).length ?? 0);

/** Who takes files in this conversation: its peer, or the only encrypted one there is. */
export function fileReceiver(
	state: EngineState,
	conversation: ConversationKey,
):
	| {readonly kind: 'peer'; readonly peer: PeerKey}
	| {readonly kind: 'raw'; readonly name: string}
	| {readonly kind: 'several'}
	| {readonly kind: 'nobody'} {
	const able = state.peers
		.values()
		.filter(peer => peer.kind === 'peer' && peer.lifecycle.phase === 'ready');
	const current = isPeerKey(conversation)
		? state.peers.get(conversation)
		: undefined;
	if (current && able.includes(current)) {
		return {kind: 'peer', peer: current.key};
	}

	if (able.length === 1) return {kind: 'peer', peer: able[0]!.key};
	if (able.length > 1) return {kind: 'several'};
	return current?.kind === 'raw'
		? {kind: 'raw', name: current.name}
		: {kind: 'nobody'};
}

/** The port that raw clients and consoles are told to use, where one is open. */
export function listeningPort(
	state: EngineState,
	kind: 'tcp' | 'udp',
): number | undefined {
	return state.listeners.values().find(each => each.kind === kind)?.port;
}

/** How many seconds datagrams are remembered by the sparkline. */
export const sparkSeconds = 60;

/** Arrivals in the last seconds, newest last, with zeros for the quiet time since the last count. */
export function recentRates(
	datagrams: EngineState['datagrams'],
	now: number,
): readonly number[] {
	const {perSecond, lastCountedAt} = datagrams;
	if (perSecond.length === 0) return perSecond;
	const quiet = Math.floor((now - lastCountedAt - 500) / 1000);
	if (quiet <= 0) return perSecond;
	const zeros = Math.min(quiet, sparkSeconds);
	return [...perSecond, ...Array.from({length: zeros}, () => 0)].slice(
		-sparkSeconds,
	);
}
