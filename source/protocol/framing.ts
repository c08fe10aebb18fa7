/** How a stream of bytes is cut into messages, as plain data. What cuts is in `framers/`, what people type in `framing-text.ts`. */

/** `any`: LF, CRLF and CR. */
export type LineEnding = 'any' | 'lf' | 'crlf' | 'cr';

export type Framing =
	/** As they were read. */
	| {readonly kind: 'chunks'}
	| {readonly kind: 'lines'; readonly ending: LineEnding}
	/** 1 to 64 bytes that end a message. */
	| {readonly kind: 'delimiter'; readonly delimiter: readonly number[]}
	/**
	 * A number in front says how long a message is. `offset` bytes stand before the number;
	 * where it `countsItself` it counts those and its own bytes too.
	 */
	| {
			readonly kind: 'length';
			readonly bytes: 1 | 2 | 4 | 8;
			readonly endian: 'big' | 'little';
			readonly signed: boolean;
			readonly countsItself: boolean;
			readonly offset: number;
	  }
	| {readonly kind: 'fixed'; readonly bytes: number}
	/** A message ends where nothing comes for so long. */
	| {readonly kind: 'idle'; readonly gapMs: number};

/** How typed text becomes bytes: what ends or begins it, and the least time between two writes. */
export interface Sending {
	readonly framing: Framing;
	readonly paceMs: number;
}

export const defaultFraming: Framing = {kind: 'lines', ending: 'any'};
export const defaultSending: Sending = {
	framing: {kind: 'lines', ending: 'lf'},
	paceMs: 0,
};

/**
 * How a frame ended. `whole`: as the framing says; `forced`: cut at the limit;
 * `quiet`: nothing more came for a while; `end`: the stream ended; `lost`: bytes
 * that the framing can make nothing of.
 */
export const frameEndings = [
	'whole',
	'forced',
	'quiet',
	'end',
	'lost',
] as const;
export type FrameEnding = (typeof frameEndings)[number];

/**
 * A frame as lengths in bytes: `head` (line feed or length field in front), content,
 * `tail` (what ended it). Frames follow each other without a gap, so lengths say all.
 */
export interface Cut {
	readonly head: number;
	readonly content: number;
	readonly tail: number;
	readonly ending: FrameEnding;
}

/** Cuts as four numbers each (head, content, tail, index of the ending): thousands of them cross the thread boundary. */
export type PackedCuts = Int32Array;

export function packCuts(cuts: readonly Cut[]): PackedCuts {
	const packed = new Int32Array(cuts.length * 4);
	let at = 0;
	for (const {head, content, tail, ending} of cuts) {
		packed[at] = head;
		packed[at + 1] = content;
		packed[at + 2] = tail;
		packed[at + 3] = ending === 'whole' ? 0 : frameEndings.indexOf(ending);
		at += 4;
	}

	return packed;
}

export function unpackCuts(packed: PackedCuts): Cut[] {
	const cuts: Cut[] = [];
	for (let at = 0; at + 3 < packed.length; at += 4) {
		cuts.push({
			head: packed[at]!,
			content: packed[at + 1]!,
			tail: packed[at + 2]!,
			ending: frameEndings[packed[at + 3]!]!,
		});
	}

	return cuts;
}
