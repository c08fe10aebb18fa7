/**
 * Which bytes each character of a text takes: for views that put text beside
 * bytes, and to find a place among bytes in their text. Decides nothing about
 * encodings; `text-decoding.ts` says which one bytes are in.
 *
 * Invariants: the lengths add up to all bytes; every length is at least 1; the
 * texts put together are the decoded text.
 */
import iconv from 'iconv-lite';
import {codecName} from './encoding-names.js';

export interface CodedCharacter {
	/** Usually one character; more where the bytes of one cannot be told from those of the next. */
	readonly text: string;
	readonly bytes: number;
}

type Codec = ReturnType<typeof codecName>;

/** The type asks for a Buffer; the code takes any bytes. */
type Piece = Parameters<iconv.DecoderStream['write']>[0];

/** `encoding` as `decodeText` names it; bytes that mean nothing in it are U+FFFD. */
export function codedCharacters(
	bytes: Uint8Array,
	encoding: string,
): CodedCharacter[] {
	const codec = codecName(encoding);
	return /^(?:utf|cesu)/.test(codec)
		? streamed(bytes, codec)
		: oneByOne(bytes, codec);
}

/** What came before may decide: bytes go in one at a time, and what comes out ends with the last one. */
function streamed(bytes: Uint8Array, codec: Codec): CodedCharacter[] {
	const decoder = iconv.getDecoder(codec, {stripBOM: false});
	const characters: CodedCharacter[] = [];
	let start = 0;
	let held = '';
	for (let end = 1; end <= bytes.length; end++) {
		held += decoder.write(bytes.subarray(end - 1, end) as Piece);
		if (held === '' || isHalf(held)) continue;
		characters.push({text: held, bytes: end - start});
		held = '';
		start = end;
	}

	// One of them says 0 for nothing.
	const rest = held + (decoder.end() || '');
	if (start < bytes.length) {
		characters.push({text: rest, bytes: bytes.length - start});
	} else if (rest !== '') {
		const last = characters.pop()!;
		characters.push({text: last.text + rest, bytes: last.bytes});
	}

	return characters;
}

/** Each character stands for itself: the fewest bytes that give one. */
function oneByOne(bytes: Uint8Array, codec: Codec): CodedCharacter[] {
	const characters: CodedCharacter[] = [];
	for (let start = 0; start < bytes.length;) {
		const next =
			singleByte(bytes[start]!, codec) ??
			severalBytes(bytes.subarray(start), codec);
		characters.push(next);
		start += next.bytes;
	}

	return characters;
}

const singles = new Map<Codec, Map<number, CodedCharacter | undefined>>();

/** Undefined where more bytes must follow. */
function singleByte(byte: number, codec: Codec): CodedCharacter | undefined {
	let known = singles.get(codec);
	if (!known) singles.set(codec, (known = new Map()));
	if (!known.has(byte)) {
		const {text} = written(Uint8Array.of(byte), codec);
		known.set(byte, text === '' ? undefined : {text, bytes: 1});
	}

	return known.get(byte);
}

function severalBytes(bytes: Uint8Array, codec: Codec): CodedCharacter {
	for (let length = 2; length <= bytes.length; length++) {
		const {text, isWhole} = written(bytes.subarray(0, length), codec);
		if (text === '') continue;
		// What is held back begins the next character: it made no sense behind these.
		const own = isWhole ? length : length - 1;
		return {text: isWhole ? text : decode(bytes, own, codec), bytes: own};
	}

	return {text: decode(bytes, bytes.length, codec), bytes: bytes.length};
}

function written(bytes: Uint8Array, codec: Codec) {
	const decoder = iconv.getDecoder(codec, {stripBOM: false});
	const text = decoder.write(bytes as Piece);
	return {text, isWhole: !decoder.end()};
}

const decode = (bytes: Uint8Array, length: number, codec: Codec): string =>
	iconv.decode(bytes.subarray(0, length), codec, {stripBOM: false});

/** The first half of a surrogate pair, alone. */
const isHalf = (text: string) => /^[\uD800-\uDBFF]$/.test(text);
