/**
 * Bytes that wait to be written, copied together into large blocks that are
 * used again and again. A socket gives pieces of 16 KiB: hashing and writing
 * them one by one costs more than this copy, and buffers that are always new
 * cost a page fault for every 4 KiB. It also bounds what many tiny pieces hold.
 * Each block knows its place in the file, since some of a file may be left out.
 */
export interface QueuedBlock {
	readonly bytes: Uint8Array;
	/** The place of its first byte. */
	readonly position: number;
}

export interface BlockQueue {
	readonly waitingBytes: number;
	push(bytes: Uint8Array): void;
	/** What comes next stands so many bytes further on. */
	skip(countBytes: number): void;
	/** The oldest block, full or as far as it is; undefined where nothing waits. Give it back with `release`. */
	take(): QueuedBlock | undefined;
	/** The block is no longer looked at. */
	release(block: QueuedBlock): void;
	clear(): void;
}

const blocksKept = 8;

export function createBlockQueue(blockBytes: number): BlockQueue {
	let full: QueuedBlock[] = [];
	let current: Uint8Array | undefined;
	let filled = 0;
	let waitingBytes = 0;
	/** Of the next byte that is pushed. */
	let position = 0;
	const free: Uint8Array[] = [];

	const complete = () => {
		if (!current || filled === 0) return;
		full.push({
			bytes: current.subarray(0, filled),
			position: position - filled,
		});
		current = undefined;
		filled = 0;
	};

	return {
		get waitingBytes() {
			return waitingBytes;
		},
		push(bytes) {
			waitingBytes += bytes.length;
			for (let start = 0; start < bytes.length;) {
				current ??= free.pop() ?? new Uint8Array(blockBytes);
				const end = Math.min(start + blockBytes - filled, bytes.length);
				current.set(bytes.subarray(start, end), filled);
				filled += end - start;
				position += end - start;
				start = end;
				if (filled === blockBytes) complete();
			}
		},
		skip(countBytes) {
			complete();
			position += countBytes;
		},
		take() {
			if (full.length === 0) complete();
			const oldest = full.shift();
			waitingBytes -= oldest?.bytes.length ?? 0;
			return oldest;
		},
		release({bytes}) {
			if (free.length < blocksKept) free.push(new Uint8Array(bytes.buffer));
		},
		clear() {
			full = [];
			current = undefined;
			filled = 0;
			waitingBytes = 0;
		},
	};
}
