/**
 * Whether bytes are UTF-8 (RFC 3629 §4), without the cost of an exception for
 * each line that is not.
 */

// First bytes by the range that their second byte may have; all later bytes are 0x80 … 0xBF.
const secondFrom = (first: number) =>
	first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
const secondTo = (first: number) =>
	first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
const lengthOf = (first: number) =>
	first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;

/** Whether no byte is beyond 0x7F. */
export function isAscii(bytes: Uint8Array): boolean {
	const {buffer, byteOffset, length} = bytes;
	let at = 0;
	// Four at once where they lie so that it can be done.
	if (byteOffset % 4 === 0) {
		const words = new Int32Array(buffer, byteOffset, length >> 2);
		for (; at < words.length; at++) {
			if ((words[at]! & 0x80808080) !== 0) return false;
		}

		at *= 4;
	}

	for (; at < length; at++) if (bytes[at]! > 0x7f) return false;
	return true;
}

/**
 * 0 where the bytes are valid UTF-8; 1 … 3 where they would be but for that many bytes
 * at the end, which begin a character; undefined where they are not UTF-8.
 */
export function utf8Tail(bytes: Uint8Array): number | undefined {
	const end = bytes.length;
	let at = 0;
	while (at < end) {
		const first = bytes[at]!;
		if (first < 0x80) {
			at++;
			continue;
		}

		const length = lengthOf(first);
		if (length === 0) return undefined;
		for (let index = 1; index < length; index++) {
			if (at + index === end) return index;
			const byte = bytes[at + index]!;
			const from = index === 1 ? secondFrom(first) : 0x80;
			const to = index === 1 ? secondTo(first) : 0xbf;
			if (byte < from || byte > to) return undefined;
		}

		at += length;
	}

	return 0;
}
