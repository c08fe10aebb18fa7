/** Which reads some bytes of a stream came in, as far as those reads are held. */
import type {Log} from '../../util/log.js';
import type {Piece, Stream} from './stream-state.js';

/** Where among the bytes received the cutting is. */
export type Position = Pick<Stream, 'unfinished' | 'reads' | 'receivedBytes'>;

const mostSplits = 1_000;

/** Index of the newest piece that a position stands behind. */
function newestPiece(pieces: Log<Piece>, {unfinished}: Position): number {
	let low = 0;
	let high = pieces.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (pieces.at(middle)!.order <= unfinished.lastOrder) low = middle + 1;
		else high = middle;
	}

	return low - 1;
}

/** The number of the read with the byte at `offset`, which a position stands behind. */
export function readAt(
	pieces: Log<Piece>,
	before: Position,
	offset: number,
): number {
	const {unfinished, receivedBytes} = before;
	if (offset === receivedBytes - unfinished.bytes) return unfinished.firstRead;
	for (let index = newestPiece(pieces, before); index >= 0; index--) {
		const piece = pieces.at(index)!;
		if (piece.direction === 'in' && piece.offset <= offset) return piece.number;
	}

	return unfinished.firstRead;
}

/** Places in a frame at which a read ended, of the newest reads. */
export function splitsOf(
	pieces: Log<Piece>,
	before: Position,
	start: number,
	end: number,
): number[] {
	const {receivedBytes} = before;
	const splits = receivedBytes < end ? [receivedBytes - start] : [];
	let index = newestPiece(pieces, before);
	for (; index >= 0 && splits.length < mostSplits; index--) {
		const {direction, offset} = pieces.at(index)!;
		if (direction === 'out') continue;
		if (offset <= start) break;
		if (offset < end) splits.push(offset - start);
	}

	return splits.toReversed();
}
