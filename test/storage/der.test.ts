import {describe, expect, it} from 'vitest';
import {
	bitString,
	integer,
	objectId,
	octetString,
	sequence,
	utf8String,
} from '../../source/storage/der.js';
import {toHex} from '../../source/util/bytes.js';

describe('DER', () => {
	it.each([
		['an empty sequence', sequence(), '3000'],
		['zero', integer(Uint8Array.of(0)), '020100'],
		['no digits', integer(new Uint8Array()), '020100'],
		['leading zeros', integer(Uint8Array.of(0, 0, 5)), '020105'],
		['a high bit', integer(Uint8Array.of(0x80)), '02020080'],
		['an object id', objectId(1, 3, 101, 112), '06032b6570'],
		['a large arc', objectId(1, 2, 840, 113_549), '06062a864886f70d'],
		['bits', bitString(Uint8Array.of(0x80), 7), '03020780'],
		['text', utf8String('é'), '0c02c3a9'],
		['sequences', sequence(sequence(), sequence()), '300430003000'],
	])('writes %s', (_, bytes, expected) => {
		expect(toHex(bytes)).toBe(expected);
	});

	it.each([
		[127, '047f'],
		[128, '048180'],
		[255, '0481ff'],
		[256, '04820100'],
		[65_536, '0483010000'],
	])('writes a length of %i', (length, expected) => {
		const bytes = octetString(new Uint8Array(length));
		expect(toHex(bytes.subarray(0, bytes.length - length))).toBe(expected);
	});
});
