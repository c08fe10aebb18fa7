/**
 * Which rows of a growing log match, found in portions. New rows are looked at
 * first, then the older ones, so that what is near the end is known soonest.
 *
 * A match has a position: they follow each other without a gap, and one keeps its
 * position whatever is found before or behind it, until the log is another one.
 */
import type {Log} from '../../util/log.js';

export interface MatchIndex<Item extends object> {
	/** Looks at rows until `isOutOfTime`; whether all of the log has been looked at. */
	advance(
		log: Log<Item>,
		matches: (item: Item) => boolean,
		isOutOfTime: () => boolean,
	): boolean;
	/** The matches in a log: positions from `first` up to `end`. */
	within(log: Log<Item>): {readonly first: number; readonly end: number};
	/** The row's id. */
	idAt(position: number): number;
	/** The position of the first match at or behind a row; it may be the end. */
	positionOf(id: number): number;
	has(id: number): boolean;
	/** All of the log has been looked at. */
	isComplete(log: Log<Item>): boolean;
}

/** So many forgotten ones are worth a copy of the rest. */
const surplus = 4096;

export function createMatchIndex<Item extends object>(): MatchIndex<Item> {
	/** Rising. */
	let ids: number[] = [];
	/** Position of the first. */
	let base = 0;
	let lineage: object | undefined;
	/** Looked at: from, and up to but without. */
	let from = 0;
	let to = 0;
	const known = new WeakMap<Item, boolean>();

	/** The index of the first id that is not below. */
	const lowerBound = (id: number): number => {
		let low = 0;
		let high = ids.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (ids[middle]! < id) low = middle + 1;
			else high = middle;
		}

		return low;
	};

	const beginAt = (log: Log<Item>) => {
		lineage = log.lineage;
		ids = [];
		base = 0;
		from = log.nextId;
		to = log.nextId;
	};

	const forget = (log: Log<Item>) => {
		const gone = lowerBound(log.firstId);
		if (gone < surplus) return;
		ids = ids.slice(gone);
		base += gone;
	};

	const isComplete = (log: Log<Item>) =>
		lineage === log.lineage && to >= log.nextId && from <= log.firstId;

	return {
		advance(log, matches, isOutOfTime) {
			if (lineage !== log.lineage || to < log.firstId) beginAt(log);
			forget(log);
			const look = (id: number): boolean => {
				const item = log.at(id - log.firstId)!;
				let isMatch = known.get(item);
				if (isMatch === undefined) {
					isMatch = matches(item);
					known.set(item, isMatch);
				}

				return isMatch;
			};

			while (to < log.nextId && !isOutOfTime()) {
				if (look(to)) ids.push(to);
				to++;
			}

			const older: number[] = [];
			while (from > log.firstId && !isOutOfTime()) {
				from--;
				if (look(from)) older.push(from);
			}

			if (older.length > 0) {
				ids = [...older.toReversed(), ...ids];
				base -= older.length;
			}

			return isComplete(log);
		},
		within: ({firstId, nextId, lineage: asked}) =>
			asked === lineage
				? {
						first: base + lowerBound(firstId),
						end: base + lowerBound(nextId),
					}
				: {first: 0, end: 0},
		idAt: position => ids[position - base] ?? -1,
		positionOf: id => base + lowerBound(id),
		has: id => ids[lowerBound(id)] === id,
		isComplete,
	};
}
