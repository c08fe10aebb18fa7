import {describe, expect, test} from 'vitest';
import {
	initialState,
	reduceAll,
	type EngineEvent,
	type EventBody,
	type TransferOutcome,
} from '../../source/engine/index.js';
import {errorInfo} from '../../source/errors.js';
import {limits} from '../../source/limits.js';
import {
	offered,
	peerConnected,
	safe,
	transferId,
} from '../helpers/fake-engine.js';

const startAt = 1_700_000_000_000;
const id = transferId('t1');

/** Events with their times, in ms since the beginning. */
const fold = (...timed: ReadonlyArray<readonly [number, EventBody]>) =>
	reduceAll(
		initialState,
		timed.map(([ms, body]): EngineEvent => ({...body, at: startAt + ms})),
	);

const begun: ReadonlyArray<readonly [number, EventBody]> = [
	[0, peerConnected('bob')],
	[0, offered('t1', {peer: 'bob', sizeBytes: 10_000_000})],
];
const accepted: readonly [number, EventBody] = [
	1_000,
	{type: 'transfer/accepted', transfer: id},
];
const progressed = (
	ms: number,
	movedBytes: number,
	stalled?: 'network',
): readonly [number, EventBody] => [
	ms,
	{
		type: 'transfer/progressed',
		transfer: id,
		entry: 0,
		movedBytes,
		...(stalled ? {stalled} : {}),
	},
];
const finished = (
	ms: number,
	outcome: TransferOutcome,
): readonly [number, EventBody] => [
	ms,
	{type: 'transfer/finished', transfer: id, outcome},
];

const phaseOf = (...timed: ReadonlyArray<readonly [number, EventBody]>) =>
	fold(...begun, ...timed).transfers.get(id)!.phase;

describe('a transfer', () => {
	test('is offered, active, finished', () => {
		expect(phaseOf()).toEqual({kind: 'offered'});
		expect(phaseOf(accepted)).toEqual({
			kind: 'active',
			startedAt: startAt + 1_000,
			sampledAt: startAt + 1_000,
			movedBytes: 0,
			entry: 0,
			rate: 0,
			stalled: undefined,
		});
		expect(
			phaseOf(
				accepted,
				progressed(2_000, 10_000_000),
				finished(2_500, {kind: 'saved', saved: 1}),
			),
		).toEqual({
			kind: 'finished',
			at: startAt + 2_500,
			startedAt: startAt + 1_000,
			movedBytes: 10_000_000,
			outcome: {kind: 'saved', saved: 1},
		});
	});

	test('that is declined never started', () => {
		expect(phaseOf(finished(500, {kind: 'declined'}))).toMatchObject({
			kind: 'finished',
			startedAt: undefined,
			movedBytes: 0,
		});
		// Late news changes nothing.
		expect(
			phaseOf(finished(500, {kind: 'declined'}), progressed(600, 5)),
		).toMatchObject({kind: 'finished', movedBytes: 0});
	});

	test('has entries that are refused, waiting, saved, failed', () => {
		const state = fold(
			[0, peerConnected('bob')],
			[
				0,
				{
					type: 'transfer/offered',
					transfer: id,
					peer: 'bob' as never,
					direction: 'in',
					entries: [
						{name: safe('a'), sizeBytes: 1},
						{name: safe('b'), sizeBytes: 2},
						{
							name: safe('c'),
							sizeBytes: 3,
							refused: errorInfo('nameRefused'),
						},
						{name: safe('d'), sizeBytes: 4},
					],
					totalBytes: 10,
					trust: 'UNVERIFIED',
				},
			],
			accepted,
			[
				2_000,
				{
					type: 'transfer/entrySaved',
					transfer: id,
					entry: 0,
					savedAs: safe('a (1)'),
					digest: 'ab',
				},
			],
			[
				2_000,
				{
					type: 'transfer/entryFailed',
					transfer: id,
					entry: 1,
					error: errorInfo('diskFull'),
				},
			],
			[
				2_000,
				{
					type: 'transfer/entryFailed',
					transfer: id,
					entry: 99,
					error: errorInfo('diskFull'),
				},
			],
		);
		expect(
			state.transfers.get(id)?.entries.map(({phase}) => phase),
		).toMatchObject([
			{kind: 'saved', savedAs: 'a (1)'},
			{kind: 'failed', error: {code: 'diskFull'}},
			{kind: 'failed', error: {code: 'nameRefused'}},
			{kind: 'waiting'},
		]);
	});
});

describe('the rate', () => {
	const rateOf = (...timed: ReadonlyArray<readonly [number, EventBody]>) => {
		const phase = phaseOf(accepted, ...timed);
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
			progressed(4_100, 100_000, 'network'),
		];
		expect(rateOf(...timed)).toBeCloseTo(250_000);
		expect(phaseOf(accepted, ...timed)).toMatchObject({stalled: 'network'});
		expect(
			phaseOf(accepted, ...timed, progressed(4_200, 200_000)),
		).toMatchObject({stalled: undefined});
	});

	test('is a number, whatever the clock does', () => {
		for (const ms of [1_000, 500]) {
			const rate = rateOf(progressed(ms, 5_000), progressed(1_100, 6_000));
			expect(rate).toBeGreaterThanOrEqual(0);
			expect(Number.isFinite(rate)).toBe(true);
		}
	});
});

test('the oldest finished transfers are forgotten beyond the limit, never running ones', () => {
	const count = limits.finishedTransfers + 20;
	const bodies: EventBody[] = [peerConnected('bob')];
	for (let index = 0; index < count; index++) {
		bodies.push(offered(`t${index}`, {peer: 'bob'}));
		if (index >= 5) {
			bodies.push({
				type: 'transfer/finished',
				transfer: transferId(`t${index}`),
				outcome: {kind: 'declined'},
			});
		}
	}

	const {transfers} = fold(...bodies.map(body => [0, body] as const));
	expect(transfers.size).toBe(limits.finishedTransfers);
	for (let index = 0; index < 5; index++) {
		expect(transfers.has(transferId(`t${index}`))).toBe(true);
	}

	expect(transfers.has(transferId('t5'))).toBe(false);
	expect(transfers.has(transferId(`t${count - 1}`))).toBe(true);
});
