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
	type ErrorInfo,
} from '../../errors.js';
import {limits, type PeerLimits} from '../../limits.js';
import {headBytes} from '../../protocol/frame.js';
import {encodeMessage} from '../../protocol/message-codec.js';
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
import {createSessionIntake} from './session-intake.js';
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
	/** What it may ask of us: changes while it lasts, with what its key counts as. */
	limits(): PeerLimits;
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
	origin: {
		direction: Direction;
		target?: DialTarget;
		order: number;
		limits: () => PeerLimits;
	},
	handlers: PeerSessionHandlers,
): void {
	const {clock} = context.ports;
	const hello = ownHello(context, origin.target?.expect);
	const ours = encodeMessage(hello).subarray(headBytes);
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
		intake.stop();
	};

	const send = (message: ControlMessage) => {
		if (phase === 'closing') return;
		connection.write(encodeMessage(message));
		intake.said(message);
		guard.check();
		// Answers to a peer that does not read (ACK, PONG) must not pile up for ten seconds.
		if (guard.isFull()) {
			cutReader(
				errorInfo('slowReader', {queuedBytes: connection.queuedBytes()}),
			);
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

	/** An end would wait behind what is not read, and the system would hold all of that. */
	const cutReader = (error: ErrorInfo) => {
		stop(error);
		connection.reset();
	};

	const guard = createWriteGuard(
		connection,
		clock,
		cutReader,
		() => origin.limits().queuedBytes,
	);
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
			// With another key it is a mirror, or somebody in the middle.
			const isOurs = connection.peerId === context.peerId;
			const what = 'our own instance';
			close(
				isOurs
					? errorInfo('connectedToSelf')
					: errorInfo('protocolViolation', {what}),
			);
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
			limits: origin.limits,
			send,
			sendAll: paced.sendAll,
			close,
		};
		handlers.ready(session);
	};

	const violation = (said: string) =>
		new SocktermError('protocolViolation', {what: `${said} while ${phase}`});

	const receive = (
		message: ControlMessage | undefined,
		payload: Uint8Array,
	) => {
		if (!message) {
			// HELLO is the first frame, and the only one that the first limit is for.
			if (phase === 'awaitingHello') throw violation('unknown type');
			return;
		}

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

	const intake = createSessionIntake(clock, connection, {
		limits: origin.limits,
		heard() {
			lastHeardAt = clock.now();
		},
		receive,
		failed: close,
	});

	cancelTimer = clock.after(limits.helloMs, () => {
		cut(errorInfo('helloTimedOut', {seconds: limits.helloMs / 1000}));
	});

	connection.start({
		data(bytes) {
			if (phase !== 'closing') intake.push(bytes);
		},
		ended() {
			// Its last words are answered first.
			intake.whenIdle(() => {
				connection.end();
			});
		},
		drained() {
			paced.drained();
			guard.drained();
		},
		closed(error) {
			intake.finish();
			const wasReady = session !== undefined;
			// Without a goodbye an end is a cut: the program or the network went away.
			stop(
				error ??
					(wasReady ? errorInfo('connectionReset') : errorInfo('notSockterm')),
			);
			cancelTimer();
			paced.stop();
			guard.stop();
			gate.remove(intake.valve);
			handlers.closed(end!);
		},
	});
	gate.add(intake.valve);
	send(hello);
}
