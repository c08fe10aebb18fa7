import {describe, expect, test} from 'vitest';
import {
	active,
	begun,
	fold,
	id,
	paused,
	phaseOf,
	progressed,
	resumed,
	startAt,
	started,
	type Timed,
} from './transfers-slice-events.js';

describe('the rate', () => {
	const rateOf = (...timed: readonly Timed[]) => {
		const phase = phaseOf(...active, ...timed);
		return phase.kind === 'active' ? phase.rate : undefined;
	};

	test('is there at the first sample, and stays where nothing changes', () => {
		expect(rateOf(progressed(1_100, 100_000))).toBe(1_000_000);
		const steady = Array.from({length: 50}, (_, index) =>
			progressed(1_100 + index * 100, 100_000 * (index + 1)),
		);
		expect(rateOf(...steady)).toBeCloseTo(1_000_000);
	});

	test('is half way to a new one after its half-life, however often it is sampled', () => {
		const before = progressed(1_100, 100_000);
		const atOnce = rateOf(before, progressed(2_600, 100_000 + 3 * 1_500_000));
		expect(atOnce).toBeCloseTo(2_000_000);
		const often = Array.from({length: 15}, (_, index) =>
			progressed(1_200 + index * 100, 100_000 + 300_000 * (index + 1)),
		);
		expect(rateOf(before, ...often)).toBeCloseTo(2_000_000);
	});

	test('falls while it stands still, and says so', () => {
		const timed = [
			progressed(1_100, 100_000),
			progressed(4_100, 100_000, 'receiver'),
		];
		expect(rateOf(...timed)).toBeCloseTo(250_000);
		const since = startAt + 1_100;
		expect(phaseOf(...active, ...timed)).toMatchObject({
			stalled: {why: 'receiver', since},
		});
		// Since when stays, whatever else holds it up then.
		const longer = [...timed, progressed(5_100, 100_000, 'ownDisk')];
		expect(phaseOf(...active, ...longer)).toMatchObject({
			stalled: {why: 'ownDisk', since},
		});
		const moving = [...longer, progressed(5_200, 200_000)];
		expect(phaseOf(...active, ...moving)).toMatchObject({stalled: undefined});
		const again = [...moving, progressed(8_200, 200_000, 'sender')];
		expect(phaseOf(...active, ...again)).toMatchObject({
			stalled: {why: 'sender', since: startAt + 5_200},
		});
		// What holds it up for good is told by the phase.
		expect(
			phaseOf(...active, ...again, paused(9_000, 'us'), started(9_500)),
		).toMatchObject({stalled: undefined});
	});

	test('is a number, whatever the clock does', () => {
		for (const ms of [1_000, 500]) {
			const rate = rateOf(progressed(ms, 5_000), progressed(1_100, 6_000));
			expect(rate).toBeGreaterThanOrEqual(0);
			expect(Number.isFinite(rate)).toBe(true);
		}
	});

	test('goes on at once where the clock was set back by an hour', () => {
		const hour = 60 * 60 * 1_000;
		const timed = [
			progressed(1_100, 100_000),
			progressed(4_100, 100_000, 'sender'),
			progressed(4_200 - hour, 200_000),
		];
		expect(phaseOf(...active, ...timed)).toMatchObject({
			sampledAt: startAt + 4_200 - hour,
			stalled: undefined,
		});
		expect(rateOf(...timed, progressed(5_700 - hour, 200_000))).toBeCloseTo(
			125_000,
		);
	});

	test('never says that anything moves backwards', () => {
		expect(rateOf(progressed(1_100, 100_000), progressed(1_200, 0))).toBe(
			1_000_000 * 0.5 ** (100 / 1_500),
		);
	});

	test('does not count what the receiver had', () => {
		const before = progressed(1_100, 100_000);
		const held = resumed(1_150, 5_000_000);
		expect(rateOf(before, held)).toBe(1_000_000);
		expect(rateOf(before, held, progressed(1_200, 5_200_000))).toBeCloseTo(
			1_000_000,
		);
	});
});

describe('what the receiver had', () => {
	const after = (...timed: readonly Timed[]) => {
		const {heldBytes, phase} = fold(...begun, ...timed).transfers.get(id)!;
		return [heldBytes, 'movedBytes' in phase ? phase.movedBytes : undefined];
	};

	test('counts as moved, entry by entry', () => {
		expect(after(...active)).toEqual([0, 0]);
		expect(after(...active, resumed(1_100, 700))).toEqual([700, 700]);
		expect(
			after(
				...active,
				resumed(1_100, 700),
				progressed(1_200, 1_000),
				resumed(1_300, 300),
			),
		).toEqual([1_000, 1_300]);
	});

	test('counts too where it is held up at that moment', () => {
		expect(after(...active, paused(1_100, 'disk'), resumed(1_200, 7))).toEqual([
			7, 7,
		]);
	});
});
