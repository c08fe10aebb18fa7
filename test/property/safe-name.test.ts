import * as fc from 'fast-check';
import {expect, it} from 'vitest';
import {
	freeNameCandidates,
	planName,
	planUnusualName,
} from '../../source/storage/receive-name.js';
import {firstOf} from '../storage/helpers.js';

// Plain strings hardly ever hit what matters, so the dangerous pieces are mixed in.
const pieces = fc.constantFrom(
	'..',
	'.',
	' ',
	'/',
	'\\',
	'C:',
	':',
	'con',
	'NUL',
	'com¹',
	'.txt',
	'.tar.gz',
	'\0',
	'\u001B[',
	'\u202E',
	'\u200D',
	'\uFE0F',
	'\u0301',
	'e\u0301',
	'\u3000',
	'\uD83D',
	'\uDE00',
	'👩‍👩‍👧',
	'🇨🇳',
	'한',
	'ᄒ',
	'ᅡ',
	'क्ष',
	'好'.repeat(60),
	'a'.repeat(120),
	'.sockterm-parts',
);
const suggestions = fc.oneof(
	fc.string({unit: 'binary', maxLength: 400}),
	fc.string({unit: 'grapheme', maxLength: 400}),
	fc
		.array(fc.oneof(pieces, fc.string({unit: 'binary', maxLength: 3})), {
			maxLength: 12,
		})
		.map(parts => parts.join('')),
);

const device =
	/^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[\d¹²³])[. ]*(?:\.|$)/i;

function expectSafe(name: string) {
	expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
	expect(name).not.toBe('');
	expect(name.isWellFormed()).toBe(true);
	expect(name).not.toMatch(/[/\\<>:"|?*\p{Cc}\u2028\u2029]/u);
	expect(name).not.toMatch(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069]/u);
	expect(name).not.toMatch(/[. ]$/);
	expect(name).not.toMatch(device);
	expect(name.toLowerCase()).not.toBe('.sockterm-parts');
}

it('is refused, or one safe component that gives itself', () => {
	fc.assert(
		fc.property(suggestions, suggested => {
			const plan = planName(suggested);
			if (!plan.ok) {
				expect(plan.error.code).toBe('nameRefused');
				return;
			}

			expectSafe(plan.name);
			expect(planName(plan.name)).toEqual(plan);
		}),
		{numRuns: 3000},
	);
});

it('has only safe and different alternatives', () => {
	fc.assert(
		fc.property(suggestions, suggested => {
			const plan = planName(suggested);
			if (!plan.ok) return;
			const names = firstOf(freeNameCandidates(plan.name), 12);
			expect(new Set(names).size).toBe(12);
			for (const name of names) {
				expectSafe(name);
				expect(planName(name)).toMatchObject({ok: true, name});
			}
		}),
		{numRuns: 1000},
	);
});

it('is planned by a look at it as by every rule', () => {
	const words = fc.constantFrom(
		'a',
		'IMG_0001',
		'con',
		'Aux',
		'com1',
		'nul',
		'clock',
		'autorun',
		'inf',
		'desktop',
		'ini',
		'lnk',
		'URL',
		'sockterm',
		'parts',
		'git',
		'x'.repeat(60),
	);
	const marks = fc.constantFrom('.', '-', '_', '..', '~', ' ', '$', '');
	const names = fc
		.array(fc.tuple(words, marks), {minLength: 1, maxLength: 4})
		.map(parts => parts.flat().join(''));
	fc.assert(
		fc.property(names, name => {
			expect(planName(name)).toEqual(planUnusualName(name));
			const trimmed = name.replace(/[^a-z\d]+$/i, '');
			expect(planName(trimmed)).toEqual(planUnusualName(trimmed));
		}),
		{numRuns: 2000},
	);
});
