import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	createImpairer,
	noImpairment,
	type Impairer,
	type Impairment,
} from '../../source/protocol/impairment.js';
import {createRandom} from '../../source/util/random.js';
import {concatBytes} from '../../source/util/bytes.js';

const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);
const bytesOf = (from: string) => Buffer.from(from, 'latin1');

interface Out {
	readonly atMs: number;
	readonly bytes: Uint8Array;
}

/** Feeds pieces that come at their times, and lets out what is due, when it is due. */
function run(
	impairer: Impairer,
	pieces: ReadonlyArray<{readonly atMs: number; readonly bytes: Uint8Array}>,
): Out[] {
	const out: Out[] = [];
	const letOut = (untilMs: number) => {
		for (;;) {
			const nextMs = impairer.nextAtMs();
			if (nextMs === undefined || nextMs > untilMs) return;
			for (const bytes of impairer.take(nextMs))
				out.push({atMs: nextMs, bytes});
		}
	};

	for (const {atMs, bytes} of pieces) {
		letOut(atMs);
		impairer.push(bytes, atMs);
	}

	letOut(Infinity);
	expect(impairer.heldBytes()).toBe(0);
	return out;
}

const whole = (out: readonly Out[]) => concatBytes(out.map(({bytes}) => bytes));

const impaired = (changes: Partial<Impairment>, seed = 1) =>
	createImpairer({...noImpairment, ...changes}, createRandom(seed));

const arrivals = fc
	.array(
		fc.record({
			gapMs: fc.nat(50),
			bytes: fc.uint8Array({minLength: 1, maxLength: 200}),
		}),
		{maxLength: 20},
	)
	.map(pieces => {
		let atMs = 1_000_000;
		return pieces.map(({gapMs, bytes}) => {
			atMs += gapMs;
			return {atMs, bytes};
		});
	});

const harmless = fc.record({
	delayMs: fc.nat(100),
	jitterMs: fc.nat(100),
	dropChance: fc.constant(0),
	corruptChance: fc.constant(0),
	splitBytes: fc.nat(20),
	joinMs: fc.nat(60),
	rate: fc.oneof(fc.constant(0), fc.integer({min: 100, max: 100_000})),
});

describe('bytes and their order', () => {
	test('property: without impairment the same reads go on, at once', () => {
		fc.assert(
			fc.property(arrivals, pieces => {
				const out = run(impaired({}), pieces);
				expect(out).toEqual(pieces);
				for (const [index, {bytes}] of out.entries()) {
					expect(bytes.buffer).toBe(pieces[index]!.bytes.buffer);
				}
			}),
		);
	});

	test('property: whatever only takes time or cuts leaves the bytes as they are', () => {
		fc.assert(
			fc.property(arrivals, harmless, fc.nat(), (pieces, impairment, seed) => {
				const out = run(impaired(impairment, seed), pieces);
				expect(whole(out)).toEqual(concatBytes(pieces.map(({bytes}) => bytes)));
				for (const [index, {atMs}] of out.entries()) {
					expect(atMs).toBeGreaterThanOrEqual(out[index - 1]?.atMs ?? 0);
				}
			}),
		);
	});

	test('property: the same chance gives the same, and changing it on the way loses nothing', () => {
		fc.assert(
			fc.property(
				arrivals,
				harmless,
				harmless,
				fc.nat(20),
				(pieces, before, after, at) => {
					const once = () => {
						const impairer = impaired(before, 7);
						const changed: Impairer = {
							...impairer,
							push(bytes, nowMs) {
								if (pieces[at]?.bytes === bytes) impairer.change(after, nowMs);
								impairer.push(bytes, nowMs);
							},
						};
						return run(changed, pieces);
					};

					const out = once();
					expect(once()).toEqual(out);
					expect(whole(out)).toEqual(
						concatBytes(pieces.map(({bytes}) => bytes)),
					);
				},
			),
		);
	});

	test('property: dropping leaves out whole parts and changes none', () => {
		fc.assert(
			fc.property(
				arrivals,
				fc.nat(),
				fc.integer({min: 1, max: 50}),
				(pieces, seed, splitBytes) => {
					const impairer = impaired({dropChance: 0.4, splitBytes}, seed);
					const out = run(impairer, pieces);
					const parts = pieces.flatMap(({bytes}) =>
						Array.from(
							{length: Math.ceil(bytes.length / splitBytes)},
							(_, index) =>
								text(
									bytes.subarray(index * splitBytes, (index + 1) * splitBytes),
								),
						),
					);
					let at = 0;
					for (const {bytes} of out) {
						at = parts.indexOf(text(bytes), at) + 1;
						expect(at).toBeGreaterThan(0);
					}

					expect(impairer.counts()).toEqual({
						dropped: parts.length - out.length,
						corrupted: 0,
					});
				},
			),
		);
	});

	test('property: corrupting flips one bit of a part, in a copy', () => {
		fc.assert(
			fc.property(arrivals, fc.nat(), (pieces, seed) => {
				const before = pieces.map(({bytes}) => bytes.slice());
				const impairer = impaired({corruptChance: 0.5}, seed);
				const out = run(impairer, pieces);
				let flipped = 0;
				for (const [index, {bytes}] of out.entries()) {
					expect(pieces[index]!.bytes).toEqual(before[index]);
					let bits = 0;
					for (const [place, byte] of bytes.entries()) {
						for (
							let rest = byte ^ before[index]![place]!;
							rest;
							rest &= rest - 1
						)
							bits++;
					}

					expect(bits).toBeLessThanOrEqual(1);
					flipped += bits;
				}

				expect(impairer.counts()).toEqual({dropped: 0, corrupted: flipped});
			}),
		);
	});
});

