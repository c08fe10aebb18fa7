/**
 * What all conversations together hold. Each is bounded alone, but there may be ten
 * thousand of them. Decides which ones give something up: those that hold most, down to
 * one level, their oldest first; and so much at once that it is seldom looked for.
 * Pure: both threads come to the same.
 */
import type {PersistentMap} from '../../util/persistent-map.js';

/** What is left after a cut, so that the next one is far. */
const keptShare = 7 / 8;

/** No more than this each, and all together are no more than `total`. */
function levelOf(weights: readonly number[], total: number): number {
	let room = total;
	let left = weights.length;
	for (const weight of weights.toSorted((one, other) => one - other)) {
		if (weight * left > room) return room / left;
		room -= weight;
		left--;
	}

	return Infinity;
}

export function boundedInAll<Key extends string, Value>(
	held: PersistentMap<Key, Value>,
	limit: number,
	weigh: (value: Value) => number,
	/** The same with its newest only. */
	trim: (value: Value, weight: number) => Value,
): PersistentMap<Key, Value> {
	if (held.weight <= limit) return held;
	const all = held.entries();
	const weights = all.map(([, value]) => weigh(value));
	const level = levelOf(weights, limit * keptShare);
	let result = held;
	for (const [key, value] of all) {
		if (weigh(value) > level) result = result.set(key, trim(value, level));
	}

	return result;
}
