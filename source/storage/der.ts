/**
 * Writes DER (ITU-T X.690): just the types that a certificate needs. Every
 * function gives one complete tag-length-value; nothing is parsed here.
 */
import {concatBytes} from '../util/bytes.js';

/**
 *   tag (1) | length (1, or 0x80+n followed by n bytes, big-endian) | content
 */
export function tagged(
	tag: number,
	...content: readonly Uint8Array[]
): Uint8Array {
	const bytes = concatBytes(content);
	const lengthBytes: number[] = [];
	for (let rest = bytes.length; rest > 0; rest >>>= 8)
		lengthBytes.unshift(rest & 0xff);
	const header =
		bytes.length < 0x80
			? [tag, bytes.length]
			: [tag, 0x80 | lengthBytes.length, ...lengthBytes];
	return concatBytes([Uint8Array.from(header), bytes]);
}

export const sequence = (...parts: readonly Uint8Array[]) =>
	tagged(0x30, ...parts);

export const set = (...parts: readonly Uint8Array[]) => tagged(0x31, ...parts);

/** A context-specific, constructed element `[number]`. */
export const explicit = (number: number, ...parts: readonly Uint8Array[]) =>
	tagged(0xa0 | number, ...parts);

export const boolean = (value: boolean) =>
	tagged(0x01, Uint8Array.of(value ? 0xff : 0));

/** A non-negative integer of big-endian bytes, in the shortest form. */
export function integer(bigEndian: Uint8Array): Uint8Array {
	let start = 0;
	while (start < bigEndian.length - 1 && bigEndian[start] === 0) start++;
	const digits = bigEndian.subarray(start);
	return (digits[0] ?? 0) < 0x80 && digits.length > 0
		? tagged(0x02, digits)
		: tagged(0x02, Uint8Array.of(0), digits);
}

/** Bits with `unused` of the last byte not counting. */
export const bitString = (bytes: Uint8Array, unused = 0) =>
	tagged(0x03, Uint8Array.of(unused), bytes);

export const octetString = (bytes: Uint8Array) => tagged(0x04, bytes);

export const utf8String = (text: string) =>
	tagged(0x0c, new TextEncoder().encode(text));

/** `YYMMDDhhmmssZ`, for years up to 2049. */
export const utcTime = (text: string) =>
	tagged(0x17, new TextEncoder().encode(text));

/** `YYYYMMDDhhmmssZ`. */
export const generalizedTime = (text: string) =>
	tagged(0x18, new TextEncoder().encode(text));

/** An object identifier: the first two arcs share a byte, the others are base 128. */
export function objectId(...arcs: readonly number[]): Uint8Array {
	const [first = 0, second = 0, ...others] = arcs;
	const bytes = [first * 40 + second];
	for (const arc of others) {
		const digits = [arc & 0x7f];
		for (let rest = arc >>> 7; rest > 0; rest >>>= 7)
			digits.unshift(0x80 | (rest & 0x7f));
		bytes.push(...digits);
	}

	return tagged(0x06, Uint8Array.from(bytes));
}
