import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	boundaryAfter,
	boundaryBefore,
	graphemesOf,
} from '../../../source/console/input/graphemes.js';
import {
	type Line,
	emptyLine,
	insertText,
	withText,
} from '../../../source/console/input/line.js';
import {
	type EditAction,
	edit,
	moveVertically,
} from '../../../source/console/input/line-editor.js';
import {insertLastWord} from '../../../source/console/input/cuts.js';
import {windowOf} from '../../../source/console/input/line-window.js';
import {cellWidth} from '../../../source/util/cells.js';
import {limits} from '../../../source/limits.js';

/** `|` is the caret. */
const line = (marked: string, ...cuts: readonly string[]): Line => ({
	...withText(emptyLine, marked.replace('|', ''), marked.indexOf('|')),
	cuts,
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
	['lineStart', 'a\nb|c\nd', 'a\n|bc\nd'],
	['lineEnd', 'a\n|bc\nd', 'a\nbc|\nd'],
	['cutToStart', 'a\nb|c', 'a\n|c'],
	['cutToStart', 'a\n|c', 'a|c'],
	['cutToEnd', 'a|b\nc', 'a|\nc'],
	['cutToEnd', 'a|\nc', 'a|c'],
	['deleteBlanks', 'a  | \tb', 'a|b'],
	['transposeCharacters', 'a👍🏽|b', 'ab👍🏽|'],
	['transposeCharacters', 'abc|', 'acb|'],
	['transposeCharacters', '|ab', '|ab'],
	['transposeCharacters', 'ab\nc|\nd', 'ab\nc|\nd'],
	['transposeWords', 'one| two', 'two one|'],
	['transposeWords', 'one, two  |', 'two, one|  '],
	['transposeWords', ' one|', ' one|'],
	['upperCaseWord', '| straße x', ' STRASSE| x'],
	['lowerCaseWord', 'A|BC D', 'Abc| D'],
	['capitalizeWord', '| éCOLE x', ' École| x'],
])('%s: %s → %s', (action, before, after) => {
	expect(marked(edit(line(before), action))).toBe(after);
});

test('what was cut can be put back, more than once', () => {
	const cut = edit(line('one two|'), 'cutBlankLeft');
	expect(marked(edit(edit(cut, 'yank'), 'yank'))).toBe('one twotwo|');
	expect(edit(line('ab|', 'kept'), 'deleteLeft').cuts).toEqual(['kept']);
	expect(edit(line('|ab', 'kept'), 'cutToStart').cuts).toEqual(['kept']);
});

const after = (start: Line, ...actions: readonly EditAction[]) =>
	actions.reduce<Line>((current, action) => edit(current, action), start);

test('cuts in a row are one, in the order of the text; others are older ones', () => {
	const joined = after(
		line('one two| three'),
		'cutWordLeft',
		'cutToEnd',
		'cutBlankLeft',
	);
	expect(joined.cuts).toEqual(['one two three']);
	const apart = after(
		joined,
		'yank',
		'wordLeft',
		'cutToEnd',
		'lineStart',
		'cutToEnd',
	);
	expect(apart.cuts).toEqual(['one two ', 'three', 'one two three']);
	const put = after(apart, 'yank', 'yankPop');
	expect(marked(put)).toBe('three|');
	expect(marked(after(put, 'yankPop'))).toBe('one two three|');
	expect(marked(after(put, 'yankPop', 'yankPop'))).toBe('one two |');
	expect(marked(after(put, 'left', 'yankPop'))).toBe('thre|e');
	// With nothing to cut a row of cuts goes on.
	expect(after(line('ab|'), 'cutToStart', 'cutToEnd', 'yank').text).toBe('ab');
});

test('no more cuts are kept than the limit says', () => {
	let current = emptyLine;
	for (let count = 0; count < limits.cutsKept + 5; count++) {
		current = after(insertText(current, `${count}`), 'cutToStart', 'left');
	}

	expect(current.cuts).toHaveLength(limits.cutsKept);
	expect(current.cuts[0]).toBe(String(limits.cutsKept + 4));
});

