import {describe, expect, test} from 'vitest';
import type {
	Address,
	DialPurpose,
	Network,
} from '../../../source/engine/ports.js';
import {limits} from '../../../source/limits.js';
import type {ControlMessage} from '../../../source/protocol/messages.js';
import {
	createWorld,
	type EngineOptions,
} from '../../helpers/engine-under-test.js';
import {idOf, offerOf, setUp} from './offering-speaker.js';
import {helloOf, introduceSpeaker, LaneSpeaker, Speaker} from '../speaker.js';
import {bytesOf} from './transfer-helpers.js';

/** Somebody whom alice has dialled, who hears what she says and gets her lanes. */
async function dialledByAlice(
	onLane: (lane: LaneSpeaker) => void | Promise<void> = () => undefined,
	options: EngineOptions = {},
) {
	const world = createWorld();
	const alice = world.engine('alice', options);
	alice.files.put('a', bytesOf(10));
	const heard = Promise.withResolvers<Speaker>();
	const lanes: LaneSpeaker[] = [];
	const bound = await world.network('mallory').listenTcp(
		{port: 0},
		{
			incoming(incoming) {
				incoming.start({
					classified(what) {
						if (what.kind === 'peer') {
							const speaker = new Speaker(what.connection);
							speaker.say(helloOf());
							heard.resolve(speaker);
						} else if (what.kind === 'lane') {
							const lane = new LaneSpeaker(what.connection);
							lanes.push(lane);
							void onLane(lane);
						}
					},
					closed: () => undefined,
				});
			},
			refused: () => undefined,
			failed: () => undefined,
		},
	);
	alice.dispatch({type: 'peer/dial', target: {kind: 'peer', ...bound.address}});
	return {world, alice, mallory: await heard.promise, lanes};
}

describe('a session that breaks the rules ends alone', () => {
	test('accepting twice', async () => {
		const {alice, mallory, malloryKey, expectUnharmed} = await setUp();
		alice.files.put('a', bytesOf(10));
		alice.dispatch({type: 'transfer/offer', peer: malloryKey, paths: ['a']});
		const {transfer} = await mallory.until('offer');
		const accept: ControlMessage = {name: 'accept', transfer, skip: []};
		mallory.say(accept, accept);
		expect((await mallory.until('error')).code).toBe('protocolViolation');
		expect((await alice.until('transfer/finished')).outcome).toMatchObject({
			kind: 'failed',
			error: {code: 'protocolViolation'},
		});
		await expectUnharmed();
	});

	test('offering under an id that is in use', async () => {
		const {alice, mallory, expectUnharmed} = await setUp();
		mallory.say(offerOf(1));
		await alice.until('transfer/offered');
		mallory.say(offerOf(1));
		await mallory.until('error');
		await expectUnharmed();
	});

	test('offering more files than anybody may', async () => {
		const {alice, mallory, expectUnharmed} = await setUp();
		const page = Array.from({length: 600}, () => 1);
		for (let sent = 0; sent <= limits.entriesPerOffer; sent += page.length) {
			mallory.say(offerOf(1, page, {more: true}));
		}

		await mallory.until('error');
		expect(alice.of('transfer/offered')).toEqual([]);
		await expectUnharmed();
	});

	test('offering names without end', async () => {
		const {mallory, expectUnharmed} = await setUp();
		const path = Array.from({length: 50}, () => 'x'.repeat(1_000));
		const pages = limits.offerNameBytes / 50_000 + 1;
		for (let page = 0; page < pages; page++) {
			mallory.say({
				name: 'offer',
				transfer: idOf(1),
				entries: [{path, size: 1, mtimeMs: 0}],
				more: true,
			});
		}

		await mallory.until('error');
		await expectUnharmed();
	});

	test('opening offers without finishing them', async () => {
		const {mallory, expectUnharmed} = await setUp();
		for (let number = 0; number <= limits.offersPending; number++) {
			mallory.say(offerOf(number, [1], {more: true}));
		}

		await mallory.until('error');
		await expectUnharmed();
	});

	test('finishing an offer that somebody else began', async () => {
		const {world, alice, mallory} = await setUp();
		const eve = await introduceSpeaker(world, alice, 'eve');
		mallory.say(offerOf(1, [1], {more: true}));
		await world.settle();
		eve.say(offerOf(1));
		await eve.until('error');
		expect(mallory.isClosed).toBe(false);
	});

	test('an unfinished offer dies with its session', async () => {
		const {world, alice, mallory} = await setUp();
		mallory.say(offerOf(1, [1], {more: true}));
		await world.settle();
		mallory.connection.destroy();
		await alice.until('peer/left');
		const eve = await introduceSpeaker(world, alice, 'eve');
		eve.say(offerOf(1, [2]));
		expect((await alice.until('transfer/offered')).entries).toHaveLength(1);
	});

	test('ordering a second lane for one transfer', async () => {
		const {world, alice, mallory, lanes} = await dialledByAlice();
		const {peer} = await alice.until('peer/connected');
		alice.dispatch({type: 'transfer/offer', peer, paths: ['a']});
		const {transfer} = await mallory.until('offer');
		const ticket = 'ab'.repeat(32);
		mallory.say(
			{name: 'accept', transfer, skip: []},
			{name: 'lane', transfer, ticket},
			{name: 'lane', transfer, ticket},
		);
		expect((await mallory.until('error')).code).toBe('protocolViolation');
		await world.settle();
		expect(lanes.length).toBeLessThanOrEqual(1);
		expect((await alice.until('transfer/finished')).outcome).toMatchObject({
			kind: 'failed',
			error: {code: 'protocolViolation'},
		});
		await world.settle();
		expect(alice.files.openReaders()).toBe(0);
	});
});

