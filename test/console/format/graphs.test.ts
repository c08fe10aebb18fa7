import {describe, expect, test} from 'vitest';
import {drawBar, drawSparkline} from '../../../source/console/format/graphs.js';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/console/glyphs.js';

const bar = (share: number, width: number) => {
	const {full, empty} = drawBar(share, width, unicodeGlyphs);
	return full + empty;
};

describe('graphs', () => {
	test('a bar is full only when all is there', () => {
		expect(bar(0, 4)).toBe('░░░░');
		expect(bar(0.5, 4)).toBe('██░░');
		expect(bar(0.999, 4)).toBe('███░');
		expect(bar(1, 4)).toBe('████');
		expect(bar(7, 4)).toBe('████');
		expect(bar(-1, 4)).toBe('░░░░');
		expect(bar(0.5, 0)).toBe('');
	});

	test('a sparkline is scaled to its highest value; something is never drawn as nothing', () => {
		expect(drawSparkline([0, 1, 4, 8], 4, unicodeGlyphs)).toBe(' ▁▄█');
		expect(drawSparkline([1, 1000], 2, unicodeGlyphs)).toBe('▁█');
		expect(drawSparkline([0, 0], 2, unicodeGlyphs)).toBe('  ');
	});

	test('it shows the newest values, older ones to the left', () => {
		expect(drawSparkline([9, 9, 0, 5], 2, asciiGlyphs)).toBe(' #');
		expect(drawSparkline([5], 3, asciiGlyphs)).toBe('  #');
		expect(drawSparkline([], 3, asciiGlyphs)).toBe('   ');
		expect(drawSparkline([1], 0, asciiGlyphs)).toBe('');
	});
});
