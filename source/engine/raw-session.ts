/**
 * One live plain conversation: bytes in, lines of safe text out, and what is
 * typed goes out in the encoding that the other side last used. Its bytes are
 * never read as protocol. Ends at most itself.
 */
import {SocktermError, type ErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import {createLineFraming, type RawFrame} from '../protocol/stream-framing.js';
import {
	decodeText,
	encodeText,
	incompleteTailBytes,
} from '../protocol/text-decoding.js';
import type {EngineContext} from './context.js';
import type {FlowGate} from './flow-gate.js';
import type {SafeText} from './ids.js';
import type {Connection} from './ports.js';
import {toSafeText} from './sanitize.js';
import {createWriteGuard} from './write-guard.js';

export interface RawSession {
	readonly kind: 'raw';
	readonly connection: Connection;
	/** Queues a line; `flushed` when the system has taken it. Throws notEncodable, encodingUnknown, queueFull. */
	sendLine(text: string, flushed: () => void): void;
	setEncoding(encoding: string): void;
	close(error?: ErrorInfo): void;
}

export interface RawSessionHandlers {
	line(line: {
		text: SafeText;
		sizeBytes: number;
		unfinished: boolean;
		encoding: string;
	}): void;
	closed(error?: ErrorInfo): void;
}

const isAscii = (text: string) => /^[\0-\u{7f}]*$/u.test(text);

export function startRawSession(
	context: EngineContext,
	gate: FlowGate,
	connection: Connection,
	handlers: RawSessionHandlers,
): RawSession {
	const {clock} = context.ports;
	let fallback = context.fallbackEncoding;
	const incompleteTail = (bytes: Uint8Array) =>
		incompleteTailBytes(bytes, fallback);
	const framing = createLineFraming({
		maxLineBytes: limits.rawLineBytes,
		incompleteTail,
	});
	let outgoing = 'utf-8';
	let cancelIdle: (() => void) | undefined;
	let lastDataAt = 0;
	let closeReason: ErrorInfo | undefined;

	const show = ({bytes}: RawFrame, unfinished: boolean) => {
		const {text, encoding} = decodeText(bytes, fallback);
		// Plain ASCII says nothing about the encoding of the other side.
		if (!isAscii(text)) outgoing = encoding;
		handlers.line({
			text: toSafeText(text),
			sizeBytes: bytes.length,
			unfinished,
			encoding: outgoing,
		});
	};

	/** The end of the connection is the end of its last line. */
	const showRest = () => {
		const frame = framing.flush();
		if (frame) show(frame, false);
	};

	const showUnfinished = (keep?: (bytes: Uint8Array) => number) => {
		const frame = framing.flush(keep);
		if (frame) show(frame, true);
	};

	// One timer a session, moved on by looking at the time of the last data when it fires.
	const watchIdle = (delayMs: number) => {
		cancelIdle = clock.after(delayMs, () => {
			cancelIdle = undefined;
			if (framing.pendingBytes() === 0) return;
			const quietMs = clock.now() - lastDataAt;
			if (quietMs < limits.rawIdleMs) {
				watchIdle(limits.rawIdleMs - quietMs);
				return;
			}

			// A character that is still not whole after a second silence never will be.
			const isLate = quietMs >= 2 * limits.rawIdleMs;
			showUnfinished(isLate ? undefined : incompleteTail);
			if (framing.pendingBytes() > 0) watchIdle(limits.rawIdleMs);
		});
	};

	const guard = createWriteGuard(connection, clock, error => {
		closeReason = error;
		connection.destroy();
	});

	connection.start({
		data(bytes) {
			lastDataAt = clock.now();
			for (const frame of framing.push(bytes)) {
				show(frame, frame.ending !== 'line');
			}

			if (framing.pendingBytes() > 0 && !cancelIdle) {
				watchIdle(limits.rawIdleMs);
			}
		},
		ended() {
			showRest();
			// `printf … | nc -N` waits for our end; nobody who ended waits for a person's answer.
			connection.end();
		},
		drained() {
			guard.drained();
		},
		closed(error) {
			cancelIdle?.();
			guard.stop();
			gate.remove(connection);
			showRest();
			handlers.closed(closeReason ?? error);
		},
	});
	gate.add(connection);

	return {
		kind: 'raw',
		connection,
		sendLine(text, flushed) {
			if (guard.isFull()) throw new SocktermError('queueFull');
			connection.write(encodeText(`${text}\n`, outgoing), flushed);
			guard.check();
		},
		setEncoding(encoding) {
			fallback = encoding;
			outgoing = encoding;
		},
		close(error) {
			closeReason = error;
			connection.end();
		},
	};
}
