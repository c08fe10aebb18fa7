import {describe, expect, test} from 'vitest';
import type {DatagramSocket, Network} from '../../source/engine/ports.js';
import {limits} from '../../source/limits.js';
import {encodeText} from '../../source/protocol/text-decoding.js';
import {
	createWorld,
	type EngineUnderTest,
} from '../helpers/engine-under-test.js';

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

test('one row each: text, GBK, bytes, nothing at all', async () => {
	const {world, alice, sensor, send} = await setUp();
	await send(utf8('temp=21\n'));
	await send(encodeText('你好', 'gbk'));
	await send(new Uint8Array([0, 1, 0xff]));
	await send(new Uint8Array(0));
	await send(utf8('\u{1b}[31mred'));
	await world.settle();
	expect(rows(alice)).toMatchObject([
		{sizeBytes: 8, kind: 'text'},
		{sizeBytes: 4, kind: 'text', text: '你好'},
		{sizeBytes: 3, kind: 'hex', text: '00 01 ff'},
		{sizeBytes: 0, kind: 'text', text: ''},
		{sizeBytes: 8, kind: 'hex'},
	]);
	expect(rows(alice)[0]!.text).toContain('temp=21');
	for (const row of rows(alice)) {
		expect(row).toMatchObject({direction: 'in', address: sensor.address});
	}
});

test('a long one is shown by its beginning, with its whole size', async () => {
	const {world, alice, send} = await setUp();
	await send(utf8('好'.repeat(20_000)));
	await send(new Uint8Array(limits.datagramBytes));
	await world.settle();
	const [text, hex] = rows(alice);
	expect(text).toMatchObject({sizeBytes: 60_000, kind: 'text'});
	expect(text!.text).toMatch(/^好+$/);
	expect(text!.text.length).toBeLessThanOrEqual(limits.datagramPreviewBytes);
	expect(hex).toMatchObject({sizeBytes: limits.datagramBytes, kind: 'hex'});
	expect(hex!.text).toHaveLength(limits.datagramPreviewBytes * 3 - 1);
});

describe('a flood', () => {
	test('is shown 200 times a second, and counted whole', async () => {
		const {world, alice, send} = await setUp();
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

describe('sending', () => {
	const dispatch = (
		alice: EngineUnderTest,
		to: DatagramSocket,
		text: string,
		encoding?: string,
	) => {
		alice.dispatch({
			type: 'datagram/send',
			...to.address,
			text,
			...(encoding ? {encoding} : {}),
			ref: 1,
		});
	};

	test('goes out from the listening port, and leaves a row', async () => {
		const {world, alice, sensor, heard} = await setUp();
		dispatch(alice, sensor, 'go');
		expect(await alice.until('datagram/sent')).toMatchObject({
			to: sensor.address,
			sizeBytes: 2,
			text: 'go',
		});
		await world.pass(1_000);
		expect(heard).toEqual([{text: 'go', port: 10_000}]);
		expect(rows(alice)).toMatchObject([{direction: 'out', kind: 'text'}]);
		expect(alice.of('datagram/counted')).toMatchObject([
			{sent: 1, received: 0, shown: 0, droppedByUs: 0},
		]);
	});

	test('goes out in the encoding that was asked for', async () => {
		const {alice, sensor} = await setUp();
		dispatch(alice, sensor, '你好', 'gbk');
		expect(await alice.until('datagram/sent')).toMatchObject({sizeBytes: 4});
	});

	test.each([
		['x'.repeat(limits.datagramBytes + 1), undefined, 'datagramTooLong'],
		['\u{1f600}', 'gbk', 'notEncodable'],
		['x', 'klingon', 'encodingUnknown'],
	])('is refused: %#', async (text, encoding, code) => {
		const {alice, sensor} = await setUp();
		dispatch(alice, sensor, text, encoding);
		expect((await alice.until('command/refused')).error.code).toBe(code);
	});

	test('without a port is refused', async () => {
		const {alice, sensor} = await setUp();
		const {listener} = alice.of('listener/bound')[0]!;
		alice.dispatch({type: 'listener/close', listener});
		await alice.until('listener/closed');
		dispatch(alice, sensor, 'x');
		expect((await alice.until('command/refused')).error.code).toBe(
			'udpNotListening',
		);
	});

	test('that the system refuses leaves a row that says so', async () => {
		const {alice, sensor} = await setUp(network => ({
			...network,
			async openUdp(options, handlers) {
				const socket = await network.openUdp(options, handlers);
				return {
					...socket,
					async send() {
						throw new TypeError('no such thing');
					},
				};
			},
		}));
		dispatch(alice, sensor, 'x');
		expect(await alice.until('datagram/failed')).toMatchObject({
			to: sensor.address,
			error: {code: 'unexpected', blame: 'bug'},
		});
		expect(rows(alice)).toMatchObject([{direction: 'out', kind: 'problem'}]);
	});
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
