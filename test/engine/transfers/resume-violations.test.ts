/** Peers that break the rules of going on: what was approved stands, and nothing else. */
import {describe, expect, test} from 'vitest';
import type {Address} from '../../../source/engine/ports.js';
import {limits} from '../../../source/limits.js';
import {
	encodeBegin,
	encodeDataHeader,
	encodeEnd,
	encodeFailed,
	encodeHeld,
	encodeTicket,
} from '../../../source/protocol/lane-frames.js';
import type {ControlMessage} from '../../../source/protocol/messages.js';
import {acceptPages} from '../../../source/protocol/offer-pages.js';
import {fromHex} from '../../../source/util/bytes.js';
import {peerIdOf} from '../../helpers/engine-under-test.js';
import {idOf, offerOf, setUp} from './offering-speaker.js';
import {introduceSpeaker, openLane, type LaneSpeaker} from '../speaker.js';
import {bytesOf, digestOf} from './transfer-helpers.js';

type Offer = Extract<ControlMessage, {name: 'offer'}>;
type Scene = Awaited<ReturnType<typeof setUp>>;

const block = limits.blockBytes;
const data = (offset: number, bytes: Uint8Array) => [
	encodeDataHeader(offset, bytes.length),
	bytes,
];

/** Mallory's offer of one was accepted, and its lane is gone. */
async function interrupted(scene: Scene, sizes: readonly number[] = [10, 20]) {
	const {alice, mallory, accepted} = scene;
	const {ticket} = await accepted(sizes);
	const lane = await openLane(mallory.network, alice, ticket);
	await scene.world.settle();
	lane.connection.destroy();
	await alice.until('transfer/interrupted');
}

describe('an offer that is made again', () => {
	const first = offerOf(1, [10, 20]) as Offer;
	const [one, two] = first.entries as [
		Offer['entries'][0],
		Offer['entries'][0],
	];
	test.each<[string, Offer['entries']]>([
		['another name', [{...one, path: ['other']}, two]],
		['a longer path', [{...one, path: ['f0', 'f0']}, two]],
		['another size', [one, {...two, size: 21}]],
		['another time', [one, {...two, mtimeMs: 1}]],
		['another kind', [one, {...two, kind: 'stream'}]],
		['fewer entries', [one]],
		['more entries', [one, two, two]],
		['another order', [two, one]],
	])('with %s is a violation', async (_, entries) => {
		const scene = await setUp();
		await interrupted(scene);
		const {mallory, alice, expectUnharmed} = scene;
		mallory.say({...first, entries});
		expect((await mallory.until('error')).code).toBe('protocolViolation');
		expect(mallory.all('accept')).toHaveLength(1);
		await expectUnharmed();
		expect(alice.of('transfer/offered')).toHaveLength(1);
	});

	test('by another key is a violation, and the transfer is as it was', async () => {
		const scene = await setUp();
		await interrupted(scene);
		const {world, alice, mallory} = scene;
		const eve = await introduceSpeaker(world, alice, 'eve');
		eve.say(first);
		expect((await eve.until('error')).code).toBe('protocolViolation');
		mallory.say(first);
		await world.settle();
		expect(mallory.all('accept')).toHaveLength(2);
		expect(mallory.all('lane')).toHaveLength(2);
	});

	test('without end is answered, and the folder is looked at once at a time', async () => {
		const scene = await setUp();
		await interrupted(scene);
		const {world, alice, mallory} = scene;
		let looks = 0;
		let most = 0;
		const {survey} = alice.folder;
		alice.folder.survey = async (...asked) => {
			most = Math.max(most, ++looks);
			await new Promise(resolve => {
				setImmediate(resolve);
			});
			const found = await survey(...asked);
			looks--;
			return found;
		};
		for (let count = 0; count < 50; count++) mallory.say(first);
		await world.until(() => mallory.all('lane').length > 1);
		await world.settle();
		expect(most).toBe(1);
		expect(mallory.all('accept').length).toBeLessThan(10);
		expect(mallory.isClosed).toBe(false);
	});

	test('by a peer that has cancelled it is one like any other', async () => {
		const {world, alice, mallory, accepted} = await setUp();
		const {transfer} = await accepted([10]);
		mallory.say({name: 'cancel', transfer});
		await alice.until('transfer/finished');
		mallory.say(offerOf(1));
		await world.settle();
		expect(alice.of('transfer/offered')).toHaveLength(2);
		expect(alice.of('transfer/accepted')).toHaveLength(1);
	});

	test('again and again writes no more than was approved', async () => {
		const {world, alice, mallory, accepted} = await setUp();
		let {ticket} = await accepted([10]);
		for (let round = 0; round < 4; round++) {
			const lane = await openLane(mallory.network, alice, ticket);
			const bytes = bytesOf(10, round);
			const digest = fromHex(await digestOf(bytes))!;
			lane.write(
				encodeBegin({entry: 0, held: 0, size: 10}),
				...data(0, bytes),
				encodeEnd({entry: 0, digest}),
			);
			await world.until(() => lane.frames.length > 0);
			expect(lane.frames[0]?.kind).toBe(round === 0 ? 'saved' : 'failed');
			await world.until(() => lane.isClosed);
			const before = mallory.all('lane').length;
			mallory.say(offerOf(1));
			await world.settle();
			if (round > 0) expect(mallory.all('lane').length).toBe(before);
			if (mallory.all('lane').length === before) break;
			({ticket} = mallory.all('lane').at(-1)!);
		}

		expect([...alice.folder.saved.keys()]).toEqual(['f0']);
		expect(alice.folder.saved.get('f0')).toEqual(bytesOf(10, 0));
	});
});

