/** Bytes of a plain peer that no frame has had yet, for whoever cuts them by what events say. */
import {concatBytes} from '../../util/bytes.js';

export class WaitingBytes {
	#parts: Uint8Array[] = [];
	length = 0;

	constructor(parts: readonly Uint8Array[] = []) {
		for (const part of parts) this.push(part);
	}

	push(bytes: Uint8Array): void {
		if (bytes.length > 0) this.#parts.push(bytes);
		this.length += bytes.length;
	}

	take(count: number): Uint8Array {
		return concatBytes(this.#cut(count));
	}

	/** As `take`, for bytes that nobody wants. */
	skip(count: number): void {
		this.#cut(count);
	}

	#cut(count: number): Uint8Array[] {
		const taken: Uint8Array[] = [];
		let missing = Math.min(count, this.length);
		this.length -= missing;
		let used = 0;
		for (const part of this.#parts) {
			if (missing === 0) break;
			taken.push(part.subarray(0, missing));
			if (part.length > missing) {
				this.#parts[used] = part.subarray(missing);
				break;
			}

			missing -= part.length;
			used++;
		}

		this.#parts = this.#parts.slice(used);
		return taken;
	}
}
