import {describe, expect, test} from 'vitest';
import type {
	EventBody,
	PartialId,
	TransferId,
} from '../../../source/engine/index.js';
import {errorInfo} from '../../../source/errors.js';
import {limits} from '../../../source/limits.js';
import {
	aPeerId,
	offered,
	peerConnected,
	peerKey,
	safe,
	transferId,
} from '../../helpers/fake-engine.js';
import {
	accepted,
	active,
	begun,
	finished,
	fold,
	id,
	paused,
	phaseOf,
	progressed,
	resumed,
	say,
	startAt,
	started,
	type Timed,
	wentOn,
} from './transfers-slice-events.js';

describe('a transfer', () => {
	test('is offered, queued, active, paused, queued, active, interrupted, active, finished', () => {
		const steps: readonly Timed[] = [
			accepted(500),
			started(1_000),
			progressed(2_000, 4_000),
			say(3_000, 'transfer/paused', {
				by: 'disk',
				error: errorInfo('diskFull'),
			}),
			wentOn(4_000),
			started(5_000, 4_000),
			say(6_000, 'transfer/interrupted', {
				error: errorInfo('laneLost'),
				nextAt: startAt + 8_000,
			}),
			started(8_000, 3_000),
			progressed(9_000, 10_000_000),
			finished(9_500, {kind: 'saved', saved: 1}),
		];
		const begunAt = startAt + 1_000;
		const moving = (ms: number, movedBytes: number, rate = 0) => ({
			kind: 'active',
			startedAt: begunAt,
			movedBytes,
			entry: 0,
			rate,
			sampledAt: startAt + ms,
			stalled: undefined,
		});
		const phases = steps.map((_, index) =>
			phaseOf(...steps.slice(0, index + 1)),
		);
		expect(phaseOf()).toEqual({kind: 'offered'});
		expect(phases).toEqual([
			{kind: 'queued', startedAt: undefined, movedBytes: 0, entry: 0},
			moving(1_000, 0),
			moving(2_000, 4_000, 4_000),
			{
				kind: 'paused',
				by: 'disk',
				error: errorInfo('diskFull'),
				since: startAt + 3_000,
				startedAt: begunAt,
				movedBytes: 4_000,
				entry: 0,
			},
			{kind: 'queued', startedAt: begunAt, movedBytes: 4_000, entry: 0},
			moving(5_000, 4_000),
			{
				kind: 'interrupted',
				error: errorInfo('laneLost'),
				nextAt: startAt + 8_000,
				isAsking: false,
				since: startAt + 6_000,
				startedAt: begunAt,
				movedBytes: 4_000,
				entry: 0,
			},
			moving(8_000, 3_000),
			moving(9_000, 10_000_000, 9_997_000),
			{
				kind: 'finished',
				at: startAt + 9_500,
				startedAt: begunAt,
				movedBytes: 10_000_000,
				outcome: {kind: 'saved', saved: 1},
			},
		]);
	});

	test('is paused or interrupted while it waits, and waits again', () => {
		const queued = phaseOf(accepted(500));
		expect(phaseOf(accepted(500), paused(600, 'us'))).toMatchObject({
			kind: 'paused',
			by: 'us',
			error: undefined,
			startedAt: undefined,
		});
		const interrupted = say(600, 'transfer/interrupted', {});
		expect(phaseOf(accepted(500), interrupted)).toMatchObject({
			kind: 'interrupted',
			error: undefined,
			nextAt: undefined,
			isAsking: false,
		});
		for (const held of [paused(600, 'us'), interrupted]) {
			expect(phaseOf(accepted(500), held, wentOn(700))).toEqual(queued);
		}
	});

	test('that is held up again says who does so now, and since when it has been', () => {
		expect(
			phaseOf(...active, paused(2_000, 'peer'), paused(3_000, 'us')),
		).toMatchObject({kind: 'paused', by: 'us', since: startAt + 2_000});
		const interrupted = (ms: number, nextAt?: number) =>
			say(
				ms,
				'transfer/interrupted',
				nextAt === undefined ? {} : {nextAt: startAt + nextAt},
			);
		expect(
			phaseOf(...active, interrupted(2_000, 3_000), interrupted(3_000)),
		).toMatchObject({
			kind: 'interrupted',
			nextAt: undefined,
			isAsking: false,
			since: startAt + 2_000,
		});
		// What comes after something else begins anew.
		expect(
			phaseOf(...active, paused(2_000, 'us'), interrupted(3_000)),
		).toMatchObject({kind: 'interrupted', since: startAt + 3_000});
	});

	test('that is offered only moves when it was accepted', () => {
		for (const early of [
			paused(1, 'us'),
			wentOn(1),
			say(1, 'transfer/interrupted', {}),
			progressed(1, 5),
			resumed(1, 5),
		]) {
			expect(phaseOf(early)).toEqual({kind: 'offered'});
		}
	});

	test('moves on only while it is active', () => {
		const before = phaseOf(...active, paused(2_000, 'us'));
		expect(
			phaseOf(...active, paused(2_000, 'us'), progressed(3_000, 9)),
		).toEqual(before);
		expect(phaseOf(...active, wentOn(2_000))).toEqual(phaseOf(...active));
	});

	test('ends as it ended first', () => {
		const end = finished(2_000, {kind: 'cancelled', by: 'us'});
		const ended = phaseOf(...active, end);
		for (const late of [
			accepted(3_000),
			started(3_000),
			progressed(3_000, 5),
			paused(3_000, 'us'),
			wentOn(3_000),
			resumed(3_000, 5),
			say(3_000, 'transfer/interrupted', {}),
			finished(3_000, {kind: 'saved', saved: 1}),
		]) {
			expect(phaseOf(...active, end, late)).toEqual(ended);
		}
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

	test('has entries that are refused, skipped, saved, failed', () => {
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
						{
							name: safe('e'),
							sizeBytes: 5,
							presence: {kind: 'similar'},
						},
					],
					totalBytes: 15,
					trust: 'UNVERIFIED',
				},
			],
			accepted(1_000, [3, 2, 3, 99]),
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
			say(2_000, 'transfer/entrySaved', {
				entry: 4,
				savedAs: safe('e'),
				digest: 'ab',
				existed: true,
			}),
		);
		const {entries, totalBytes, wantedBytes} = state.transfers.get(id)!;
		expect({totalBytes, wantedBytes}).toEqual({
			totalBytes: 15,
			wantedBytes: 1 + 2 + 5,
		});
		expect(entries.toArray().map(({phase}) => phase)).toMatchObject([
			{kind: 'saved', savedAs: 'a (1)', existed: false},
			{kind: 'failed', error: {code: 'diskFull'}},
			{kind: 'failed', error: {code: 'nameRefused'}},
			{kind: 'skipped'},
			{kind: 'saved', savedAs: 'e', existed: true},
		]);
	});
});

