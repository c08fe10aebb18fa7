/**
 * Turns connections into peers: an accepted one as its first byte says, a
 * dialled one as it was asked for. Each session is handled alone: whatever it
 * does ends at most itself. Which entry a session belongs to is decided in
 * `session-adoption.ts`.
 */
import {errorInfo, type ErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import type {ControlMessage} from '../protocol/messages.js';
import type {DialTarget} from './commands.js';
import type {EngineContext} from './context.js';
import type {FlowGate} from './flow-gate.js';
import type {PeerKey} from './ids.js';
import {startPeerSession, type PeerSession} from './peer-session.js';
import type {PeerEntry, PeerTable} from './peer-table.js';
import type {Connection, Incoming, SecureConnection} from './ports.js';
import {startRawSession} from './raw-session.js';
import {formatAddress} from './parse-address.js';
import type {CountRefusal} from './refusals.js';
import {createAdoption} from './session-adoption.js';
import {toSafeText} from './sanitize.js';

export interface SessionEvents {
	/** A peer's session is usable (again): send what waits for it. */
	ready(entry: PeerEntry, session: PeerSession): void;
	message(
		entry: PeerEntry,
		session: PeerSession,
		message: ControlMessage,
	): void;
	lane(connection: SecureConnection): void;
	lost(session: PeerSession): void;
	/** A connection that we dialled was cut: dial again. */
	redial(entry: PeerEntry, error: ErrorInfo | undefined): void;
}

export interface Sessions {
	acceptIncoming(incoming: Incoming): void;
	startRaw(
		entry: PeerEntry,
		connection: Connection,
		options: {tls: boolean; target?: DialTarget},
	): void;
	/** Starts a dialled control session; resolves when it is adopted, or with why it failed. */
	startDialled(
		entry: PeerEntry,
		connection: SecureConnection,
		target: DialTarget,
	): Promise<{error: ErrorInfo} | undefined>;
	closeAll(): void;
}

export function createSessions(
	context: EngineContext,
	table: PeerTable,
	gate: FlowGate,
	refuse: CountRefusal,
	events: SessionEvents,
): Sessions {
	const isClosing = {current: false};

	const leave = (entry: PeerEntry, error?: ErrorInfo) => {
		context.emit({
			type: 'peer/left',
			peer: entry.key,
			...(error ? {error} : {}),
		});
		if (!entry.peerId) table.remove(entry.key);
		table.prune();
	};

	const startRaw: Sessions['startRaw'] = (entry, connection, options) => {
		entry.incoming = undefined;
		context.emit({
			type: 'peer/connected',
			peer: entry.key,
			kind: 'raw',
			name: entry.name,
			trust: 'PLAIN',
			encrypted: options.tls,
			direction: options.target ? 'out' : 'in',
			address: connection.remote,
			...(options.target ? {target: options.target} : {}),
		});
		let encoding: string | undefined;
		entry.session = startRawSession(context, gate, connection, {
			line(line) {
				if (line.encoding !== 'utf-8' && line.encoding !== encoding) {
					encoding = line.encoding;
					context.emit({
						type: 'peer/encodingChanged',
						peer: entry.key,
						encoding,
					});
				}

				context.emit({
					type: 'chat/received',
					peer: entry.key,
					text: line.text,
					sizeBytes: line.sizeBytes,
					...(line.unfinished ? {unfinished: true} : {}),
				});
			},
			closed(error) {
				entry.session = undefined;
				leave(entry, error);
			},
		});
	};

	const adopt = createAdoption(context, table, leave);

	const startPeer = (
		connection: SecureConnection,
		origin: {target?: DialTarget; dialled?: PeerEntry},
		settled: (failure?: {error: ErrorInfo}) => void,
	) => {
		let entry: PeerEntry | undefined;
		let session: PeerSession | undefined;
		const {target, dialled} = origin;
		startPeerSession(
			context,
			gate,
			connection,
			{direction: target ? 'out' : 'in', ...(target ? {target} : {})},
			{
				ready(ready) {
					session = ready;
					entry = adopt(ready, dialled);
					settled();
					if (entry) events.ready(entry, ready);
					else ready.close();
				},
				message(message) {
					if (entry && session) events.message(entry, session, message);
				},
				closed({error, orderly}) {
					settled({error: error ?? errorInfo('notSockterm')});
					if (!session && !target && error) refuse(error);
					if (session) events.lost(session);
					if (!entry || entry.session !== session || !session) return;
					entry.session = undefined;
					const isCut = !orderly && error?.blame === 'network';
					if (entry.target && isCut && !isClosing.current) {
						events.redial(entry, error);
					} else {
						leave(entry, error);
					}
				},
			},
		);
	};

	return {
		acceptIncoming(incoming) {
			const key = context.nextId('raw') as PeerKey;
			const name = toSafeText(formatAddress(incoming.remote));
			let entry: PeerEntry | undefined = table.add(key, name);
			entry.incoming = incoming;
			let isShown = false;
			const cancelShow = context.ports.clock.after(limits.silentMs, () => {
				isShown = true;
				context.emit({
					type: 'peer/appeared',
					peer: key,
					name,
					direction: 'in',
					address: incoming.remote,
				});
			});
			const forget = () => {
				cancelShow();
				if (!entry) return;
				entry = undefined;
				table.remove(key);
				if (isShown) context.emit({type: 'peer/forgotten', peer: key});
			};

			incoming.start({
				classified(what) {
					switch (what.kind) {
						case 'raw': {
							cancelShow();
							if (entry) startRaw(entry, what.connection, {tls: what.tls});
							break;
						}

						case 'lane': {
							forget();
							events.lane(what.connection);
							break;
						}

						case 'peer': {
							forget();
							startPeer(what.connection, {}, () => undefined);
							break;
						}
					}
				},
				closed(error) {
					forget();
					if (error) refuse(error);
				},
			});
		},
		startRaw,
		startDialled: async (dialled, connection, target) =>
			new Promise(resolve => {
				startPeer(connection, {target, dialled}, resolve);
			}),
		closeAll() {
			isClosing.current = true;
			for (const entry of table.entries.values()) {
				entry.stopDialing?.();
				entry.incoming?.destroy();
				entry.session?.close();
			}
		},
	};
}
