import fc from 'fast-check';
import {expect, test} from 'vitest';
import {tallWindow} from '../../../source/console/components/tall-list.js';

const linesOf = (heights: readonly number[]) => (row: number) =>
	Array.from({length: heights[row]!}, (_, line) => `${row}:${line}`);

test('keeps its place while the selected row is seen', () => {
	const heights = [1, 2, 1, 1, 3, 1];
	const at = (selected: number, start: number) =>
		tallWindow({
			count: heights.length,
			height: 4,
			selected,
			start,
			linesOf: linesOf(heights),
		});
	expect(at(0, 0)).toEqual({start: 0, lines: ['0:0', '1:0', '1:1', '2:0']});
	expect(at(2, 0).start).toBe(0);
	expect(at(3, 0)).toEqual({start: 1, lines: ['1:0', '1:1', '2:0', '3:0']});
	expect(at(4, 1).start).toBe(3);
	expect(at(5, 3)).toEqual({start: 4, lines: ['4:0', '4:1', '4:2', '5:0']});
	expect(at(4, 5).start).toBe(4);
	expect(at(1, 4).start).toBe(1);
});

test('shows the selected row, never more than fits, and nothing empty where there is more', () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({min: 1, max: 4}), {minLength: 1, maxLength: 30}),
			fc.integer({min: 1, max: 12}),
			fc.nat(29),
			fc.nat(29),
			(heights, height, selected, start) => {
				const count = heights.length;
				const row = selected % count;
				const window = tallWindow({
					count,
					height,
					selected: row,
					start,
					linesOf: linesOf(heights),
				});
				const {lines} = window;
				expect(lines.length).toBeLessThanOrEqual(height);
				const seen = lines.filter(line => line.startsWith(`${row}:`)).length;
				expect(seen).toBe(Math.min(heights[row]!, height));
				const all = heights.reduce((sum, each) => sum + each, 0);
				if (all >= height) {
					// What is free at the end is less than the row above needs.
					const above = heights[window.start - 1] ?? 0;
					expect(height - lines.length).toBeLessThan(Math.max(1, above));
				} else {
					expect(lines).toHaveLength(all);
				}
			},
		),
	);
});