describe('what is said at the wrong time', () => {
	test('PAUSE before the answer, GO_ON without PAUSE: nothing comes of it', async () => {
		const {world, alice, mallory} = await setUp();
		mallory.say(offerOf(1), {name: 'pause', transfer: idOf(1)});
		const {transfer} = await alice.until('transfer/offered');
		await world.settle();
		alice.dispatch({type: 'transfer/accept', transfer});
		await mallory.until('lane');
		mallory.say({name: 'goOn', transfer});
		await world.settle();
		expect(alice.of('transfer/paused')).toEqual([]);
		expect(alice.of('transfer/wentOn')).toEqual([]);
		expect(mallory.isClosed).toBe(false);
	});

	test('one reason to stand still gives way to another: it does not move in between', async () => {
		const {world, alice, mallory, accepted} = await setUp();
		const {transfer} = await accepted([10]);
		mallory.say(
			{name: 'pause', transfer, code: 'diskFull'},
			{name: 'pause', transfer},
			{name: 'pause', transfer, code: 'diskFull'},
		);
		await world.settle();
		expect(alice.of('transfer/wentOn')).toEqual([]);
		expect(alice.of('transfer/paused').at(-1)?.by).toBe('disk');
		mallory.say({name: 'goOn', transfer});
		await world.settle();
		expect(alice.of('transfer/wentOn')).toHaveLength(1);
	});

	test('CANCEL of another key, while its peer is away', async () => {
		const {world, alice, mallory, accepted} = await setUp();
		const {transfer} = await accepted([10]);
		mallory.connection.destroy();
		await alice.until('transfer/interrupted');
		const eve = await introduceSpeaker(world, alice, 'eve');
		eve.say({name: 'cancel', transfer});
		await world.settle();
		expect(alice.of('transfer/finished')).toEqual([]);
		const again = await introduceSpeaker(world, alice, 'mallory');
		again.say({name: 'cancel', transfer});
		expect((await alice.until('transfer/finished')).outcome).toEqual({
			kind: 'cancelled',
			by: 'peer',
		});
	});

	test('BEGIN before HELD ends the lane', async () => {
		const {world, alice, mallory} = await setUp();
		const peerId = peerIdOf('mallory');
		const bytes = bytesOf(2 * block);
		alice.folder.putPartial(peerId, ['f0'], 2 * block, bytes.slice(0, block));
		const gate = Promise.withResolvers<void>();
		const {openDelivery} = alice.folder;
		alice.folder.openDelivery = (...asked) => {
			const delivery = openDelivery(...asked);
			return {
				...delivery,
				async held(entry) {
					await gate.promise;
					return delivery.held(entry);
				},
			};
		};
		mallory.say(offerOf(1, [2 * block]));
		const {transfer} = await alice.until('transfer/offered');
		alice.dispatch({type: 'transfer/accept', transfer});
		const {ticket} = await mallory.until('lane');
		const connection = await mallory.network.dial(
			{host: alice.host, port: alice.port} satisfies Address,
			'lane',
			new AbortController().signal,
		);
		let isClosed = false;
		connection.start({
			data: () => undefined,
			ended() {
				connection.end();
			},
			drained: () => undefined,
			closed() {
				isClosed = true;
			},
		});
		connection.writeMany([
			encodeTicket(fromHex(ticket)!),
			encodeBegin({entry: 0, held: 0, size: 2 * block}),
		]);
		await world.until(() => isClosed);
		expect((await alice.until('transfer/finished')).outcome).toMatchObject({
			error: {code: 'protocolViolation'},
		});
		gate.resolve();
		await world.settle();
		expect(alice.folder.partials().get('f0')).toHaveLength(block);
		expect(alice.folder.openDeliveries()).toBe(0);
		expect(alice.folder.openParts()).toBe(0);
	});
});

