/**
 * What a peer may say when, and nothing about what it says. Whether an id is
 * known, a limit is kept or the sender had the right to say it is the engine's
 * business.
 *
 *   states   awaitingHello  the TLS handshake is done; its HELLO has not come
 *            ready          its HELLO was accepted
 *            closing        BYE or ERROR came, or we sent one; what was under
 *                           way is read and ignored until the connection closes
 *   inputs   a control message received
 *   outputs  the next state, or undefined: a protocol violation
 */
import type {ControlName} from './messages.js';

export type SessionPhase = 'awaitingHello' | 'ready' | 'closing';

/** Next state by received message: columns awaitingHello, ready, closing; `-` is a violation. */
const table = {
	hello: ['ready', '-', 'closing'],
	message: ['-', 'ready', 'closing'],
	ack: ['-', 'ready', 'closing'],
	refused: ['-', 'ready', 'closing'],
	nick: ['-', 'ready', 'closing'],
	offer: ['-', 'ready', 'closing'],
	accept: ['-', 'ready', 'closing'],
	decline: ['-', 'ready', 'closing'],
	withdraw: ['-', 'ready', 'closing'],
	lane: ['-', 'ready', 'closing'],
	pause: ['-', 'ready', 'closing'],
	goOn: ['-', 'ready', 'closing'],
	cancel: ['-', 'ready', 'closing'],
	pairShow: ['-', 'ready', 'closing'],
	pairShare: ['-', 'ready', 'closing'],
	pairReply: ['-', 'ready', 'closing'],
	pairConfirm: ['-', 'ready', 'closing'],
	pairWrong: ['-', 'ready', 'closing'],
	pairEnd: ['-', 'ready', 'closing'],
	rooms: ['-', 'ready', 'closing'],
	roomHave: ['-', 'ready', 'closing'],
	roomWant: ['-', 'ready', 'closing'],
	roomMessage: ['-', 'ready', 'closing'],
	roomTopic: ['-', 'ready', 'closing'],
	ping: ['-', 'ready', 'closing'],
	pong: ['-', 'ready', 'closing'],
	error: ['closing', 'closing', 'closing'],
	bye: ['closing', 'closing', 'closing'],
} as const satisfies Record<ControlName, readonly (SessionPhase | '-')[]>;

const columns = {awaitingHello: 0, ready: 1, closing: 2} as const;

/** The state after receiving `name` in `phase`; undefined where it is illegal. */
export function advanceSession(
	phase: SessionPhase,
	name: ControlName,
): SessionPhase | undefined {
	const next = table[name][columns[phase]];
	return next === '-' ? undefined : next;
}