test('a run of typing is one step back, and forward again', () => {
	let current = emptyLine;
	for (const key of 'one') current = insertText(current, key);
	current = edit(current, 'left');
	for (const key of 'two') current = insertText(current, key);
	expect(marked(current)).toBe('ontwo|e');
	const back = after(current, 'undo');
	expect(marked(back)).toBe('on|e');
	expect(marked(after(back, 'undo'))).toBe('|');
	expect(marked(after(back, 'undo', 'undo', 'redo', 'redo'))).toBe('ontwo|e');
	// Something new takes the way forward.
	expect(marked(after(insertText(back, 'x'), 'redo'))).toBe('onx|e');
	// Yanks that replace each other are one step.
	const yanked = after(line('a|', 'x', 'y'), 'yank', 'yankPop');
	expect(marked(yanked)).toBe('ay|');
	expect(marked(after(yanked, 'undo'))).toBe('a|');
	const pasted = insertText(insertText(emptyLine, 'a'), 'b', {isPaste: true});
	expect(marked(after(pasted, 'undo'))).toBe('a|');
});

test('what can be undone is bounded in steps and in characters', () => {
	let current = emptyLine;
	for (let count = 0; count < limits.undoSteps + 5; count++) {
		current = insertText(current, 'x', {isPaste: true});
	}

	expect(current.past).toHaveLength(limits.undoSteps);
	current = insertText(emptyLine, 'x'.repeat(limits.inputCharacters));
	for (let count = 0; count < 60; count++) {
		current = after(current, 'transposeCharacters', 'deleteLeft', 'left');
	}

	const held = current.past.reduce((sum, {text}) => sum + text.length, 0);
	expect(held).toBeLessThanOrEqual(limits.undoCharacters);
	expect(current.past.length).toBeGreaterThan(10);
});

test('up and down keep their column, in cells', () => {
	const start = line('你好世界\nabc\n\nabcdef|');
	const up = moveVertically(start, -1)!;
	expect(marked(up)).toBe('你好世界\nabc\n|\nabcdef');
	const higher = moveVertically(up, -1)!;
	expect(marked(higher)).toBe('你好世界\nabc|\n\nabcdef');
	const top = moveVertically(higher, -1)!;
	expect(marked(top)).toBe('你好世|界\nabc\n\nabcdef');
	expect(moveVertically(top, -1)).toBeUndefined();
	expect(marked(moveVertically(top, 1)!)).toBe('你好世界\nabc|\n\nabcdef');
	expect(moveVertically(start, 1)).toBeUndefined();
});

test('the last word of older lines, one after the other in the same place', () => {
	const words = ['new', 'old'];
	const at = (index: number) => words[index];
	const first = insertLastWord(line('say | it'), at);
	expect(marked(first)).toBe('say new| it');
	const second = insertLastWord(first, at);
	expect(marked(second)).toBe('say old| it');
	expect(marked(insertLastWord(second, at))).toBe('say old| it');
	expect(marked(after(second, 'undo'))).toBe('say | it');
	expect(marked(insertLastWord(edit(second, 'left'), at))).toBe(
		'say olnew|d it',
	);
});

test('a draft keeps the breaks of a paste', () => {
	const typed = insertText(line('<|>'), 'a\r\nb\rc\t\u0007\n\n', {
		keepsBreaks: true,
	});
	expect(marked(typed)).toBe('<a\nb\nc |>');
});

test('a paste becomes one line without control characters', () => {
	expect(
		marked(insertText(line('<|>'), 'a\r\nb\tc\u001B[31m\u0000\u009Bd\n')),
	).toBe('<a b c[31md|>');
});

test('what is joined to its neighbour keeps the caret between characters', () => {
	expect(marked(insertText(line('👩|👧'), '\u200D'))).toBe('👩\u200D👧|');
});

test('a character whose parts come apart is one, whatever stands behind the caret', () => {
	let current = line('|👍🏽');
	for (const part of '👩‍👩‍👧') current = insertText(current, part);
	expect(marked(current)).toBe('👩‍👩‍👧|👍🏽');
	current = line('|🇩🇪');
	for (const part of '🇫🇷x') current = insertText(current, part);
	expect(marked(current)).toBe('🇫🇷x|🇩🇪');
	current = line('|\u0301');
	for (const part of 'ea') current = insertText(current, part);
	expect(marked(current)).toBe('e\u0301a|');
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
	'yankPop',
	'undo',
	'redo',
	'transposeCharacters',
	'transposeWords',
	'upperCaseWord',
	'lowerCaseWord',
	'capitalizeWord',
	'deleteBlanks',
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
