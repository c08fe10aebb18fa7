/**
 * Who is there: one entry for each row of the peers pane, with what is alive
 * behind it. The state (`slices/peers.ts`) is what people see of it.
 */
import {errorInfo, SocktermError, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import type {DialTarget} from '../commands.js';
import type {EngineContext} from '../context.js';
import type {Trust} from '../events.js';
import type {MessageId, PeerId, PeerKey, SafeText} from '../ids.js';
import type {PeerSession} from './peer-session.js';
import type {Incoming} from '../ports.js';
import type {RawSession} from '../streams/raw-session.js';

export interface PeerEntry {
	readonly key: PeerKey;
	name: SafeText;
	/** What it calls itself, where it has another name here. */
	nick?: SafeText;
	/** Another key answered where this one was dialled. */
	keyChanged?: boolean;
	/** Known for encrypted peers. */
	peerId?: PeerId;
	role?: 'console' | 'script';
	/** The running program that was there last. */
	instance?: string;
	/** An accepted connection that has sent nothing yet. */
	incoming?: Incoming | undefined;
	session?: PeerSession | RawSession | undefined;
	/** Where we dialled it, if we did. */
	target?: DialTarget | undefined;
	/** Ends a dial that is under way, or the wait for the next one. */
	stopDialing?: (() => void) | undefined;
	/** Messages that the other side (or, for a raw one, the system) has not taken, in order. */
	readonly outbox: Map<MessageId, string>;
	/** Ids of messages that it sent, to drop those that come twice. */
	readonly receivedIds: Set<string>;
}

export interface PeerTable {
	readonly entries: ReadonlyMap<PeerKey, PeerEntry>;
	add(key: PeerKey, name: SafeText): PeerEntry;
	/** Throws noSuchPeer. */
	find(key: PeerKey): PeerEntry;
	remove(key: PeerKey): void;
	/** Tells that a peer has left; whom the state forgets over it goes too. */
	left(key: PeerKey, error?: ErrorInfo): void;
}

export function createPeerTable(context: EngineContext): PeerTable {
	const entries = new Map<PeerKey, PeerEntry>();
	const remove = (key: PeerKey) => {
		const entry = entries.get(key);
		if (!entry) return;
		entries.delete(key);
		// Nobody is left who could take them.
		failOutbox(context, entry, errorInfo('notConnected', {name: entry.name}));
	};

	return {
		entries,
		add(key, name) {
			const entry: PeerEntry = {
				key,
				name,
				outbox: new Map(),
				receivedIds: new Set(),
			};
			entries.set(key, entry);
			return entry;
		},
		find(key) {
			const entry = entries.get(key);
			if (!entry) throw new SocktermError('noSuchPeer', {peer: key});
			return entry;
		},
		remove,
		left(key, error) {
			const {departed} = context.state();
			context.emit({type: 'peer/left', peer: key, ...(error ? {error} : {})});
			const {peers} = context.state();
			// One of those that had left, if any: with ten thousand here nobody else is looked at.
			for (const each of departed) {
				const entry = peers.has(each) ? undefined : entries.get(each);
				const isAlive = entry?.session ?? entry?.incoming ?? entry?.stopDialing;
				if (entry && !isAlive) remove(each);
			}
		},
	};
}

/** Remembers an id; false when it was seen before. Old ids are forgotten. */
export function rememberId(entry: PeerEntry, id: string): boolean {
	const {receivedIds} = entry;
	if (receivedIds.has(id)) return false;
	receivedIds.add(id);
	if (receivedIds.size > limits.receivedIdsRemembered) {
		for (const oldest of receivedIds) {
			receivedIds.delete(oldest);
			break;
		}
	}

	return true;
}

/** What a peer of the list counts as now. */
export const trustOf = (context: EngineContext, peer: PeerKey): Trust =>
	context.state().peers.get(peer)?.trust ?? 'UNVERIFIED';

/** Says of every message that still waits for a peer that it did not arrive. */
export function failOutbox(
	context: EngineContext,
	entry: PeerEntry,
	error: ErrorInfo,
): void {
	const messages = [...entry.outbox.keys()];
	entry.outbox.clear();
	for (const message of messages) {
		context.emit({type: 'chat/failed', peer: entry.key, message, error});
	}
}
