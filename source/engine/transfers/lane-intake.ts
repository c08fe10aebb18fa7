/**
 * How fast the receiver of files reads their lane: not while the disk is far
 * behind, and not faster than the rate limit. Decides only when it is read.
 */
import type {Clock, Connection} from '../ports.js';
import type {RateLimiter} from './rate-limiter.js';
import {createValve} from './valve.js';

export interface LaneIntake {
	/** So many bytes of files came. */
	took(bytes: number): void;
	/** What waits for the disk may be more or less than before. */
	regulate(): void;
	/** The lane is read again, so that its end is heard. */
	stop(): void;
}

/** `load` says how much is under way, as a share of what may be. */
export function createLaneIntake(
	connection: Connection,
	clock: Clock,
	limiter: Omit<RateLimiter, 'set'>,
	load: () => number,
): LaneIntake {
	const valve = createValve(connection);
	let cancelWait: () => void = () => undefined;

	const regulate = () => {
		const now = load();
		if (now > 1) valve.close('disk');
		else if (now < 1 / 2) valve.open('disk');
	};

	const throttle = () => {
		cancelWait();
		const delayMs = limiter.delayMs();
		if (delayMs < 1) {
			valve.open('rate');
			return;
		}

		valve.close('rate');
		cancelWait = clock.after(delayMs, throttle);
	};

	const unwatch = limiter.watch(throttle);
	return {
		took(bytes) {
			regulate();
			limiter.count(bytes);
			throttle();
		},
		regulate,
		stop() {
			cancelWait();
			unwatch();
			valve.release();
		},
	};
}
