import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	formatImpairment,
	parseImpairment,
} from '../../source/protocol/impairment-text.js';
import {
	longestMs,
	noImpairment,
	normalized,
} from '../../source/protocol/impairment.js';

const read = (text: string, base = noImpairment) =>
	parseImpairment(text.split(' '), base);

test('every word has its meaning', () => {
	expect(
		read(
			'delay=50ms jitter=1.5s drop=1% corrupt=0.001 split=3 join=100 rate=10KB',
		),
	).toEqual({
		ok: true,
		impairment: {
			delayMs: 50,
			jitterMs: 1500,
			dropChance: 0.01,
			corruptChance: 0.001,
			splitBytes: 3,
			joinMs: 100,
			rate: 10_000,
		},
	});
});

test('what is not named stays, off ends one or all', () => {
	const base = {...noImpairment, delayMs: 50, rate: 7};
	expect(read('drop=50%', base)).toMatchObject({
		impairment: {delayMs: 50, rate: 7, dropChance: 0.5},
	});
	expect(read('delay=off', base)).toMatchObject({
		impairment: {delayMs: 0, rate: 7},
	});
	expect(read('off delay=1', base)).toMatchObject({
		impairment: {...noImpairment, delayMs: 1},
	});
});

test.each([
	['lag=1', {kind: 'unknown', text: 'lag=1'}],
	['delay', {kind: 'value', word: 'delay', text: ''}],
	['delay=61s', {kind: 'value', word: 'delay', text: '61s'}],
	['delay=-1', {kind: 'value', word: 'delay', text: '-1'}],
	['drop=101%', {kind: 'value', word: 'drop', text: '101%'}],
	['drop=2', {kind: 'value', word: 'drop', text: '2'}],
	['split=x', {kind: 'value', word: 'split', text: 'x'}],
	['constructor=1', {kind: 'unknown', text: 'constructor=1'}],
])('%s is told', (text, problem) => {
	expect(read(text)).toEqual({ok: false, problem});
});

test('property: what is written is read again', () => {
	fc.assert(
		fc.property(
			fc.record({
				delayMs: fc.nat(longestMs),
				jitterMs: fc.nat(longestMs),
				dropChance: fc.nat(1000).map(part => part / 1000),
				corruptChance: fc.nat(1000).map(part => part / 1000),
				splitBytes: fc.nat(1000),
				joinMs: fc.nat(longestMs),
				rate: fc.nat(999),
			}),
			impairment => {
				const text = formatImpairment(impairment);
				const again = parseImpairment(text.split(' ').filter(Boolean));
				if (!again.ok) throw new Error(text);
				expect(formatImpairment(again.impairment)).toBe(text);
				const {delayMs, splitBytes, rate} = impairment;
				expect(again.impairment).toMatchObject({delayMs, splitBytes, rate});
			},
		),
	);
});

test('property: whatever numbers come, they are made to make sense', () => {
	const any = fc.oneof(fc.double(), fc.integer());
	fc.assert(
		fc.property(
			fc.record({
				delayMs: any,
				jitterMs: any,
				dropChance: any,
				corruptChance: any,
				splitBytes: any,
				joinMs: any,
				rate: any,
			}),
			given => {
				const made = normalized(given);
				for (const value of Object.values(made)) {
					expect(value).toBeGreaterThanOrEqual(0);
					expect(Number.isFinite(value)).toBe(true);
				}

				expect(made.dropChance).toBeLessThanOrEqual(1);
				expect(made.delayMs).toBeLessThanOrEqual(longestMs);
				expect(Number.isInteger(made.splitBytes)).toBe(true);
			},
		),
	);
});
