import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	scrollBy,
	scrollToTop,
	windowAt,
	type RowSource,
} from '../../../source/console/format/scroll-window.js';

/** Rows of so many lines; a line says which row and line it is. */
function source(heights: readonly number[], firstId = 0): RowSource {
	return {
		firstId,
		nextId: firstId + heights.length,
		linesOf: id =>
			Array.from(
				{length: heights[id - firstId]!},
				(_, line) => `${id}.${line}`,
			),
	};
}

const linesOf = (rows: RowSource) =>
	Array.from({length: rows.nextId - rows.firstId}, (_, index) =>
		rows.linesOf(rows.firstId + index),
	).flat();

describe('the scroll window', () => {
	test('follows the end without an anchor', () => {
		const shown = windowAt(source([1, 2, 2]), undefined, 3);
		expect(shown.lines).toEqual(['1.1', '2.0', '2.1']);
		expect(shown.hasMoreAbove).toBe(true);
		expect(shown.rowsBelow).toBe(0);
	});

	test('stands still when rows arrive below', () => {
		const anchor = scrollBy(source([1, 1, 1, 1, 1]), undefined, -1, 2);
		expect(anchor).toBeDefined();
		const shown = windowAt(source([1, 1, 1, 1, 1, 1, 1]), anchor, 2);
		expect(shown.lines).toEqual(['2.0', '3.0']);
		expect(shown.rowsBelow).toBe(3);
	});

	test('is clamped where the anchored row was dropped or became shorter', () => {
		const gone = windowAt(source([1, 1], 10), {row: 3, hiddenLines: 2}, 1);
		expect(gone.lines).toEqual(['10.0']);
		const shorter = windowAt(source([1, 2]), {row: 1, hiddenLines: 5}, 2);
		expect(shorter.lines).toEqual(['0.0', '1.0']);
	});

	test('is left where the rows above it do not fill the pane any more', () => {
		const rows = source([1, 1, 2, 1]);
		expect(windowAt(rows, {row: 1, hiddenLines: 0}, 3)).toEqual({
			lines: ['0.0', '1.0', '2.0'],
			hasMoreAbove: false,
			rowsBelow: 2,
		});
		expect(windowAt(rows, {row: 1, hiddenLines: 0}, 9).lines).toHaveLength(5);
	});

	test('nothing is shown of nothing', () => {
		expect(windowAt(source([]), undefined, 5).lines).toEqual([]);
		expect(scrollBy(source([]), undefined, -3, 5)).toBeUndefined();
		expect(scrollToTop(source([]), 5)).toBeUndefined();
	});

	test('where everything fits it does not scroll', () => {
		expect(scrollBy(source([1, 1]), undefined, -1, 5)).toBeUndefined();
		expect(scrollToTop(source([1, 1]), 5)).toBeUndefined();
	});

	test('any way through it shows successive lines of the whole, and always fills the pane', () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({min: 1, max: 4}), {minLength: 1, maxLength: 30}),
				fc.integer({min: 1, max: 8}),
				fc.array(fc.integer({min: -12, max: 12}), {maxLength: 12}),
				(heights, height, steps) => {
					const rows = source(heights, 5);
					const all = linesOf(rows);
					let anchor: Parameters<typeof windowAt>[1];
					let bottom = all.length;
					for (const step of steps) {
						anchor = scrollBy(rows, anchor, step, height);
						const least = Math.min(height, all.length);
						bottom = Math.min(all.length, Math.max(least, bottom + step));
						const {lines} = windowAt(rows, anchor, height);
						expect(lines).toEqual(
							all.slice(Math.max(0, bottom - height), bottom),
						);
					}

					const top = windowAt(rows, scrollToTop(rows, height), height);
					expect(top.lines).toEqual(all.slice(0, height));
				},
			),
		);
	});
});
