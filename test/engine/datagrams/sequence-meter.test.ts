import {describe, expect, test} from 'vitest';
import {parseMeter} from '../../../source/protocol/sequence-meter-text.js';
import {createMeterState} from '../../../source/engine/datagrams/sequence-meter.js';

const byte = parseMeter('u8@0');

function countsOf(numbers: readonly number[], meter = byte) {
	const state = createMeterState(meter);
	for (const [at, number] of numbers.entries()) {
		state.push(Uint8Array.of(number), at * 10);
	}

	return state.counts();
}

describe('what came', () => {
	test.each([
		{name: 'nothing', numbers: [], last: undefined},
		{name: 'all in order', numbers: [7, 8, 9], last: 9n},
		{name: 'a gap', numbers: [1, 2, 6], last: 6n, counts: {missing: 3}},
		{name: 'a double', numbers: [1, 2, 2, 3], last: 3n, counts: {doubled: 1}},
		{
			name: 'two the other way round',
			numbers: [1, 3, 2, 4],
			last: 4n,
			counts: {late: 1},
		},
		{
			name: 'a late double',
			numbers: [1, 3, 2, 2],
			last: 3n,
			counts: {late: 1, doubled: 1},
		},
		{
			name: 'one from before the first',
			numbers: [5, 4, 6],
			last: 6n,
			counts: {late: 1},
		},
		{name: 'around the end', numbers: [254, 255, 0, 1], last: 1n},
		{
			name: 'a gap around the end',
			numbers: [254, 1],
			last: 1n,
			counts: {missing: 2},
		},
		{
			name: 'late around the end',
			numbers: [254, 0, 255],
			last: 0n,
			counts: {late: 1},
		},
	])('$name', ({numbers, last, counts = {}}) => {
		expect(countsOf(numbers)).toMatchObject({
			received: numbers.length,
			missing: 0,
			doubled: 0,
			late: 0,
			without: 0,
			last,
			...counts,
		});
	});

	test('payloads that are too short are counted beside', () => {
		const state = createMeterState(parseMeter('u32be@2'));
		state.push(new Uint8Array(0), 0);
		state.push(new Uint8Array(5), 1);
		state.push(Uint8Array.of(0, 0, 0, 0, 1, 0), 2);
		expect(state.counts()).toMatchObject({received: 1, without: 2, last: 256n});
	});

	test('a sender that begins anew is not late for ever', () => {
		const meter = parseMeter('u16be@0');
		const state = createMeterState(meter);
		const push = (number: number) => {
			state.push(Uint8Array.of(number >> 8, number & 255), 0);
		};

		for (let number = 5_000; number < 7_000; number++) push(number);
		for (let number = 0; number < 100; number++) push(number);
		expect(state.counts()).toMatchObject({
			received: 2_100,
			missing: 0,
			late: 0,
			restarted: 1,
			last: 99n,
		});
	});
});

describe('jitter', () => {
	const jitterOf = (arrivals: ReadonlyArray<readonly [number, number]>) => {
		const state = createMeterState(byte);
		for (const [number, atMs] of arrivals) {
			state.push(Uint8Array.of(number & 255), atMs);
		}

		return state.counts().jitterMs;
	};

	const steady = Array.from({length: 400}, (_, index) => index);

	test('is nothing where all come in step, gaps and late ones included', () => {
		const arrivals = steady
			.filter(index => index % 7 !== 3)
			.map(index => [index, index * 20] as const);
		expect(jitterOf(arrivals)).toBeCloseTo(0, 6);
		const late = arrivals.flatMap(([number, at]) =>
			number % 50 === 4
				? ([
						[number, at],
						[number - 1, at + 1],
					] as const)
				: [[number, at] as const],
		);
		expect(jitterOf(late)).toBeCloseTo(0, 6);
	});

	test('is the mean deviation where they come early and late in turns', () => {
		// 20 ms apart, every other one 4 ms late: gaps of 24 and 16 ms.
		const arrivals = steady.map(
			index => [index, index * 20 + (index % 2) * 4] as const,
		);
		expect(jitterOf(arrivals)).toBeGreaterThan(3.5);
		expect(jitterOf(arrivals)).toBeLessThan(4.5);
	});
});
