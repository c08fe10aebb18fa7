import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	concatBytes,
	equalBytes,
	equalBytesSecretly,
	fromHex,
	toHex,
	toZBase32,
	utf8Bytes,
} from '../../source/util/bytes.js';

describe('bytes', () => {
	it('turns bytes into hex and back', () => {
		fc.assert(
			fc.property(fc.uint8Array(), bytes => {
				expect(fromHex(toHex(bytes))).toEqual(bytes);
			}),
		);
		expect(toHex(Uint8Array.of(0, 255), ' ')).toBe('00 ff');
		expect(fromHex('0')).toBeUndefined();
		expect(fromHex('zz')).toBeUndefined();
	});

	it('joins parts', () => {
		const parts = [Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3)];
		expect(concatBytes(parts)).toEqual(Uint8Array.of(1, 2, 3));
		expect(equalBytes(concatBytes([]), Uint8Array.of())).toBe(true);
		expect(equalBytes(Uint8Array.of(1), Uint8Array.of(2))).toBe(false);
	});

	it('compares secrets as it compares anything', () => {
		const some = fc.uint8Array({maxLength: 4});
		fc.assert(
			fc.property(some, some, (left, right) => {
				expect(equalBytesSecretly(left, right)).toBe(equalBytes(left, right));
				expect(equalBytesSecretly(left, left.slice())).toBe(true);
			}),
		);
	});

	// The examples of the z-base-32 specification.
	it.each([
		[[0xf0, 0xbf, 0xc7], '6n9hq'],
		[[0xd4, 0x7a, 0x04], '4t7ye'],
	])('writes %j in z-base-32 as %s', (bytes, text) => {
		expect(toZBase32(Uint8Array.from(bytes))).toBe(text);
	});

	it('counts the bytes of a text in UTF-8', () => {
		for (const text of [
			'',
			'abc',
			'ä',
			'a好',
			'👍',
			'x'.repeat(100) + '\u0301',
		]) {
			expect(utf8Bytes(text)).toBe(Buffer.byteLength(text));
		}
	});
});
