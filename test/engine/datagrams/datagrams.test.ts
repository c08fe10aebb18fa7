import {describe, expect, test} from 'vitest';
import type {Network} from '../../../source/engine/ports.js';
import {limits} from '../../../source/limits.js';
import {encodeText} from '../../../source/protocol/text-decoding.js';
import {
	createWorld,
	type EngineUnderTest,
} from '../../helpers/engine-under-test.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

async function setUp(wrap?: (network: Network) => Network) {
	const world = createWorld();
	const alice = world.engine('alice', wrap ? {network: wrap} : {});
	alice.dispatch({type: 'listener/open', kind: 'udp', port: 10_000});
	const {port} = await alice.until('listener/bound');
	const heard: Array<{text: string; port: number}> = [];
	const sensor = await world.network('sensor').openUdp(
		{port: 0},
		{
			received(bytes, from) {
				heard.push({text: new TextDecoder().decode(bytes), port: from.port});
			},
			failed: () => undefined,
		},
	);
	const send = async (bytes: Uint8Array) =>
		sensor.send(bytes, {host: alice.host, port});
	return {world, alice, sensor, send, heard};
}

const rows = (alice: EngineUnderTest) =>
	alice.engine.getState().datagrams.rows.slice(0);

test('one row each, whole: text, GBK, bytes, nothing at all, the longest', async () => {
	const {world, alice, sensor, send} = await setUp();
	const {listener} = alice.of('listener/bound')[0]!;
	const payloads = [
		utf8('temp=21\n'),
		encodeText('你好', 'gbk'),
		new Uint8Array([0, 1, 0xff]),
		new Uint8Array(0),
		utf8('\u{1b}[31mred'),
		new Uint8Array(limits.datagramBytes).fill(7),
	];
	for (const payload of payloads) await send(payload);
	await world.settle();
	expect(rows(alice).map(({bytes}) => bytes)).toEqual(
		payloads.map(each => new Uint8Array(each)),
	);
	for (const row of rows(alice)) {
		const {address} = sensor;
		expect(row).toMatchObject({direction: 'in', address, listener});
	}
});

test('rows are bounded by their bytes too, the newest stay', async () => {
	const {world, alice, send} = await setUp();
	const count = Math.ceil(limits.datagramRowsBytes / limits.datagramBytes) + 5;
	for (let index = 0; index < count; index++) {
		if (index % 100 === 0) await world.pass(1_000);
		await send(new Uint8Array(limits.datagramBytes).fill(index));
	}

	await world.settle();
	const {rows: log} = alice.engine.getState().datagrams;
	expect(log.weight).toBeLessThanOrEqual(limits.datagramRowsBytes);
	expect(log.nextId).toBe(count);
	expect(log.length).toBeGreaterThan(200);
	expect(log.at(log.length - 1)!.bytes[0]).toBe((count - 1) % 256);
});

describe('a flood', () => {
	test('is shown 200 times a second, and counted whole', async () => {
		const {world, alice, sensor, send} = await setUp();
		for (const count of [500, 150]) {
			for (let index = 0; index < count; index++) {
				await send(utf8(`${index}`));
			}

			await world.pass(1_000);
		}

		await world.pass(1_000);
		expect(alice.of('datagram/counted')).toMatchObject([
			{perSecond: 500, received: 500, shown: 200, droppedByUs: 300},
			{perSecond: 150, received: 650, shown: 350, droppedByUs: 300},
			{perSecond: 0, received: 650, shown: 350, droppedByUs: 300},
		]);
		expect(alice.of('datagram/sourcesCounted')).toMatchObject([
			{sources: [{from: sensor.address, received: 500}], forgotten: 0},
			{sources: [{from: sensor.address, received: 650}]},
		]);
		for (const counts of alice.of('datagram/counted')) {
			expect(counts.received).toBe(counts.shown + counts.droppedByUs);
			expect(counts.droppedByKernel).toBe(0);
		}

		expect(rows(alice)).toHaveLength(350);
		const {perSecond} = alice.engine.getState().datagrams;
		expect(perSecond).toEqual([500, 150, 0]);
		await world.pass(10_000, 1_000);
		expect(alice.of('datagram/counted')).toHaveLength(3);
		expect(world.clock.pending()).toBe(0);
	});

	test('is counted once more on the way out', async () => {
		const {world, alice, send} = await setUp();
		for (let index = 0; index < 300; index++) await send(utf8('x'));
		await world.settle();
		await alice.engine.close();
		expect(alice.of('datagram/counted')).toMatchObject([
			{received: 300, shown: 200, droppedByUs: 100},
		]);
		expect(world.clock.pending()).toBe(0);
	});
});

test('nothing is shown, and all is counted, while the front end is behind', async () => {
	const {world, alice, send} = await setUp();
	alice.engine.hold(true);
	for (let index = 0; index < 10; index++) await send(utf8('x'));
	await world.pass(1_000);
	alice.engine.hold(false);
	await send(utf8('y'));
	await world.pass(1_000);
	expect(alice.of('datagram/counted')).toMatchObject([
		{received: 10, shown: 0, droppedByUs: 10},
		{received: 11, shown: 1, droppedByUs: 10},
	]);
});

test('what comes while the engine closes is not shown uncounted', async () => {
	const {world, alice, send} = await setUp();
	await send(utf8('one'));
	await world.settle();
	const closing = alice.engine.close();
	await send(utf8('two'));
	await closing;
	await world.settle();
	expect(alice.of('datagram/received')).toHaveLength(1);
	expect(alice.of('datagram/counted')).toMatchObject([{received: 1, shown: 1}]);
});

describe('listeners', () => {
	test('a taken port is told, and the next success clears it', async () => {
		const {alice} = await setUp();
		alice.dispatch({type: 'listener/open', kind: 'udp', port: 10_000, ref: 1});
		expect(await alice.until('listener/failed')).toMatchObject({
			kind: 'udp',
			port: 10_000,
			error: {code: 'portTaken'},
		});
		expect(alice.engine.getState().failedListeners).toHaveLength(1);
		alice.dispatch({type: 'listener/open', kind: 'udp', port: 0});
		await alice.next('listener/bound');
		expect(alice.engine.getState().failedListeners).toEqual([]);
	});

	test('one that breaks is closed', async () => {
		let isClosed = false;
		let fail: () => void = () => undefined;
		const {alice} = await setUp(network => ({
			...network,
			async openUdp(options, handlers) {
				const socket = await network.openUdp(options, handlers);
				fail = () => {
					handlers.failed({
						code: 'networkFailed',
						blame: 'network',
						details: {},
					});
				};
				return {
					...socket,
					async close() {
						isClosed = true;
						await socket.close();
					},
				};
			},
		}));
		fail();
		expect(alice.of('listener/failed')).toHaveLength(1);
		expect(alice.engine.getState().listeners.size).toBe(0);
		expect(isClosed).toBe(true);
	});

	test('one that is opened while the engine closes does not stay', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		alice.dispatch({type: 'listener/open', kind: 'tcp', port: 9090});
		await alice.engine.close();
		await world.settle();
		expect(alice.engine.getState().listeners.size).toBe(0);
		const again = world.engine('again', {host: alice.host});
		again.dispatch({type: 'listener/open', kind: 'tcp', port: 9090});
		await again.until('listener/bound');
	});
});
