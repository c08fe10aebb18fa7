/** Line feeds as carriage return and line feed, where no carriage return is there already (`-C`). */
const lf = 0x0a;
const cr = 0x0d;

/** A line end may be split over two pieces: the last byte of one is remembered. */
export function createCrlf(): (bytes: Uint8Array) => Uint8Array {
	let last = 0;
	return bytes => {
		if (bytes.length === 0) return bytes;
		let bare = 0;
		for (const [index, byte] of bytes.entries()) {
			const before = index === 0 ? last : bytes[index - 1];
			if (byte === lf && before !== cr) bare++;
		}

		if (bare === 0) {
			last = bytes.at(-1)!;
			return bytes;
		}

		const result = new Uint8Array(bytes.length + bare);
		let at = 0;
		for (const byte of bytes) {
			if (byte === lf && last !== cr) result[at++] = cr;
			result[at++] = byte;
			last = byte;
		}

		return result;
	};
}
