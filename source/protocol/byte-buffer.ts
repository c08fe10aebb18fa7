/**
 * Bytes that wait for the rest of their frame or line. Grows by doubling with
 * what really came, never with what a header promised, so that tiny pushes cost
 * linear time and an announced length reserves nothing.
 */
export interface ByteBuffer {
	readonly length: number;
	append(bytes: Uint8Array, start: number, end: number): void;
	/** All that was appended, given away; the buffer is empty afterwards. */
	take(): Uint8Array;
}

const firstCapacity = 64;

class GrowingBuffer implements ByteBuffer {
	#storage = new Uint8Array(0);
	#length = 0;

	get length(): number {
		return this.#length;
	}

	append(bytes: Uint8Array, start: number, end: number): void {
		const needed = this.#length + end - start;
		if (needed > this.#storage.length) {
			const grown = new Uint8Array(
				Math.max(needed, firstCapacity, 2 * this.#storage.length),
			);
			grown.set(this.#storage.subarray(0, this.#length));
			this.#storage = grown;
		}

		// One byte at a time is the common adversary; a view for it would cost more than the copy.
		if (end - start === 1) this.#storage[this.#length] = bytes[start]!;
		else this.#storage.set(bytes.subarray(start, end), this.#length);
		this.#length = needed;
	}

	take(): Uint8Array {
		const length = this.#length;
		this.#length = 0;
		// A short copy costs less than a new storage for what comes next.
		if (length <= firstCapacity) return this.#storage.slice(0, length);
		const taken = this.#storage.subarray(0, length);
		this.#storage = new Uint8Array(0);
		return taken;
	}
}

export function createByteBuffer(): ByteBuffer {
	return new GrowingBuffer();
}
