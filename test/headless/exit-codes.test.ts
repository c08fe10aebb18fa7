import {expect, test} from 'vitest';
import {worstExit} from '../../source/headless/exit-codes.js';

test.each([
	[[], 0],
	[[0, 0], 0],
	[[0, 3], 3],
	[[3, 1, 0], 1],
	[[4, 3], 4],
	[[1, 4], 1],
] as const)('of %j the worst is %i', (codes, expected) => {
	expect(worstExit(codes)).toBe(expected);
});
