/**
 * Turns connections into peers: an accepted one as its first byte says, a
 * dialled one as it was asked for. Each session is handled alone: whatever it
 * does ends at most itself. Which entry a session belongs to is decided in
 * `session-adoption.ts`.
 */
import {errorInfo, type ErrorInfo} from '../../errors.js';
import type {ControlMessage} from '../../protocol/messages.js';
import {createAccepting} from './accepting.js';
import type {DialTarget} from '../commands.js';
import type {EngineContext} from '../context.js';
import type {FlowGate} from '../flow-gate.js';
import type {ListenerId} from '../ids.js';
import {createOpenConnections} from './open-connections.js';
import {startPeerSession, type PeerSession} from './peer-session.js';
import {failOutbox, type PeerEntry, type PeerTable} from './peer-table.js';
import type {
	Address,
	Connection,
	Incoming,
	SecureConnection,
} from '../ports.js';
import type {AcceptedBy, Purposes} from './purposes.js';
import {createRawSession} from '../streams/raw-session.js';
import type {CountRefusal} from './refusals.js';
import {createAdoption, nickOf} from './session-adoption.js';
import type {TrustGate} from '../trust/trust.js';

export interface SessionEvents {
	/** A peer's session is usable (again): send what waits for it. */
	ready(entry: PeerEntry, session: PeerSession): void;
	message(
		entry: PeerEntry,
		session: PeerSession,
		message: ControlMessage,
	): void;
	lane(connection: SecureConnection): void;
	/** `orderly`: it said goodbye. `error`: why it ended otherwise. */
	lost(session: PeerSession, orderly: boolean, error?: ErrorInfo): void;
	/** Somebody who connected to us broke the protocol. */
	violated(host: string): void;
	/** A connection that we dialled was cut: dial again. */
	redial(entry: PeerEntry, error: ErrorInfo | undefined): void;
}

/** Where a raw connection comes from: we dialled `target`, or `listener` accepted it. */
export interface RawOrigin {
	readonly tls: boolean;
	readonly target?: DialTarget;
	readonly listener?: AcceptedBy;
	/** A relay has joined it to this one. */
	readonly relay?: {readonly server: Address};
}

export interface Sessions {
	acceptIncoming(incoming: Incoming, listener: AcceptedBy): void;
	startRaw(entry: PeerEntry, connection: Connection, origin: RawOrigin): void;
	/** Starts a dialled control session; resolves when it is adopted, or with why it failed. */
	startDialled(
		entry: PeerEntry,
		connection: SecureConnection,
		target: DialTarget,
	): Promise<{error: ErrorInfo} | undefined>;
	/** Says goodbye to all; resolves when they are gone, or soon where they do not go. */
	closeAll(): Promise<void>;
}

/** No honest program says that, whatever goes wrong. */
const isViolation = ({code}: ErrorInfo) =>
	code === 'protocolViolation' || code === 'frameTooLong';

