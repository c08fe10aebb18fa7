/**
 * `state = reduce(state, event)`: pure, and the only thing that makes state. Each
 * slice sees the state before the event. Both sides of the thread boundary fold
 * the same events with this.
 */
import {defaultFallback} from '../protocol/text-decoding.js';
import {createPersistentMap} from '../util/persistent-map.js';
import type {EngineEvent} from './events.js';
import {noConversations, reduceConversations} from './slices/conversations.js';
import {emptyDatagrams, reduceDatagrams} from './slices/datagrams.js';
import {emptyDeliveryOrder, reduceDeliveries} from './slices/deliveries.js';
import {reduceDeparted, reducePeers} from './slices/peers.js';
import {noHistory, reduceHistory, reducePast} from './slices/past.js';
import {
	reduceFailedListeners,
	reduceListeners,
	reduceSelf,
} from './slices/self.js';
import {reduceRooms} from './slices/rooms.js';
import {noStreams, recutBy, reduceStreams} from './slices/streams.js';
import {reduceTrust} from './slices/trust.js';
import {
	reduceImpairments,
	reduceLog,
	reduceNotebook,
	reduceRules,
} from './slices/workbench.js';
import {
	reducePartials,
	reduceQueue,
	reduceRateLimit,
	reduceTransfers,
} from './slices/transfers.js';
import type {EngineState} from './state.js';
import {emptyTrustBook} from './trust/trust-commands.js';

export const initialState: EngineState = {
	self: {nick: '', receiveFolder: '', fallbackEncoding: defaultFallback},
	listeners: createPersistentMap(),
	failedListeners: [],
	peers: createPersistentMap(),
	departed: [],
	rooms: createPersistentMap(),
	conversations: noConversations,
	past: createPersistentMap(),
	history: noHistory,
	deliveries: createPersistentMap(),
	deliveryOrder: emptyDeliveryOrder,
	datagrams: emptyDatagrams,
	transfers: createPersistentMap(),
	queue: [],
	rateLimit: undefined,
	partials: [],
	practice: false,
	streams: noStreams,
	impairments: createPersistentMap(),
	rules: createPersistentMap(),
	notebook: {snippets: [], addresses: []},
	trust: {
		book: emptyTrustBook,
		error: undefined,
		pairings: createPersistentMap(),
	},
	log: undefined,
	folded: 0,
};

export function reduce(state: EngineState, event: EngineEvent): EngineState {
	const {deliveries, deliveryOrder} = reduceDeliveries(state, event);
	const cut = recutBy(state, event);
	return {
		self: reduceSelf(state, event),
		listeners: reduceListeners(state, event),
		failedListeners: reduceFailedListeners(state, event),
		peers: reducePeers(state, event),
		departed: reduceDeparted(state, event),
		rooms: reduceRooms(state, event),
		conversations: reduceConversations(state, event, cut),
		past: reducePast(state, event),
		history: reduceHistory(state, event),
		deliveries,
		deliveryOrder,
		datagrams: reduceDatagrams(state, event),
		transfers: reduceTransfers(state, event),
		queue: reduceQueue(state, event),
		rateLimit: reduceRateLimit(state, event),
		partials: reducePartials(state, event),
		practice: state.practice || event.type === 'practice/started',
		streams: reduceStreams(state, event, cut),
		impairments: reduceImpairments(state, event),
		rules: reduceRules(state, event),
		notebook: reduceNotebook(state, event),
		trust: reduceTrust(state, event),
		log: reduceLog(state, event),
		folded: state.folded + 1,
	};
}

export function reduceAll(
	state: EngineState,
	events: readonly EngineEvent[],
): EngineState {
	let result = state;
	for (const event of events) result = reduce(result, event);
	return result;
}
