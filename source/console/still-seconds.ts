import type {Transfer, TransferId} from '../engine/index.js';

interface Seen {
	readonly movedBytes: number;
	readonly at: number;
}

const remembered = 256;
const lastMoved = new Map<TransferId, Seen>();

/** For how long a transfer has not moved, in whole seconds. `now` in ms since 1970. */
export function stillSeconds(transfer: Transfer, now: number): number {
	const {id, phase} = transfer;
	if (phase.kind !== 'active') {
		lastMoved.delete(id);
		return 0;
	}

	const seen = lastMoved.get(id);
	if (seen?.movedBytes !== phase.movedBytes) {
		if (lastMoved.size >= remembered) lastMoved.clear();
		lastMoved.set(id, {movedBytes: phase.movedBytes, at: phase.sampledAt});
		return 0;
	}

	return Math.max(0, Math.round((now - seen.at) / 1000));
}
