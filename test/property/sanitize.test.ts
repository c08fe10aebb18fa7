import * as fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import {createSanitizer, toSafeText} from '../../source/engine/sanitize.js';

const special = fc.constantFrom(
	'\u{1b}',
	'\u{9b}',
	'\r\n',
	'\t',
	'\u{7f}',
	'\u{85}',
	'\u{2028}',
	'\u{202e}',
	'\u{200b}',
	'\u{200c}',
	'\u{200d}',
	'\u{fe0f}',
	'\u{20e3}',
	'\u{301}',
	'\u{301}'.repeat(9),
	'\u{e0067}',
	'\u{e000}',
	'\u{d83d}',
	'\u{de42}',
	'\u{1100}',
	'\u{1161}',
	'\u{11ab}',
	'가',
	'각',
	'🙂',
	'👩',
	'🏽',
	'🇨',
	'❤',
	'1',
	'ب',
	'क',
	'्',
	'你好',
	'abc',
);
const anyText = fc.oneof(
	fc.string({unit: 'binary', maxLength: 40}),
	fc
		.array(fc.oneof(special, fc.string({unit: 'binary', maxLength: 2})), {
			maxLength: 25,
		})
		.map(parts => parts.join('')),
	// Lone surrogates too.
	fc
		.array(fc.nat(0xff_ff), {maxLength: 30})
		.map(units => String.fromCharCode(...units)),
);
const options = fc.record({
	joiners: fc.boolean(),
	maxCharacters: fc.oneof(fc.constant(Infinity), fc.integer({min: 1, max: 20})),
});
const runs = {numRuns: 2000};

describe('toSafeText', () => {
	it('gives nothing that a terminal obeys', () => {
		fc.assert(
			fc.property(anyText, options, (raw, options) => {
				const safe = toSafeText(raw, options);
				expect(safe).not.toMatch(
					/[\p{Cc}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u{202a}-\u{202e}\u{2066}-\u{2069}]/u,
				);
				expect(safe).not.toMatch(/\p{M}{9}/u);
				expect(safe.isWellFormed()).toBe(true);
				for (const byte of new TextEncoder().encode(safe)) {
					expect(byte >= 0x20 && byte !== 0x7f).toBe(true);
				}
			}),
			runs,
		);
	});

	it('changes nothing the second time', () => {
		fc.assert(
			fc.property(anyText, options, (raw, options) => {
				const safe = toSafeText(raw, options);
				expect(toSafeText(safe, options)).toBe(safe);
			}),
			runs,
		);
	});

	it('gives the same in any split', () => {
		fc.assert(
			fc.property(
				anyText,
				fc.array(fc.nat(60)),
				fc.boolean(),
				(raw, cuts, joiners) => {
					const sanitizer = createSanitizer({joiners});
					let output = '';
					let start = 0;
					const sorted = [...cuts, raw.length].sort(
						(left, right) => left - right,
					);
					for (const cut of sorted) {
						output += sanitizer.push(raw.slice(start, cut));
						start = Math.max(start, cut);
					}

					expect(output + sanitizer.end()).toBe(toSafeText(raw, {joiners}));
				},
			),
			runs,
		);
	});

	it('loses no character', () => {
		fc.assert(
			fc.property(anyText, raw => {
				const safe = toSafeText(raw);
				expect(Array.from(safe).length).toBeGreaterThanOrEqual(
					Array.from(raw).length,
				);
			}),
		);
	});

	it('keeps to the limit', () => {
		fc.assert(
			fc.property(anyText, fc.integer({min: 1, max: 20}), (raw, limit) => {
				const safe = toSafeText(raw, {maxCharacters: limit});
				const whole = toSafeText(raw);
				expect(Array.from(safe).length).toBeLessThanOrEqual(limit);
				if (Array.from(whole).length <= limit) expect(safe).toBe(whole);
				else expect(safe.endsWith('…')).toBe(true);
			}),
			runs,
		);
	});

	it('takes the columns that the layout counts, whatever stands around it', () => {
		fc.assert(
			fc.property(anyText, options, (raw, options) => {
				const safe = toSafeText(raw, options);
				const width = stringWidth(safe);
				expect(stringWidth(safe, {countAnsiEscapeCodes: true})).toBe(width);
				expect(stringWidth(`│ ${safe}`)).toBe(2 + width);
				expect(stringWidth(`${safe}│`)).toBe(width + 1);
			}),
			runs,
		);
	});
});
