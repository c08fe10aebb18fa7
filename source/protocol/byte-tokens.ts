/**
 * Tokens in what people type as bytes: `$crc16/modbus`, `$len:u16be+2`, `${seq}`.
 * Decides where a token ends and what it means; what becomes of it is left to
 * `byte-rendering.ts`. Pure. A token that nobody knows is an error that names
 * those that exist.
 */
import {SocktermError} from '../errors.js';
import {checksums, type Checksum, type Endian} from './checksums.js';

export interface NumberFormat {
	readonly bytes: 1 | 2 | 4 | 8;
	readonly endian: Endian;
}

export type Token =
	/** Over all bytes before it. */
	| {
			readonly kind: 'checksum';
			readonly checksum: Checksum;
			readonly endian: Endian;
	  }
	/** How many bytes follow it, and `plus` more. */
	| {
			readonly kind: 'length';
			readonly format: NumberFormat;
			readonly plus: number;
	  }
	| {readonly kind: 'sequence'; readonly format: NumberFormat | 'text'}
	/** In 8 bytes milliseconds since 1970, in 4 seconds; as text the ISO time. */
	| {readonly kind: 'time'; readonly format: NumberFormat | 'text'};

const numbers: ReadonlyMap<string, NumberFormat> = new Map([
	['u8', {bytes: 1, endian: 'big'}],
	['u16be', {bytes: 2, endian: 'big'}],
	['u16le', {bytes: 2, endian: 'little'}],
	['u32be', {bytes: 4, endian: 'big'}],
	['u32le', {bytes: 4, endian: 'little'}],
	['u64be', {bytes: 8, endian: 'big'}],
	['u64le', {bytes: 8, endian: 'little'}],
]);

const endians: ReadonlyMap<string, Endian> = new Map([
	['be', 'big'],
	['le', 'little'],
]);

const widths = [...numbers.keys()];
const timeFormats = ['text', 'u32be', 'u32le', 'u64be', 'u64le'];
const formatsOf: Readonly<Record<string, readonly string[]>> = {
	len: widths,
	seq: ['text', ...widths],
	ts: timeFormats,
};

/** A length has no usual width: it must be said. */
const usualFormats: Readonly<
	Record<'escapes' | 'hex', Readonly<Record<string, string>>>
> = {
	escapes: {seq: 'text', ts: 'text'},
	hex: {seq: 'u8', ts: 'u32be'},
};

/** All tokens as they are typed, for completion and for the sentence about one that is none. */
export const tokenNames: readonly string[] = [
	...checksums.keys(),
	...Object.keys(formatsOf),
].map(name => `$${name}`);

/** A slash belongs to the name of a CRC only: `$seq/10` is a token and a text. */
const nameShape = /crc\d+[a-z]*\/[a-z\d-]+|[a-z][a-z\d]*/iy;
const formatShape = /:([a-z\d]+)/iy;
const plusShape = /\+(\d{1,9})/y;

function take(shape: RegExp, text: string, at: number) {
	shape.lastIndex = at;
	return shape.exec(text);
}

/** Whether a token begins here: a dollar with a letter or a brace behind it. */
export const isTokenStart = (line: string, at: number): boolean =>
	line[at] === '$' && /^[a-z{]/i.test(line[at + 1] ?? '');

/**
 * The token at `at`, and where it ends. Braces keep it apart from what follows: `${seq}01`.
 * Throws unknownToken, unknownTokenFormat, each with its position.
 */
export function readToken(
	line: string,
	at: number,
	notation: 'escapes' | 'hex',
): {readonly token: Token; readonly end: number} {
	const isBraced = line[at + 1] === '{';
	const start = at + (isBraced ? 2 : 1);
	const close = isBraced ? line.indexOf('}', start) : line.length;
	const text = line.slice(0, close === -1 ? line.length : close);
	const name = take(nameShape, text, start)?.[0] ?? '';
	const format = take(formatShape, text, start + name.length);
	const key = name.toLowerCase();
	let end = start + name.length + (format?.[0].length ?? 0);
	const plus = key === 'len' ? take(plusShape, text, end) : null;
	end += plus?.[0].length ?? 0;
	if (isBraced && end !== close) {
		throw unknownToken(
			at,
			line.slice(at, close === -1 ? undefined : close + 1),
		);
	}

	const token = tokenOf({
		at,
		name: key,
		format: format?.[1]?.toLowerCase(),
		plus: Number(plus?.[1] ?? 0),
		notation,
	});
	return {token, end: isBraced ? end + 1 : end};
}

function tokenOf(asked: {
	readonly at: number;
	readonly name: string;
	readonly format: string | undefined;
	readonly plus: number;
	readonly notation: 'escapes' | 'hex';
}): Token {
	const {at, name, format, plus, notation} = asked;
	const checksum = checksums.get(name);
	if (checksum) {
		const endian = format === undefined ? checksum.endian : endians.get(format);
		if (!endian) throw unknownFormat(at, name, ['be', 'le']);
		return {kind: 'checksum', checksum, endian};
	}

	const formats = formatsOf[name];
	if (!formats) throw unknownToken(at, `$${name}`);
	const wanted = format ?? usualFormats[notation][name] ?? '';
	if (!formats.includes(wanted)) throw unknownFormat(at, name, formats);
	const number = numbers.get(wanted);
	if (name !== 'len') {
		return {
			kind: name === 'seq' ? 'sequence' : 'time',
			format: number ?? 'text',
		};
	}

	return {kind: 'length', format: number!, plus};
}

function unknownToken(position: number, token: string): SocktermError {
	return new SocktermError('unknownToken', {
		position,
		token,
		known: tokenNames.join(' '),
	});
}

function unknownFormat(
	position: number,
	name: string,
	formats: readonly string[],
): SocktermError {
	return new SocktermError('unknownTokenFormat', {
		position,
		token: `$${name}`,
		formats: formats.map(format => `:${format}`).join(' '),
	});
}
