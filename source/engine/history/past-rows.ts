/** Rows as they were kept, made rows that can be shown: their peers are those of now, where they are here. */
import {isPeerKey} from '../ids.js';
import type {ConversationKey, MessageId, PeerKey} from '../ids.js';
import {toSafeText} from '../sanitize.js';
import type {Delivery, EngineState, Row} from '../state.js';
import type {PastFate, PastRow} from './history-events.js';
import {historyKeyOf, isPeerHistoryKey, roomOfKey} from './history-keys.js';
import type {HistoryKey, HistoryRow, Kept, KeptSent} from './history-port.js';

type PeerOf = (key: HistoryKey) => PeerKey;

/**
 * Of those that are here; others have a key that nobody else has. A conversation's own is known:
 * of ten thousand that come, none has all the others looked at.
 */
function peersByKey(
	{peers}: EngineState,
	conversation: ConversationKey,
): PeerOf {
	const peer = isPeerKey(conversation) ? peers.get(conversation) : undefined;
	const own = peer && historyKeyOf(peer);
	let byKey: Map<HistoryKey, PeerKey> | undefined;
	const others = () => {
		const found = new Map<HistoryKey, PeerKey>();
		for (const each of peers.values()) {
			const key = historyKeyOf(each);
			if (key !== undefined) found.set(key, each.key);
		}

		return found;
	};

	return key => {
		if (peer && key === own) return peer.key;
		byKey ??= others();
		return byKey.get(key) ?? (`past:${key}` as PeerKey);
	};
}

// Where they stood among others of their run is of no use any more.
const order = -1;

const authorKey = (kept: Kept): HistoryKey | undefined =>
	kept.kind === 'received' && kept.author !== undefined
		? `peer:${kept.author}`
		: undefined;

/** What was still on its way when the program ended is not known to have come; a room brings it later. */
const fateOf = (
	{receivers, delivered, failed}: KeptSent,
	inRoom: boolean,
): Delivery => ({
	pending: 0,
	delivered,
	failed: inRoom ? 0 : receivers - delivered || failed,
});

/** Of messages whose rows are in memory: what a room restored knows nothing of it. */
export const toPastFates = (again: readonly KeptSent[]): PastFate[] =>
	again.map(kept => ({
		message: kept.message as MessageId,
		fate: fateOf(kept, roomOfKey(kept.to) !== undefined),
	}));

function rowOf({at, key, kept}: HistoryRow, peerOf: PeerOf): Row | undefined {
	const room = roomOfKey(key);
	const peer = peerOf(authorKey(kept) ?? key);
	switch (kept.kind) {
		case 'frame': {
			const {name, trust, bytes, head, tail, ending, encoding} = kept;
			return {
				kind: 'frame',
				at,
				order,
				peer,
				name: toSafeText(name),
				trust,
				bytes,
				head,
				tail,
				ending,
				offset: 0,
				reads: {first: 1, last: 1, index: 1, count: 1, splits: []},
				past: {encoding, ...wholeBytesOf(kept)},
			};
		}

		case 'written': {
			const {bytes, note, encoding} = kept;
			return {
				kind: 'written',
				at,
				order,
				peer,
				bytes,
				offset: 0,
				note: note === undefined ? undefined : toSafeText(note),
				past: {encoding, ...wholeBytesOf(kept)},
			};
		}

		case 'received': {
			const {name, trust, text, unfinished = false, by} = kept;
			return {
				kind: 'received',
				at,
				order,
				peer,
				name: toSafeText(name),
				trust,
				text: toSafeText(text),
				unfinished,
				...(room === undefined ? {} : {room}),
				...(by === undefined ? {} : {by: toSafeText(by)}),
			};
		}

		case 'sent': {
			const {to, toName, text, message} = kept;
			return {
				kind: 'sent',
				at,
				order,
				bytes: undefined,
				to: to === 'all' ? 'all' : (room ?? peerOf(to)),
				toName: toName === undefined ? undefined : toSafeText(toName),
				message: message as MessageId,
				text: toSafeText(text),
				fate: fateOf(kept, room !== undefined),
			};
		}

		case 'room': {
			const {what, name, text, count} = kept;
			if (room === undefined) return undefined;
			return {
				kind: 'room',
				what,
				at,
				order,
				room,
				name: toSafeText(name),
				...(text === undefined ? {} : {text: toSafeText(text)}),
				...(count === undefined ? {} : {count}),
			};
		}

		case 'joined': {
			const {name, trust, address} = kept;
			return {
				kind: 'joined',
				at,
				order,
				peer,
				name: toSafeText(name),
				trust,
				address,
			};
		}

		case 'left': {
			const {name, error, retrying} = kept;
			return {
				kind: 'left',
				at,
				order,
				peer,
				name: toSafeText(name),
				error,
				retrying,
			};
		}

		case 'problem': {
			return {kind: 'problem', at, order, error: kept.error};
		}

		case 'note': {
			return {kind: 'note', at, order, text: toSafeText(kept.text)};
		}

		case 'trust': {
			return {...kept, at, order, peer, name: toSafeText(kept.name)};
		}

		case 'transfer': {
			const {kind: _transfer, ...transfer} = kept;
			const title = toSafeText(kept.title);
			const name = toSafeText(kept.name);
			const isConfirmed = isPeerHistoryKey(key);
			return {kind: 'moved', at, order, ...transfer, title, name, isConfirmed};
		}

		case 'unkept': {
			return {...kept, at, order};
		}

		case 'datagram': {
			// Datagrams have a pane of their own.
			return undefined;
		}
	}
}

const wholeBytesOf = ({wholeBytes}: {readonly wholeBytes?: number}) =>
	wholeBytes === undefined ? {} : {wholeBytes};

/** `conversation`: in which they are shown. */
export function toPastRows(
	rows: readonly HistoryRow[],
	conversation: ConversationKey,
	state: EngineState,
): PastRow[] {
	const peerOf = peersByKey(state, conversation);
	return rows.flatMap(each => {
		const row = rowOf(each, peerOf);
		const {id, run, isThisRun, once} = each;
		const named = once === undefined ? {} : {once};
		return row ? [{id, run, isThisRun, row, ...named}] : [];
	});
}