describe('each on its own', () => {
	const at = (...pieces: Array<readonly [number, string]>) =>
		pieces.map(([atMs, bytes]) => ({atMs, bytes: bytesOf(bytes)}));
	const seen = (out: readonly Out[]) =>
		out.map(({atMs, bytes}) => [atMs, text(bytes)]);

	test('delay moves everything by the same time', () => {
		const out = run(impaired({delayMs: 50}), at([0, 'a'], [10, 'b']));
		expect(seen(out)).toEqual([
			[50, 'a'],
			[60, 'b'],
		]);
	});

	test('jitter is from none to as much as it says', () => {
		const pieces = at(
			...Array.from({length: 50}, (_, index) => [index * 1000, 'x'] as const),
		);
		const waits = run(impaired({jitterMs: 20}), pieces).map(
			({atMs}, index) => atMs - index * 1000,
		);
		expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
		expect(Math.max(...waits)).toBeLessThan(20);
		expect(new Set(waits).size).toBeGreaterThan(40);
	});

	test('split lets the parts go one after the other', () => {
		const out = run(impaired({splitBytes: 3}), at([0, 'abcdefgh']));
		expect(seen(out)).toEqual([
			[0, 'abc'],
			[1, 'def'],
			[2, 'gh'],
		]);
	});

	test('join puts together what comes in time, and only that', () => {
		const out = run(
			impaired({joinMs: 100}),
			at([0, 'a'], [40, 'b'], [120, 'c']),
		);
		expect(seen(out)).toEqual([
			[100, 'ab'],
			[220, 'c'],
		]);
	});

	test('join does not wait for what is too much already', () => {
		const big = 'x'.repeat(40_000);
		const out = run(impaired({joinMs: 100}), at([0, big], [1, big]));
		expect(out.map(({atMs, bytes}) => [atMs, bytes.length])).toEqual([
			[1, 80_000],
		]);
	});

	test('the rate is kept, in small pieces, and silence does not save up for a burst', () => {
		const impairer = impaired({rate: 1000});
		const out = run(
			impairer,
			at([0, 'x'.repeat(500)], [10_000, 'y'.repeat(500)]),
		);
		expect(Math.max(...out.map(({bytes}) => bytes.length))).toBe(20);
		expect(out[24]!.atMs).toBe(480);
		expect(out[25]!.atMs).toBe(10_000);
		expect(out.at(-1)!.atMs).toBe(10_480);
	});

	test('what is held does not wait on when it is switched off', () => {
		const impairer = impaired({delayMs: 5_000});
		impairer.push(bytesOf('a'), 0);
		expect(impairer.take(10)).toEqual([]);
		impairer.change(noImpairment, 20);
		expect(impairer.nextAtMs()).toBe(20);
		expect(impairer.take(20).map(text)).toEqual(['a']);
		expect(impairer.nextAtMs()).toBeUndefined();
	});

	test('a chance of 1 drops everything', () => {
		const impairer = impaired({dropChance: 1});
		expect(run(impairer, at([0, 'a'], [1, 'b']))).toEqual([]);
		expect(impairer.counts().dropped).toBe(2);
	});
});
