/** The meter against one that remembers everything and counts in numbers without end. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {SequenceMeter} from '../../source/engine/index.js';
import {createMeterState} from '../../source/engine/datagrams/sequence-meter.js';
import {limits} from '../../source/limits.js';

const meters: readonly SequenceMeter[] = ([1, 2, 4, 8] as const).flatMap(
	bytes =>
		(['big', 'little'] as const).map(endian => ({bytes, endian, offset: 3})),
);

function payloadOf(
	{bytes, endian, offset}: SequenceMeter,
	number: bigint,
): Uint8Array {
	const payload = new Uint8Array(offset + bytes + 2).fill(0xee);
	for (let index = 0; index < bytes; index++) {
		const place = endian === 'big' ? bytes - 1 - index : index;
		payload[offset + place] = Number((number >> BigInt(8 * index)) & 0xffn);
	}

	return payload;
}

function naive(bits: number, numbers: readonly bigint[]) {
	const remembered = BigInt(Math.min(limits.meterNumbers, 2 ** (bits - 1)));
	const signed = (difference: bigint) => BigInt.asIntN(bits, difference);
	let seen = new Set<bigint>();
	let first = 0n;
	let highest: bigint | undefined;
	let suspect: bigint | undefined;
	let [doubled, late, restarted, missingBefore] = [0, 0, 0, 0];
	const missing = () => {
		if (highest === undefined) return 0;
		const came = [...seen].filter(each => each >= first).length;
		return Number(highest - first) + 1 - came;
	};

	for (const number of numbers) {
		if (highest === undefined) {
			first = number;
			highest = number;
			seen.add(number);
			continue;
		}

		const steps = signed(number - highest);
		if (steps > 0n || steps > -remembered) {
			suspect = undefined;
			const place: bigint = highest + steps;
			if (seen.has(place)) doubled++;
			else if (steps < 0n) late++;
			seen.add(place);
			if (steps > 0n) highest = place;
		} else if (suspect !== undefined && signed(number - suspect) === 1n) {
			missingBefore += missing();
			late--;
			restarted++;
			first = suspect;
			highest = suspect + 1n;
			seen = new Set([first, highest]);
			suspect = undefined;
		} else {
			late++;
			suspect = number;
		}
	}

	return {
		received: numbers.length,
		missing: missingBefore + missing(),
		doubled,
		late,
		restarted,
		last: highest === undefined ? undefined : BigInt.asUintN(bits, highest),
	};
}

/** Mostly the next number; gaps, doubles, late ones, far jumps and new beginnings in between. */
const step = fc.oneof(
	{weight: 8, arbitrary: fc.constant(1n)},
	{weight: 3, arbitrary: fc.bigInt(-6n, 6n)},
	{weight: 1, arbitrary: fc.bigInt(-1_200n, 1_200n)},
	{weight: 1, arbitrary: fc.bigInt(-(2n ** 40n), 2n ** 40n)},
);

test.each(meters)('counts as it should ($bytes bytes, $endian)', meter => {
	const bits = meter.bytes * 8;
	fc.assert(
		fc.property(
			fc.bigInt(0n, 2n ** BigInt(bits) - 1n),
			fc.array(step, {maxLength: 120}),
			(start, steps) => {
				const state = createMeterState(meter);
				let number = start;
				const numbers = [start];
				for (const each of steps) {
					number = BigInt.asUintN(bits, number + each);
					numbers.push(number);
				}

				for (const [at, each] of numbers.entries()) {
					state.push(payloadOf(meter, each), at);
				}

				const {restarted = 0, without, jitterMs, ...counts} = state.counts();
				expect({...counts, restarted}).toEqual(naive(bits, numbers));
				expect(without).toBe(0);
				expect(jitterMs).toBeGreaterThanOrEqual(0);
			},
		),
		{numRuns: 400},
	);
});