/** Alice offers to Mallory, who answers by hand; gives his end of the lane. */
async function offerToMallory(
	{alice, mallory, malloryKey}: Scene,
	answer: Omit<Parameters<typeof acceptPages>[1], 'skip'>,
) {
	const content = bytesOf(2 * block + 5);
	alice.files.put('/a', content);
	alice.files.put('/b', bytesOf(0));
	alice.files.putFolder('/c', {empty: undefined});
	alice.dispatch({
		type: 'transfer/offer',
		peer: malloryKey,
		paths: ['/a', '/b', '/c'],
	});
	const {transfer} = await mallory.until('offer');
	const openLaneOf = async (): Promise<LaneSpeaker> => {
		const before = mallory.all('lane').length;
		mallory.say(...acceptPages(transfer, {skip: [], ...answer}));
		for (;;) {
			const lanes = mallory.all('lane');
			if (lanes.length > before)
				return openLane(mallory.network, alice, lanes.at(-1)!.ticket);
			await new Promise(resolve => {
				setImmediate(resolve);
			});
		}
	};

	return {transfer, content, openLaneOf};
}

describe('an answer that breaks the rules', () => {
	test.each<[string, Parameters<typeof acceptPages>[1]]>([
		['something of a folder', {skip: [], held: [2]}],
		['all of a folder', {skip: [], same: [2]}],
		['something of what was not offered', {skip: [], held: [3]}],
		['all of what was not offered', {skip: [], same: [3]}],
		['nothing of what was not offered', {skip: [3]}],
		['something and all', {skip: [], held: [0], same: [0]}],
		['something and nothing', {skip: [0], held: [0]}],
		['all and nothing', {skip: [1], same: [1]}],
		['something twice', {skip: [], held: [0, 0]}],
		['nothing without end', {skip: Array.from({length: 9_000}, () => 0)}],
	])('%s is wanted: the session ends', async (_, lists) => {
		const scene = await setUp();
		const {alice, mallory, expectUnharmed} = scene;
		const {transfer} = await offerToMallory(scene, {});
		mallory.say(...acceptPages(transfer, lists));
		expect((await mallory.until('error')).code).toBe('protocolViolation');
		expect(alice.of('transfer/accepted')).toEqual([]);
		await expectUnharmed();
	});

	test('of a stream nobody has anything', async () => {
		const scene = await setUp({
			input: () => ({
				kind: 'stream',
				path: ['piped'],
				sizeBytes: 0,
				mtimeMs: 0,
				open: async () => Promise.reject(new Error('not asked for')),
				compare: async () => [],
			}),
		});
		const {alice, mallory, malloryKey} = scene;
		alice.dispatch({type: 'transfer/offerInput', peer: malloryKey, name: 'x'});
		const {transfer} = await mallory.until('offer');
		mallory.say(...acceptPages(transfer, {skip: [], held: [0]}));
		expect((await mallory.until('error')).code).toBe('protocolViolation');
	});

	test('on two pages is one answer', async () => {
		const scene = await setUp();
		const {world, alice, mallory} = scene;
		const {transfer} = await offerToMallory(scene, {});
		mallory.say({name: 'accept', transfer, skip: [0], more: true});
		await world.settle();
		expect(alice.of('transfer/accepted')).toEqual([]);
		mallory.say({name: 'accept', transfer, skip: [2]});
		expect((await alice.until('transfer/accepted')).skip).toEqual([0, 2]);
		expect(mallory.all('lane')).toHaveLength(1);
	});
});

