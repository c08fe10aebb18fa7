/**
 * A data connection of its own for the bytes of one transfer, so that a message
 * never waits behind a file. The side that dialled the control session dials
 * the lanes too and shows the one-time ticket that the other side gave it.
 */
import {
	errorInfo,
	SocktermError,
	toErrorInfo,
	type ErrorInfo,
} from '../../errors.js';
import {limits} from '../../limits.js';
import {createLaneDecoder} from '../../protocol/lane-decoder.js';
import {encodeTicket, type LaneFrame} from '../../protocol/lane-frames.js';
import {fromHex, releaseBytes, toHex} from '../../util/bytes.js';
import type {EngineContext} from '../context.js';
import type {PeerId, TransferId} from '../ids.js';
import type {PeerSession} from '../sessions/peer-session.js';
import type {SecureConnection} from '../ports.js';

export interface LaneHandlers {
	/** Data in a frame is valid during the call only: whoever keeps it copies it. */
	frame(frame: LaneFrame): void;
	drained(): void;
	closed(error?: ErrorInfo): void;
}

export interface Lane {
	readonly connection: SecureConnection;
	/** Takes over from whoever had it; frames that come later go there, and its end, soon where it has come. */
	attach(handlers: LaneHandlers): void;
}

function startLane(connection: SecureConnection, first: LaneHandlers): Lane {
	const decoder = createLaneDecoder();
	let handlers = first;
	let end: {error: ErrorInfo | undefined} | undefined;
	const close = (error: ErrorInfo | undefined) => {
		if (end) return;
		end = {error};
		handlers.closed(error);
	};

	connection.start({
		data(bytes) {
			if (end) return;
			try {
				decoder.push(bytes, frame => {
					handlers.frame(frame);
				});
				releaseBytes(bytes);
			} catch (error) {
				close(toErrorInfo(error));
				connection.destroy();
			}
		},
		ended() {
			connection.end();
		},
		drained() {
			handlers.drained();
		},
		closed: close,
	});
	return {
		connection,
		attach(next) {
			handlers = next;
			// Whoever takes it over is not ready before this returns.
			if (end) void Promise.resolve().then(() => next.closed(end?.error));
		},
	};
}

export interface Lanes {
	/**
	 * Issues a ticket for a transfer of a session that was dialled to us, and waits for its lane.
	 * The returned function takes the ticket back.
	 */
	invite(
		session: PeerSession,
		transfer: TransferId,
		arrived: (lane: Lane) => void,
		failed: (error: ErrorInfo) => void,
	): () => void;
	/** An accepted lane connection: its ticket says what it is for. */
	accept(connection: SecureConnection): void;
	/** Dials a lane for a session that we dialled. Throws laneLost and what dialling throws. */
	dial(session: PeerSession, ticket: string): Promise<Lane>;
}

interface Invitation {
	readonly peerId: PeerId;
	arrived(lane: Lane): void;
	cancel(): void;
}

export function createLanes(context: EngineContext): Lanes {
	const {clock, network, random} = context.ports;
	const invitations = new Map<string, Invitation>();

	return {
		invite(session, transfer, arrived, failed) {
			const ticket = toHex(random(32));
			const cancel = clock.after(limits.ticketMs, () => {
				invitations.delete(ticket);
				failed(errorInfo('laneLost'));
			});
			invitations.set(ticket, {peerId: session.peerId, arrived, cancel});
			session.send({name: 'lane', transfer, ticket});
			return () => {
				cancel();
				invitations.delete(ticket);
			};
		},

		accept(connection) {
			const cancel = clock.after(limits.helloMs, () => {
				connection.destroy();
			});
			const lane = startLane(connection, {
				frame(frame) {
					cancel();
					const ticket = frame.kind === 'ticket' ? toHex(frame.ticket) : '';
					const invitation = invitations.get(ticket);
					// A ticket is good once, and only for the key that it was given to.
					if (!invitation || invitation.peerId !== connection.peerId) {
						throw new SocktermError('protocolViolation', {what: 'lane ticket'});
					}

					invitations.delete(ticket);
					invitation.cancel();
					invitation.arrived(lane);
				},
				drained: () => undefined,
				closed: cancel,
			});
		},

		async dial(session, ticket) {
			if (!session.target) throw new SocktermError('laneLost');
			const {signal} = new AbortController();
			const connection = await network.dial(session.target, 'lane', signal);
			if (connection.peerId !== session.peerId) {
				connection.destroy();
				throw new SocktermError('laneLost');
			}

			const lane = startLane(connection, {
				frame() {
					throw new SocktermError('protocolViolation', {what: 'early frame'});
				},
				drained: () => undefined,
				closed: () => undefined,
			});
			connection.write(encodeTicket(fromHex(ticket)!));
			return lane;
		},
	};
}
