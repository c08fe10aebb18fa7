import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	quoteArgument,
	splitArguments,
} from '../../../source/console/input/split-arguments.js';
import {expandHome} from '../../../source/console/input/user-path.js';

const words = (line: string) => splitArguments(line).map(({text}) => text);

test.each<[string, string[]]>([
	['', []],
	['   ', []],
	['a  b', ['a', 'b']],
	['"a b" c', ['a b', 'c']],
	["'a b'c d", ['a bc', 'd']],
	[String.raw`a\ b`, ['a b']],
	[String.raw`"a\"b\\c\n"`, [String.raw`a"b\c\n`]],
	[String.raw`'a\b'`, [String.raw`a\b`]],
	[String.raw`C:\Users\x`, [String.raw`C:\Users\x`]],
	['"open end', ['open end']],
	['""', ['']],
	['it\\', ['it\\']],
	['你好 世界', ['你好', '世界']],
])('%j', (line, expected) => {
	expect(words(line)).toEqual(expected);
});

test('a word knows its place and its open quote', () => {
	expect(splitArguments(' a "b c')).toEqual([
		{text: 'a', start: 1, end: 2},
		{text: 'b c', start: 3, end: 7, openQuote: '"'},
	]);
});

test('what is quoted comes back as one word', () => {
	fc.assert(
		fc.property(
			fc.string({minLength: 1}),
			fc.constantFrom(undefined, '"' as const, "'" as const),
			(text, quote) => {
				fc.pre(
					!/[\n\r\f\v\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF]/.test(
						text,
					),
				);
				const line = quoteArgument(text, quote) + (quote ?? '');
				expect(words(line)).toEqual([text]);
			},
		),
	);
});

test('~ is the home folder only where it stands alone', () => {
	expect(expandHome('~', '/home/a')).toBe('/home/a');
	expect(expandHome('~/x', '/home/a')).toBe('/home/a/x');
	expect(expandHome('~x', '/home/a')).toBe('~x');
	expect(expandHome('a/~', '/home/a')).toBe('a/~');
});
