/** Bytes of a message as the text that one row shows. */
import {textOf, textPartsOf} from '../../engine/index.js';
import {limits} from '../../limits.js';
import {contentOf, type RowBytes} from './row-bytes.js';
import {markPlace} from './row-parts.js';

export interface ByteText {
	readonly text: string;
	/** Bytes that are not in it: it would be too long for one row. */
	readonly hiddenBytes: number;
}

const isContinuation = (byte: number | undefined) =>
	byte !== undefined && byte >= 0x80 && byte < 0xc0;

/** A beginning of at most `most` bytes that cuts no character of UTF-8. */
function beginning(bytes: Uint8Array, most: number): Uint8Array {
	if (bytes.length <= most) return bytes;
	let end = most;
	while (end > most - 3 && isContinuation(bytes[end])) end--;
	return bytes.subarray(0, end);
}

/** With `splits` each place at which a read ended is a `markPlace`. */
export function byteText(
	content: RowBytes,
	fallback: string | undefined,
	withSplits: boolean,
): ByteText {
	const all = contentOf(content);
	const bytes = beginning(all, limits.rowTextBytes);
	const hiddenBytes = all.length - bytes.length;
	if (!withSplits || content.splits.length === 0) {
		return {text: textOf(bytes, fallback), hiddenBytes};
	}

	const places = content.splits.map(split =>
		Math.min(all.length, Math.max(0, split - content.head)),
	);
	const offsets = [...new Set(places)].filter(place => place <= bytes.length);
	return {
		text: textPartsOf(bytes, offsets, fallback).join(markPlace),
		hiddenBytes,
	};
}
