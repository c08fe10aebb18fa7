/**
 * Relayed connections: each that a listener accepts gets one of its own to the
 * target, and a row. Decides what is dialled and which row is which relay; the
 * joining itself is `relay.ts`, and the row's bytes and frames are those of any
 * plain session.
 */
import {errorInfo, SocktermError, toErrorInfo} from '../../errors.js';
import {createRandom} from '../../util/random.js';
import {formatAddress} from '../../util/address.js';
import type {DialTarget} from '../commands.js';
import type {EngineContext} from '../context.js';
import {watchIdle} from '../sessions/idle-watch.js';
import type {PeerKey} from '../ids.js';
import type {PeerEntry, PeerTable} from '../sessions/peer-table.js';
import type {Connection} from '../ports.js';
import type {AcceptedBy} from '../sessions/purposes.js';
import {createRelay, type Relay} from './relay.js';
import {toSafeText} from '../sanitize.js';
import type {Sessions} from '../sessions/sessions.js';

export interface Relays {
	/** Takes an accepted connection that was not started, and joins it to a new one to the target. */
	take(connection: Connection, target: DialTarget, listener: AcceptedBy): void;
	/** The relay of a row. Throws noSuchPeer, notRelayed, notConnected. */
	find(peer: PeerKey): {readonly entry: PeerEntry; readonly relay: Relay};
}

export function createRelays(
	context: EngineContext,
	table: PeerTable,
	sessions: () => Pick<Sessions, 'startRaw'>,
): Relays {
	const {clock, network, random} = context.ports;
	const relays = new Map<PeerKey, Relay>();

	const join = (
		entry: PeerEntry,
		client: Connection,
		server: Connection,
		listener: AcceptedBy,
	) => {
		const {key} = entry;
		const [a = 0, b = 0, c = 0, d = 0] = random(4);
		const {idleMs} = listener.options;
		const giveUp = () => {
			const seconds = Math.round((idleMs ?? 0) / 1000);
			const error = errorInfo('idleTimeout', {name: entry.name, seconds});
			entry.session?.close(error);
			relay.connection.destroy();
		};

		const relay = createRelay({
			clock,
			random: createRandom((a << 24) | (b << 16) | (c << 8) | d),
			// Whatever moves moves at the client.
			client:
				idleMs === undefined
					? client
					: watchIdle(client, clock, idleMs, giveUp),
			server,
			served(bytes) {
				context.emit({type: 'stream/sent', peer: key, bytes});
			},
		});
		for (const peer of relays.keys()) {
			if (!table.entries.get(peer)?.session) relays.delete(peer);
		}

		relays.set(key, relay);
		sessions().startRaw(entry, relay.connection, {
			tls: false,
			listener,
			relay: {server: server.remote},
		});
	};

	const take: Relays['take'] = (client, target, listener) => {
		const key = context.nextId('raw') as PeerKey;
		const name = toSafeText(formatAddress(client.remote));
		const entry = table.add(key, name);
		const abort = new AbortController();
		const stop = () => {
			abort.abort();
			client.reset();
		};

		entry.stopDialing = stop;
		context.emit({
			type: 'peer/appeared',
			peer: key,
			name,
			direction: 'in',
			address: client.remote,
		});
		const purpose = target.kind === 'rawTls' ? 'rawTls' : 'raw';
		network.dial(target, purpose, abort.signal).then(
			server => {
				if (entry.stopDialing !== stop) {
					server.destroy();
					return;
				}

				entry.stopDialing = undefined;
				join(entry, client, server, listener);
			},
			(error: unknown) => {
				if (entry.stopDialing !== stop) return;
				entry.stopDialing = undefined;
				// As it would have been without us.
				client.reset();
				context.emit({type: 'peer/left', peer: key, error: toErrorInfo(error)});
				table.remove(key);
			},
		);
	};

	return {
		take,
		find(peer) {
			const entry = table.find(peer);
			const relay = relays.get(peer);
			if (!relay) throw new SocktermError('notRelayed', {name: entry.name});
			if (!entry.session) {
				throw new SocktermError('notConnected', {name: entry.name});
			}

			return {entry, relay};
		},
	};
}
