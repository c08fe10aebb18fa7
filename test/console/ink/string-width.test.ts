/** The quick width is that of the package, for every character and for texts of all kinds. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import quickStringWidth from '../../../source/console/ink/string-width.js';
import {anyText} from '../../helpers/any-text.js';

test('every unit, alone and between others', () => {
	const wrong: string[] = [];
	for (let code = 0; code < 0x1_00_00; code++) {
		const character = String.fromCharCode(code);
		for (const text of [character, `a${character}世`, `│${character}가`]) {
			if (quickStringWidth(text) !== stringWidth(text)) wrong.push(text);
		}
	}

	expect(wrong).toEqual([]);
});

test('texts', () => {
	fc.assert(
		fc.property(anyText, text => {
			expect(quickStringWidth(text)).toBe(stringWidth(text));
		}),
	);
});

test('lines of the screen', () => {
	const part = fc.constantFrom(
		'│ ╭─╮ ✓',
		'世界',
		'한글',
		'ﾊﾟ',
		'👩‍👩‍👧',
		'☝🏽',
		'é',
		'#️⃣',
		'🇩🇪',
		'ก็',
		'가',
		'\u001B[1mbold\u001B[22m',
		'ascii',
	);
	fc.assert(
		fc.property(fc.array(part), parts => {
			const text = parts.join('');
			expect(quickStringWidth(text)).toBe(stringWidth(text));
		}),
	);
});
