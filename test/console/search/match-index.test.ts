import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createMatchIndex} from '../../../source/console/search/match-index.js';
import {createBlockLog, type BlockLog} from '../../../source/util/block-log.js';
import type {Log} from '../../../source/util/log.js';

interface Item {
	readonly number: number;
}

const emptyLog = (maxItems: number) =>
	createBlockLog<Item>({maxItems, maxWeight: Infinity, weigh: () => 0});

const isMatch = ({number}: Item) => number % 3 === 0;

/** Runs out of time after so many rows. */
const budget = (rows: number) => {
	let left = rows;
	return () => --left < 0;
};

const items = (count: number, start = 0): Item[] =>
	Array.from({length: count}, (_, index) => ({number: start + index}));

function withAll(log: BlockLog<Item>, more: readonly Item[]): BlockLog<Item> {
	let result = log;
	for (const item of more) result = result.append(item);
	return result;
}

/** Numbers of the matches in the order of their positions. */
function found(
	index: ReturnType<typeof createMatchIndex<Item>>,
	log: Log<Item>,
) {
	const {first, end} = index.within(log);
	return Array.from(
		{length: end - first},
		(_, at) => log.at(index.idAt(first + at) - log.firstId)!.number,
	);
}

const naive = (log: Log<Item>) =>
	log
		.slice(0)
		.filter(item => isMatch(item))
		.map(({number}) => number);

describe('an index of matches', () => {
	it('has what a look at every row has, however the log grows and in whatever portions', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.oneof(
						fc.record({add: fc.nat(40)}),
						fc.record({look: fc.integer({min: 1, max: 30})}),
						fc.constant({replace: true}),
					),
				),
				steps => {
					const index = createMatchIndex<Item>();
					let log = emptyLog(50);
					let next = 0;
					for (const step of steps) {
						if ('add' in step) {
							log = withAll(log, items(step.add, next));
							next += step.add;
						} else if ('look' in step) {
							index.advance(log, isMatch, budget(step.look));
							const all = naive(log);
							// What is known is a part of it, and without a hole.
							const known = found(index, log);
							const at = all.indexOf(known[0] ?? -1);
							if (known.length > 0) {
								expect(all.slice(at, at + known.length)).toEqual(known);
							}
						} else {
							log = log.replaceAll(log.slice(0).toReversed());
						}
					}

					expect(index.advance(log, isMatch, () => false)).toBe(true);
					expect(found(index, log)).toEqual(naive(log));
					expect(index.isComplete(log)).toBe(true);
				},
			),
		);
	});

	it('knows the newest rows first, and positions stay', () => {
		const index = createMatchIndex<Item>();
		let log = withAll(emptyLog(1000), items(900));
		expect(index.advance(log, isMatch, budget(30))).toBe(false);
		const {end} = index.within(log);
		expect(found(index, log).at(-1)).toBe(897);
		expect(index.idAt(end - 1)).toBe(897);
		index.advance(log, isMatch, () => false);
		expect(index.idAt(end - 1)).toBe(897);
		log = withAll(log, items(300, 900));
		index.advance(log, isMatch, () => false);
		expect(index.idAt(end - 1)).toBe(897);
		expect(index.within(log).first - index.within(log).end).toBe(
			-naive(log).length,
		);
	});

	it('looks at a row once, even where the log is made anew', () => {
		const index = createMatchIndex<Item>();
		let looks = 0;
		const counting = (item: Item) => {
			looks++;
			return isMatch(item);
		};
		const log = withAll(emptyLog(100), items(100));
		index.advance(log, counting, () => false);
		index.advance(log.replaceAll(log.slice(0)), counting, () => false);
		expect(looks).toBe(100);
	});

	it('finds places by row', () => {
		const index = createMatchIndex<Item>();
		const log = withAll(emptyLog(100), items(10));
		index.advance(log, isMatch, () => false);
		const {first} = index.within(log);
		expect(index.positionOf(3) - first).toBe(1);
		expect(index.positionOf(4) - first).toBe(2);
		expect([2, 3].map(id => index.has(id))).toEqual([false, true]);
	});

	it('shows a log that stands still, while nothing is known of a newer one', () => {
		const index = createMatchIndex<Item>();
		const still = withAll(emptyLog(20), items(20));
		const grown = withAll(still, items(500, 20));
		index.advance(still, isMatch, () => false);
		expect(found(index, still)).toEqual(naive(still));
		index.advance(grown, isMatch, () => false);
		expect(found(index, grown)).toEqual(naive(grown));
	});
});
