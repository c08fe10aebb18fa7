import {expect, test} from 'vitest';
import {
	formatDurationMs,
	parseDurationMs,
} from '../../source/util/durations.js';

test.each([
	['5', 5_000],
	['500ms', 500],
	['60s', 60_000],
	['1.5m', 90_000],
	['10 min', 600_000],
	['2H', 7_200_000],
	['1d', 86_400_000],
])('%s is %i ms', (text, ms) => {
	expect(parseDurationMs(text)).toBe(ms);
});

test.each(['', '0', '0s', '-5', '5x', 's', '1e3', '99d', '0.0001s', '1..5'])(
	'%j is no time',
	text => {
		expect(parseDurationMs(text)).toBeUndefined();
	},
);

test.each([
	[250, '250 ms'],
	[1_000, '1 s'],
	[90_000, '90 s'],
	[60_000, '60 s'],
	[600_000, '10 min'],
	[7_200_000, '2 h'],
	[3 * 86_400_000, '3 d'],
])('%i ms is shown as %s, and read back', (ms, text) => {
	expect(formatDurationMs(ms)).toBe(text);
	expect(parseDurationMs(text)).toBe(ms);
});
