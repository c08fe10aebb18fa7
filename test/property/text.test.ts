import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	decodeText,
	encodeText,
	incompleteTailBytes,
	looksLikeText,
} from '../../source/protocol/text-decoding.js';
import {utf8Tail} from '../../source/protocol/utf8.js';
import {concatBytes} from '../../source/util/bytes.js';
import {outcome} from './split-input.js';

const encode = (text: string) => new TextEncoder().encode(text);
const anyText = fc.string({unit: 'binary', maxLength: 60});
// Endings and characters of all lengths often enough to stand beside each other.
const streamBytes = fc
	.array(
		fc.oneof(
			fc.constantFrom('\n', '\r', '\r\n', '你', '🙂', 'é').map(encode),
			fc.uint8Array({maxLength: 9}),
		),
		{maxLength: 20},
	)
	.map(concatBytes);

describe('utf8Tail', () => {
	it('agrees with the decoder of the system', () => {
		const decoder = new TextDecoder('utf-8', {fatal: true});
		const isValid = (bytes: Uint8Array) => {
			try {
				decoder.decode(bytes);
				return true;
			} catch {
				return false;
			}
		};

		const continuations = [
			[],
			[0x80],
			[0x80, 0x80],
			[0xa0, 0x80],
			[0x90, 0x80, 0x80],
			[0x80, 0x80, 0x80],
		];
		const isPrefix = (bytes: Uint8Array) =>
			continuations.some(more =>
				isValid(concatBytes([bytes, Uint8Array.from(more)])),
			);
		fc.assert(
			fc.property(
				fc.oneof(streamBytes, fc.uint8Array({maxLength: 5})),
				input => {
					const tail = utf8Tail(input);
					expect(tail === 0).toBe(isValid(input));
					expect(tail !== undefined).toBe(isPrefix(input));
				},
			),
			{numRuns: 2000},
		);
	});
});

describe('text in encodings', () => {
	const encoding = fc.constantFrom(
		'utf-8',
		'gb18030',
		'gbk',
		'big5',
		'shift_jis',
		'euc-kr',
		'latin1',
	);

	it('never crashes on any bytes', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({maxLength: 200}),
				encoding,
				(bytes, fallback) => {
					const {text} = decodeText(bytes, fallback);
					expect(typeof looksLikeText(text)).toBe('boolean');
					expect(incompleteTailBytes(bytes, fallback)).toBeLessThan(4);
				},
			),
			{numRuns: 500},
		);
	});

	it('comes back as it was, or is refused', () => {
		fc.assert(
			fc.property(anyText, encoding, (text, name) => {
				const result = outcome(() => encodeText(text, name));
				if ('code' in result) {
					expect(result.code).toBe('notEncodable');
				} else if (utf8Tail(result.value) !== 0) {
					expect(decodeText(result.value, name).text).toBe(text);
				}
			}),
			{numRuns: 500},
		);
	});

	it('holds back the beginning of a character wherever text is cut', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('a', '你', '好', '世', '€', '💩'), {
					minLength: 1,
					maxLength: 12,
				}),
				fc.constantFrom('utf-8', 'gb18030'),
				fc.nat(30),
				(characters, name, place) => {
					const bytes = encodeText(characters.join(''), name);
					const cut = bytes.subarray(0, place % (bytes.length + 1));
					const tail = incompleteTailBytes(cut, 'gb18030');
					const shown = cut.subarray(0, cut.length - tail);
					// What is UTF-8 by chance is read as such: no way to know better.
					if (name === 'gb18030' && utf8Tail(shown) === 0) return;
					const {text} = decodeText(shown, 'gb18030');
					expect(characters.join('').startsWith(text)).toBe(true);
				},
			),
		);
	});
});
