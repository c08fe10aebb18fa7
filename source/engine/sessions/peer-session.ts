/**
 * One live control session with an encrypted peer: HELLO, then messages, with
 * pings that notice a dead line. Decides when the session is usable and when it
 * is over; what the messages mean is left to the parts that subscribe.
 *
 * Invariant: `closed` is called exactly once, and after it nothing else is.
 */
import {
	errorInfo,
	isErrorCode,
	SocktermError,
	toErrorInfo,
	type ErrorInfo,
} from '../../errors.js';
import {limits} from '../../limits.js';
import {headBytes} from '../../protocol/frame.js';
import {createFrameDecoder} from '../../protocol/frame-decoder.js';
import {decodeMessage, encodeMessage} from '../../protocol/message-codec.js';
import {
	protocolVersion,
	type ControlMessage,
	type Hello,
} from '../../protocol/messages.js';
import {
	advanceSession,
	type SessionPhase,
} from '../../protocol/session-machine.js';
import type {DialTarget} from '../commands.js';
import {ownHello, type EngineContext} from '../context.js';
import type {Direction} from '../events.js';
import type {FlowGate} from '../flow-gate.js';
import type {PeerId} from '../ids.js';
import {
	createPacedSending,
	type PacedSending,
} from '../transfers/paced-sending.js';
import type {SecureConnection} from '../ports.js';
import {createWriteGuard} from './write-guard.js';

export interface PeerSession {
	readonly kind: 'peer';
	readonly connection: SecureConnection;
	readonly peerId: PeerId;
	readonly hello: Hello;
	/** The payloads of both HELLOs, as they were on the wire. */
	readonly hellos: {readonly ours: Uint8Array; readonly theirs: Uint8Array};
	/** `out`: we dialled it (and so we dial its lanes). */
	readonly direction: Direction;
	readonly target: DialTarget | undefined;
	/** Of two connections in the same direction the later one has the higher number, at both ends. */
	readonly order: number;
	send(message: ControlMessage): void;
	readonly sendAll: PacedSending['sendAll'];
	/** Says why (an error of the peer) or goodbye, and closes. */
	close(error?: ErrorInfo): void;
}

export interface PeerSessionHandlers {
	ready(session: PeerSession): void;
	message(message: ControlMessage): void;
	/** `orderly`: the other side said goodbye. */
	closed(end: {error?: ErrorInfo; orderly: boolean}): void;
}

export function startPeerSession(
	context: EngineContext,
	gate: FlowGate,
	connection: SecureConnection,
	origin: {direction: Direction; target?: DialTarget; order: number},
	handlers: PeerSessionHandlers,
): void {
	const {clock} = context.ports;
	const hello = ownHello(context, origin.target?.expect);
	const ours = encodeMessage(hello).subarray(headBytes);
	const decoder = createFrameDecoder(limits.firstFrameBytes, limits.frameBytes);
	let phase: SessionPhase = 'awaitingHello';
	let session: PeerSession | undefined;
	let lastHeardAt = clock.now();
	let pingCount = 0;
	let end: {error?: ErrorInfo; orderly: boolean} | undefined;
	let cancelTimer: () => void;

	const stop = (error: ErrorInfo | undefined, orderly = false) => {
		if (end) return;
		end = {...(error ? {error} : {}), orderly};
		phase = 'closing';
		cancelTimer();
	};

	const send = (message: ControlMessage) => {
		if (phase === 'closing') return;
		connection.write(encodeMessage(message));
		guard.check();
		// Answers to a peer that does not read (ACK, PONG) must not pile up for ten seconds.
		if (guard.isFull()) {
			cut(errorInfo('slowReader', {queuedBytes: connection.queuedBytes()}));
		}
	};

	const close = (error?: ErrorInfo) => {
		if (phase === 'closing') return;
		send(error ? {name: 'error', code: error.code} : {name: 'bye'});
		stop(error);
		connection.end();
		// The other side may never take our last words.
		cancelTimer = clock.after(limits.helloMs, () => {
			connection.destroy();
		});
	};

	const cut = (error: ErrorInfo) => {
		stop(error);
		connection.destroy();
	};

	const guard = createWriteGuard(connection, clock, cut);
	const paced = createPacedSending(connection, send);

	const watch = () => {
		cancelTimer = clock.after(limits.pingMs, () => {
			const silentMs = clock.now() - lastHeardAt;
			if (silentMs >= limits.deadMs) {
				cut(errorInfo('peerSilent', {seconds: Math.round(silentMs / 1000)}));
				return;
			}

			send({name: 'ping', nonce: ++pingCount});
			watch();
		});
	};

	const becomeReady = (hello: Hello, theirs: Uint8Array) => {
		if (!hello.versions.includes(protocolVersion)) {
			close(errorInfo('versionMismatch', {theirs: hello.versions.join(', ')}));
			return;
		}

		if (hello.instance === context.instance) {
			close(errorInfo('connectedToSelf'));
			return;
		}

		cancelTimer();
		watch();
		const {direction, target, order} = origin;
		const {peerId} = connection;
		session = {
			kind: 'peer',
			connection,
			peerId,
			hello,
			hellos: {ours, theirs},
			direction,
			target,
			order,
			send,
			sendAll: paced.sendAll,
			close,
		};
		handlers.ready(session);
	};

	const violation = (said: string) =>
		new SocktermError('protocolViolation', {what: `${said} while ${phase}`});

	const receive = (message: ControlMessage, payload: Uint8Array) => {
		const next = advanceSession(phase, message.name);
		if (!next) throw violation(message.name);

		phase = next;
		switch (message.name) {
			case 'hello': {
				// What it stands in is used again.
				becomeReady(message, payload.slice());
				break;
			}

			case 'ping': {
				send({name: 'pong', nonce: message.nonce});
				break;
			}

			case 'pong': {
				break;
			}

			case 'bye': {
				stop(undefined, true);
				connection.end();
				break;
			}

			case 'error': {
				const {code} = message;
				// A code that we know says more than that the peer reported one.
				const isKnown = isErrorCode(code) && code === 'connectedToSelf';
				stop(isKnown ? errorInfo(code) : errorInfo('peerReported', {code}));
				connection.end();
				break;
			}

			default: {
				handlers.message(message);
			}
		}
	};

	cancelTimer = clock.after(limits.helloMs, () => {
		cut(errorInfo('helloTimedOut', {seconds: limits.helloMs / 1000}));
	});

	connection.start({
		data(bytes) {
			if (phase === 'closing') return;
			lastHeardAt = clock.now();
			try {
				decoder.push(bytes, frame => {
					if (phase === 'closing') return;
					const message = decodeMessage(frame);
					if (message) receive(message, frame.payload);
					// HELLO is the first frame, and the only one that the first limit is for.
					else if (phase === 'awaitingHello') throw violation('unknown type');
				});
			} catch (error) {
				close(toErrorInfo(error));
			}
		},
		ended() {
			connection.end();
		},
		drained() {
			paced.drained();
			guard.drained();
		},
		closed(error) {
			const wasReady = session !== undefined;
			// Without a goodbye an end is a cut: the program or the network went away.
			stop(
				error ??
					(wasReady ? errorInfo('connectionReset') : errorInfo('notSockterm')),
			);
			cancelTimer();
			paced.stop();
			guard.stop();
			gate.remove(connection);
			handlers.closed(end!);
		},
	});
	gate.add(connection);
	send(hello);
}
