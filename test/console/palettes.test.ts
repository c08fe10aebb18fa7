/** Colours that can be read: WCAG 2 contrast over every colour of a palette. */
import {describe, expect, it} from 'vitest';
import {
	channels,
	colourDepth,
	isLightBackground,
	palettes,
	type Palette,
} from '../../source/console/palettes.js';
import {themeFor} from '../../source/console/theme.js';

function luminance(rgb: string): number {
	const [red, green, blue] = channels(rgb).map(value => {
		const share = value / 255;
		return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(left: string, right: string): number {
	const [dark, light] = [luminance(left), luminance(right)].sort(
		(a, b) => a - b,
	);
	return (light! + 0.05) / (dark! + 0.05);
}

const least = (palette: Palette, background: string) =>
	Math.min(
		...Object.values(palette.colours).map(([rgb]) => contrast(rgb, background)),
	);

describe('contrast', () => {
	it('is measured as WCAG does', () => {
		expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
		expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
	});

	it.each([
		['dark', palettes.dark, '#000000', 4.5],
		['dark on a dark grey', palettes.dark, '#1e1e1e', 4.5],
		['dark where the background is light', palettes.dark, '#ffffff', 2.7],
		['light', palettes.light, '#ffffff', 4.5],
		['light on paper', palettes.light, '#fdf6e3', 4.5],
		['contrast', palettes.contrastDark, '#000000', 10],
		['contrast on a dark grey', palettes.contrastDark, '#1e1e1e', 7],
		['contrast, light', palettes.contrastLight, '#ffffff', 7],
	] as const)('%s', (_name, palette, background, enough) => {
		expect(least(palette, background)).toBeGreaterThanOrEqual(enough);
	});
});

describe('what a terminal can show', () => {
	it.each([
		[{COLORTERM: 'truecolor', TERM: 'xterm'}, 'rgb'],
		[{TERM: 'xterm-direct'}, 'rgb'],
		[{TERM: 'screen-256color'}, 'cube'],
		[{TERM: 'xterm'}, 'sixteen'],
		[{}, 'sixteen'],
	] as const)('%j', (env, depth) => {
		expect(colourDepth(env)).toBe(depth);
	});

	it.each([
		['0;15', true],
		['0;default;7', true],
		['15;0', false],
		['15;8', false],
		['', false],
		['15;default', false],
	])('COLORFGBG %j', (COLORFGBG, isLight) => {
		expect(isLightBackground({COLORFGBG})).toBe(isLight);
	});
});

describe('the theme', () => {
	const painted = (
		env: Readonly<Record<string, string>>,
		theme: string,
		style: 'accent' | 'dim' = 'accent',
	) => themeFor({LANG: 'C.UTF-8', ...env}, {theme}).paint('x', style);
	const truecolor = {COLORTERM: 'truecolor'};
	const light = {COLORFGBG: '0;15'};

	it.each([
		[{}, '16', '\u001B[36mx\u001B[39m'],
		[truecolor, '16', '\u001B[36mx\u001B[39m'],
		[truecolor, 'dark', '\u001B[38;2;31;163;184mx\u001B[39m'],
		[{TERM: 'xterm-256color'}, 'light', '\u001B[38;5;24mx\u001B[39m'],
		[truecolor, 'none', 'x'],
		[{NO_COLOR: '1'}, 'auto', 'x'],
		// Who chose a theme has said more than NO_COLOR does.
		[{NO_COLOR: '1'}, '16', '\u001B[36mx\u001B[39m'],
		[{TERM: 'dumb'}, '16', 'x'],
	])('%j %s', (env, theme, expected) => {
		expect(painted(env, theme)).toBe(expected);
	});

	it('auto is light where the terminal says so, else dark', () => {
		expect(painted({...truecolor, ...light}, 'auto')).toBe(
			painted(truecolor, 'light'),
		);
		expect(painted(truecolor, 'auto')).toBe(painted(truecolor, 'dark'));
	});

	it('with contrast nothing is faint', () => {
		expect(painted(truecolor, 'contrast', 'dim')).toBe('x');
		expect(painted({...truecolor, ...light}, 'contrast')).not.toBe(
			painted(truecolor, 'contrast'),
		);
	});

	it('borders that were chosen stand over the environment', () => {
		const isAscii = (env: Readonly<Record<string, string>>, borders: string) =>
			themeFor(env, {borders}).isAscii;
		expect(isAscii({LANG: 'C'}, 'auto')).toBe(true);
		expect(isAscii({LANG: 'C'}, 'unicode')).toBe(false);
		expect(isAscii({LANG: 'C.UTF-8', SOCKTERM_ASCII: '1'}, 'unicode')).toBe(
			false,
		);
		expect(isAscii({LANG: 'C.UTF-8'}, 'ascii')).toBe(true);
	});
});
