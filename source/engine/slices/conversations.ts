import {limits} from '../../limits.js';
import {createLog, type LogLimits} from '../../util/log.js';
import type {PersistentMap} from '../../util/persistent-map.js';
import type {EngineEvent} from '../events.js';
import type {ConversationKey, PeerKey} from '../ids.js';
import type {Conversation, EngineState, Row} from '../state.js';
import {evictedBy} from './peers.js';

type Conversations = PersistentMap<ConversationKey, Conversation>;

const rowOverheadBytes = 200;

const rowLimits: LogLimits<Row> = {
	maxItems: limits.conversationRows,
	maxWeight: limits.conversationBytes,
	weigh: row => rowOverheadBytes + ('text' in row ? row.text.length * 2 : 0),
};

export function emptyConversation(key: ConversationKey): Conversation {
	return {key, rows: createLog(rowLimits), received: 0};
}

function append(
	conversations: Conversations,
	keys: Iterable<ConversationKey>,
	row: Row,
): Conversations {
	const received = row.kind === 'received' ? 1 : 0;
	let result = conversations;
	for (const key of keys) {
		const held = result.get(key) ?? emptyConversation(key);
		result = result.set(key, {
			key,
			rows: held.rows.append(row),
			received: held.received + received,
		});
	}

	return result;
}

/** The row that an event adds, and where: state is that before the event. */
function rowOf(
	state: EngineState,
	event: EngineEvent,
): {row: Row; keys: Iterable<ConversationKey>} | undefined {
	const {at} = event;
	const both = (peer: PeerKey, row: Row) => ({
		row,
		keys: [peer, 'all'] as const,
	});
	switch (event.type) {
		case 'peer/connected': {
			const {peer, name, trust, address} = event;
			return both(peer, {kind: 'joined', at, peer, name, trust, address});
		}

		case 'peer/waiting':
		case 'peer/left': {
			const {peer: key, error} = event;
			const peer = state.peers.get(key);
			const retrying = event.type === 'peer/waiting';
			if (peer?.lifecycle.phase === 'ready') {
				const {name} = peer;
				return both(key, {kind: 'left', at, peer: key, name, error, retrying});
			}

			// Of a dial that keeps failing only the first failure is worth a row: the countdown shows the others.
			const isFirst = !retrying || event.attempt === 1;
			return error && peer && isFirst
				? both(key, {kind: 'problem', at, error})
				: undefined;
		}

		case 'peer/refused': {
			return {row: {kind: 'problem', at, error: event.error}, keys: ['all']};
		}

		case 'chat/received': {
			const {peer: key, text, unfinished = false} = event;
			const peer = state.peers.get(key);
			if (!peer) return undefined;
			const {name, trust = 'PLAIN'} = peer;
			return both(key, {
				kind: 'received',
				at,
				peer: key,
				name,
				trust,
				text,
				unfinished,
			});
		}

		case 'chat/sent': {
			const {conversation: to, message, text, peers} = event;
			const toName = to === 'all' ? undefined : state.peers.get(to)?.name;
			return {
				row: {kind: 'sent', at, to, toName, message, text},
				keys: new Set<ConversationKey>([...peers, to, 'all']),
			};
		}

		case 'transfer/offered': {
			const {transfer, peer} = event;
			const name = state.peers.get(peer)?.name;
			return name
				? both(peer, {kind: 'transfer', at, transfer, peer, name})
				: undefined;
		}

		case 'transfer/entryFailed': {
			const peer = state.transfers.get(event.transfer)?.peer;
			return peer
				? both(peer, {kind: 'problem', at, error: event.error})
				: undefined;
		}

		default: {
			return undefined;
		}
	}
}

export function reduceConversations(
	state: EngineState,
	event: EngineEvent,
): Conversations {
	let {conversations} = state;
	const added = rowOf(state, event);
	if (added) conversations = append(conversations, added.keys, added.row);
	if (event.type === 'chat/cleared') {
		const {conversation: key} = event;
		const received = conversations.get(key)?.received ?? 0;
		return conversations.set(key, {...emptyConversation(key), received});
	}

	if (event.type === 'peer/forgotten') return conversations.delete(event.peer);
	if (event.type === 'peer/connected' && event.replaces) {
		return conversations.delete(event.replaces);
	}

	const evicted = evictedBy(state, event);
	return evicted ? conversations.delete(evicted) : conversations;
}
