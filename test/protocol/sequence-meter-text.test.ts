import {describe, expect, test} from 'vitest';
import {
	formatMeter,
	parseMeter,
} from '../../source/protocol/sequence-meter-text.js';

describe('where a sequence number stands', () => {
	test.each([
		['u32be@0', {bytes: 4, endian: 'big', offset: 0}, 'u32be@0'],
		['u16le@12', {bytes: 2, endian: 'little', offset: 12}, 'u16le@12'],
		['u8@3', {bytes: 1, endian: 'big', offset: 3}, 'u8@3'],
		['u64', {bytes: 8, endian: 'big', offset: 0}, 'u64be@0'],
		[
			' U32LE@65503 ',
			{bytes: 4, endian: 'little', offset: 65_503},
			'u32le@65503',
		],
	])('%s', (text, meter, shown) => {
		expect(parseMeter(text)).toEqual(meter);
		expect(formatMeter(parseMeter(text))).toBe(shown);
	});

	test.each([
		'',
		'u32@',
		'u24be@0',
		'i32@0',
		'u32be@-1',
		'u32be@65504',
		'u8@99999',
		'u32be@1e3',
		'u32xx',
	])('%j is none', text => {
		expect(() => parseMeter(text)).toThrow(
			expect.objectContaining({
				info: expect.objectContaining({code: 'badMeter'}),
			}),
		);
	});
});
