/**
 * Bytes that wait to be written, copied together into large blocks that are
 * used again and again. A socket gives pieces of 16 KiB: hashing and writing
 * them one by one costs more than this copy, and buffers that are always new
 * cost a page fault for every 4 KiB. It also bounds what many tiny pieces hold.
 */
export interface BlockQueue {
	readonly waitingBytes: number;
	push(bytes: Uint8Array): void;
	/** The oldest block, full or as far as it is; undefined where nothing waits. Give it back with `release`. */
	take(): Uint8Array | undefined;
	/** The block is no longer looked at. */
	release(block: Uint8Array): void;
	clear(): void;
}

const blocksKept = 8;

export function createBlockQueue(blockBytes: number): BlockQueue {
	let full: Uint8Array[] = [];
	let current: Uint8Array | undefined;
	let filled = 0;
	const free: Uint8Array[] = [];

	return {
		get waitingBytes() {
			return full.length * blockBytes + filled;
		},
		push(bytes) {
			for (let start = 0; start < bytes.length;) {
				current ??= free.pop() ?? new Uint8Array(blockBytes);
				const end = Math.min(start + blockBytes - filled, bytes.length);
				current.set(bytes.subarray(start, end), filled);
				filled += end - start;
				start = end;
				if (filled < blockBytes) continue;
				full.push(current);
				current = undefined;
				filled = 0;
			}
		},
		take() {
			const oldest = full.shift();
			if (oldest || !current || filled === 0) return oldest;
			const part = current.subarray(0, filled);
			current = undefined;
			filled = 0;
			return part;
		},
		release(block) {
			if (free.length < blocksKept) free.push(new Uint8Array(block.buffer));
		},
		clear() {
			full = [];
			current = undefined;
			filled = 0;
		},
	};
}
