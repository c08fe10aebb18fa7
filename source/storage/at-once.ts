import {limits} from '../limits.js';

/** Runs `action` for each item, as many at a time as keep the system's threads busy; the first failure ends it. */
export async function forEachAtOnce<Item>(
	items: readonly Item[],
	action: (item: Item, index: number) => Promise<void>,
): Promise<void> {
	let next = 0;
	const work = async () => {
		while (next < items.length) {
			const index = next++;
			await action(items[index]!, index);
		}
	};

	const workers = Math.min(limits.looksAtOnce, items.length);
	await Promise.all(Array.from({length: workers}, work));
}
