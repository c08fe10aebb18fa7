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
import {utf8Tail} from './utf8.js';

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
	if (encoding === 'utf-8' && utf8Tail(bytes) === 0) return ofValidUtf8(bytes);
	const codec = codecName(encoding);
	return /^(?:utf|cesu)/.test(codec)
		? streamed(bytes, codec)
		: oneByOne(bytes, codec);
}

/** Nearly all text: how long each character is stands in its number (RFC 3629 §3). */
function ofValidUtf8(bytes: Uint8Array): CodedCharacter[] {
	const characters: CodedCharacter[] = [];
	for (const text of utf8Decoder.decode(bytes)) {
		const code = text.codePointAt(0)!;
		const length =
			code < 0x80 ? 1 : code < 0x8_00 ? 2 : code < 0x1_00_00 ? 3 : 4;
		characters.push({text, bytes: length});
	}

	return characters;
}

const utf8Decoder = new TextDecoder('utf-8', {ignoreBOM: true});

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
			known(bytes.subarray(start, start + 1), codec) ??
			known(bytes.subarray(start, start + 2), codec) ??
			severalBytes(bytes.subarray(start), codec);
		characters.push(next);
		start += next.bytes;
	}

	return characters;
}

/** What one byte or two give, by codec and number: there are few, and a flood has the same ones again. */
const shortOnes = new Map<Codec, Map<number, CodedCharacter | undefined>>();

/** Undefined where more bytes must follow, or have not come. */
function known(bytes: Uint8Array, codec: Codec): CodedCharacter | undefined {
	const [first = 0, second] = bytes;
	const key = second === undefined ? first : 256 + first * 256 + second;
	let ofCodec = shortOnes.get(codec);
	if (!ofCodec) shortOnes.set(codec, (ofCodec = new Map()));
	if (!ofCodec.has(key)) ofCodec.set(key, shortest(bytes, codec));
	return ofCodec.get(key);
}

function shortest(bytes: Uint8Array, codec: Codec): CodedCharacter | undefined {
	const {text, isWhole} = written(bytes, codec);
	if (text === '') return undefined;
	// What is held back begins the next character: it made no sense behind these.
	const own = isWhole ? bytes.length : bytes.length - 1;
	return {text: isWhole ? text : decode(bytes, own, codec), bytes: own};
}

function severalBytes(bytes: Uint8Array, codec: Codec): CodedCharacter {
	for (let length = 3; length <= bytes.length; length++) {
		const found = shortest(bytes.subarray(0, length), codec);
		if (found) return found;
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
