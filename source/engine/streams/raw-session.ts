/**
 * One live plain conversation: what is read becomes events, and what is typed
 * goes out in the encoding that the other side last used, framed as it was asked
 * for. Its bytes are never read as protocol. Ends at most itself.
 */
import {SocktermError, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import {checkFraming} from '../../protocol/framing-text.js';
import {
	defaultSending,
	type Framing,
	type Sending,
} from '../../protocol/framing.js';
import {concatBytes} from '../../util/bytes.js';
import {frameOutgoing} from '../../protocol/outgoing-framing.js';
import {
	codeUnitOf,
	encodeText,
	isStrict,
	normalizeEncoding,
} from '../../protocol/text-decoding.js';
import type {EngineContext} from '../context.js';
import type {FlowGate} from '../flow-gate.js';
import type {MessageId, PeerKey, SafeText} from '../ids.js';
import {createPacedWriting} from './paced-writing.js';
import type {Connection} from '../ports.js';
import {fallbackOf} from './stream-cutting.js';
import {createStreamIntake, type StreamIntake} from './stream-intake.js';
import {createWriteGuard} from '../sessions/write-guard.js';

export interface RawSession {
	readonly kind: 'raw';
	readonly connection: Connection;
	/** Begins to read, once the state has its stream. */
	start(): void;
	/** A line as its bytes, framed. Throws notEncodable, encodingUnknown, frameTooLongToSend, frameOfOtherSize. */
	encodeLine(text: string): Uint8Array;
	/** Queues a line; `flushed` when the system has taken it. Throws what `encodeLine` and `sendBytes` do. */
	sendLine(text: string, message?: MessageId, flushed?: () => void): void;
	/** Queues exactly these bytes, given away; false where more should wait for `onDrained`. Throws queueFull. */
	sendBytes(
		bytes: Uint8Array,
		options?: {
			/** What stands beside them in their row. */
			readonly note?: SafeText;
			/** They are a line, which has its row. */
			readonly message?: MessageId;
			readonly flushed?: () => void;
		},
	): boolean;
	/** There is room again; returns what ends it. */
	onDrained(callback: () => void): () => void;
	/** Throws badFraming. */
	setFraming(framing: Framing): void;
	/** Throws badFraming, badPace. */
	setSending(sending: Sending): void;
	/** Both ways. Throws encodingUnknown. */
	setEncoding(encoding: string): void;
	/** What is typed goes out in it. */
	encoding(): string;
	close(error?: ErrorInfo): void;
}

const longestPaceMs = 60_000;

/** Throws badFraming, badPace. */
export function checkSending(sending: Sending): Sending {
	checkFraming(sending.framing);
	const {paceMs} = sending;
	const isPace =
		Number.isInteger(paceMs) && paceMs >= 0 && paceMs <= longestPaceMs;
	if (!isPace) throw new SocktermError('badPace', {paceMs});
	return sending;
}

export function createRawSession(
	context: EngineContext,
	gate: FlowGate,
	{peer, connection}: {readonly peer: PeerKey; readonly connection: Connection},
	closed: (error?: ErrorInfo) => void,
): RawSession {
	const {clock} = context.ports;
	const sending = () =>
		context.state().streams.get(peer)?.sending ?? defaultSending;
	const drained = new Set<() => void>();
	let intake: StreamIntake | undefined;
	let closeReason: ErrorInfo | undefined;

	const guard = createWriteGuard(connection, clock, error => {
		closeReason = error;
		// An end would wait behind what is not read, and the system would hold all of that.
		connection.reset();
	});
	const tellDrained = () => {
		for (const callback of drained) callback();
	};

	const writing = createPacedWriting(clock, {
		paceMs: () => sending().paceMs,
		write({bytes, message, note, flushed}) {
			const hasRoom = connection.write(bytes, flushed);
			guard.check();
			context.emit({
				type: 'stream/sent',
				peer,
				bytes,
				...(message ? {message} : {}),
				...(note === undefined ? {} : {note}),
			});
			return hasRoom;
		},
		emptied: tellDrained,
	});

	const encoding = () => {
		const state = context.state();
		const known = state.peers.get(peer)?.encoding;
		if (known !== undefined) return known;
		const fallback = fallbackOf(state, peer);
		return isStrict(fallback) ? normalizeEncoding(fallback) : 'utf-8';
	};

	const encodeLine = (text: string) => {
		const name = encoding();
		const {framing} = sending();
		// Where nothing says how a message ends, its lines stay together.
		const isUnframed = framing.kind === 'chunks' || framing.kind === 'idle';
		const lines = isUnframed ? [text] : text.split('\n');
		return concatBytes(
			lines.map(line =>
				frameOutgoing(framing, encodeText(line, name), codeUnitOf(name)),
			),
		);
	};

	const sendBytes: RawSession['sendBytes'] = (bytes, options = {}) => {
		const isFull = writing.queuedBytes() > 4 * limits.queuedBytes;
		if (guard.isFull() || isFull) throw new SocktermError('queueFull');
		return writing.push({bytes, ...options});
	};

	/** All that is held is cut again, here and in the state. */
	const cutAgain = (body: Parameters<EngineContext['emit']>[0]) => {
		const atMs = clock.now();
		context.emit(body, atMs);
		intake?.reframed(atMs);
	};

	return {
		kind: 'raw',
		connection,
		start() {
			// Nobody looks at messages where bytes only pass through.
			if (context.isPipe) {
				const framing: Framing = {kind: 'chunks'};
				context.emit({type: 'stream/framingChanged', peer, framing});
			}

			const reading = createStreamIntake(context, peer);
			intake = reading;
			connection.start({
				data: reading.received,
				ended() {
					reading.ended();
					// `printf … | nc -N` waits for our end; nobody who ended waits for a person's answer.
					if (context.isPipe) context.emit({type: 'stream/ended', peer});
					else connection.end();
				},
				drained() {
					guard.drained();
					if (writing.queuedBytes() === 0) tellDrained();
				},
				closed(error) {
					writing.stop();
					guard.stop();
					gate.remove(connection);
					reading.ended();
					closed(closeReason ?? error);
				},
			});
			gate.add(connection);
		},
		encodeLine,
		sendLine(text, message, flushed) {
			sendBytes(encodeLine(text), {
				...(message ? {message} : {}),
				...(flushed ? {flushed} : {}),
			});
		},
		sendBytes,
		onDrained(callback) {
			drained.add(callback);
			return () => {
				drained.delete(callback);
			};
		},
		setFraming(framing) {
			checkFraming(framing);
			cutAgain({type: 'stream/framingChanged', peer, framing});
		},
		setSending(next) {
			checkSending(next);
			context.emit({type: 'stream/sendingChanged', peer, sending: next});
			writing.repaced();
		},
		setEncoding(name) {
			const next = normalizeEncoding(name);
			cutAgain({
				type: 'peer/encodingChanged',
				peer,
				encoding: next,
				fallback: next,
			});
		},
		encoding,
		close(error) {
			closeReason = error;
			connection.end();
		},
	};
}
