import {describe, expect, test} from 'vitest';
import {limits} from '../../../source/limits.js';
import {
	encodeAbort,
	encodeBegin,
	encodeDataHeader,
	encodeEnd,
	encodeSaved,
	encodeTicket,
} from '../../../source/protocol/lane-frames.js';
import {fromHex} from '../../../source/util/bytes.js';
import {setUp} from './offering-speaker.js';
import {introduceSpeaker, LaneSpeaker, openLane} from '../speaker.js';
import {bytesOf, digestOf} from './transfer-helpers.js';

const data = (offset: number, bytes: Uint8Array) => [
	encodeDataHeader(offset, bytes.length),
	bytes,
];

describe('a lane that breaks the rules ends, with its transfer alone', () => {
	const digest = new Uint8Array(32);
	const begin = encodeBegin({entry: 0, held: 0, size: 10});
	test.each<[string, Uint8Array[]]>([
		['more than was offered', [begin, ...data(0, bytesOf(11))]],
		['another size', [encodeBegin({entry: 0, held: 0, size: 11})]],
		[
			'an entry that was never offered',
			[encodeBegin({entry: 7, held: 0, size: 10})],
		],
		[
			'an entry twice',
			[begin, ...data(0, bytesOf(10)), encodeEnd({entry: 0, digest}), begin],
		],
		['data before BEGIN', data(0, bytesOf(5))],
		['a gap', [begin, ...data(5, bytesOf(5))]],
		['the end before all bytes', [begin, encodeEnd({entry: 0, digest})]],
		['what only a receiver says', [encodeSaved({entry: 0, name: 'x'})]],
		['another ticket', [encodeTicket(new Uint8Array(32))]],
		['an absurd length', [new Uint8Array([0xff, 0xff, 0xff, 0xff, 3])]],
	])('%s', async (_, pieces) => {
		const {world, alice, mallory, accepted, expectUnharmed} = await setUp();
		const {ticket, transfer} = await accepted([10, 20]);
		const lane = await openLane(mallory.network, alice, ticket);
		lane.write(...pieces);
		const {outcome} = await alice.until('transfer/finished');
		expect(outcome).toMatchObject({kind: 'failed', saved: 0});
		expect(alice.engine.getState().transfers.get(transfer)?.phase.kind).toBe(
			'finished',
		);
		await world.until(() => lane.isClosed);
		expect(mallory.isClosed).toBe(false);
		await expectUnharmed();
	});

	test('bytes that are not those of the digest: the entry fails, the next is taken', async () => {
		const {world, alice, mallory, accepted} = await setUp();
		const {ticket} = await accepted([10, 5]);
		const lane = await openLane(mallory.network, alice, ticket);
		const good = bytesOf(5);
		lane.write(
			begin,
			...data(0, bytesOf(10)),
			encodeEnd({entry: 0, digest}),
			encodeBegin({entry: 1, held: 0, size: 5}),
			...data(0, good),
			encodeEnd({entry: 1, digest: fromHex(await digestOf(good))!}),
		);
		expect((await alice.until('transfer/finished')).outcome).toMatchObject({
			kind: 'failed',
			saved: 1,
			failed: 1,
			error: {code: 'digestMismatch'},
		});
		await world.until(() => lane.frames.length === 2);
		expect(lane.frames).toContainEqual({
			kind: 'failed',
			entry: 0,
			code: 'digestMismatch',
		});
		expect([...alice.folder.saved.keys()]).toEqual(['f1']);
		expect(alice.folder.openParts()).toBe(0);
	});

	test('what comes behind a cancel creates nothing', async () => {
		const {world, alice, mallory, accepted, expectUnharmed} = await setUp();
		const {ticket, transfer} = await accepted([10, 20]);
		const lane = await openLane(mallory.network, alice, ticket);
		lane.write(begin, ...data(0, bytesOf(3)));
		await world.until(() => alice.folder.openParts() === 1);
		alice.dispatch({type: 'transfer/cancel', transfer});
		lane.write(
			...data(3, bytesOf(7)),
			encodeEnd({entry: 0, digest}),
			encodeBegin({entry: 1, held: 0, size: 20}),
			...data(0, bytesOf(20)),
		);
		await expectUnharmed();
		expect(alice.folder.mostOpenParts()).toBe(1);
	});

	test('entries given up before they begin are failures, not silence', async () => {
		const {alice, mallory, accepted} = await setUp();
		const {ticket} = await accepted([10, 20]);
		const lane = await openLane(mallory.network, alice, ticket);
		lane.write(
			encodeAbort({entry: 0, code: 'fileUnreadable'}),
			encodeAbort({entry: 1, code: 'sourceChanged'}),
		);
		expect((await alice.until('transfer/finished')).outcome).toMatchObject({
			kind: 'failed',
			failed: 2,
			error: {code: 'peerReported', details: {code: 'fileUnreadable'}},
		});
	});
});

describe('a ticket', () => {
	test('that is wrong, foreign or used opens nothing', async () => {
		const {world, alice, mallory, accepted} = await setUp();
		const {ticket} = await accepted([10]);
		const eve = await introduceSpeaker(world, alice, 'eve');
		const wrong = await openLane(mallory.network, alice, '00'.repeat(32));
		const foreign = await openLane(eve.network, alice, ticket);
		await world.until(() => wrong.isClosed && foreign.isClosed);
		const right = await openLane(mallory.network, alice, ticket);
		await world.settle();
		const used = await openLane(mallory.network, alice, ticket);
		await world.until(() => used.isClosed);
		expect(right.isClosed).toBe(false);
		expect(mallory.isClosed).toBe(false);
		expect(alice.of('transfer/finished')).toEqual([]);
		right.connection.destroy();
		expect(await alice.until('transfer/interrupted')).toMatchObject({
			error: {code: 'laneLost'},
		});
	});

	test('is good for 30 seconds; then the sender is waited for', async () => {
		const {world, alice, mallory, accepted} = await setUp();
		const {ticket} = await accepted([10]);
		await world.pass(limits.ticketMs - 1);
		expect(alice.of('transfer/interrupted')).toEqual([]);
		await world.pass(1);
		expect(await alice.until('transfer/interrupted')).toMatchObject({
			error: {code: 'laneLost'},
		});
		const late = await openLane(mallory.network, alice, ticket);
		await world.until(() => late.isClosed);
	});

	test('that is never shown: the lane is closed after five seconds', async () => {
		const {world, alice, mallory} = await setUp();
		const lane = new LaneSpeaker(
			await mallory.network.dial(
				{host: alice.host, port: alice.port},
				'lane',
				new AbortController().signal,
			),
		);
		await world.pass(limits.helloMs);
		expect(lane.isClosed).toBe(true);
		expect(alice.of('peer/appeared').map(({peer}) => peer)).toEqual([]);
	});

	test('for a transfer that was cancelled meanwhile keeps no timer', async () => {
		const {world, alice, accepted} = await setUp();
		const before = world.clock.pending();
		const {transfer} = await accepted([10]);
		expect(world.clock.pending()).toBe(before + 1);
		alice.dispatch({type: 'transfer/cancel', transfer});
		await world.settle();
		expect(world.clock.pending()).toBe(before);
	});
});
