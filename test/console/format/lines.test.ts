import {stripVTControlCharacters} from 'node:util';
import * as fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {composeLine, drawFrame} from '../../../source/console/format/lines.js';
import {createTheme, themeFor} from '../../../source/console/theme.js';
import {anyText} from '../../helpers/any-text.js';

const theme = createTheme({colour: true, ascii: false});
const widthOf = (text: string) => stringWidth(stripVTControlCharacters(text));

describe('lines', () => {
	test('are cut and filled to their width', () => {
		expect(composeLine(theme, 8, [['ab'], ['cd']])).toBe('abcd    ');
		expect(composeLine(theme, 3, [['ab'], ['cd']])).toBe('ab…');
	});

	test('keep what stands at the right edge', () => {
		expect(composeLine(theme, 8, [['abcdefgh']], [['12']])).toBe('abcd… 12');
		expect(composeLine(theme, 2, [['abc']], [['123']])).toBe('a…');
	});

	test('a frame has its title in the border', () => {
		const lines = drawFrame(createTheme({colour: false, ascii: false}), {
			width: 16,
			height: 3,
			title: [['Peers']],
			titleRight: [['3']],
			footer: [['2 more']],
			isFocused: false,
			lines: ['All         '],
		});
		expect(lines.map(line => stripVTControlCharacters(line))).toEqual([
			'╭ Peers ─── 3 ─╮',
			'│ All          │',
			'╰───── 2 more ─╯',
		]);
	});

	test('no border is ever broken', () => {
		fc.assert(
			fc.property(
				anyText,
				anyText,
				fc.integer({min: 4, max: 50}),
				fc.integer({min: 2, max: 6}),
				(left, right, width, height) => {
					const lines = drawFrame(theme, {
						width,
						height,
						title: [[left, 'strong'], [' '], [right, 'dim']],
						titleRight: [[right, 'accent']],
						footer: [[left]],
						isFocused: true,
						lines: [composeLine(theme, width - 4, [[left]], [[right]])],
					});
					expect(lines).toHaveLength(height);
					for (const line of lines) expect(widthOf(line)).toBe(width);
				},
			),
		);
	});
});

describe('the theme of a terminal', () => {
	const bold = '\u001B[1m';

	test('has colours by default', () => {
		const painted = themeFor({LANG: 'en_US.UTF-8'}).paint('x', 'bad');
		expect(painted).toBe('\u001B[31mx\u001B[39m');
	});

	test('NO_COLOR leaves the weight of letters', () => {
		const plain = themeFor({NO_COLOR: '1', LANG: 'en_US.UTF-8'});
		expect(plain.paint('x', 'bad')).toBe('x');
		expect(plain.paint('x', 'strong')).toContain(bold);
		expect(plain.isAscii).toBe(false);
	});

	test('a dumb terminal gets ASCII and no attributes at all', () => {
		const dumb = themeFor({TERM: 'dumb', LANG: 'en_US.UTF-8'});
		expect(dumb.paint('x', 'strong')).toBe('x');
		expect(dumb.isAscii).toBe(true);
	});

	test('a locale that is no Unicode one gets ASCII borders', () => {
		expect(themeFor({LANG: 'C'}).isAscii).toBe(true);
		expect(themeFor({LC_ALL: 'POSIX'}).isAscii).toBe(true);
		expect(themeFor({}).isAscii).toBe(false);
	});

	test('the ASCII set is ASCII, and each glyph says something else than its neighbours', () => {
		const {glyphs} = createTheme({colour: false, ascii: true});
		expect(JSON.stringify(glyphs)).toMatch(/^[ -~]*$/);
		const trust = Object.values(glyphs.trust);
		expect(new Set([...trust, glyphs.unknown, glyphs.left]).size).toBe(6);
	});
});
