/**
 * Makes one sync do for all who ask while another runs. Invariant: a promise
 * that was given resolves only after a sync that began later than it was asked for.
 */
export function createSharedSync(
	sync: () => Promise<void>,
): () => Promise<void> {
	let running: Promise<void> = Promise.resolve();
	let next: Promise<void> | undefined;
	const runAfter = async (before: Promise<void>) => {
		await before.catch(() => undefined);
		next = undefined;
		await sync();
	};

	return async () => {
		if (!next) {
			next = runAfter(running);
			running = next;
		}

		return next;
	};
}
