/**
 * Raw conversations as bytes. Pieces are kept as they came; what is unfinished
 * follows from the cuts that came with them, or from cutting all anew.
 */
import {limits} from '../../limits.js';
import {defaultFraming, defaultSending} from '../../protocol/framing.js';
import {createLog, type LogLimits} from '../../util/log.js';
import {
	createPersistentMap,
	type PersistentMap,
} from '../../util/persistent-map.js';
import type {EngineEvent} from '../events.js';
import type {PeerKey} from '../ids.js';
import type {EngineState} from '../state.js';
import {
	advance,
	fallbackOf,
	nothingUnfinished,
	recut,
	type Recut,
} from '../streams/stream-cutting.js';
import type {Framing, Piece, Stream} from '../streams/stream-state.js';
import {boundedInAll} from './held-in-all.js';
import {evictedBy} from './peers.js';

type Streams = PersistentMap<PeerKey, Stream>;

/** What the objects around some bytes cost. */
const pieceOverheadBytes = 300;

const pieceLimits: LogLimits<Piece> = {
	maxItems: Infinity,
	maxWeight: limits.conversationBytes,
	weigh: ({bytes}) => pieceOverheadBytes + bytes.length,
};

function emptyStream(framing: Framing): Stream {
	return {
		framing,
		sending: defaultSending,
		pieces: createLog(pieceLimits),
		unfinished: nothingUnfinished,
		ends: [],
		reads: 0,
		writes: 0,
		receivedBytes: 0,
		sentBytes: 0,
		repeat: undefined,
		file: undefined,
	};
}

/** Where an event has all that is held of a peer cut again: that, cut. */
export function recutBy(
	state: EngineState,
	event: EngineEvent,
): Recut | undefined {
	if (event.type === 'stream/framingChanged') {
		const stream = state.streams.get(event.peer);
		const fallback = fallbackOf(state, event.peer);
		return stream && recut(stream, event.framing, fallback, event.at);
	}

	if (event.type !== 'peer/encodingChanged') return undefined;
	const {peer, fallback, at} = event;
	const stream = state.streams.get(peer);
	// Only lines end and break between characters.
	const isOther =
		fallback !== undefined &&
		stream?.framing.kind === 'lines' &&
		fallback !== fallbackOf(state, peer);
	return isOther ? recut(stream, stream.framing, fallback, at) : undefined;
}

/** No message goes over the end of a connection. */
function ended(stream: Stream, at: number): Stream {
	const {receivedBytes: offset, ends, pieces} = stream;
	if (offset === 0 || ends.at(-1)?.offset === offset) return stream;
	const held = pieces.slice(0).find(({direction}) => direction === 'in');
	const oldest = held?.offset ?? offset;
	return {
		...stream,
		unfinished: nothingUnfinished,
		ends: [...ends.filter(end => end.offset > oldest), {offset, at}],
	};
}

function written(
	stream: Stream,
	event: Extract<EngineEvent, {type: 'stream/sent'}>,
	order: number,
): Stream {
	const {at, bytes} = event;
	const writes = stream.writes + 1;
	const offset = stream.sentBytes;
	const piece: Piece = {
		at,
		order,
		direction: 'out',
		bytes,
		offset,
		number: writes,
	};
	return {
		...stream,
		writes,
		pieces: stream.pieces.append(piece),
		sentBytes: offset + bytes.length,
	};
}

function received(
	stream: Stream,
	event: Extract<EngineEvent, {type: 'stream/received'}>,
	order: number,
): Stream {
	const {at, bytes, cuts, unfinishedOf} = event;
	const {pieces} = stream;
	const read = {at, order, bytes, cuts, unfinishedOf};
	const position = advance(stream, read, pieces);
	if (bytes.length === 0) return {...stream, ...position};
	const piece: Piece = {
		at,
		order,
		direction: 'in',
		bytes,
		offset: stream.receivedBytes,
		number: position.reads,
	};
	return {...stream, ...position, pieces: pieces.append(piece)};
}

function changed(
	stream: Stream,
	event: EngineEvent,
	order: number,
	cut: Recut | undefined,
): Stream {
	switch (event.type) {
		case 'stream/received': {
			const read = received(stream, event, order);
			return event.ended ? ended(read, event.at) : read;
		}

		case 'stream/sent': {
			return written(stream, event, order);
		}

		case 'stream/framingChanged': {
			return {...stream, ...cut?.position, framing: event.framing};
		}

		case 'peer/encodingChanged': {
			return cut ? {...stream, ...cut.position} : stream;
		}

		case 'stream/sendingChanged': {
			return {...stream, sending: event.sending};
		}

		case 'stream/repeating': {
			const {what, everyMs, sent, count} = event;
			return {...stream, repeat: {what, everyMs, sent, count}};
		}

		case 'stream/repeatEnded': {
			return {...stream, repeat: undefined};
		}

		case 'stream/fileProgressed': {
			const {name, sizeBytes, sentBytes} = event;
			return {...stream, file: {name, sizeBytes, sentBytes}};
		}

		case 'stream/fileEnded': {
			return {...stream, file: undefined};
		}

		case 'peer/left':
		case 'peer/waiting': {
			return {...ended(stream, event.at), repeat: undefined, file: undefined};
		}

		default: {
			return stream;
		}
	}
}

const weigh = ({pieces}: Stream) => pieces.weight;

export const noStreams: Streams = createPersistentMap<PeerKey, Stream>(weigh);

export const reduceStreams = (
	state: EngineState,
	event: EngineEvent,
	cut: Recut | undefined,
): Streams =>
	boundedInAll(
		folded(state, event, cut),
		limits.conversationsBytes,
		weigh,
		(each, most) => ({...each, pieces: each.pieces.trimmed(most)}),
	);

function folded(
	state: EngineState,
	event: EngineEvent,
	cut: Recut | undefined,
): Streams {
	const {streams} = state;
	if (event.type === 'peer/connected') {
		if (event.kind !== 'raw') return streams;
		const held = streams.get(event.peer);
		if (held) return streams.set(event.peer, ended(held, event.at));
		const options =
			event.listener && state.listeners.get(event.listener)?.options;
		return streams.set(
			event.peer,
			emptyStream((options && options.framing) ?? defaultFraming),
		);
	}

	if (event.type === 'peer/forgotten') return streams.delete(event.peer);
	if (!('peer' in event)) return streams;
	const evicted = evictedBy(state, event);
	const left = evicted ? streams.delete(evicted) : streams;
	const held = left.get(event.peer);
	if (!held) return left;
	const next = changed(held, event, state.folded, cut);
	return next === held ? left : left.set(event.peer, next);
}
