import type {Clock} from '../../source/engine/ports.js';

export interface FakeClock extends Clock {
	/** Moves time on; timers that fall due are called in their order, also those set meanwhile. */
	advance(ms: number): void;
	/** How many timers are waiting. */
	pending(): number;
}

interface Timer {
	readonly at: number;
	readonly order: number;
	readonly callback: () => void;
}

/** A clock that stands still until it is told otherwise. */
export function createFakeClock(startAt = 1_700_000_000_000): FakeClock {
	const timers = new Set<Timer>();
	let now = startAt;
	let order = 0;

	const nextDue = (until: number): Timer | undefined => {
		let next: Timer | undefined;
		for (const timer of timers) {
			const isSooner =
				!next ||
				timer.at < next.at ||
				(timer.at === next.at && timer.order < next.order);
			if (timer.at <= until && isSooner) next = timer;
		}

		return next;
	};

	return {
		now: () => now,
		after(delayMs, callback) {
			const timer = {at: now + Math.max(0, delayMs), order: order++, callback};
			timers.add(timer);
			return () => {
				timers.delete(timer);
			};
		},
		advance(ms) {
			const until = now + ms;
			for (
				let timer = nextDue(until);
				timer !== undefined;
				timer = nextDue(until)
			) {
				timers.delete(timer);
				now = timer.at;
				timer.callback();
			}

			now = until;
		},
		pending: () => timers.size,
	};
}
