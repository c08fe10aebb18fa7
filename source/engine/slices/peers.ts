import {limits} from '../../limits.js';
import type {PersistentMap} from '../../util/persistent-map.js';
import type {EngineEvent} from '../events.js';
import type {PeerKey} from '../ids.js';
import type {EngineState, Peer, PeerLifecycle} from '../state.js';

type Peers = PersistentMap<PeerKey, Peer>;

function withLifecycle(
	peers: Peers,
	key: PeerKey,
	lifecycle: PeerLifecycle,
): Peers {
	const peer = peers.get(key);
	return peer ? peers.set(key, {...peer, lifecycle}) : peers;
}

/** As it was before a reconnect, else as its listener says. */
function encodingOf(
	{peers, listeners}: EngineState,
	{peer: key, listener}: Extract<EngineEvent, {type: 'peer/connected'}>,
): Pick<Peer, 'encoding' | 'fallback'> {
	const held = peers.get(key);
	const asked = listener && listeners.get(listener)?.options.encoding;
	return {
		encoding: held?.encoding ?? (asked || undefined),
		fallback: held?.fallback ?? (asked || undefined),
	};
}

export function reducePeers(state: EngineState, event: EngineEvent): Peers {
	const {peers} = state;
	switch (event.type) {
		case 'peer/appeared': {
			return peers.set(event.peer, {
				key: event.peer,
				kind: 'unknown',
				name: event.name,
				trust: undefined,
				encrypted: false,
				direction: event.direction,
				address: event.address,
				local: undefined,
				peerId: undefined,
				target: event.target,
				encoding: undefined,
				fallback: undefined,
				listener: undefined,
				relayedTo: undefined,
				lifecycle: event.target
					? {phase: 'dialing', attempt: 1}
					: {phase: 'unclassified', since: event.at},
			});
		}

		case 'peer/dialing': {
			const {attempt} = event;
			return withLifecycle(peers, event.peer, {phase: 'dialing', attempt});
		}

		case 'peer/connected': {
			const before = event.replaces ? peers.delete(event.replaces) : peers;
			return before.set(event.peer, {
				key: event.peer,
				kind: event.kind,
				name: event.name,
				trust: event.trust,
				encrypted: event.encrypted,
				direction: event.direction,
				address: event.address,
				local: event.local,
				peerId: event.peerId,
				target: event.target,
				...encodingOf(state, event),
				listener: event.listener,
				relayedTo: event.relay?.server,
				lifecycle: {phase: 'ready', since: event.at},
			});
		}

		case 'peer/waiting': {
			const {attempt, nextAt, error} = event;
			return withLifecycle(peers, event.peer, {
				phase: 'waiting',
				attempt,
				nextAt,
				error,
			});
		}

		case 'peer/left': {
			const {at, error} = event;
			return evictDeparted(
				withLifecycle(peers, event.peer, {phase: 'left', at, error}),
				state,
				event,
			);
		}

		case 'peer/forgotten': {
			return peers.delete(event.peer);
		}

		case 'peer/renamed': {
			const peer = peers.get(event.peer);
			return peer ? peers.set(peer.key, {...peer, name: event.name}) : peers;
		}

		case 'trust/judged': {
			const peer = peers.get(event.peer);
			if (!peer) return peers;
			const {warning: _old, ...rest} = peer;
			const {name, trust} = event;
			return peers.set(peer.key, {...rest, name, trust});
		}

		case 'trust/warned': {
			const peer = peers.get(event.peer);
			const {warning: kind, petname} = event;
			return peer
				? peers.set(peer.key, {...peer, warning: {kind, petname}})
				: peers;
		}

		case 'peer/encodingChanged': {
			const {encoding} = event;
			const peer = peers.get(event.peer);
			return peer
				? peers.set(peer.key, {
						...peer,
						encoding,
						fallback: event.fallback ?? peer.fallback,
					})
				: peers;
		}

		default: {
			return peers;
		}
	}
}

/** Which peers have left, oldest first, with at most one more than the limit forgotten at once. */
export function reduceDeparted(
	state: EngineState,
	event: EngineEvent,
): readonly PeerKey[] {
	const {departed} = state;
	switch (event.type) {
		case 'peer/left': {
			if (!state.peers.has(event.peer)) return departed;
			return [...departed.filter(key => key !== event.peer), event.peer].slice(
				-limits.departedPeers,
			);
		}

		case 'peer/dialing':
		case 'peer/connected':
		case 'peer/forgotten': {
			return departed.includes(event.peer)
				? departed.filter(key => key !== event.peer)
				: departed;
		}

		default: {
			return departed;
		}
	}
}

/** The peer that a departure pushes off the list, if any. */
export function evictedBy(
	state: EngineState,
	event: EngineEvent,
): PeerKey | undefined {
	if (event.type !== 'peer/left' || !state.peers.has(event.peer)) {
		return undefined;
	}

	const {departed} = state;
	const isFull = departed.length >= limits.departedPeers;
	return isFull && !departed.includes(event.peer) ? departed[0] : undefined;
}

function evictDeparted(
	peers: Peers,
	state: EngineState,
	event: EngineEvent,
): Peers {
	const evicted = evictedBy(state, event);
	return evicted ? peers.delete(evicted) : peers;
}
