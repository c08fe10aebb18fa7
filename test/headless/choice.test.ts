import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {parseChoice} from '../../source/headless/choice.js';

const rowsOf = (line: string, count: number) => {
	const choice = parseChoice(line, count);
	return choice.kind === 'some' ? [...choice.rows] : choice.kind;
};

test.each([
	['y', 5, 'all'],
	[' YES ', 1, 'all'],
	['n', 5, 'none'],
	['', 5, 'none'],
	['yes please', 5, 'none'],
	['2 of them', 5, 'none'],
	['-', 5, 'none'],
	[',', 5, 'none'],
	['2', 5, [2]],
	['1-3,5', 5, [1, 2, 3, 5]],
	[' 1 - 3 , 5 ', 5, [1, 2, 3, 5]],
	['1 3  5', 5, [1, 3, 5]],
	['3,3,2-3', 5, [3, 2]],
	['1-5', 5, 'all'],
	['1,2', 2, 'all'],
	['6', 5, 'unclear'],
	['0', 5, 'unclear'],
	['3-1', 5, 'unclear'],
	['1-', 5, 'unclear'],
	['-3', 5, 'unclear'],
	['1-2-3', 5, 'unclear'],
	['4294967297', 5, 'unclear'],
	['9'.repeat(400), 5, 'unclear'],
	// One file has no number.
	['1', 1, 'none'],
] as const)('%j of %i', (line, count, expected) => {
	expect(rowsOf(line, count)).toEqual(expected);
});

test('whatever is typed, nothing but rows of the question is chosen', () => {
	const typed = fc.oneof(
		fc.string(),
		fc.string({unit: fc.constantFrom(...Array.from('0123456789-, '))}),
	);
	fc.assert(
		fc.property(typed, fc.integer({min: 1, max: 50}), (line, count) => {
			const choice = parseChoice(line, count);
			if (choice.kind !== 'some') return;
			expect(choice.rows.size).toBeGreaterThan(0);
			expect(choice.rows.size).toBeLessThan(count);
			for (const row of choice.rows) {
				expect(row).toBeGreaterThanOrEqual(1);
				expect(row).toBeLessThanOrEqual(count);
			}
		}),
	);
});

test('the rows of any list of numbers are those of its ranges', () => {
	const rows = fc.uniqueArray(fc.integer({min: 1, max: 40}), {minLength: 1});
	fc.assert(
		fc.property(rows, rows => {
			expect(rowsOf(rows.join(','), 41)).toEqual(rows);
		}),
	);
});