const destroyingLanes = (network: Network): Network => ({
	...network,
	async dial(
		target: Address,
		purpose: DialPurpose,
		signal: AbortSignal,
	): Promise<never> {
		const connection = await network.dial(target, purpose as 'lane', signal);
		if (purpose === 'lane') connection.destroy();
		return connection as never;
	},
});

test('a lane that closes at any moment: the offer is made again', async () => {
	// At -1 it is gone before anybody has looked at it.
	for (let ticks = -1; ticks < 12; ticks++) {
		const {world, alice, mallory} = await dialledByAlice(
			async lane => {
				for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
				lane.connection.destroy();
			},
			ticks < 0 ? {network: destroyingLanes} : {},
		);
		const {peer} = await alice.until('peer/connected');
		alice.dispatch({type: 'transfer/offer', peer, paths: ['a']});
		const {transfer} = await mallory.until('offer');
		mallory.say(
			{name: 'accept', transfer, skip: []},
			{name: 'lane', transfer, ticket: 'ab'.repeat(32)},
		);
		expect(await alice.until('transfer/interrupted')).toMatchObject({
			error: {code: 'laneLost'},
		});
		await world.pass(limits.reconnectFirstMs * 2);
		expect(mallory.all('offer')).toHaveLength(2);
		expect(mallory.all('offer')[1]).toEqual(mallory.all('offer')[0]);
		expect(alice.of('transfer/interrupted')).toMatchObject([
			{error: {code: 'laneLost'}},
			{asking: true},
		]);
		expect(alice.files.openReaders()).toBe(0);
		await alice.engine.close();
		await world.settle();
		expect(world.clock.pending()).toBe(0);
	}
});

describe('too many offers', () => {
	test('at once: the ninth is declined by itself', async () => {
		const {world, alice, mallory} = await setUp();
		for (let number = 0; number <= limits.offersPending; number++) {
			mallory.say(offerOf(number));
		}

		expect((await mallory.until('decline')).transfer).toBe(
			idOf(limits.offersPending),
		);
		await world.settle();
		expect(alice.of('transfer/offered')).toHaveLength(limits.offersPending);
		expect(alice.of('peer/refused')).toMatchObject([
			{error: {code: 'tooManyOffers', details: {name: 'mallory'}}},
		]);
		expect(mallory.isClosed).toBe(false);
	});

	test('in a minute: the eleventh is, and a minute later none', async () => {
		const {world, alice, mallory} = await setUp();
		for (let number = 0; number <= limits.offersPerMinute; number++) {
			mallory.say(offerOf(number), {name: 'withdraw', transfer: idOf(number)});
			await world.settle();
		}

		expect(mallory.all('decline').map(({transfer}) => transfer)).toEqual([
			idOf(limits.offersPerMinute),
		]);
		for (let round = 0; round < 6; round++) {
			mallory.say({name: 'ping', nonce: 1});
			await world.pass(10_000);
		}

		mallory.say(offerOf(99));
		await alice.until('transfer/offered', each => each.transfer === idOf(99));
	});
});

test('what is said about transfers that are over, or of others, changes nothing', async () => {
	const {world, alice, mallory, accepted} = await setUp();
	const {transfer} = await accepted([10]);
	const eve = await introduceSpeaker(world, alice, 'eve');
	eve.say(
		{name: 'cancel', transfer},
		{name: 'withdraw', transfer},
		{name: 'decline', transfer},
		{name: 'accept', transfer, skip: []},
	);
	mallory.say(
		{name: 'cancel', transfer: idOf(77)},
		{name: 'accept', transfer: idOf(77), skip: []},
	);
	await world.settle();
	expect(alice.of('transfer/finished')).toEqual([]);
	expect(eve.isClosed || mallory.isClosed).toBe(false);
});
