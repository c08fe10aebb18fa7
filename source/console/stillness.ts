import type {Transfer, TransferId} from '../engine/index.js';

/** For how long transfers have not moved; the engine says only that they do not. */
export interface Stillness {
	/** Whole seconds since the last byte of an active transfer. `now` in ms since 1970. */
	seconds(transfer: Transfer, now: number): number;
}

interface Seen {
	readonly movedBytes: number;
	readonly at: number;
}

export function createStillness(): Stillness {
	const lastMoved = new Map<TransferId, Seen>();
	return {
		seconds({id, phase}, now) {
			if (phase.kind !== 'active') {
				lastMoved.delete(id);
				return 0;
			}

			const seen = lastMoved.get(id);
			if (seen?.movedBytes !== phase.movedBytes) {
				lastMoved.set(id, {
					movedBytes: phase.movedBytes,
					at: phase.sampledAt,
				});
				return 0;
			}

			return Math.max(0, Math.round((now - seen.at) / 1000));
		},
	};
}
