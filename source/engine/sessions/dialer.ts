/**
 * Dials out, and dials again: an encrypted peer that was cut is tried after
 * 1, 2, 4 … 30 s (with jitter, so that two consoles do not march in step) until
 * it answers or somebody says stop. A raw server, inside TLS or not, is dialled
 * once, and again when somebody asks for it.
 */
import {
	errorInfo,
	SocktermError,
	toErrorInfo,
	type ErrorInfo,
} from '../../errors.js';
import {backoffMs} from '../backoff.js';
import type {DialTarget} from '../commands.js';
import type {EngineContext} from '../context.js';
import type {PeerKey} from '../ids.js';
import {formatAddress} from '../../util/address.js';
import type {PeerEntry, PeerTable} from './peer-table.js';
import type {Connection} from '../ports.js';
import {toSafeText} from '../sanitize.js';
import type {Sessions} from './sessions.js';

export interface Dialer {
	/** Throws alreadyConnected. */
	dial(target: DialTarget): void;
	/** The connection of a dialled peer was cut. */
	redial(entry: PeerEntry, error: ErrorInfo | undefined): void;
	/** Dials at once what waits or has left. */
	reconnect(entry: PeerEntry): void;
	/** Stops dialling, or waiting to dial. */
	stop(entry: PeerEntry): void;
}

/**
 * Trying again cannot help: it is another program, or no address at all. Who was
 * there once comes back: names do not resolve while the network is down, and a
 * program that is being stopped answers strangely.
 */
const isHopeless = ({code}: ErrorInfo, wasThere: boolean) =>
	code === 'badAddress' ||
	code === 'connectedToSelf' ||
	code === 'versionMismatch' ||
	code === 'keyChanged' ||
	code === 'peerBlocked' ||
	code === 'notVerified' ||
	(!wasThere &&
		(code === 'hostUnknown' ||
			code === 'notSockterm' ||
			code === 'tlsFailed' ||
			code === 'addressUnavailable'));

export function createDialer(
	context: EngineContext,
	table: PeerTable,
	sessions: () => Sessions,
	/** A script dials again only where something goes on then. */
	isWaitedFor: (entry: PeerEntry) => boolean,
): Dialer {
	const {clock, network, random} = context.ports;
	/** Dialled connections whose HELLO has not come. */
	const greeting = new WeakMap<PeerEntry, Connection>();

	const giveUp = (entry: PeerEntry, error?: ErrorInfo) => {
		entry.stopDialing = undefined;
		table.left(entry.key, error);
	};

	const waitAndDial = (
		entry: PeerEntry,
		attempt: number,
		error: ErrorInfo | undefined,
	) => {
		const wasThere = entry.peerId !== undefined;
		const isWorthIt = context.role !== 'script' || isWaitedFor(entry);
		if (!isWorthIt || (error && isHopeless(error, wasThere))) {
			giveUp(entry, error);
			return;
		}

		const wait = backoffMs(attempt, random);
		entry.stopDialing = clock.after(
			wait,
			() => void attemptDial(entry, attempt + 1),
		);
		context.emit({
			type: 'peer/waiting',
			peer: entry.key,
			attempt,
			nextAt: clock.now() + wait,
			...(error ? {error} : {}),
		});
	};

	const attemptDial = async (entry: PeerEntry, attempt: number) => {
		const {target} = entry;
		if (!target) return;
		const abort = new AbortController();
		const stop = () => {
			abort.abort();
		};

		entry.stopDialing = stop;
		context.emit({type: 'peer/dialing', peer: entry.key, attempt});
		try {
			if (target.kind !== 'peer') {
				const {kind} = target;
				const connection = await network.dial(target, kind, abort.signal);
				if (entry.stopDialing !== stop) {
					connection.destroy();
					return;
				}

				entry.stopDialing = undefined;
				const tls = kind === 'rawTls';
				sessions().startRaw(entry, connection, {tls, target});
				return;
			}

			const connection = await network.dial(target, 'peer', abort.signal);
			if (entry.stopDialing !== stop) {
				connection.destroy();
				return;
			}

			greeting.set(entry, connection);
			const failure = await sessions().startDialled(entry, connection, target);
			if (greeting.get(entry) === connection) greeting.delete(entry);
			if (failure && entry.stopDialing === stop) {
				waitAndDial(entry, attempt, failure.error);
			}
		} catch (error) {
			if (entry.stopDialing !== stop) return;
			const info = toErrorInfo(error);
			if (target.kind !== 'peer') giveUp(entry, info);
			else waitAndDial(entry, attempt, info);
		}
	};

	/** Ends what is under way; whoever waits for it sees that it is no longer wanted. */
	const abandon = (entry: PeerEntry) => {
		const stop = entry.stopDialing;
		entry.stopDialing = undefined;
		stop?.();
		greeting.get(entry)?.destroy();
		greeting.delete(entry);
	};

	const reconnect = (entry: PeerEntry) => {
		abandon(entry);
		void attemptDial(entry, 1);
	};

	/** Who is being dialled at this very address already. */
	const dialling = ({kind, host, port}: DialTarget) => {
		for (const entry of table.entries.values()) {
			const {target, stopDialing} = entry;
			const isSame =
				target?.kind === kind && target.host === host && target.port === port;
			// Each plain connection is one of its own.
			if (kind === 'peer' && stopDialing && isSame) return entry;
		}

		return undefined;
	};

	/** A second session would take the place of the first, and end its transfers. */
	const connectedAt = ({kind, host, port}: DialTarget) =>
		[...table.entries.values()].find(
			({session, target}) =>
				kind === 'peer' &&
				session?.kind === 'peer' &&
				target?.host === host &&
				target.port === port,
		);

	return {
		dial(target) {
			const there = connectedAt(target);
			if (there) {
				throw new SocktermError('alreadyConnected', {
					name: there.name,
					address: formatAddress(target),
				});
			}

			const held = dialling(target);
			if (held) {
				reconnect(held);
				return;
			}

			const key = context.nextId(
				target.kind === 'peer' ? 'dial' : 'raw',
			) as PeerKey;
			const name = toSafeText(formatAddress(target));
			const entry = table.add(key, name);
			entry.target = target;
			context.emit({
				type: 'peer/appeared',
				peer: key,
				name,
				direction: 'out',
				target,
			});
			void attemptDial(entry, 1);
		},
		redial(entry, error) {
			// One dial an address: another one for it, if any, was for this peer.
			const other = entry.target && dialling(entry.target);
			if (other && !other.peerId) {
				abandon(other);
				table.remove(other.key);
				context.emit({type: 'peer/forgotten', peer: other.key});
			}

			waitAndDial(entry, 1, error ?? errorInfo('connectionReset'));
		},
		reconnect,
		stop(entry) {
			const isDialling = entry.stopDialing !== undefined;
			abandon(entry);
			if (isDialling) giveUp(entry);
		},
	};
}
