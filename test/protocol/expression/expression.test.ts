import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {SocktermError} from '../../../source/errors.js';
import {createExpression} from '../../../source/protocol/expression/expression.js';

/** What JavaScript itself finds. */
const native = (source: string, text: string) => {
	const found = new RegExp(source, 'u').exec(text);
	return found ? [...found] : undefined;
};

const ours = (source: string, text: string) =>
	createExpression(source).match(text);

const problemOf = (source: string) => {
	try {
		createExpression(source);
	} catch (error) {
		if (error instanceof SocktermError) return error.info;
		throw error;
	}

	return undefined;
};

test.each([
	['T=(\\d+)', 'now T=231 H=40'],
	['T=(\\d+) H=(\\d+)', 'now T=231 H=40'],
	['^(GET|POST) (\\S+)', 'POST /x HTTP/1.1'],
	['a*?b', 'aaab'],
	['(a|ab)(c|bcd)(d*)', 'abcd'],
	['(a*)*', 'b'],
	['(?:(a)|b)*', 'ab'],
	['(?<year>\\d{4})-(\\d{2})', '2026-01'],
	['x{2,3}', 'xxxxx'],
	['x{2,3}?', 'xxxxx'],
	['x{0}y', 'xy'],
	['\\bend\\b', 'the end.'],
	['\\Bnd', 'end'],
	['[^a-c\\d-]+', 'abc-1xyz'],
	['[\\]\\-x]+', 'a]-x'],
	['[]', 'a'],
	['[^]', '\n'],
	['\\x41\\u4f60\\u{1f600}', 'A你😀'],
	['.{2}$', 'a😀'],
	['.', '\n\r'],
	['(?i:ok)!', 'OK!'],
	['(?i:[a-c]+)', 'xABC'],
	['(?i:ä)', 'Ä'],
	['', 'x'],
	['$', 'x'],
	['\\/\\.\\$', '/.$'],
	['a||b', 'b'],
	['(?:a?){3}a{3}', 'aaa'],
	['(a?)*?$', 'aa'],
	['\\s+', ' \t\u00a0\u2003x'],
])('%s on %j is what JavaScript makes of it', (source, text) => {
	expect(ours(source, text)).toEqual(native(source, text));
});

const atom = fc.constantFrom(
	'a',
	'b',
	'.',
	'\\d',
	'\\w',
	'[ab]',
	'[^a]',
	'1',
	'é',
	'\\b',
	'^',
	'$',
);
const {expression} = fc.letrec<{expression: string}>(tie => ({
	expression: fc.oneof(
		{depthSize: 'small', withCrossShrink: true},
		atom,
		fc.tuple(tie('expression'), tie('expression')).map(parts => parts.join('')),
		fc
			.tuple(tie('expression'), tie('expression'))
			.map(([one, two]) => `(?:${one}|${two})`),
		tie('expression').map(inner => `(${inner})`),
		fc
			.tuple(
				fc.constantFrom('a', 'b', '.', '[^a]', '(a)', '(a|b)', '(?:ab|(b))'),
				fc.constantFrom(
					'*',
					'+',
					'?',
					'*?',
					'+?',
					'??',
					'{2}',
					'{1,2}',
					'{2,}?',
				),
			)
			.map(parts => parts.join('')),
	),
}));

test('property: finds the match and the groups that JavaScript finds', () => {
	fc.assert(
		fc.property(
			expression,
			fc.string({
				unit: fc.constantFrom('a', 'b', '1', 'é', ' ', '😀'),
				maxLength: 12,
			}),
			(source, text) => {
				expect(ours(source, text)).toEqual(native(source, text));
			},
		),
		{numRuns: 2000},
	);
});

test('property: any source is read, or refused with its place', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string({maxLength: 20}),
				fc.string({
					unit: fc.constantFrom(...Array.from('()[]{}|*+?^$\\.-,:<>ab12=!k')),
					maxLength: 12,
				}),
			),
			source => {
				const problem = problemOf(source);
				if (problem) {
					expect(problem.code).toBe('badExpression');
					expect(problem.details['position']).toBeLessThanOrEqual(
						source.length,
					);
				} else {
					expect(() => new RegExp(source, 'u')).not.toThrow();
				}
			},
		),
		{numRuns: 2000},
	);
});

test.each([
	['*a', 'nothingToRepeat'],
	['a**', 'nothingToRepeat'],
	['(a', 'openGroup'],
	['a)', 'unopened'],
	['[a', 'openClass'],
	['[b-a]', 'badRange'],
	['a\\', 'openEscape'],
	['a{3,2}', 'badRepeat'],
	['(a)\\1', 'reference'],
	['(?=a)', 'looksAround'],
	['(?<!a)b', 'looksAround'],
	['\\q', 'badEscape'],
	['a{1000}', 'tooLong'],
	['(a{99}){99}', 'tooLong'],
	['('.repeat(60) + ')'.repeat(60), 'tooDeep'],
])('%s is refused: %s', (source, what) => {
	expect(problemOf(source)?.details['what']).toBe(what);
});

describe('what takes JavaScript longer than anybody waits', () => {
	const long = 'a'.repeat(4096);
	test.each([
		'(a+)+b',
		'(a|a)*b',
		'a*a*a*a*a*b',
		'(?:a?){60}a{60}b',
		'(.*)(.*)(.*)(.*)x',
	])('%s is over soon', source => {
		const match = createExpression(source);
		const before = performance.now();
		expect(match.match(long)).toBeUndefined();
		// By hand a few milliseconds; with backtracking longer than the universe.
		expect(performance.now() - before).toBeLessThan(5_000);
	});
});
