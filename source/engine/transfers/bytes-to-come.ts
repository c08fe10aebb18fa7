/** What the room of the receive folder is already promised to. */
import type {EngineState} from '../state.js';

/** Bytes of accepted transfers that are still to be written here. */
export function bytesToCome({
	transfers,
}: Pick<EngineState, 'transfers'>): number {
	let bytes = 0;
	for (const {direction, phase, wantedBytes} of transfers.values()) {
		const isOver = phase.kind === 'finished' || phase.kind === 'offered';
		if (direction === 'out' || isOver) continue;
		bytes += Math.max(0, wantedBytes - phase.movedBytes);
	}

	return bytes;
}
