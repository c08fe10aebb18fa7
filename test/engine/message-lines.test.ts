import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {linesOf} from '../../source/engine/message-lines.js';
import {toSafeText} from '../../source/engine/sanitize.js';
import {limits} from '../../source/limits.js';

test.each<[string, string[]]>([
	['one', ['one']],
	['', ['']],
	['one\ntwo', ['one', 'two']],
	['one\r\ntwo\n', ['one', 'two']],
	['\n\none', ['', '', 'one']],
	['\n', ['']],
	// The picture itself, as somebody may write it.
	['one␊two', ['one', 'two']],
	['one\rtwo', ['one␍two']],
])('%j has the lines %j', (text, lines) => {
	expect(linesOf(toSafeText(text))).toEqual(lines);
});

test('no more lines than the limit, and nothing is lost', () => {
	const text = toSafeText('x\n'.repeat(limits.messageLines + 10));
	const lines = linesOf(text);
	expect(lines).toHaveLength(limits.messageLines);
	expect(lines.at(-1)).toBe('x␊'.repeat(11));
});

test('each line of whatever is sent is safe, and all of it is there', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary'}), raw => {
			const text = toSafeText(raw);
			const lines = linesOf(text);
			for (const line of lines) expect(line).not.toMatch(/\p{Cc}/u);
			expect(lines.join('')).toBe(text.replaceAll(/␍?␊/g, ''));
		}),
	);
});
