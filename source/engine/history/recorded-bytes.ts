/**
 * What the history keeps of the bytes of plain peers and of datagrams. Frames are
 * cut by what the events say, so that each byte stands in one row at most,
 * whatever the framing is or becomes. Of a flood nothing is looked at.
 */
import {unpackCuts} from '../../protocol/framing.js';
import {limits} from '../../limits.js';
import {datagramFallback} from '../datagrams/datagram-view.js';
import type {EngineEvent} from '../events.js';
import type {PeerKey} from '../ids.js';
import {WaitingBytes} from '../keeping/waiting-bytes.js';
import type {EngineState} from '../state.js';
import {cutBytes, cutCount, endedBefore} from '../streams/cut-frames.js';
import {fallbackOf} from '../streams/stream-cutting.js';
import {textOf, textOrHex} from '../text-view.js';
import type {Allowance} from './history-allowance.js';
import {datagramKey, keysOf} from './history-keys.js';
import type {HistoryEntry} from './history-port.js';

type Event<Type extends EngineEvent['type']> = Extract<
	EngineEvent,
	{type: Type}
>;

export interface RecordedBytes {
	/** `order` is that of the event. */
	read(
		event: Event<'stream/received'>,
		state: EngineState,
		order: number,
	): HistoryEntry[];
	written(
		event: Event<'stream/sent'>,
		state: EngineState,
		order: number,
	): HistoryEntry[];
	datagram(
		event: Event<'datagram/received'> | Event<'datagram/sent'>,
		state: EngineState,
		order: number,
	): HistoryEntry[];
	/** What waits now is what the new framing left over. */
	recut(peer: PeerKey, state: EngineState): void;
	ended(peer: PeerKey): void;
}

/** Text that is searched, of bytes. */
const searched = (text: string) => text.slice(0, limits.searchCharacters);

const cut = (bytes: Uint8Array, most: number) =>
	bytes.length > most
		? {bytes: bytes.slice(0, most), wholeBytes: bytes.length}
		: // A copy: what it is a part of may be a whole read.
			{bytes: bytes.slice()};

export function createRecordedBytes(allowance: Allowance): RecordedBytes {
	const waiting = new Map<
		PeerKey,
		{readonly bytes: WaitingBytes; lastOrder: number}
	>();

	const heldOf = (peer: PeerKey) => {
		const held = waiting.get(peer) ?? {bytes: new WaitingBytes(), lastOrder: 0};
		waiting.set(peer, held);
		return held;
	};

	return {
		read({peer, bytes, cuts, at}, state, order) {
			const held = heldOf(peer);
			const older = endedBefore(held.bytes.length, cuts);
			const {lastOrder} = held;
			held.bytes.push(bytes);
			if (bytes.length > 0) held.lastOrder = order;
			const keys = keysOf(state, peer);
			const known = state.peers.get(peer);
			if (!keys || !known || cutCount(cuts) === 0) return [];
			if (!allowance.isOpen(keys[0], at)) {
				const sizeBytes = cutBytes(cuts);
				held.bytes.skip(sizeBytes);
				allowance.leave(keys, cutCount(cuts), sizeBytes);
				return [];
			}

			const encoding = fallbackOf(state, peer);
			const {name, trust = 'PLAIN'} = known;
			return unpackCuts(cuts).flatMap((each, index) => {
				const whole = held.bytes.take(each.head + each.content + each.tail);
				const most = limits.historyRowBytes;
				return allowance.row({
					keys,
					at,
					place:
						index < older
							? {order: lastOrder, part: 1}
							: {order, part: index - older + 1},
					sizeBytes: Math.min(whole.length, most),
					make() {
						const kept = cut(whole, most);
						const {length} = kept.bytes;
						const head = Math.min(each.head, length);
						const tail = length < whole.length ? 0 : each.tail;
						const content = kept.bytes.subarray(head, length - tail);
						const {ending} = each;
						return {
							kept: {
								kind: 'frame',
								name,
								trust,
								...kept,
								head,
								tail,
								ending,
								encoding,
							},
							text: searched(textOf(content, encoding)),
						};
					},
				});
			});
		},

		written({peer, bytes, note, at}, state, order) {
			const keys = keysOf(state, peer);
			const name = state.peers.get(peer)?.name;
			if (!keys || name === undefined) return [];
			const most = limits.historyRowBytes;
			return allowance.row({
				keys,
				at,
				place: {order, part: 0},
				sizeBytes: Math.min(bytes.length, most),
				make() {
					const encoding = fallbackOf(state, peer);
					const kept = cut(bytes, most);
					const said = note === undefined ? {} : {note};
					return {
						kept: {kind: 'written', name, ...kept, encoding, ...said},
						text: searched(textOf(kept.bytes, encoding)),
					};
				},
			});
		},

		datagram(event, state, order) {
			const {bytes, at} = event;
			const most = limits.historyDatagramBytes;
			return allowance.row({
				keys: [datagramKey],
				at,
				place: {order, part: 0},
				sizeBytes: Math.min(bytes.length, most),
				make() {
					const encoding = datagramFallback(state);
					const kept = cut(bytes, most);
					const isIn = event.type === 'datagram/received';
					return {
						kept: {
							kind: 'datagram',
							direction: isIn ? 'in' : 'out',
							address: isIn ? event.from : event.to,
							...kept,
							encoding,
						},
						text: searched(textOrHex(kept.bytes, encoding).text),
					};
				},
			});
		},

		recut(peer, state) {
			const parts = state.streams.get(peer)?.unfinished.parts;
			const {lastOrder} = heldOf(peer);
			waiting.set(peer, {bytes: new WaitingBytes(parts), lastOrder});
		},

		ended(peer) {
			waiting.delete(peer);
		},
	};
}