describe('a lane of somebody who lies about what he has', () => {
	const hash = new Uint8Array(32).fill(1);
	test.each<[string, readonly number[], Uint8Array[]]>([
		['without having said so', [], encodeHeld(0, hash)],
		['of another entry', [0], encodeHeld(1, hash)],
		['twice', [0], [...encodeHeld(0, hash), ...encodeHeld(0, hash)]],
		['too much', [0], encodeHeld(0, new Uint8Array(4 * 32))],
		['too much of nothing', [1], encodeHeld(1, hash)],
		['of what does not exist', [0], encodeHeld(77, hash)],
	])('HELD %s ends the transfer', async (_, held, frames) => {
		const scene = await setUp();
		const {world, alice, mallory} = scene;
		const {openLaneOf} = await offerToMallory(scene, {held});
		const lane = await openLaneOf();
		lane.write(...frames);
		expect((await alice.until('transfer/finished')).outcome).toMatchObject({
			kind: 'failed',
			error: {code: 'protocolViolation'},
		});
		await world.until(() => lane.isClosed);
		await mallory.until('cancel');
		await world.settle();
		expect(alice.files.openReaders()).toBe(0);
	});

	test('hashes of other bytes leave nothing out', async () => {
		const scene = await setUp();
		const {world, alice} = scene;
		const {openLaneOf, content} = await offerToMallory(scene, {held: [0]});
		const lane = await openLaneOf();
		await world.settle();
		expect(lane.frames).toEqual([]);
		lane.write(...encodeHeld(0, new Uint8Array(3 * 32).fill(7)));
		await world.until(() => lane.frames.some(({kind}) => kind === 'end'));
		expect(lane.frames[0]).toMatchObject({kind: 'begin', entry: 0, held: 0});
		let sent = 0;
		for (const frame of lane.frames) {
			if (frame.kind === 'data') sent += frame.bytes.length;
		}

		expect(sent).toBe(content.length);
		expect(alice.files.comparedBlocks()).toBe(3);
	});

	test('"differs" again and again: the second time all bytes are sent', async () => {
		const scene = await setUp();
		const {world, alice, mallory} = scene;
		const {openLaneOf, content} = await offerToMallory(scene, {same: [0]});
		const first = await openLaneOf();
		await world.until(() => first.frames.length === 6);
		expect(first.frames[0]).toMatchObject({held: content.length});
		expect(first.frames.some(({kind}) => kind === 'data')).toBe(false);
		const settled = [1, 2].flatMap(entry => [
			encodeFailed({entry, code: 'storageFailed'}),
		]);
		first.write(encodeFailed({entry: 0, code: 'differs'}), ...settled);
		await world.until(() => mallory.all('offer').length === 2);
		expect(mallory.all('offer')[1]?.entries.map(({done}) => done)).toEqual([
			undefined,
			true,
			true,
		]);
		const second = await openLaneOf();
		await world.until(() => second.frames.some(({kind}) => kind === 'end'));
		expect(second.frames[0]).toMatchObject({held: 0});
		expect(alice.of('transfer/interrupted').length).toBeLessThan(5);
	});
});
