/**
 * A framer together with the bytes that are not cut off yet: bytes in, messages
 * out. For whoever wants the messages alone; a conversation keeps its bytes and
 * lives with the cuts. Holds no more than the longest message that a framing has.
 */
import {concatBytes} from '../util/bytes.js';
import {createFramer} from './framers/create-framer.js';
import type {Cut, FrameEnding, Framing} from './framing.js';
import {lineTextOf} from './line-text.js';

export interface ReadMessage {
	/** Without what stands in front of it (a length) and what ended it. */
	readonly content: Uint8Array;
	readonly ending: FrameEnding;
}

export interface MessageReader {
	push(bytes: Uint8Array, atMs: number): ReadMessage[];
	/** After so long a silence call `quiet`; undefined: nothing waits. */
	quietAfterMs(): number | undefined;
	quiet(atMs: number): ReadMessage[];
	/** Nothing more comes. */
	end(): ReadMessage[];
}

/** `fallback`: how bytes that are not UTF-8 are read. Throws encodingUnknown. */
export function createMessageReader(
	framing: Framing,
	fallback: string,
): MessageReader {
	const framer = createFramer(
		framing,
		framing.kind === 'lines' ? lineTextOf(fallback) : undefined,
	);
	let held: Uint8Array[] = [];

	const take = (cuts: readonly Cut[]): ReadMessage[] => {
		if (cuts.length === 0) return [];
		const bytes = concatBytes(held);
		let at = 0;
		const frames = cuts.map(({head, content, tail, ending}) => {
			const start = at + head;
			at = start + content + tail;
			return {content: bytes.subarray(start, start + content), ending};
		});
		held = at < bytes.length ? [bytes.slice(at)] : [];
		return frames;
	};

	return {
		push(bytes, atMs) {
			if (bytes.length > 0) held.push(bytes);
			return take(framer.push(bytes, atMs));
		},
		quietAfterMs: () => framer.quietAfterMs(),
		quiet: atMs => take(framer.quiet(atMs)),
		end: () => take(framer.end()),
	};
}
