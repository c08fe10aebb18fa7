import {expect, it} from 'vitest';
import {formatSize} from '../../source/util/format-size.js';

it.each([
	[0, '0 B'],
	[999, '999 B'],
	[1000, '1.00 kB'],
	[12_345, '12.3 kB'],
	[999_499, '999 kB'],
	[999_500, '1.00 MB'],
	[2_147_483_648, '2.15 GB'],
	[5e18, '5000 PB'],
])('%d bytes are %s', (bytes, text) => {
	expect(formatSize(bytes)).toBe(text);
});
