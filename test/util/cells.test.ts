import * as fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {
	cellWidth,
	cutCells,
	cutCellsAtStart,
	fitCells,
	steadyText,
	wrapCells,
} from '../../source/util/cells.js';
import {anyText} from '../helpers/any-text.js';

describe('cells', () => {
	test('counts what a terminal draws', () => {
		expect(cellWidth('hello')).toBe(5);
		expect(cellWidth('你好')).toBe(4);
		expect(cellWidth('é')).toBe(1);
	});

	test('takes composed emoji apart, so that every terminal agrees on their width', () => {
		expect(steadyText('👨‍👩‍👧')).toBe('👨👩👧');
		expect(steadyText('👍🏽')).toBe('👍');
		expect(steadyText('🇩🇪')).toBe('DE');
		expect(steadyText('❤️')).toBe('❤');
	});

	test('keeps a joiner between letters', () => {
		const persian = 'می‌خواهم';
		expect(steadyText(persian)).toBe(persian);
	});

	test('cuts with an ellipsis, and never half of a wide character', () => {
		expect(cutCells('hello', 5)).toBe('hello');
		expect(cutCells('hello', 4)).toBe('hel…');
		expect(cutCells('你好吗', 4)).toBe('你…');
		expect(cutCells('你好吗', 0)).toBe('');
		expect(fitCells('你好吗', 4)).toBe('你… ');
	});

	test('cuts at the start, for addresses', () => {
		expect(cutCellsAtStart('10.0.0.5:51234', 9)).toBe('….5:51234');
		expect(cutCellsAtStart('10.0.0.5', 9)).toBe('10.0.0.5');
	});

	test('wraps at spaces, and words longer than a line anywhere', () => {
		expect(wrapCells('the build is up', 10)).toEqual(['the build', 'is up']);
		expect(wrapCells('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
		expect(wrapCells('你好世界', 5)).toEqual(['你好', '世界']);
		expect(wrapCells('', 5)).toEqual(['']);
	});

	test('a character wider than the line becomes a mark', () => {
		expect(wrapCells('你', 1)).toEqual(['?']);
	});

	test('no line is wider than it may be, and nothing but spaces is lost', () => {
		fc.assert(
			fc.property(anyText, fc.integer({min: 1, max: 30}), (text, width) => {
				const lines = wrapCells(text, width);
				for (const line of lines) {
					expect(stringWidth(line)).toBeLessThanOrEqual(width);
				}

				const letters = (all: string) => all.replaceAll(' ', '');
				// A cluster that no line can hold (a note with its stem and flag) becomes a mark.
				const clusters = [...new Intl.Segmenter().segment(steadyText(text))];
				const wanted = clusters.map(({segment}) =>
					cellWidth(segment) > width ? '?' : segment,
				);
				expect(letters(lines.join(''))).toBe(letters(wanted.join('')));
			}),
		);
	});

	test('what is fitted has exactly that width', () => {
		fc.assert(
			fc.property(
				anyText,
				fc.integer({min: 0, max: 30}),
				fc.constantFrom('left' as const, 'right' as const),
				(text, width, align) => {
					expect(stringWidth(fitCells(text, width, {align}))).toBe(width);
				},
			),
		);
	});
});
