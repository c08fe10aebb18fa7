import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	charactersOf,
	textPartsOf,
} from '../../../source/engine/streams/character-view.js';
import {textOf} from '../../../source/engine/text-view.js';
import {greetingInGbk} from '../../helpers/byte-rows.js';

const gbk = Uint8Array.from(greetingInGbk);

describe('characters with their bytes', () => {
	test('are those of the text; what cannot be shown as it is has none', () => {
		expect(charactersOf(gbk)).toEqual(
			['你', '好', '世', '界'].map(text => ({text, bytes: 2})),
		);
		expect(charactersOf(Uint8Array.of(0x41, 0x1b, 0x0a))).toEqual([
			{text: 'A', bytes: 1},
			{text: '', bytes: 1},
			{text: '', bytes: 1},
		]);
	});
});

describe('text in parts', () => {
	test('a character that is cut through stands behind the cut', () => {
		expect(textPartsOf(gbk, [2, 5])).toEqual(['你', '好', '世界']);
		expect(textPartsOf(gbk, [0, 8])).toEqual(['', '你好世界', '']);
		expect(textPartsOf(gbk, [])).toEqual(['你好世界']);
	});

	test('of printable text, put together, is the text', () => {
		fc.assert(
			fc.property(
				fc.stringMatching(/^[ -~äöü你好世界]{0,30}$/u),
				fc.uniqueArray(fc.nat(60), {maxLength: 5}),
				(text, places) => {
					const bytes = new TextEncoder().encode(text);
					const offsets = places
						.filter(place => place <= bytes.length)
						.sort((left, right) => left - right);
					const parts = textPartsOf(bytes, offsets);
					expect(parts).toHaveLength(offsets.length + 1);
					expect(parts.join('')).toBe(textOf(bytes));
				},
			),
		);
	});
});
