import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import {describe, expect, test} from 'vitest';
import {
	codecName,
	offeredEncodings,
} from '../../source/protocol/encoding-names.js';
import {codedCharacters} from '../../source/protocol/character-lengths.js';

const encoded = (text: string, encoding: string) =>
	new Uint8Array(iconv.encode(text, encoding));

describe('characters with their lengths', () => {
	test.each([
		['utf-8', 'aé你😀', [1, 2, 3, 4]],
		['gbk', 'a模你', [1, 2, 2]],
		['gb18030', '你😀x', [2, 4, 1]],
		['utf-16le', 'a😀你', [2, 4, 2]],
		['shift_jis', 'あaｱ', [2, 1, 1]],
	])('%s', (encoding, text, lengths) => {
		const found = codedCharacters(encoded(text, encoding), encoding);
		expect(found.map(({text: each}) => each)).toEqual(Array.from(text));
		expect(found.map(({bytes}) => bytes)).toEqual(lengths);
	});

	test('a character that is cut at the end has the bytes that are left', () => {
		const bytes = encoded('你好', 'gbk').subarray(0, 3);
		const found = codedCharacters(bytes, 'gbk');
		expect(found.map(({bytes: each}) => each)).toEqual([2, 1]);
		expect(found[0]!.text).toBe('你');
	});

	test('the lengths of any bytes add up, and so does the text', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({maxLength: 40}),
				fc.constantFrom(...offeredEncodings()),
				(bytes, encoding) => {
					const found = codedCharacters(bytes, encoding);
					let total = 0;
					for (const {bytes: each} of found) {
						expect(each).toBeGreaterThan(0);
						total += each;
					}

					expect(total).toBe(bytes.length);
					// Of half a unit at the end the library says nothing, and no text is made up.
					expect(found.map(({text}) => text).join('')).toBe(
						iconv.decode(bytes, codecName(encoding), {stripBOM: false}),
					);
				},
			),
			{numRuns: 400},
		);
	});
});
