import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	commonPrefix,
	graphemesOf,
} from '../../../source/console/input/graphemes.js';

const text = fc
	.array(
		fc.constantFrom('a', 'b', 'é', 'e\u0301', 'e', '世', '👩‍👩‍👧', '👩', '🇩🇪'),
		{
			maxLength: 6,
		},
	)
	.map(parts => parts.join(''));

/** Character by character. */
function sharedOf(texts: readonly string[]): string {
	const [first = [], ...others] = texts.map(each => graphemesOf(each));
	const end = first.findIndex((each, at) =>
		others.some(other => other[at] !== each),
	);
	return first.slice(0, end === -1 ? first.length : end).join('');
}

test('what all texts share are whole characters of each', () => {
	fc.assert(
		fc.property(fc.array(text, {minLength: 1, maxLength: 4}), texts => {
			expect(commonPrefix(texts)).toBe(sharedOf(texts));
		}),
	);
});

test('one text is shared whole', () => {
	for (const one of ['ascii', '大.bin', 'café', '🎉']) {
		expect(commonPrefix([one])).toBe(one);
	}
});
