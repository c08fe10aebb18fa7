import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	boundaryAfter,
	boundaryBefore,
	graphemesOf,
} from '../../../source/console/input/graphemes.js';
import {
	type EditAction,
	type Line,
	edit,
	emptyLine,
	insertText,
	withText,
} from '../../../source/console/input/line-editor.js';
import {windowOf} from '../../../source/console/input/line-window.js';
import {cellWidth} from '../../../source/util/cells.js';
import {limits} from '../../../source/limits.js';

/** `|` is the caret. */
const line = (marked: string, cut = ''): Line => ({
	text: marked.replace('|', ''),
	caret: marked.indexOf('|'),
	cut,
});
const marked = ({text, caret}: Line) =>
	`${text.slice(0, caret)}|${text.slice(caret)}`;

test.each<[EditAction, string, string]>([
	['lineStart', 'ab|c', '|abc'],
	['lineEnd', 'a|bc', 'abc|'],
	['left', 'a👩‍👩‍👧|b', 'a|👩‍👩‍👧b'],
	['left', '|a', '|a'],
	['right', 'a|e\u0301b', 'ae\u0301|b'],
	['right', 'a|', 'a|'],
	['wordLeft', 'one two.  |', 'one |two.  '],
	['wordLeft', '你好 世界|', '你好 |世界'],
	['wordRight', '|  one two', '  one| two'],
	['deleteLeft', 'a👍🏽|b', 'a|b'],
	['deleteLeft', 'e\u0301|', '|'],
	['deleteLeft', '|a', '|a'],
	['deleteRight', '|🇩🇪b', '|b'],
	['deleteRight', 'a|', 'a|'],
	['cutBlankLeft', 'send /tmp/a.txt  |x', 'send |x'],
	['cutWordLeft', 'send /tmp/a.txt|', 'send /tmp/a.|'],
	['cutWordRight', 'a| bc d', 'a| d'],
	['cutToStart', 'ab|c', '|c'],
	['cutToEnd', 'a|bc', 'a|'],
])('%s: %s → %s', (action, before, after) => {
	expect(marked(edit(line(before), action))).toBe(after);
});

test('what was cut can be put back, more than once', () => {
	const cut = edit(line('one two|'), 'cutBlankLeft');
	expect(marked(edit(edit(cut, 'yank'), 'yank'))).toBe('one twotwo|');
	expect(edit(line('ab|', 'kept'), 'deleteLeft').cut).toBe('kept');
	expect(edit(line('|ab', 'kept'), 'cutToStart').cut).toBe('kept');
});

test('a paste becomes one line without control characters', () => {
	expect(
		marked(insertText(line('<|>'), 'a\r\nb\tc\u001B[31m\u0000\u009Bd\n')),
	).toBe('<a b c[31md|>');
});

test('what is joined to its neighbour keeps the caret between characters', () => {
	expect(marked(insertText(line('👩|👧'), '\u200D'))).toBe('👩\u200D👧|');
});

test('a line holds no more than its limit', () => {
	const long = insertText(emptyLine, '👍'.repeat(limits.inputCharacters));
	expect(long.text).toHaveLength(limits.inputCharacters);
	expect(insertText(long, 'x')).toBe(long);
});

const actions: EditAction[] = [
	'lineStart',
	'lineEnd',
	'left',
	'right',
	'wordLeft',
	'wordRight',
	'deleteLeft',
	'deleteRight',
	'cutBlankLeft',
	'cutWordLeft',
	'cutWordRight',
	'cutToStart',
	'cutToEnd',
	'yank',
];
const someText = fc.string({
	unit: fc.oneof(
		fc.constantFrom(
			'a',
			'b',
			' ',
			'.',
			'你',
			'👍🏽',
			'\u200D',
			'\u0301',
			'🇩',
			'é',
		),
		fc.string({unit: 'grapheme', minLength: 1, maxLength: 1}),
	),
	maxLength: 12,
});
const step = fc.oneof(
	fc.record({insert: someText}),
	fc.record({action: fc.constantFrom(...actions)}),
);
const play = (steps: ReadonlyArray<{insert?: string; action?: EditAction}>) =>
	steps.reduce<Line>(
		(current, {insert, action}) =>
			action ? edit(current, action) : insertText(current, insert ?? ''),
		emptyLine,
	);

test('the caret always stands between whole characters', () => {
	fc.assert(
		fc.property(fc.array(step, {maxLength: 30}), steps => {
			const {text, caret} = play(steps);
			const places = new Set([0]);
			let place = 0;
			for (const each of graphemesOf(text)) places.add((place += each.length));
			expect(places).toContain(caret);
			expect(text).not.toMatch(/\p{Cc}/u);
		}),
	);
});

test('moving left and right again ends where it began', () => {
	fc.assert(
		fc.property(someText, text => {
			const characters = graphemesOf(text);
			let index = text.length;
			for (const each of characters.toReversed()) {
				const before = boundaryBefore(text, index);
				expect(text.slice(before, index)).toBe(each);
				expect(boundaryAfter(text, before)).toBe(index);
				index = before;
			}

			expect(index).toBe(0);
		}),
	);
});

test('the visible part holds the caret, fits, and stays while it can', () => {
	fc.assert(
		fc.property(
			fc.string({unit: 'grapheme', maxLength: 60}),
			fc.nat(60),
			fc.nat(80),
			fc.integer({min: 2, max: 30}),
			(raw, caret, previous, width) => {
				const current = withText(
					insertText(emptyLine, raw),
					insertText(emptyLine, raw).text,
					caret,
				);
				const seen = windowOf(current, width, previous);
				expect(seen.column).toBeLessThan(width);
				expect(
					cellWidth(seen.before) + cellWidth(seen.after),
				).toBeLessThanOrEqual(width);
				expect(current.text.slice(seen.start, current.caret)).toBe(seen.before);
				expect(current.text.slice(current.caret).startsWith(seen.after)).toBe(
					true,
				);
				expect(windowOf(current, width, seen.start)).toEqual(seen);
			},
		),
		{numRuns: 500},
	);
});
