/**
 * Accepted connections until it is known what they are: shown as silent after a
 * moment, then handed on as what their first byte and their listener make of
 * them. Decides who gets a connection; what it does then is not looked at here.
 */
import {errorInfo, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import {formatAddress} from '../../util/address.js';
import type {EngineContext} from '../context.js';
import type {PeerKey} from '../ids.js';
import {watchIdle} from './idle-watch.js';
import type {PeerEntry, PeerTable} from './peer-table.js';
import type {
	Classified,
	Connection,
	Incoming,
	SecureConnection,
} from '../ports.js';
import {
	isForConversations,
	takeForPurpose,
	type AcceptedBy,
	type Purposes,
} from './purposes.js';
import type {CountRefusal} from './refusals.js';
import {toSafeText} from '../sanitize.js';

const encoder = new TextEncoder();

export interface AcceptedHandlers {
	raw(
		entry: PeerEntry,
		connection: Connection,
		origin: {readonly tls: boolean; readonly listener: AcceptedBy},
	): void;
	peer(connection: SecureConnection, order: number, listener: AcceptedBy): void;
	lane(connection: SecureConnection): void;
}

export function createAccepting(
	context: EngineContext,
	table: PeerTable,
	refuse: CountRefusal,
	purposes: Purposes,
	handlers: AcceptedHandlers,
): (incoming: Incoming, listener: AcceptedBy, order: number) => void {
	const {clock} = context.ports;

	/** What an idle limit of its listener makes of a raw connection. */
	const watched = (
		entry: PeerEntry,
		connection: Connection,
		idleMs: number | undefined,
	): Connection =>
		idleMs === undefined
			? connection
			: watchIdle(connection, clock, idleMs, () => {
					const seconds = Math.round(idleMs / 1_000);
					const details = {name: entry.name, seconds};
					entry.session?.close(errorInfo('idleTimeout', details));
					// Nothing is under way, and nobody is waited for.
					connection.destroy();
				});

	/** Tells a plain program in its own language why it cannot stay. */
	const turnAway = (connection: Connection) => {
		const error = errorInfo('plainRefused', {...connection.remote});
		connection.start({
			data: () => undefined,
			ended: () => undefined,
			drained: () => undefined,
			closed: () => undefined,
		});
		const text = context.ports.describeToProgram?.(error) ?? error.code;
		connection.write(encoder.encode(`${text}\r\n`));
		connection.end();
		refuse(error);
	};

	return (incoming, listener, order) => {
		const {options} = listener;
		const key = context.nextId('raw') as PeerKey;
		const name = toSafeText(formatAddress(incoming.remote));
		let entry: PeerEntry | undefined = table.add(key, name);
		entry.incoming = incoming;
		let isShown = false;
		const cancelShow = clock.after(limits.silentMs, () => {
			// It must say something itself, soon, and cannot be written to before.
			if (options.kind === 'tls') return;
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

		const startRaw = (connection: Connection, tls: boolean) => {
			cancelShow();
			if (takeForPurpose(purposes, connection, listener)) {
				forget();
			} else if (context.choices.noPlain) {
				forget();
				turnAway(connection);
			} else if (entry) {
				const kept = watched(entry, connection, options.idleMs);
				handlers.raw(entry, kept, {tls, listener});
			}
		};

		const startSecure = (what: Exclude<Classified, {kind: 'raw'}>) => {
			forget();
			const {connection} = what;
			if (!isForConversations(options) || options.raw === true) {
				connection.destroy();
				refuse(errorInfo('notForPeers', {...incoming.remote}));
			} else if (what.kind === 'lane') {
				handlers.lane(connection);
			} else {
				handlers.peer(connection, order, listener);
			}
		};

		incoming.start({
			classified(what) {
				if (what.kind === 'raw') startRaw(what.connection, what.tls);
				else startSecure(what);
			},
			closed(error?: ErrorInfo) {
				forget();
				if (error) refuse(error);
			},
		});
	};
}
