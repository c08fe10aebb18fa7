import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {formatListening} from '../../source/util/address.js';
import {
	formatClock,
	formatShortClock,
} from '../../source/console/format/clock-time.js';
import {
	formatCount,
	formatDuration,
	formatEta,
	formatPercent,
	formatRate,
	formatSize,
	parseSize,
} from '../../source/util/quantities.js';

describe('quantities', () => {
	test.each([
		[0, '0 B'],
		[999, '999 B'],
		[1000, '1 kB'],
		[1234, '1.2 kB'],
		[99_949, '99.9 kB'],
		[99_950, '100 kB'],
		[999_499, '999 kB'],
		[999_500, '1 MB'],
		[2_100_000_000, '2.1 GB'],
		[812_000_000, '812 MB'],
		[5e15, '5 PB'],
		[-1, '0 B'],
	])('the size %d is %s', (bytes, text) => {
		expect(formatSize(bytes)).toBe(text);
	});

	test.each([
		['20MB', 20_000_000],
		['500kB', 500_000],
		['500 KB/s', 500_000],
		['1.5GB', 1_500_000_000],
		['.5k', 500],
		['20MiB', 20_971_520],
		['2TiB', 2_199_023_255_552],
		['4096', 4096],
		[' 12 b ', 12],
		['0', 0],
		['', undefined],
		['MB', undefined],
		['-5MB', undefined],
		['5XB', undefined],
		['1e3', undefined],
		['1,5MB', undefined],
		['constructor', undefined],
		['5constructor', undefined],
		['99999999TB', undefined],
	])('the size that %s means is %s', (text, bytes) => {
		expect(parseSize(text)).toBe(bytes);
	});

	test('a size that was written is read again, as far as it was said', () => {
		fc.assert(
			fc.property(fc.integer({min: 0, max: 9e14}), bytes => {
				const read = parseSize(formatSize(bytes))!;
				expect(Math.abs(read - bytes)).toBeLessThanOrEqual(bytes * 0.06);
			}),
		);
	});

	test('rates are sizes a second', () => {
		expect(formatRate(812_345_678)).toBe('812 MB/s');
		expect(formatRate(0.4)).toBe('0 B/s');
	});

	test('the time left is rounded up, and missing where nobody could mean it', () => {
		expect(formatEta(1_500_000, 1_000_000)).toBe('0:02');
		expect(formatEta(0, 1)).toBe('0:00');
		expect(formatEta(1000, 0)).toBeUndefined();
		expect(formatEta(1e15, 1)).toBeUndefined();
		expect(formatDuration(760)).toBe('12:40');
		expect(formatDuration(11_100)).toBe('3:05:00');
	});

	test('100 % means that all is there', () => {
		expect(formatPercent(999, 1000)).toBe('99%');
		expect(formatPercent(1000, 1000)).toBe('100%');
		expect(formatPercent(0, 0)).toBe('100%');
		expect(formatPercent(2000, 1000)).toBe('100%');
	});

	test('counts stay short', () => {
		expect(formatCount(9999)).toBe('9999');
		expect(formatCount(12_345)).toBe('12k');
		expect(formatCount(3_400_000)).toBe('3M');
	});

	test('clocks show local time, also across an offset that is no whole hour', () => {
		for (const hour of [0, 3, 12, 23]) {
			const at = new Date(2026, 5, 1, hour, 7, 9).getTime();
			const two = String(hour).padStart(2, '0');
			expect(formatClock(at)).toBe(`${two}:07:09`);
			expect(formatShortClock(at)).toBe(`${two}:07`);
		}
	});

	test('a listener on all interfaces is its port', () => {
		expect(formatListening({host: '::', port: 9090})).toBe(':9090');
		expect(formatListening({host: '::1', port: 9090})).toBe('[::1]:9090');
		expect(formatListening({host: '127.0.0.1', port: 1})).toBe('127.0.0.1:1');
	});
});
