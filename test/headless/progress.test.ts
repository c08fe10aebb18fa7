import * as fc from 'fast-check';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {
	initialState,
	reduceAll,
	type EventBody,
	type PausedBy,
	type Stall,
	type TransferId,
} from '../../source/engine/index.js';
import {errorInfo, type ErrorInfo} from '../../source/errors.js';
import {createOutput} from '../../source/headless/output.js';
import {createProgressBar, progressOf} from '../../source/headless/progress.js';
import {progressLine} from '../../source/headless/progress-line.js';
import type {VerbContext} from '../../source/headless/verb.js';
import {cellWidth} from '../../source/util/cells.js';
import {peerConnected, transferId} from '../helpers/fake-engine.js';
import {
	accepted,
	file,
	finishedAs,
	offer,
	progressed,
	startedAt,
} from './fake-run.js';
import {Sink} from './run.js';

const half = {
	name: 'report.iso',
	movedBytes: 500_000_000,
	totalBytes: 1_000_000_000,
	rate: 100_000_000,
	heldUp: undefined,
};

describe('progressLine', () => {
	test('has name, bar, percent, rate and time left', () => {
		expect(progressLine(half, 80).trimEnd()).toBe(
			'report.iso                 [###########-----------]   50%  100 MB/s     ETA 0:05',
		);
	});

	test.each([
		[60, /^report\.iso +\[#+-+\] +50% +100 MB\/s +ETA 0:05$/],
		[40, /^report\.iso +50% +100 MB\/s$/],
		[20, /^report\.iso +50%$/],
		[10, /^rep… {3}50%$/],
		[5, /^ 50%$/],
		[3, /^50%$/],
	])('in %i columns keeps what tells most', (columns, expected) => {
		expect(progressLine(half, columns)).toMatch(expected);
	});

	test('is full only when all is there', () => {
		const almost = progressLine({...half, movedBytes: 999_999_999}, 100);
		expect(almost).toContain('-]');
		expect(almost).toContain('99%');
		const all = progressLine({...half, movedBytes: 1_000_000_000}, 100);
		expect(all).toContain('#]');
		expect(all).toContain('100%');
		expect(progressLine({...half, movedBytes: 0, totalBytes: 0}, 80)).toContain(
			'100%',
		);
	});

	test('says why nothing moves instead of a rate and a time', () => {
		const line = progressLine({...half, heldUp: 'paused by bob'}, 80);
		expect(line).toMatch(/^report\.iso +\[#+-+\] +50% {2}paused by bob$/);
		const long = 'no bytes for 12 s: bob does not take more';
		expect(progressLine({...half, heldUp: long}, 70)).toMatch(
			/^report\.iso +50% {2}no bytes for 12 s: bob does not take more$/,
		);
		expect(progressLine({...half, heldUp: long}, 40)).toMatch(
			/^report\.iso +50% {2}no bytes for 12.*…$/,
		);
		expect(progressLine({...half, heldUp: long}, 24)).toMatch(
			/^report\.iso +50%$/,
		);
	});

	test('of unknown size has bytes and rate, and neither bar nor percent', () => {
		const line = progressLine({...half, totalBytes: undefined}, 80);
		expect(line).toMatch(/^report\.iso +500 MB +100 MB\/s +$/);
		expect(progressLine({...half, totalBytes: undefined}, 6)).toBe('500 MB');
	});

	test('never takes more cells than there are, whatever the name', () => {
		fc.assert(
			fc.property(
				fc.string({unit: 'grapheme', maxLength: 80}),
				fc.nat({max: 2 ** 40}),
				fc.option(fc.nat({max: 2 ** 40}), {nil: undefined}),
				fc.double({min: 0, max: 1e12, noNaN: true}),
				fc.option(fc.string({unit: 'grapheme', maxLength: 80}), {
					nil: undefined,
				}),
				fc.nat({max: 300}),
				(name, movedBytes, totalBytes, rate, heldUp, columns) => {
					const line = progressLine(
						{name, movedBytes, totalBytes, rate, heldUp},
						columns,
					);
					expect(cellWidth(line)).toBeLessThanOrEqual(columns);
				},
			),
		);
	});
});

const bob = peerConnected('bob');
const of = (...events: EventBody[]) =>
	reduceAll(
		initialState,
		[bob, ...events].map((event, index) => ({...event, at: 1_000 * index})),
	);

describe('progressOf', () => {
	const one = [
		offer('in', 't', [file('a'), file('b')]),
		accepted('t'),
		startedAt('t'),
	];

	test('takes everything together that is under way, and nothing else', () => {
		expect(progressOf(of(one[0]!), 0)).toBeUndefined();
		expect(progressOf(of(...one), 0)).toMatchObject({
			name: '1/2 a',
			movedBytes: 0,
			totalBytes: 2_000,
		});
		const two = [...one, offer('out', 'u', [file('c')]), accepted('u')];
		expect(progressOf(of(...two, startedAt('u', 400)), 0)).toMatchObject({
			name: '2 transfers',
			movedBytes: 400,
			totalBytes: 3_000,
		});
		const saved = {kind: 'saved', saved: 2} as const;
		expect(progressOf(of(...one, finishedAs('t', saved)), 0)).toBeUndefined();
	});

	test('counts what was there before, and not what is not wanted', () => {
		const {transfer} = one[1] as {transfer: TransferId};
		const skipping = [one[0]!, accepted('t', [1]), startedAt('t')];
		const resumed = {
			type: 'transfer/resumed',
			transfer,
			entry: 0,
			heldBytes: 700,
		} as const;
		expect(progressOf(of(...skipping, resumed), 0)).toMatchObject({
			movedBytes: 700,
			totalBytes: 1_000,
			rate: 0,
		});
	});

	test('of a stream nobody knows how much it will be', () => {
		const stream = {...file('x.tar', 0), kind: 'stream' as const};
		const state = of(
			offer('out', 't', [stream]),
			accepted('t'),
			startedAt('t'),
			progressed('t', 5_000),
		);
		expect(progressOf(state, 0)).toMatchObject({
			movedBytes: 5_000,
			totalBytes: undefined,
			rate: 5_000,
		});
	});

	test('nothing is held up while one of them moves', () => {
		const state = of(
			...one,
			{type: 'transfer/paused', transfer: transferId('t'), by: 'us'},
			offer('in', 'u', [file('c')]),
			accepted('u'),
		);
		expect(progressOf(state, 0)?.heldUp).toBe('paused');
		const moving = reduceAll(state, [{...startedAt('u'), at: 9_000}]);
		expect(progressOf(moving, 0)?.heldUp).toBeUndefined();
	});
});

describe('why nothing moves', () => {
	const transfer = transferId('t');
	const why = (direction: 'in' | 'out', event: EventBody, now = 0) => {
		const begun = [
			offer(direction, 't', [file('a', 9e6)]),
			accepted('t'),
			startedAt('t'),
		];
		return progressOf(of(...begun, event), now)?.heldUp;
	};

	const progress = (stalled: Stall): EventBody => ({
		type: 'transfer/progressed',
		transfer,
		entry: 0,
		movedBytes: 0,
		stalled,
	});
	const paused = (by: PausedBy, error?: ErrorInfo): EventBody => ({
		type: 'transfer/paused',
		transfer,
		by,
		...(error ? {error} : {}),
	});
	const interrupted = (nextAt?: number): EventBody => ({
		type: 'transfer/interrupted',
		transfer,
		...(nextAt === undefined ? {} : {nextAt}),
	});
	const full = errorInfo('diskFull', {freeBytes: 12e6, neededBytes: 3e8});

	test.each<['in' | 'out', EventBody, number, string | undefined]>([
		['in', startedAt('t'), 0, undefined],
		['in', accepted('t'), 0, 'waits for its turn with bob'],
		['out', accepted('t'), 0, 'waits for its turn'],
		// Still since 3,000.
		[
			'in',
			progress('ownDisk'),
			11_000,
			'no bytes for 8 s: the disk here is slow',
		],
		[
			'out',
			progress('receiver'),
			3_000,
			'no bytes for 1 s: bob does not take more',
		],
		[
			'in',
			progress('sender'),
			8_000,
			'no bytes for 5 s: nothing comes from bob',
		],
		['in', paused('us'), 0, 'paused'],
		['in', paused('peer'), 0, 'paused by bob'],
		['in', paused('disk', full), 0, 'disk full: 12 MB free, 300 MB needed'],
		[
			'in',
			paused('disk', errorInfo('diskFull')),
			0,
			'disk full: it goes on when there is room',
		],
		['out', paused('disk'), 0, 'the disk of bob is full'],
		['in', interrupted(), 0, 'the connection is gone, waiting for bob'],
		[
			'out',
			interrupted(9_000),
			5_100,
			'the connection is gone, trying again in 4 s',
		],
		['out', interrupted(9_000), 10_000, 'the connection is gone, trying again'],
	])('%s, %j at %i: %s', (direction, event, now, expected) => {
		expect(why(direction, event, now)).toBe(expected);
	});
});

describe('createProgressBar', () => {
	const begun = [offer('in', 't', [file('a')]), accepted('t'), startedAt('t')];

	/** A bar over a state, on a terminal of so many columns. */
	function barOn(columns: number | undefined, ...events: EventBody[]) {
		const stderr = new Sink();
		const output = createOutput(new Sink(), stderr, () => columns);
		const engine = {getState: () => of(...begun, ...events)};
		const context = {engine, output} as unknown as VerbContext;
		const bar = createProgressBar();
		return {
			follow(event: EventBody, at: number) {
				bar.follow(context, {...event, at});
			},
			tick() {
				bar.tick(context);
			},
			text: () => stderr.text,
			drawn: () => stderr.text.split('\r').length - 1,
		};
	}

	test('draws ten times a second at most, and never without a terminal', () => {
		for (const [columns, expected] of [
			[80, 10],
			[undefined, 0],
		] as const) {
			const bar = barOn(columns);
			for (let at = 5_000; at < 6_000; at++) bar.follow(progressed('t', 1), at);
			expect(bar.drawn()).toBe(expected);
		}
	});

	test('draws at once what has changed, and goes with the last transfer', () => {
		const paused = {
			type: 'transfer/paused',
			transfer: transferId('t'),
			by: 'peer',
		} as const;
		const bar = barOn(80, paused);
		bar.follow(progressed('t', 1), 5_000);
		bar.follow(paused, 5_001);
		expect(bar.drawn()).toBe(2);
		expect(bar.text()).toContain('paused by bob');
		const saved = {kind: 'saved', saved: 1} as const;
		bar.follow(finishedAs('t', saved), 5_002);
		expect(bar.text()).toMatch(/\r +\r$/);
	});

	test('counts seconds between events only while something is held up', () => {
		vi.useFakeTimers({toFake: ['performance']});
		onTestFinished(() => {
			vi.useRealTimers();
		});
		const gone = {
			type: 'transfer/interrupted',
			transfer: transferId('t'),
			nextAt: 9_000,
		} as const;
		const held = barOn(100, gone);
		held.follow(gone, 5_000);
		vi.advanceTimersByTime(1_000);
		held.tick();
		expect(held.text()).toMatch(/in 4 s[^]*in 3 s/);
		const moving = barOn(100);
		moving.follow(progressed('t', 1), 5_000);
		vi.advanceTimersByTime(1_000);
		moving.tick();
		expect(moving.drawn()).toBe(1);
	});
});
