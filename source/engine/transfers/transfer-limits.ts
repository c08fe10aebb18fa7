/** How fast transfers may be: each one, and all of one direction together. */
import type {EngineContext} from '../context.js';
import type {Direction} from '../events.js';
import type {TransferId} from '../ids.js';
import {
	combineLimiters,
	createRateLimiter,
	type RateLimiter,
} from './rate-limiter.js';

export interface TransferLimits {
	/** What counts for this transfer. */
	of(id: TransferId, direction: Direction): Omit<RateLimiter, 'set'>;
	/** Bytes a second for one, or for all together; undefined: no limit. */
	set(id: TransferId | undefined, bytesPerSecond: number | undefined): void;
	forget(id: TransferId): void;
}

export function createTransferLimits(
	context: EngineContext,
	bytesPerSecond: number | undefined,
): TransferLimits {
	const {clock} = context.ports;
	const together = {
		in: createRateLimiter(clock, bytesPerSecond),
		out: createRateLimiter(clock, bytesPerSecond),
	};
	const single = new Map<TransferId, RateLimiter>();
	const singleOf = (id: TransferId) => {
		const limiter = single.get(id) ?? createRateLimiter(clock);
		single.set(id, limiter);
		return limiter;
	};

	return {
		of: (id, direction) => combineLimiters([together[direction], singleOf(id)]),
		set(id, rate) {
			if (id === undefined) {
				together.in.set(rate);
				together.out.set(rate);
			} else {
				singleOf(id).set(rate);
			}

			context.emit({
				type: 'transfer/limited',
				...(id === undefined ? {} : {transfer: id}),
				...(rate === undefined ? {} : {bytesPerSecond: rate}),
			});
		},
		forget(id) {
			single.delete(id);
		},
	};
}
