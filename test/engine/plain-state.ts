import type {EngineState} from '../../source/engine/index.js';
import type {Log} from '../../source/util/log.js';

const plainLog = <Item>(log: Log<Item>) => ({
	firstId: log.firstId,
	weight: log.weight,
	items: structuredClone(log.slice(0)),
});

/** All that can be seen of a state, as plain data of its own. */
export function plainState(state: EngineState): unknown {
	return {
		...structuredClone({
			self: state.self,
			listeners: state.listeners.values(),
			failedListeners: state.failedListeners,
			peers: state.peers.values(),
			departed: state.departed,
			deliveries: state.deliveries.values(),
			queue: state.queue,
			rateLimit: state.rateLimit,
			partials: state.partials,
			practice: state.practice,
			impairments: state.impairments.values(),
			rules: state.rules.values(),
			notebook: state.notebook,
			trust: {
				...state.trust,
				pairings: state.trust.pairings.values(),
			},
			log: state.log,
			folded: state.folded,
		}),
		streams: state.streams.values().map(({pieces, ...rest}) => ({
			...structuredClone(rest),
			pieces: plainLog(pieces),
		})),
		transfers: state.transfers.values().map(({entries, ...rest}) => ({
			...structuredClone(rest),
			entries: structuredClone(entries.toArray()),
		})),
		deliveryOrder: plainLog(state.deliveryOrder),
		conversations: state.conversations
			.values()
			.map(({rows, ...rest}) => ({...rest, rows: plainLog(rows)})),
		datagrams: {
			...structuredClone({
				...state.datagrams,
				rows: [],
				sources: state.datagrams.sources.values(),
			}),
			rows: plainLog(state.datagrams.rows),
		},
	};
}
