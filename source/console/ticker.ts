const tickMs = 1000;

/** The time of day, once a second, for countdowns; asleep while nobody needs it. */
export interface Ticker {
	now(): number;
	subscribe(listener: () => void): () => void;
	/** Keeps it going until the returned function is called. */
	need(): () => void;
}

export function createTicker(clock: () => number = Date.now): Ticker {
	const listeners = new Set<() => void>();
	let now = clock();
	let needed = 0;
	let timer: NodeJS.Timeout | undefined;
	const tick = () => {
		now = clock();
		for (const listener of listeners) listener();
	};

	return {
		now: () => now,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		need() {
			needed++;
			if (!timer) {
				timer = setInterval(tick, tickMs);
				// A clock is no reason to keep the program going.
				timer.unref();
				tick();
			}

			return () => {
				needed--;
				if (needed > 0) return;
				clearInterval(timer);
				timer = undefined;
			};
		},
	};
}
