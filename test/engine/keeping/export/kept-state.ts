/** States with raw conversations, as the reducer would make them: for what only reads them. */
import {
	defaultFraming,
	defaultSending,
	initialState,
	type EngineState,
	type ListenerId,
	type Peer,
	type PeerKey,
	type Piece,
	type Row,
	type SafeText,
	type Stream,
} from '../../../../source/engine/index.js';
import {createBlockLog} from '../../../../source/util/block-log.js';
import {createLog} from '../../../../source/util/log.js';

export const peerKey = 'raw:1' as PeerKey;
export const listenerId = 'udp:1' as ListenerId;
export const safe = (text: string) => text as SafeText;
export const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Noon on a day in winter, with microseconds to lose. */
export const noon = 1_768_478_400_123;

export const rawPeer: Peer = {
	key: peerKey,
	kind: 'raw',
	name: safe('sensor'),
	trust: 'PLAIN',
	encrypted: false,
	direction: 'in',
	address: {host: '10.0.0.5', port: 50_123},
	local: {host: '10.0.0.1', port: 9090},
	peerId: undefined,
	target: undefined,
	encoding: undefined,
	fallback: undefined,
	listener: undefined,
	relayedTo: undefined,
	lifecycle: {phase: 'ready', since: noon},
};

export interface Said {
	readonly direction: 'in' | 'out';
	readonly bytes: Uint8Array;
	/** After noon, in ms. */
	readonly after: number;
}

/** The pieces of a conversation, one a moment; offsets and orders follow. */
export function piecesOf(said: readonly Said[], maxItems = 10_000) {
	const offsets = {in: 0, out: 0};
	const numbers = {in: 0, out: 0};
	let log = createLog<Piece>({maxItems});
	for (const [index, {direction, bytes, after}] of said.entries()) {
		log = log.append({
			at: noon + after,
			order: 10 + index,
			direction,
			bytes,
			offset: offsets[direction],
			number: ++numbers[direction],
		});
		offsets[direction] += bytes.length;
	}

	return log;
}

export function streamOf(pieces: Stream['pieces']): Stream {
	return {
		framing: defaultFraming,
		sending: defaultSending,
		pieces,
		unfinished: {
			bytes: 0,
			of: undefined,
			firstRead: 0,
			lastAt: 0,
			lastOrder: 0,
			parts: [],
		},
		ends: [],
		reads: 0,
		writes: 0,
		receivedBytes: 0,
		sentBytes: 0,
		repeat: undefined,
		file: undefined,
	};
}

/** One frame of a peer, whole in one read. */
export const frameRow = (
	text: string,
	place: {readonly offset: number; readonly after: number},
	tail = '',
): Row => ({
	kind: 'frame',
	at: noon + place.after,
	order: 10,
	peer: peerKey,
	name: rawPeer.name,
	trust: 'PLAIN',
	bytes: bytesOf(text + tail),
	head: 0,
	tail: tail.length,
	ending: 'whole',
	offset: place.offset,
	reads: {first: 1, last: 1, index: 1, count: 1, splits: []},
});

export function stateWith(change: {
	readonly peer?: Partial<Peer>;
	readonly pieces?: Stream['pieces'];
	readonly rows?: readonly Row[];
}): EngineState {
	const peer = {...rawPeer, ...change.peer};
	let rows = createBlockLog<Row>({
		maxItems: 10_000,
		maxWeight: Infinity,
		weigh: () => 0,
	});
	for (const row of change.rows ?? []) rows = rows.append(row);
	return {
		...initialState,
		peers: initialState.peers.set(peer.key, peer),
		streams: change.pieces
			? initialState.streams.set(peer.key, streamOf(change.pieces))
			: initialState.streams,
		conversations: initialState.conversations.set(peer.key, {
			key: peer.key,
			rows,
			received: 0,
			since: 0,
		}),
	};
}
