/**
 * One wait with two ways out: the caller's signal, or time. Decides which of
 * the two came first and says so in the signal's reason.
 */
export interface Deadline {
	readonly signal: AbortSignal;
	/** Which way out was taken; undefined while neither was. */
	readonly reason: 'cancelled' | 'timedOut' | undefined;
	/** Ends the wait: nothing is aborted any more. */
	clear(): void;
}

export function createDeadline(
	delayMs: number,
	signal?: AbortSignal,
): Deadline {
	const controller = new AbortController();
	let reason: Deadline['reason'];
	const abort = (why: 'cancelled' | 'timedOut') => {
		reason ??= why;
		controller.abort();
	};

	const cancel = () => {
		abort('cancelled');
	};

	const timer = setTimeout(() => {
		abort('timedOut');
	}, delayMs);
	if (signal?.aborted) cancel();
	signal?.addEventListener('abort', cancel, {once: true});
	return {
		signal: controller.signal,
		get reason() {
			return reason;
		},
		clear() {
			clearTimeout(timer);
			signal?.removeEventListener('abort', cancel);
		},
	};
}
