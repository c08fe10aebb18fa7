const digitCodes = Array.from({length: 16}, (_, digit) =>
	'0123456789abcdef'.charCodeAt(digit),
);
// So many characters are made in one call.
const longestAtOnce = 64;

/** Lower-case hex, two digits a byte, with `separator` between bytes. */
export function toHex(bytes: Uint8Array, separator = ''): string {
	// A string that is put together piece by piece keeps its pieces: a KiB for one digest.
	if (bytes.length <= longestAtOnce) return flatHex(bytes, separator);
	const parts: string[] = [];
	for (let at = 0; at < bytes.length; at += longestAtOnce)
		parts.push(flatHex(bytes.subarray(at, at + longestAtOnce), separator));
	return parts.join(separator);
}

function flatHex(bytes: Uint8Array, separator: string): string {
	const codes: number[] = [];
	for (let index = 0; index < bytes.length; index++) {
		const byte = bytes[index]!;
		if (index > 0)
			for (let at = 0; at < separator.length; at++)
				codes.push(separator.charCodeAt(at));
		codes.push(digitCodes[byte >> 4]!, digitCodes[byte & 15]!);
	}

	return String.fromCharCode(...codes);
}

/** Bytes of a string of hex digits, or undefined where it is none. */
export function fromHex(text: string): Uint8Array | undefined {
	if (text.length % 2 !== 0 || !/^[\da-f]*$/i.test(text)) return undefined;
	return Uint8Array.from({length: text.length / 2}, (_, index) =>
		Number.parseInt(text.slice(index * 2, index * 2 + 2), 16),
	);
}

/** One array with the parts one behind the other; a single part is returned as it is. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
	if (parts.length === 1) return parts[0]!;
	let length = 0;
	for (const part of parts) length += part.length;
	const whole = new Uint8Array(length);
	let offset = 0;
	for (const part of parts) {
		whole.set(part, offset);
		offset += part.length;
	}

	return whole;
}

/**
 * Frees the memory of bytes that nobody looks at any more, at once. Left to the
 * garbage collector, every 64 MiB read from a socket cost a full collection.
 */
export function releaseBytes(bytes: Uint8Array): void {
	const {buffer} = bytes;
	const isAlone = buffer.byteLength === bytes.byteLength;
	if (isAlone && buffer instanceof ArrayBuffer) buffer.transfer(0);
}

export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
	return (
		left.length === right.length &&
		left.every((byte, index) => byte === right[index])
	);
}

/** As `equalBytes`, in a time that tells nothing about where they differ. */
export function equalBytesSecretly(
	left: Uint8Array,
	right: Uint8Array,
): boolean {
	if (left.length !== right.length) return false;
	let difference = 0;
	for (let index = 0; index < left.length; index++) {
		difference |= left[index]! ^ right[index]!;
	}

	return difference === 0;
}

// z-base-32 (Zooko O'Whielacronx, 2002): an alphabet without look-alikes.
const zBase32 = 'ybndrfg8ejkmcpqxot1uwisza345h769';

/** z-base-32 without padding: 5 bits a character, most significant bit first. */
export function toZBase32(bytes: Uint8Array): string {
	let text = '';
	let buffer = 0;
	let bits = 0;
	for (const byte of bytes) {
		buffer = (buffer << 8) | byte;
		bits += 8;
		while (bits >= 5) {
			bits -= 5;
			text += zBase32[(buffer >> bits) & 31]!;
		}

		buffer &= (1 << bits) - 1;
	}

	return bits > 0 ? text + zBase32[(buffer << (5 - bits)) & 31]! : text;
}

const encoder = new TextEncoder();

/** How many bytes a text has in UTF-8. */
export function utf8Bytes(text: string): number {
	// Encoding only to count costs more than looking: names are short and mostly ASCII.
	for (let at = 0; at < text.length; at++) {
		if (text.charCodeAt(at) > 0x7f) return encoder.encode(text).length;
	}

	return text.length;
}