describe('limits, the queue, partials', () => {
	const limited = (bytesPerSecond?: number, transfer?: TransferId): Timed => [
		1,
		{
			type: 'transfer/limited',
			...(bytesPerSecond === undefined ? {} : {bytesPerSecond}),
			...(transfer === undefined ? {} : {transfer}),
		},
	];
	const limitsOf = (...timed: readonly Timed[]) => {
		const {rateLimit, transfers} = fold(...begun, ...timed);
		return [rateLimit, transfers.get(id)?.rateLimit];
	};

	test('one transfer is limited, or all are', () => {
		expect(limitsOf()).toEqual([undefined, undefined]);
		expect(limitsOf(limited(5))).toEqual([5, undefined]);
		expect(limitsOf(limited(5, id))).toEqual([undefined, 5]);
		expect(limitsOf(limited(5, id), limited(6))).toEqual([6, 5]);
		const both = [limited(5, id), limited(6)];
		expect(limitsOf(...both, limited(undefined, id))).toEqual([6, undefined]);
		expect(limitsOf(...both, limited())).toEqual([undefined, 5]);
		// A limit outlives what happens to the transfer.
		expect(limitsOf(limited(5, id), ...active)).toEqual([undefined, 5]);
	});

	test('the queue has the order that was said last', () => {
		const queued = (...order: readonly string[]): Timed => [
			1,
			{
				type: 'transfer/queued',
				order: order.map(each => transferId(each)),
			},
		];
		expect(fold(...begun).queue).toEqual([]);
		expect(fold(...begun, queued('b', 'a')).queue).toEqual(['b', 'a']);
		expect(fold(queued('b', 'a'), queued('a')).queue).toEqual(['a']);
	});

	test('partials are those that were listed last', () => {
		const partial = {
			id: 'p1' as PartialId,
			peerId: aPeerId,
			name: safe('a.iso'),
			sizeBytes: 10,
			heldBytes: 5,
			writtenAt: 1,
			expiresAt: 2,
		};
		const listed = (count: number): Timed => [
			1,
			{
				type: 'transfer/partialsListed',
				partials: Array.from({length: count}, () => partial),
			},
		];
		expect(fold(listed(2)).partials).toEqual([partial, partial]);
		expect(fold(listed(2), listed(0)).partials).toEqual([]);
	});

	test('the folder is the one that was said when it was accepted', () => {
		const folderOf = (...timed: readonly Timed[]) =>
			fold(...begun, ...timed).transfers.get(id)?.folder;
		expect(folderOf(accepted(1))).toBeUndefined();
		const elsewhere = {skip: [], folder: '/srv'};
		expect(folderOf(say(1, 'transfer/accepted', elsewhere))).toBe('/srv');
	});
});

test('sizes that no number can add up leave no less than nothing', () => {
	const size = Number.MAX_SAFE_INTEGER;
	const state = fold(
		[0, peerConnected('bob')],
		[
			0,
			{
				type: 'transfer/offered',
				transfer: id,
				peer: peerKey('bob'),
				direction: 'in',
				entries: [size, size - 1, 3, 1].map(sizeBytes => ({
					name: safe('a'),
					sizeBytes,
				})),
				totalBytes: 2 * size + 3,
				trust: 'UNVERIFIED',
			},
		],
		accepted(1, [0, 1, 2]),
	);
	expect(state.transfers.get(id)?.wantedBytes).toBe(1);
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
