/**
 * Bytes that wait to be written, in order, as the pieces in which they came.
 * Large pieces are kept as they are; small ones are copied together, since a
 * peer that sends one byte at a time must not make us hold an array for each.
 */
export interface PieceQueue {
	readonly waitingBytes: number;
	push(bytes: Uint8Array): void;
	/** Takes pieces off the front until they hold `bytes` or more, or are as many as one call takes. */
	take(bytes: number): Uint8Array[];
	clear(): void;
}

const smallBytes = 4096;
const gatherBytes = 65_536;
// The system takes no more pieces in one call (IOV_MAX).
const piecesPerTake = 1024;

export function createPieceQueue(): PieceQueue {
	let pieces: Uint8Array[] = [];
	let waitingBytes = 0;
	// The buffer for small pieces, and the part of it that is the last of `pieces`.
	let gather = new Uint8Array();
	let start = 0;
	let end = 0;
	let isGathering = false;

	const pushSmall = (bytes: Uint8Array) => {
		if (end + bytes.length > gather.length) {
			gather = new Uint8Array(gatherBytes);
			start = 0;
			end = 0;
			isGathering = false;
		}

		if (!isGathering) start = end;
		gather.set(bytes, end);
		end += bytes.length;
		const gathered = gather.subarray(start, end);
		if (isGathering) pieces[pieces.length - 1] = gathered;
		else pieces.push(gathered);
		isGathering = true;
	};

	return {
		get waitingBytes() {
			return waitingBytes;
		},
		push(bytes) {
			waitingBytes += bytes.length;
			if (bytes.length < smallBytes) {
				pushSmall(bytes);
				return;
			}

			pieces.push(bytes);
			isGathering = false;
		},
		take(bytes) {
			let count = 0;
			let taken = 0;
			while (count < pieces.length && count < piecesPerTake && taken < bytes)
				taken += pieces[count++]!.length;
			if (count === pieces.length) isGathering = false;
			waitingBytes -= taken;
			return pieces.splice(0, count);
		},
		clear() {
			pieces = [];
			waitingBytes = 0;
			isGathering = false;
		},
	};
}
