import {limits} from '../../limits.js';
import {createPersistentMap} from '../../util/persistent-map.js';
import type {EngineEvent} from '../events.js';
import {
	isPeerKey,
	isRoomKey,
	type ConversationKey,
	type PeerKey,
} from '../ids.js';
import {toSafeText} from '../sanitize.js';
import type {Conversation, EngineState, Row} from '../state.js';
import type {Recut} from '../streams/stream-cutting.js';
import {
	append,
	clearedEverywhere,
	cutAgain,
	emptyConversation,
	framesRead,
	type Added,
	type Conversations,
} from './conversation-rows.js';
import {boundedInAll} from './held-in-all.js';
import {evictedBy} from './peers.js';
import {joined, roomRow} from './room-rows.js';

/** The row that an event adds, and where: state is that before the event. */
function rowOf(state: EngineState, event: EngineEvent): Added | undefined {
	const {at} = event;
	const order = state.folded;
	const both = (peer: PeerKey, row: Row): Added => ({
		rows: row,
		keys: [peer, 'all'],
	});
	switch (event.type) {
		case 'peer/connected': {
			const {peer, name, trust, address} = event;
			return both(peer, {
				kind: 'joined',
				at,
				order,
				peer,
				name,
				trust,
				address,
				...(event.certificate === undefined
					? {}
					: {certificate: event.certificate}),
			});
		}

		case 'peer/waiting':
		case 'peer/left': {
			const {peer: key, error} = event;
			const peer = state.peers.get(key);
			const retrying = event.type === 'peer/waiting';
			if (peer?.lifecycle.phase === 'ready') {
				const {name} = peer;
				return both(key, {
					kind: 'left',
					at,
					order,
					peer: key,
					name,
					error,
					retrying,
				});
			}

			// Of a dial that keeps failing only the first failure is worth a row: the countdown shows the others.
			const isFirst = !retrying || event.attempt === 1;
			return error && peer && isFirst
				? both(key, {kind: 'problem', at, order, error})
				: undefined;
		}

		case 'peer/refused': {
			const {error, count} = event;
			const newest = state.conversations.get('all')?.rows;
			const before = newest?.at(newest.length - 1);
			const isAgain =
				before?.kind === 'problem' &&
				before.count !== undefined &&
				before.error.code === error.code;
			const total = count + (isAgain ? before.count : 0);
			return {
				rows: {kind: 'problem', at, order, error, count: total},
				keys: ['all'],
				...(isAgain ? {takesNewest: true} : {}),
			};
		}

		case 'chat/received': {
			const {peer: key, text, unfinished = false} = event;
			const peer = state.peers.get(key);
			if (!peer) return undefined;
			const {name, trust = 'PLAIN'} = peer;
			const row = both(key, {
				kind: 'received',
				at,
				order,
				peer: key,
				name,
				trust,
				text,
				unfinished,
			});
			return {...row, received: 1};
		}

		case 'stream/received': {
			return framesRead(state, event);
		}

		case 'stream/sent': {
			const {peer, bytes, note} = event;
			const offset = state.streams.get(peer)?.sentBytes;
			// What was typed as a line has its row.
			return offset === undefined || event.message
				? undefined
				: both(peer, {
						kind: 'written',
						at,
						order,
						peer,
						bytes,
						offset,
						note,
					});
		}

		case 'stream/noted': {
			const {conversation: key, text} = event;
			const keys = new Set<ConversationKey>([key, 'all']);
			return {rows: {kind: 'note', at, order, text}, keys};
		}

		case 'datagram/left': {
			const {error} = event;
			return error
				? {rows: {kind: 'problem', at, order, error}, keys: ['all']}
				: undefined;
		}

		case 'stream/problem': {
			const {peer, error} = event;
			return state.peers.has(peer)
				? both(peer, {kind: 'problem', at, order, error})
				: undefined;
		}

		case 'chat/sent': {
			const {conversation: to, message, text, peers, bytes} = event;
			const toName = isRoomKey(to)
				? toSafeText(to)
				: isPeerKey(to)
					? state.peers.get(to)?.name
					: undefined;
			const others = isRoomKey(to) ? [] : peers;
			return {
				rows: {kind: 'sent', at, order, to, toName, message, text, bytes},
				keys: new Set<ConversationKey>([...others, to, 'all']),
			};
		}

		case 'room/received':
		case 'room/missed':
		case 'room/memberChanged':
		case 'room/topicChanged':
		case 'room/invited': {
			return roomRow(state, event);
		}

		case 'trust/paired': {
			const {peer, petname: name} = event;
			const what = 'verified';
			return state.peers.has(peer)
				? both(peer, {kind: 'trust', what, at, order, peer, name})
				: undefined;
		}

		case 'transfer/offered': {
			const {transfer, peer} = event;
			const name = state.peers.get(peer)?.name;
			return name
				? both(peer, {kind: 'transfer', at, order, transfer, peer, name})
				: undefined;
		}

		case 'transfer/notByItself': {
			const {peer, error} = event;
			return both(peer, {kind: 'problem', at, order, error});
		}

		case 'transfer/entryFailed': {
			const peer = state.transfers.get(event.transfer)?.peer;
			return peer
				? both(peer, {kind: 'problem', at, order, error: event.error})
				: undefined;
		}

		default: {
			return undefined;
		}
	}
}

/** All is bounded by itself, and its rows are those of the others. */
const weigh = ({key, rows}: Conversation) => (key === 'all' ? 0 : rows.weight);

export const noConversations: Conversations = createPersistentMap<
	ConversationKey,
	Conversation
>(weigh).set('all', emptyConversation('all'));

export const reduceConversations = (
	state: EngineState,
	event: EngineEvent,
	cut: Recut | undefined,
): Conversations =>
	boundedInAll(
		folded(state, event, cut),
		limits.conversationsBytes,
		weigh,
		(each, most) => ({...each, rows: each.rows.trimmed(most)}),
	);

function folded(
	state: EngineState,
	event: EngineEvent,
	cut: Recut | undefined,
): Conversations {
	let {conversations} = state;
	const added = rowOf(state, event);
	if (added) conversations = append(conversations, added);
	if (cut && 'peer' in event) {
		return cutAgain(state, event.peer, cut);
	}

	if (event.type === 'history/cleared') {
		return clearedEverywhere(state, event.conversation);
	}

	if (event.type === 'chat/cleared') {
		const {conversation: key} = event;
		const received = conversations.get(key)?.received ?? 0;
		const since = state.folded;
		return conversations.set(key, {...emptyConversation(key), received, since});
	}

	if (event.type === 'room/joined') {
		return joined(conversations, event, state.folded);
	}

	if (event.type === 'room/left') return conversations.delete(event.room);
	if (event.type === 'peer/forgotten') return conversations.delete(event.peer);
	if (event.type === 'peer/connected' && event.replaces) {
		return conversations.delete(event.replaces);
	}

	const evicted = evictedBy(state, event);
	return evicted ? conversations.delete(evicted) : conversations;
}
