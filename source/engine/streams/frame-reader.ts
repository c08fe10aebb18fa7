/**
 * The messages in the events of raw conversations, for whoever follows events and
 * keeps no state of its own. Holds the bytes of what is unfinished, as the state does.
 */
import type {FrameEnding, EngineEvent} from '../events.js';
import type {PeerKey, SafeText} from '../ids.js';
import type {EngineState} from '../state.js';
import {createLog} from '../../util/log.js';
import {framesOf, type Position} from './cut-frames.js';
import {advance, fallbackOf, nothingUnfinished} from './stream-cutting.js';
import type {Piece} from './stream-state.js';
import {looksLikeText, decodeText} from '../../protocol/text-decoding.js';
import {toSafeText} from '../sanitize.js';

export interface SaidFrame {
	readonly peer: PeerKey;
	/** What was said: without head and tail. */
	readonly content: Uint8Array;
	readonly text: SafeText;
	/** False where it holds what is no text: control characters, undecodable bytes. */
	readonly isText: boolean;
	readonly ending: FrameEnding;
}

export interface FrameReader {
	/** What an event completes; `state` is that behind it, or a little later. */
	read(event: EngineEvent, state: EngineState): readonly SaidFrame[];
}

const start: Position = {
	unfinished: nothingUnfinished,
	reads: 0,
	receivedBytes: 0,
};
const noPieces = createLog<Piece>({maxItems: 0});

export function createFrameReader(): FrameReader {
	const positions = new Map<PeerKey, Position>();
	return {
		read(event, state) {
			switch (event.type) {
				case 'stream/received': {
					const {peer, at, bytes, cuts, unfinishedOf} = event;
					const before = positions.get(peer) ?? start;
					const read = {at, order: 0, bytes, cuts, unfinishedOf};
					const after = advance(before, read, noPieces);
					if (after.unfinished.bytes > 0) positions.set(peer, after);
					else positions.delete(peer);
					const fallback = fallbackOf(state, peer);
					const frames = framesOf(before, read, noPieces);
					return Array.from({length: frames.length}, (_, index) => {
						const frame = frames.at(index);
						const end = frame.bytes.length - frame.tail;
						const content = frame.bytes.subarray(frame.head, end);
						const {text} = decodeText(content, fallback);
						return {
							peer,
							content,
							text: toSafeText(text),
							isText: looksLikeText(text),
							ending: frame.ending,
						};
					});
				}

				// All was cut again: what is unfinished is another part of it.
				case 'stream/framingChanged':
				case 'peer/encodingChanged': {
					const stream = state.streams.get(event.peer);
					if (stream) positions.set(event.peer, stream);
					break;
				}

				case 'peer/connected':
				case 'peer/left':
				case 'peer/waiting':
				case 'peer/forgotten': {
					positions.delete(event.peer);
					break;
				}

				default: {
					break;
				}
			}

			return [];
		},
	};
}