export function createSessions(
	context: EngineContext,
	table: PeerTable,
	gate: FlowGate,
	refuse: CountRefusal,
	events: SessionEvents,
	trust: TrustGate,
	purposes: Purposes = {},
): Sessions {
	let isClosing = false;
	let lastOrder = 0;
	const open = createOpenConnections(context.ports.clock);

	const leave = (entry: PeerEntry, error?: ErrorInfo) => {
		// Somebody took it off the list meanwhile.
		if (table.entries.get(entry.key) !== entry) return;
		entry.stopDialing = undefined;
		table.left(entry.key, error);
		// Those that can be dialled again keep their row, and their conversation with it.
		if (!entry.peerId && !entry.target) table.remove(entry.key);
	};

	const startRaw: Sessions['startRaw'] = (entry, connection, options) => {
		entry.incoming = undefined;
		open.add(connection);
		const session = createRawSession(
			context,
			gate,
			{peer: entry.key, connection},
			error => {
				open.remove(connection);
				entry.session = undefined;
				failOutbox(context, entry, error ?? errorInfo('connectionReset'));
				leave(entry, error);
			},
		);
		entry.session = session;
		context.emit({
			type: 'peer/connected',
			peer: entry.key,
			kind: 'raw',
			name: entry.name,
			trust: 'PLAIN',
			encrypted: options.tls,
			direction: options.target ? 'out' : 'in',
			address: connection.remote,
			local: connection.local,
			...(options.target ? {target: options.target} : {}),
			...(options.listener ? {listener: options.listener.id} : {}),
			...(options.relay ? {relay: options.relay} : {}),
			...(connection.certificate === undefined
				? {}
				: {certificate: connection.certificate}),
		});
		session.start();
	};

	const adopt = createAdoption(context, table, trust, leave, events.ready);

	/** Nothing of ours goes to a key that nobody meant. */
	const block = (entry: PeerEntry, error: ErrorInfo) => {
		const {key: peer, name} = entry;
		entry.keyChanged = error.code === 'keyChanged';
		context.emit({type: 'trust/judged', peer, trust: 'BLOCKED', name});
	};

	const startPeer = (
		connection: SecureConnection,
		origin: {
			order: number;
			target?: DialTarget;
			dialled?: PeerEntry;
			listener?: ListenerId;
		},
		settled: (failure?: {error: ErrorInfo}) => void,
	) => {
		let entry: PeerEntry | undefined;
		let session: PeerSession | undefined;
		const {order, target, dialled} = origin;
		const refusal = trust.refusal(
			connection.peerId,
			target && {target, ...(dialled ? {entry: dialled} : {})},
		);
		if (refusal) {
			connection.destroy();
			if (dialled) block(dialled, refusal);
			else refuse(refusal);
			settled({error: refusal});
			return;
		}

		open.add(connection);
		startPeerSession(
			context,
			gate,
			connection,
			{
				direction: target ? 'out' : 'in',
				order,
				...(target ? {target} : {}),
				limits: () => trust.limitsOf(connection.peerId),
			},
			{
				ready(ready) {
					const unwanted = trust.refusalAfterHello(ready.peerId, nickOf(ready));
					if (unwanted) {
						ready.close(unwanted);
						return;
					}

					session = ready;
					if (!isClosing) entry = adopt(ready, dialled, origin.listener);
					settled();
					if (!entry) ready.close();
				},
				message(message) {
					if (entry && session) events.message(entry, session, message);
				},
				closed({error, orderly}) {
					open.remove(connection);
					settled({error: error ?? errorInfo('notSockterm')});
					// Ourselves are told at the end that dialled.
					const isWorthTelling = error && error.code !== 'connectedToSelf';
					if (!session && !target && isWorthTelling) refuse(error);
					if (session) events.lost(session, orderly, error);
					if (!target && error && isViolation(error)) {
						events.violated(connection.remote.host);
					}

					if (!entry || entry.session !== session || !session) return;
					entry.session = undefined;
					const isCut = !orderly && error?.blame === 'network';
					if (entry.target && isCut && !isClosing) {
						events.redial(entry, error);
					} else {
						leave(entry, error);
					}
				},
			},
		);
	};

	const accept = createAccepting(context, table, refuse, purposes, {
		raw: startRaw,
		peer(connection, order, {id: listener}) {
			startPeer(connection, {order, listener}, () => undefined);
		},
		lane: events.lane,
	});

	return {
		acceptIncoming(incoming, listener) {
			// By when it was accepted: a HELLO may come late.
			accept(incoming, listener, ++lastOrder);
		},
		startRaw,
		startDialled: async (dialled, connection, target) =>
			new Promise(resolve => {
				startPeer(connection, {order: ++lastOrder, target, dialled}, resolve);
			}),
		async closeAll() {
			isClosing = true;
			for (const entry of table.entries.values()) {
				entry.stopDialing?.();
				entry.stopDialing = undefined;
				entry.incoming?.destroy();
				entry.session?.close();
			}

			await open.gone();
		},
	};
}
