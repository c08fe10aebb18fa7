/** What is remembered of a line is what the package makes of it, whatever was cut before. */
import * as original from '@alcalzone/ansi-tokenize';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	styledCharsFromTokens,
	styledCharsToString,
	tokenize,
} from '../../../source/console/ink/styled-characters.js';

const part = fc.constantFrom(
	'plain',
	'世界',
	'👩‍👩‍👧',
	'\n',
	'\u001B[1m',
	'\u001B[2m',
	'\u001B[22m',
	'\u001B[7m',
	'\u001B[27m',
	'\u001B[38;2;31;163;184m',
	'\u001B[32m',
	'\u001B[39m',
	'\u001B[0m',
	'\u001B]8;;https://example.org\u0007',
	'\u001B]8;;\u0007',
);
const line = fc.array(part, {maxLength: 12}).map(parts => parts.join(''));

const ofOriginal = (text: string) =>
	original.styledCharsFromTokens(original.tokenize(text));
const remembered = (text: string) => [...styledCharsFromTokens(tokenize(text))];

test('lines in any order, again and again', () => {
	fc.assert(
		fc.property(fc.array(line, {maxLength: 8}), lines => {
			for (const each of [...lines, ...lines]) {
				expect(remembered(each)).toEqual(ofOriginal(each));
				expect(styledCharsToString(remembered(each))).toBe(
					original.styledCharsToString(ofOriginal(each)),
				);
			}
		}),
	);
});

test('more lines than are remembered, and more kinds of characters', () => {
	const texts = Array.from({length: 3_000}, (_, index) =>
		[index, index + 1, index + 2]
			.map(
				each =>
					`\u001B[38;5;${each % 256}m${String.fromCodePoint(0x4e00 + each)}`,
			)
			.join('some words between '),
	);
	for (const text of [...texts, ...texts.toReversed()]) {
		expect(remembered(text)).toEqual(ofOriginal(text));
	}
});

test('a line that is the same is cut once', () => {
	expect(tokenize('one line')).toBe(tokenize(['one', 'line'].join(' ')));
});
