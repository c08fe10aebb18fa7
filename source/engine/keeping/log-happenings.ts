/** What the log tells of events that are no bytes of a raw peer: one item each, or none. */
import {datagramFallback} from '../datagrams/datagram-view.js';
import type {EngineEvent} from '../events.js';
import {
	itemOfDatagram,
	type Describe,
	type KeptItem,
} from './export/kept-item.js';
import {isPeerKey, type PeerKey} from '../ids.js';
import type {EngineState} from '../state.js';

/** The name of a peer, where it is known. */
export function named(
	{peers}: EngineState,
	peer: PeerKey,
): Pick<KeptItem, 'name'> {
	const name = peers.get(peer)?.name;
	return name === undefined ? {} : {name};
}

/** `state` is one after the event. */
export function happening(
	event: EngineEvent,
	state: EngineState,
	describe: Describe,
): KeptItem | undefined {
	const {at} = event;
	switch (event.type) {
		case 'peer/connected': {
			const {name, trust, address} = event;
			return {at, kind: 'joined', name, address, text: trust};
		}

		case 'peer/waiting':
		case 'peer/left': {
			const {peer, error} = event;
			// Of a dial that keeps failing the first failure tells enough.
			if (event.type === 'peer/waiting' && event.attempt > 1) return undefined;
			const text = error ? describe(error) : '';
			return {at, kind: 'left', ...named(state, peer), text};
		}

		case 'chat/received': {
			const {peer, text} = event;
			const from = named(state, peer);
			return {at, kind: 'received', direction: 'in', ...from, text};
		}

		case 'chat/sent': {
			const {conversation, text} = event;
			const to = isPeerKey(conversation)
				? named(state, conversation)
				: {name: conversation};
			return {at, kind: 'sent', direction: 'out', ...to, text};
		}

		case 'room/received': {
			const {room, name, trust, text, isOurs} = event;
			const direction = isOurs ? 'out' : 'in';
			const facts = {room, trust};
			return {at, kind: 'received', direction, name, text, facts};
		}

		case 'stream/noted': {
			return {at, kind: 'note', text: event.text};
		}

		case 'stream/problem': {
			const {peer, error} = event;
			const text = describe(error);
			return {at, kind: 'problem', ...named(state, peer), text};
		}

		case 'chat/failed':
		case 'listener/failed':
		case 'transfer/entryFailed': {
			return {at, kind: 'problem', text: describe(event.error)};
		}

		case 'datagram/received':
		case 'datagram/sent':
		case 'datagram/failed': {
			const isIn = event.type === 'datagram/received';
			const hasFailed = event.type === 'datagram/failed';
			const row = {
				at,
				direction: isIn ? ('in' as const) : ('out' as const),
				address: isIn ? event.from : event.to,
				listener: undefined,
				bytes: hasFailed ? new Uint8Array(0) : event.bytes,
				error: hasFailed ? event.error : undefined,
			};
			return itemOfDatagram(row, datagramFallback(state), describe);
		}

		case 'transfer/offered': {
			const {peer, direction, entries} = event;
			const [first] = entries;
			const more = entries.length - 1;
			const text = `${first?.name ?? ''}${more > 0 ? ` +${more}` : ''}`;
			return {
				at,
				kind: 'offered',
				direction,
				...named(state, peer),
				text,
			};
		}

		case 'transfer/finished': {
			const {transfer, outcome} = event;
			const known = state.transfers.get(transfer);
			const facts = known
				? {direction: known.direction, name: known.peerName}
				: {};
			const why = outcome.kind === 'failed' ? describe(outcome.error) : '';
			return {at, kind: outcome.kind, ...facts, text: why};
		}

		default: {
			return undefined;
		}
	}
}
