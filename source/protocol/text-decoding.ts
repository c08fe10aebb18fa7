/**
 * Bytes of a raw peer or a datagram to text and back. Decides which encoding
 * bytes are in: UTF-8 where they are valid, else the fallback; a fallback in which
 * ASCII is not ASCII (UTF-16, UTF-32, UTF-7) is taken at its word. Making text safe
 * to show is left to `engine/sanitize.ts`, names to `encoding-names.ts`.
 *
 * Invariants: no byte is swallowed (a byte order mark stays, what has no meaning
 * becomes U+FFFD); what cannot be encoded is an error, never a `?`. The tables of
 * an encoding are loaded when it is first used.
 */
import iconv from 'iconv-lite';
import {SocktermError} from '../errors.js';
import {codecName, normalizeEncoding} from './encoding-names.js';
import type {CodeUnit} from './framers/create-framer.js';
import {utf8Tail} from './utf8.js';

export {normalizeEncoding, offeredEncodings} from './encoding-names.js';

export const defaultFallback = 'gb18030';
const utf8 = 'utf-8';

export interface DecodedText {
	readonly text: string;
	/** `utf-8` or the canonical name of the fallback. */
	readonly encoding: string;
}

/** UTF-8 where it is valid, else the fallback. Throws encodingUnknown {encoding}. */
export function decodeText(
	bytes: Uint8Array,
	fallback: string = defaultFallback,
): DecodedText {
	if (!isStrict(fallback) && utf8Tail(bytes) === 0) {
		return {text: utf8Decoder.decode(bytes), encoding: utf8};
	}

	const encoding = normalizeEncoding(fallback);
	return {text: decodeAs(bytes, encoding), encoding};
}

const strictness = new Map<string, boolean>();

/** Bytes are read in it even where they are valid UTF-8: ASCII is not ASCII there. False for what is no encoding. */
export function isStrict(encoding: string): boolean {
	const known = strictness.get(encoding);
	if (known !== undefined) return known;
	try {
		const name = normalizeEncoding(encoding);
		const strict = decodeAs(printableAscii, name) !== printableAsciiText;
		strictness.set(encoding, strict);
		return strict;
	} catch {
		return false;
	}
}

/** What lines end with in it, where that is more than a byte. Throws encodingUnknown {encoding}. */
export function codeUnitOf(encoding: string): CodeUnit | undefined {
	const [, bits, endian] =
		/^utf-(16|32)(le|be)$/.exec(normalizeEncoding(encoding)) ?? [];
	if (bits === undefined) return undefined;
	return {
		bytes: bits === '16' ? 2 : 4,
		endian: endian === 'le' ? 'little' : 'big',
	};
}

/** Throws encodingUnknown {encoding}, notEncodable {encoding, character} (`U+…` where it cannot be shown). */
export function encodeText(text: string, encoding: string): Uint8Array {
	const name = normalizeEncoding(encoding);
	if (name === utf8) {
		if (!text.isWellFormed()) throw notEncodable(text, name, isWellFormed);
		return utf8Encoder.encode(text);
	}

	const bytes = iconv.encode(text, codecName(name));
	const survives = (part: string) =>
		decodeAs(iconv.encode(part, codecName(name)), name) === part;
	if (decodeAs(bytes, name) !== text) throw notEncodable(text, name, survives);
	// The library's own are windows of a larger memory, all of which would cross to other threads.
	return Uint8Array.from(bytes);
}

/**
 * How many bytes at the end may be the beginning of a character, in UTF-8 or else in the
 * fallback: what to hold back when an unfinished line is shown. Throws encodingUnknown {encoding}.
 */
export function incompleteTailBytes(
	bytes: Uint8Array,
	fallback: string = defaultFallback,
): number {
	const encoding = normalizeEncoding(fallback);
	const unit = codeUnitOf(encoding);
	if (unit) return incompleteUnits(bytes, unit);
	if (isStrict(encoding)) return 0;
	const tail = utf8Tail(bytes);
	if (tail !== undefined) return tail;
	if (encoding === utf8) return 0;
	// The decoder does not tell how many bytes it holds, only that it holds some: the
	// character begins behind the last place where it would hold none.
	for (let held = 0; held < 4 && held <= bytes.length; held++) {
		const decoder = iconv.getDecoder(codecName(encoding));
		decoder.write(bytes.subarray(0, bytes.length - held) as BufferLike);
		if ((decoder.end() ?? '') === '') return held;
	}

	return 0;
}

/** Part of a unit, or of a surrogate pair. */
function incompleteUnits(bytes: Uint8Array, unit: CodeUnit): number {
	const part = bytes.length % unit.bytes;
	const last = bytes.length - part - unit.bytes;
	if (unit.bytes !== 2 || last < 0) return part;
	const high = bytes[unit.endian === 'big' ? last : last + 1]!;
	return high >= 0xd8 && high < 0xdc ? part + 2 : part;
}

/** Whether text is worth showing as text: nothing undecodable, no control characters, nothing unassigned. */
export function looksLikeText(text: string): boolean {
	return !noText.test(text);
}

const noText = /[[\p{Cc}\p{Cn}\p{Co}\p{Cs}\u{FFFD}]--[\t\r\n]]/v;

const utf8Decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
const lossyUtf8Decoder = new TextDecoder('utf-8', {ignoreBOM: true});
const utf8Encoder = new TextEncoder();

const printableAscii = Uint8Array.from({length: 95}, (_, index) => 32 + index);
const printableAsciiText = String.fromCharCode(...printableAscii);

/** The type asks for a Buffer; the code takes any bytes. */
type BufferLike = Parameters<iconv.DecoderStream['write']>[0];

function decodeAs(bytes: Uint8Array, encoding: string): string {
	if (encoding === utf8) return lossyUtf8Decoder.decode(bytes);
	const text = iconv.decode(bytes, codecName(encoding), {stripBOM: false});
	// Of a part of a unit at the end the library says nothing.
	const size = codeUnitOf(encoding)?.bytes ?? 1;
	return bytes.length % size === 0 ? text : `${text}\uFFFD`;
}

function isWellFormed(text: string): boolean {
	return text.isWellFormed();
}

function notEncodable(
	text: string,
	encoding: string,
	survives: (part: string) => boolean,
): SocktermError {
	const lost = Array.from(text).find(part => !survives(part)) ?? '';
	const character = looksLikeText(lost)
		? lost
		: `U+${(lost.codePointAt(0) ?? 0).toString(16).toUpperCase()}`;
	return new SocktermError('notEncodable', {encoding, character});
}
