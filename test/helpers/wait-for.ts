import {setTimeout as delay} from 'node:timers/promises';

/**
 * Resolves with the first value of `check` that is not undefined, false or null, looking
 * again every 10 ms. For things without an event: a file that appears, a process that ends.
 * Rejects with `what` after `timeoutMs`.
 */
export async function waitFor<Value>(
	check: () => Value | undefined | false | null,
	what: string,
	timeoutMs = 10_000,
): Promise<Value> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const value = check();
		if (value !== undefined && value !== false && value !== null) return value;
		if (Date.now() > deadline) {
			throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
		}
		await delay(10);
	}
}
