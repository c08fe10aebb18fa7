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

/** Those whose neighbours decide about cells. */
const touchyCharacters = Array.from(
	'\u200D\u200C\uFE0F\uFE0E\u20E3\u{1F1E9}\u{1F3FB}\u115F\u1160\u1100\u1112\u1161\u11A8\uAC00\uAC01\u0903\u0E33\uFF9E\u00AD\u094D\u0915世☰⌚❤👍👩',
);

/** As a terminal counts that looks at each character alone. */
const widthAlone = (character: string): number =>
	/[\u1160-\u11FF\uD7B0-\uD7FB]/.test(character) ? 0 : stringWidth(character);

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

	test('leaves out what one terminal draws and another does not', () => {
		expect(steadyText('⌚\uFE0E')).toBe('⌚');
		expect(steadyText('soft\u00ADhyphen\u200B')).toBe('softhyphen');
		expect(steadyText('क्\u200Dष')).toBe('क्ष');
		expect(steadyText('한\u0903')).toBe('한');
		expect(steadyText('☰ ☷')).toBe('≡ □');
		expect(steadyText('\u1112\u1161\u11AB')).toBe('\u1112\u1161\u11AB');
		expect(cellWidth('\u1161\u11A8')).toBe(2);
		expect(cellWidth('\u1100\u1112\u1161')).toBe(4);
	});

	test('terminals that join characters and those that count each agree', () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(anyText, fc.constantFrom(...touchyCharacters)), {
					maxLength: 6,
				}),
				parts => {
					const text = steadyText(parts.join(''));
					const counted = Array.from(text, widthAlone);
					expect(counted.reduce((sum, each) => sum + each, 0)).toBe(
						stringWidth(text),
					);
					expect(steadyText(text)).toBe(text);
				},
			),
			{numRuns: 3000},
		);
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

	test('wraps beside wide characters as their readers do', () => {
		expect(wrapCells('关闭一个连接，并拒绝它的地址。', 28)).toEqual([
			'关闭一个连接，并拒绝它的地',
			'址。',
		]);
		expect(wrapCells('选项：--raw、--framing', 10)).toEqual([
			'选项：',
			'--raw、',
			'--framing',
		]);
		expect(wrapCells('连接它（加密）', 8)).toEqual(['连接它', '（加密）']);
		expect(wrapCells('他说“好的”。', 6)).toEqual(['他说', '“好', '的”。']);
		expect(wrapCells('a世，', 3)).toEqual(['a世', '，']);
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
