import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import {unusual} from '../../source/engine/character-classes.js';
import {toSafeText} from '../../source/engine/sanitize.js';
import {costGrowth, linearGrowth} from '../property/split-input.js';

describe('toSafeText', () => {
	it.each([
		['plain', 'hello, world!', 'hello, world!'],
		['Chinese', '你好，世界', '你好，世界'],
		['accents, composed and not', 'é e\u{301}', 'é e\u{301}'],
		['emoji', '🙂👍🏽🇨🇳', '🙂👍🏽🇨🇳'],
		['a keycap', '1\u{fe0f}\u{20e3}', '1\u{fe0f}\u{20e3}'],
		['an emoji with its selector', '❤\u{fe0f}', '❤\u{fe0f}'],
		['a family', '👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦'],
		['Persian', 'می‌خواهم', 'می‌خواهم'],
		['Korean in parts', '\u{1112}\u{1161}\u{11ab}', '\u{1112}\u{1161}\u{11ab}'],
		['an escape sequence', '\u{1b}[2J', '␛[2J'],
		['an 8-bit one', '\u{9b}2J', '\\u{9B}2J'],
		['a title', '\u{1b}]0;x\u{7}', '␛]0;x␇'],
		['NUL, DEL', '\0\u{7f}', '␀␡'],
		['line ends', 'a\r\nb\rc\nd', 'a␍␊b␍c␊d'],
		['other line ends', '\u{85}\u{2028}\u{2029}', '\\u{85}\\u{2028}\\u{2029}'],
		['tabs', 'a\tb', 'a    b'],
		[
			'bidi controls',
			'a\u{202e}b\u{2066}\u{200f}',
			'a\\u{202E}b\\u{2066}\\u{200F}',
		],
		[
			'zero width',
			'a\u{200b}b\u{feff}\u{2060}',
			'a\\u{200B}b\\u{FEFF}\\u{2060}',
		],
		['a soft hyphen', 'a\u{ad}b', 'a\\u{AD}b'],
		['fillers', '\u{3164}\u{115f}', '\\u{3164}\\u{115F}'],
		['tags', '🏴\u{e0067}', '🏴\\u{E0067}'],
		['private use', '\u{e000}\u{f0000}', '\\u{E000}\\u{F0000}'],
		['lone surrogates', '\u{d83d} \u{dc00}', '\\u{D83D} \\u{DC00}'],
		['noncharacters', '\u{fdd0}\u{1ffff}', '\\u{FDD0}\\u{1FFFF}'],
		['unassigned', '\u{378}', '\\u{378}'],
		['a selector on a letter', 'a\u{fe0f}', 'a\\u{FE0F}'],
		['two selectors', '❤\u{fe0f}\u{fe0f}', '❤\u{fe0f}\\u{FE0F}'],
		['a selector on a digit', '1\u{fe0f}2', '1\\u{FE0F}2'],
		['ideographic selectors', '葛\u{e0100}', '葛\\u{E0100}'],
		['a joiner at the start', '\u{200d}a', '\\u{200D}a'],
		['a joiner at the end', 'a\u{200d}', 'a\\u{200D}'],
		['two joiners', 'a\u{200d}\u{200d}b', 'a\\u{200D}\\u{200D}b'],
		['a joiner at a space', 'a\u{200c} b', 'a\\u{200C} b'],
		['a joiner behind a token', '\u{1b}\u{200d}a', '␛\\u{200D}a'],
		['a mark without a base', '\u{301}a', '\\u{301}a'],
		['jamo on jamo', '\u{1100}\u{1100}', '\u{1100}\\u{1100}'],
		['jamo without a start', 'a\u{1161}', 'a\\u{1161}'],
		['a syllable behind jamo', '\u{1100}가나', '\u{1100}\\u{AC00}나'],
	])('%s', (_, raw, safe) => {
		expect(toSafeText(raw)).toBe(safe);
	});

	it('keeps eight marks on a base', () => {
		const mark = '\u{301}';
		expect(toSafeText(`a${mark.repeat(10)}b${mark}`)).toBe(
			`a${mark.repeat(8)}\\u{301}\\u{301}b${mark}`,
		);
	});

	it('ends a chain of joined emoji that fills more than two columns', () => {
		expect(toSafeText(Array(6).fill('👩').join('‍'))).toBe(
			'👩‍👩‍👩‍👩\\u{200D}👩‍👩',
		);
	});

	it('leaves no joiners in names', () => {
		expect(toSafeText('a‍b 👩‍👧', {joiners: false})).toBe(
			'a\\u{200D}b 👩\\u{200D}👧',
		);
	});

	it('cuts between characters', () => {
		const cut = (text: string, maxCharacters: number) =>
			toSafeText(text, {maxCharacters});
		expect(cut('abcdef', 6)).toBe('abcdef');
		expect(cut('abcdefg', 6)).toBe('abcde…');
		expect(cut('🙂🙂🙂', 3)).toBe('🙂🙂🙂');
		expect(cut('🙂🙂🙂', 2)).toBe('🙂…');
		expect(cut('ae\u{301}b', 3)).toBe('a…');
		expect(cut('x👩‍👧y', 4)).toBe('x…');
		expect(cut('a‍bcdef', 3)).toBe('a…');
		expect(cut('\u{1b}'.repeat(1000), 3)).toBe('␛␛…');
	});

	it('never joins the mark of a gutter or a border', () => {
		for (const raw of [
			'\u{301}a',
			'\u{1161}',
			'\u{200d}x',
			'\u{fe0f}',
			'a\u{200d}',
		]) {
			const safe = toSafeText(raw);
			expect(stringWidth(`g${safe}│`)).toBe(2 + stringWidth(safe));
		}
	});

	it('takes for common only what it would keep', () => {
		for (let code = 0; code < 0x1_00_00; code++) {
			const character = String.fromCharCode(code);
			unusual.lastIndex = 0;
			if (unusual.test(character)) continue;
			// Between letters, so that the slow way looks at it.
			const slow = toSafeText(`\u{301}${character.repeat(3)}`);
			expect(slow).toBe(`\\u{301}${character.repeat(3)}`);
			expect(character).not.toMatch(/[\p{C}\p{M}\p{Zl}\p{Zp}]/u);
		}
	});

	it.each([
		['plain text', 'The quick brown fox. '],
		['Chinese', '你好，世界'],
		['escapes', '\u{1b}'],
		['marks', '\u{301}'],
		['joiners', 'ب\u{200d}'],
		['halves', '\u{d800}'],
	])('costs linear time: %s', (_, pattern) => {
		const growth = costGrowth(scale => {
			const raw = `a${pattern.repeat((scale * 24_000) / pattern.length)}`;
			return () => {
				toSafeText(raw);
			};
		});
		expect(growth).toBeLessThan(linearGrowth);
	});
});
