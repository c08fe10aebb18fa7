/**
 * Where a message ends in the bytes of a raw connection. Decides only the cuts;
 * characters are left to `text-decoding.ts`, times and rows to the engine.
 *
 * Invariants: any split of the same bytes gives the same frames; time is linear
 * in the bytes; at most one unfinished message is held, never more than the
 * limit. Frames own their bytes.
 */
import {createByteBuffer} from './byte-buffer.js';
import {utf8Tail} from './utf8.js';

export interface RawFrame {
	/** Without the line ending. */
	readonly bytes: Uint8Array;
	/** `line`: its end came; `forced`: cut at the limit; `flushed`: taken unfinished. */
	readonly ending: 'line' | 'forced' | 'flushed';
}

export interface StreamFraming {
	/** The messages that these bytes complete, in order. */
	push(bytes: Uint8Array): RawFrame[];
	/** Bytes held of an unfinished message. */
	pendingBytes(): number;
	/**
	 * The unfinished message so far; undefined where nothing is left. `keep` says how many
	 * bytes at its end stay, because they begin a character that is not whole yet.
	 */
	flush(keep?: (bytes: Uint8Array) => number): RawFrame | undefined;
}

export interface LineFramingOptions {
	readonly maxLineBytes: number;
	/** How many bytes at the end of a line that must be cut begin a character, and stay for the next piece. */
	readonly incompleteTail?: (bytes: Uint8Array) => number;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const emptyLine: RawFrame = {bytes: new Uint8Array(0), ending: 'line'};

/**
 * LF, CRLF and CR end a line; an empty line is a frame of 0 bytes. An ending directly
 * after a flushed piece ends that piece and makes no frame of its own.
 */
export function createLineFraming({
	maxLineBytes,
	incompleteTail = bytes => utf8Tail(bytes) ?? 0,
}: LineFramingOptions): StreamFraming {
	const held = createByteBuffer();
	let afterCarriageReturn = false;
	let afterFlush = false;

	const cutByForce = (frames: RawFrame[]) => {
		const whole = held.take();
		const tail = incompleteTail(whole);
		const cut = tail < whole.length ? whole.length - tail : whole.length;
		held.append(whole, cut, whole.length);
		frames.push({bytes: whole.subarray(0, cut), ending: 'forced'});
	};

	/** Holds what stands between two endings, as far as the limit allows. */
	const hold = (
		bytes: Uint8Array,
		start: number,
		end: number,
		frames: RawFrame[],
	) => {
		for (let at = start; at < end;) {
			if (held.length === maxLineBytes) cutByForce(frames);
			const next = Math.min(end, at + maxLineBytes - held.length);
			held.append(bytes, at, next);
			at = next;
		}

		if (start < end) afterFlush = false;
	};

	const endLine = (frames: RawFrame[]) => {
		if (held.length > 0) frames.push({bytes: held.take(), ending: 'line'});
		else if (!afterFlush) frames.push(emptyLine);
		afterFlush = false;
	};

	return {
		push(bytes) {
			const frames: RawFrame[] = [];
			let lineStart = 0;
			for (let at = 0; at < bytes.length; at++) {
				const byte = bytes[at]!;
				if (byte !== lineFeed && byte !== carriageReturn) {
					afterCarriageReturn = false;
					continue;
				}

				const isSecondHalf = byte === lineFeed && afterCarriageReturn;
				afterCarriageReturn = byte === carriageReturn;
				if (!isSecondHalf) {
					const fits = held.length === 0 && at - lineStart <= maxLineBytes;
					if (fits && at > lineStart) {
						frames.push({bytes: bytes.slice(lineStart, at), ending: 'line'});
						afterFlush = false;
					} else {
						hold(bytes, lineStart, at, frames);
						endLine(frames);
					}
				}

				lineStart = at + 1;
			}

			hold(bytes, lineStart, bytes.length, frames);
			return frames;
		},
		pendingBytes: () => held.length,
		flush(keep) {
			if (held.length === 0) return undefined;
			const whole = held.take();
			const cut = whole.length - (keep?.(whole) ?? 0);
			held.append(whole, cut, whole.length);
			if (cut === 0) return undefined;
			afterFlush = true;
			return {bytes: whole.subarray(0, cut), ending: 'flushed'};
		},
	};
}
