/**
 * What the log tells of events. Decides which are worth a line and cuts received
 * bytes into the frames that the events name; how a line looks is left to
 * `export/`.
 *
 * Invariant: every byte of a raw peer stands in the log once, whatever its
 * framing is or becomes.
 */
import {unpackCuts} from '../../protocol/framing.js';
import type {EngineEvent} from '../events.js';
import type {Describe, KeptItem} from './export/kept-item.js';
import type {PeerKey} from '../ids.js';
import {happening, named} from './log-happenings.js';
import type {EngineState} from '../state.js';
import {fallbackOf} from '../streams/stream-cutting.js';
import {textOf} from '../text-view.js';
import {WaitingBytes} from './waiting-bytes.js';

export interface LogItems {
	/** The lines of an event; `state` is one after it. */
	of(event: EngineEvent, state: EngineState): readonly KeptItem[];
}

export function createLogItems(
	begin: EngineState,
	describe: Describe,
): LogItems {
	const waiting = new Map<PeerKey, WaitingBytes>();
	for (const peer of begin.peers.values()) {
		const {parts = []} = begin.streams.get(peer.key)?.unfinished ?? {};
		if (parts.length > 0) waiting.set(peer.key, new WaitingBytes(parts));
	}

	let dropped = begin.datagrams.droppedByUs;

	const waitingOf = (peer: PeerKey) => {
		const held = waiting.get(peer) ?? new WaitingBytes();
		waiting.set(peer, held);
		return held;
	};

	return {
		of(event, state) {
			const {at} = event;
			const said = (
				peer: PeerKey,
				direction: 'in' | 'out',
				bytes: Uint8Array,
			): KeptItem => ({
				at,
				kind: direction === 'in' ? 'frame' : 'written',
				direction,
				...named(state, peer),
				text: textOf(bytes, fallbackOf(state, peer)),
			});

			/** What waits comes out as it is: no event will name it any more. */
			const rest = (peer: PeerKey, kept = 0): KeptItem[] => {
				const held = waitingOf(peer);
				const bytes = held.take(held.length - kept);
				if (held.length === 0) waiting.delete(peer);
				return bytes.length > 0 ? [said(peer, 'in', bytes)] : [];
			};

			const told = happening(event, state, describe);
			const others = told ? [told] : [];
			switch (event.type) {
				case 'peer/connected':
				case 'peer/waiting':
				case 'peer/left': {
					return [...rest(event.peer), ...others];
				}

				case 'stream/received': {
					const held = waitingOf(event.peer);
					held.push(event.bytes);
					const items = unpackCuts(event.cuts).map(cut => {
						const bytes = held.take(cut.head + cut.content + cut.tail);
						const end = bytes.length - cut.tail;
						return said(event.peer, 'in', bytes.subarray(cut.head, end));
					});
					if (held.length === 0) waiting.delete(event.peer);
					return items;
				}

				case 'stream/sent': {
					const {peer, bytes, message} = event;
					// With a message it is what became of a line that stands here already.
					return message === undefined ? [said(peer, 'out', bytes)] : [];
				}

				case 'stream/framingChanged': {
					// All that is held was cut again: what waits now is what the new framing left over.
					const {bytes = 0} = state.streams.get(event.peer)?.unfinished ?? {};
					return rest(event.peer, bytes);
				}

				case 'datagram/counted': {
					const more = event.droppedByUs - dropped;
					dropped = event.droppedByUs;
					return more > 0 ? [{at, kind: 'unseen', text: String(more)}] : [];
				}

				default: {
					return others;
				}
			}
		},
	};
}
