/**
 * Bytes of a raw peer or a datagram to text and back. Decides which encoding
 * bytes are in: UTF-8 where they are valid, else the fallback. Making text safe
 * to show is left to `engine/sanitize.ts`.
 *
 * Invariants: no byte is swallowed (a byte order mark stays, what has no meaning
 * becomes U+FFFD); what cannot be encoded is an error, never a `?`. The tables of
 * an encoding are loaded when it is first used.
 */
import iconv from 'iconv-lite';
import {SocktermError} from '../errors.js';
import {utf8Tail} from './utf8.js';

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
	if (utf8Tail(bytes) === 0) {
		return {text: utf8Decoder.decode(bytes), encoding: utf8};
	}

	const encoding = normalizeEncoding(fallback);
	return {text: decodeAs(bytes, encoding), encoding};
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
	return bytes;
}

/**
 * The canonical lower-case name: `utf-8`, `gb18030`, `gbk` (also for gb2312 and cp936), …
 * Throws encodingUnknown {encoding} for what is no encoding of text in which ASCII stays ASCII
 * (UTF-16, base64): lines could not be cut in it.
 */
export function normalizeEncoding(name: string): string {
	const key = name.toLowerCase().replaceAll(/[^\da-z]/g, '');
	const known = canonicalNames.get(key);
	if (known !== undefined) return known;
	// Only what looks like a name reaches the library, which would load its tables for any question.
	if (key === '' || key.length > 40 || !iconv.encodingExists(key)) {
		throw new SocktermError('encodingUnknown', {encoding: name});
	}

	if (iconv.decode(printableAscii, key) !== printableAsciiText) {
		throw new SocktermError('encodingUnknown', {encoding: name});
	}

	canonicalNames.set(key, key);
	return key;
}

/**
 * How many bytes at the end may be the beginning of a character, in UTF-8 or else in the
 * fallback: what to hold back when an unfinished line is shown. Throws encodingUnknown {encoding}.
 */
export function incompleteTailBytes(
	bytes: Uint8Array,
	fallback: string = defaultFallback,
): number {
	const tail = utf8Tail(bytes);
	if (tail !== undefined) return tail;
	const encoding = normalizeEncoding(fallback);
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

/** Names people use, without punctuation, to the one that is shown; the library's own names are added when asked for. */
const canonicalNames = new Map(
	Object.entries({
		utf8,
		unicode11utf8: utf8,
		gb18030: 'gb18030',
		gbk: 'gbk',
		xgbk: 'gbk',
		cp936: 'gbk',
		ms936: 'gbk',
		windows936: 'gbk',
		gb2312: 'gbk',
		euccn: 'gbk',
		big5: 'big5',
		big5hkscs: 'big5',
		shiftjis: 'shift_jis',
		sjis: 'shift_jis',
		eucjp: 'euc-jp',
		euckr: 'euc-kr',
		ascii: 'us-ascii',
		usascii: 'us-ascii',
		latin1: 'iso-8859-1',
		iso88591: 'iso-8859-1',
		windows1251: 'windows-1251',
		windows1252: 'windows-1252',
		koi8r: 'koi8-r',
	}),
);

type CodecName = Parameters<typeof iconv.decode>[1];
/** The type asks for a Buffer; the code takes any bytes. */
type BufferLike = Parameters<iconv.DecoderStream['write']>[0];

/** The library finds its codecs by name without punctuation. */
function codecName(canonical: string): CodecName {
	return canonical.replaceAll(/[^\da-z]/g, '');
}

function decodeAs(bytes: Uint8Array, encoding: string): string {
	return encoding === utf8
		? lossyUtf8Decoder.decode(bytes)
		: iconv.decode(bytes, codecName(encoding), {stripBOM: false});
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
