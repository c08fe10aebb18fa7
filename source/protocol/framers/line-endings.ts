/** Where the next ending of a line is. Looks at bytes only; what an ending means is the framer's. */
import type {LineEnding} from '../framing.js';

/** What a character is made of. */
export interface CodeUnit {
	readonly bytes: 1 | 2 | 4;
	readonly endian: 'big' | 'little';
}

export interface LineText {
	/** UTF-16 and UTF-32 end lines with units of more than a byte; missing: one byte. */
	readonly unit?: CodeUnit;
	/** How many bytes at the end begin a character, and stay for the next piece. */
	readonly incompleteTail?: (bytes: Uint8Array) => number;
}

export interface FoundEnding {
	readonly at: number;
	readonly length: number;
	/** A CR at the end of the bytes, which a LF may follow. */
	readonly isHalf: boolean;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** Beyond so many bytes a search of the system is faster than a loop. */
const shortBytes = 48;

/** The first ending from `start`, of bytes that are whole units up to `end`. */
export function findEnding(
	bytes: Uint8Array,
	start: number,
	end: number,
	ending: LineEnding,
	unit: CodeUnit,
): FoundEnding | undefined {
	const size = unit.bytes;
	const codeAt = (at: number) =>
		size === 1 ? bytes[at]! : wideCode(bytes, at, unit);
	for (let at = start; at < end; at += size) {
		at =
			size === 1
				? narrow(bytes, at, end, ending)
				: wide(bytes, at, end, ending, unit);
		if (at === end) return undefined;
		if (codeAt(at) === lineFeed) return {at, length: size, isHalf: false};
		if (ending === 'cr') return {at, length: size, isHalf: false};
		const next = at + size;
		if (next === end) return {at, length: size, isHalf: true};
		if (codeAt(next) === lineFeed) {
			return {at, length: 2 * size, isHalf: false};
		}

		if (ending === 'any') return {at, length: size, isHalf: false};
	}

	return undefined;
}

/** The first byte that may be an ending; `end` where there is none. In `crlf` it begins with CR. */
function narrow(
	bytes: Uint8Array,
	start: number,
	end: number,
	ending: LineEnding,
): number {
	const stop = Math.min(end, start + shortBytes);
	if (ending === 'any') {
		for (let at = start; at < end; at++) {
			const byte = bytes[at]!;
			if (
				byte <= carriageReturn &&
				(byte === lineFeed || byte === carriageReturn)
			)
				return at;
		}

		return end;
	}

	const wanted = ending === 'lf' ? lineFeed : carriageReturn;
	for (let at = start; at < stop; at++) if (bytes[at] === wanted) return at;
	if (stop === end) return end;
	const found = bytes.indexOf(wanted, stop);
	return found === -1 || found > end ? end : found;
}

function wide(
	bytes: Uint8Array,
	start: number,
	end: number,
	ending: LineEnding,
	unit: CodeUnit,
): number {
	for (let at = start; at < end; at += unit.bytes) {
		const code = wideCode(bytes, at, unit);
		const isEnding =
			ending === 'lf'
				? code === lineFeed
				: code === carriageReturn || (ending === 'any' && code === lineFeed);
		if (isEnding) return at;
	}

	return end;
}

function wideCode(
	bytes: Uint8Array,
	at: number,
	{bytes: size, endian}: CodeUnit,
): number {
	let code = 0;
	for (let index = 0; index < size; index++) {
		const place = endian === 'big' ? index : size - 1 - index;
		code = code * 256 + bytes[at + place]!;
	}

	return code;
}
