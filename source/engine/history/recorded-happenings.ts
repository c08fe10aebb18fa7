/** What the history keeps of events that are neither bytes nor lines of ours: who came and went, trust, transfers. */
import {isPeerKey} from '../ids.js';
import type {EngineEvent} from '../events.js';
import type {PeerKey, TransferId} from '../ids.js';
import type {EngineState} from '../state.js';
import {keysOf} from './history-keys.js';
import type {HistoryKey, Kept, KeptTransfer} from './history-port.js';

export interface Happening {
	readonly keys: readonly [HistoryKey, ...HistoryKey[]];
	readonly kept?: Kept;
	/** What a search looks at. */
	readonly text: string;
	readonly seen?: {readonly peer: string; readonly name: string};
}

function ofPeer(
	state: EngineState,
	peer: PeerKey,
	kept: Kept | undefined,
	text: string,
): Happening | undefined {
	const keys = keysOf(state, peer);
	return keys && {keys, ...(kept ? {kept} : {}), text};
}

function transferred(
	state: EngineState,
	id: TransferId,
	{kind}: {readonly kind: KeptTransfer['outcome']},
): Happening | undefined {
	const transfer = state.transfers.get(id);
	if (!transfer) return undefined;
	const {entries, direction, peer, peerName, wantedBytes, folder} = transfer;
	const first = entries.get(0);
	const title = first?.name ?? '';
	const phase = entries.length === 1 ? first?.phase : undefined;
	const saved = phase?.kind === 'saved' ? phase : undefined;
	const kept: Kept = {
		kind: 'transfer',
		name: peerName,
		direction,
		title: saved?.savedAs ?? title,
		entries: entries.length,
		sizeBytes: wantedBytes,
		outcome: kind,
		...(direction === 'in' && kind === 'saved'
			? {folder: folder ?? state.self.receiveFolder}
			: {}),
		...(saved ? {digest: saved.digest} : {}),
	};
	return ofPeer(state, peer, kept, `${peerName} ${kept.title}`);
}

/** `state` is one after the event. */
export function happeningOf(
	event: EngineEvent,
	state: EngineState,
): Happening | undefined {
	switch (event.type) {
		case 'chat/received': {
			const {peer, text, unfinished} = event;
			const {name, trust = 'PLAIN'} = state.peers.get(peer) ?? {};
			if (name === undefined) return undefined;
			const kept: Kept = {
				kind: 'received',
				name,
				trust,
				text,
				...(unfinished ? {unfinished} : {}),
			};
			return ofPeer(state, peer, kept, text);
		}

		case 'peer/connected': {
			const {peer, name, trust, address, peerId} = event;
			const kept: Kept = {kind: 'joined', name, trust, address};
			const happening = ofPeer(state, peer, kept, name);
			return happening && peerId
				? {...happening, seen: {peer: peerId, name}}
				: happening;
		}

		case 'peer/waiting':
		case 'peer/left': {
			const {peer, error} = event;
			const retrying = event.type === 'peer/waiting';
			const name = state.peers.get(peer)?.name;
			// Of a dial that keeps failing the first failure is enough.
			if (name === undefined || (retrying && event.attempt > 1)) {
				return undefined;
			}

			const reason = error ? {error} : {};
			const kept: Kept = {kind: 'left', name, retrying, ...reason};
			return ofPeer(state, peer, kept, name);
		}

		case 'peer/renamed': {
			const {peer, name} = event;
			const peerId = state.peers.get(peer)?.peerId;
			const happening = ofPeer(state, peer, undefined, name);
			return happening && peerId
				? {...happening, seen: {peer: peerId, name}}
				: undefined;
		}

		case 'stream/noted': {
			const {conversation, text} = event;
			const kept: Kept = {kind: 'note', text};
			return isPeerKey(conversation)
				? ofPeer(state, conversation, kept, text)
				: {keys: ['all'], kept, text};
		}

		case 'stream/problem': {
			const {peer, error} = event;
			return ofPeer(state, peer, {kind: 'problem', error}, '');
		}

		case 'trust/paired': {
			const {peer, petname: name} = event;
			const kept: Kept = {kind: 'trust', what: 'verified', name};
			return ofPeer(state, peer, kept, name);
		}

		case 'trust/judged': {
			const {peer, trust, name} = event;
			const kept: Kept = {kind: 'trust', what: 'blocked', name};
			return trust === 'BLOCKED' ? ofPeer(state, peer, kept, name) : undefined;
		}

		case 'transfer/finished': {
			return transferred(state, event.transfer, event.outcome);
		}

		default: {
			return undefined;
		}
	}
}
