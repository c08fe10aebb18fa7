import {describe, expect, test} from 'vitest';
import type {DatagramSocket, Network} from '../../../source/engine/ports.js';
import {limits} from '../../../source/limits.js';
import {
	createWorld,
	type EngineUnderTest,
} from '../../helpers/engine-under-test.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

async function setUp(wrap?: (network: Network) => Network) {
	const world = createWorld();
	const alice = world.engine('alice', wrap ? {network: wrap} : {});
	const listen = async (port: number) => {
		const bound = alice.next('listener/bound');
		alice.dispatch({type: 'listener/open', kind: 'udp', port});
		return (await bound).listener;
	};

	const listener = await listen(10_000);
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
	return {world, alice, listen, listener, sensor, heard};
}

const rows = (alice: EngineUnderTest) =>
	alice.engine.getState().datagrams.rows.slice(0);

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
		const {listener} = alice.of('listener/bound')[0]!;
		expect(await alice.until('datagram/sent')).toMatchObject({
			to: sensor.address,
			listener,
			bytes: utf8('go'),
		});
		await world.pass(1_000);
		expect(heard).toEqual([{text: 'go', port: 10_000}]);
		expect(rows(alice)).toMatchObject([{direction: 'out', listener}]);
		expect(alice.of('datagram/counted')).toMatchObject([
			{sent: 1, received: 0, shown: 0, droppedByUs: 0},
		]);
	});

	test('goes out in the encoding that was asked for, or was set', async () => {
		const {alice, sensor} = await setUp();
		dispatch(alice, sensor, '你好', 'gbk');
		expect((await alice.until('datagram/sent')).bytes).toHaveLength(4);
		dispatch(alice, sensor, '你好');
		expect((await alice.next('datagram/sent')).bytes).toHaveLength(6);
		alice.dispatch({type: 'datagram/setEncoding', encoding: 'GBK'});
		await alice.until('datagram/encodingChanged');
		expect(alice.engine.getState().datagrams.encoding).toBe('gbk');
		dispatch(alice, sensor, '你好');
		expect((await alice.next('datagram/sent')).bytes).toHaveLength(4);
	});

	test('goes out as hex and with escapes, and counts for each receiver', async () => {
		const {alice, sensor} = await setUp();
		const send = async (
			text: string,
			notation: 'hex' | 'escapes',
			port = sensor.address.port,
		) => {
			const {host} = sensor.address;
			alice.dispatch({type: 'datagram/send', host, port, text, notation});
			return [...(await alice.next('datagram/sent')).bytes];
		};

		expect(await send('00 ff 7e', 'hex')).toEqual([0, 0xff, 0x7e]);
		expect(await send('', 'hex')).toEqual([]);
		expect(await send('a\\r\\x80', 'escapes')).toEqual([97, 13, 0x80]);
		expect(await send('$seq:u16be', 'escapes')).toEqual([0, 1]);
		expect(await send('$seq:u16be', 'escapes')).toEqual([0, 2]);
		expect(await send('$seq:u16be', 'escapes', 9)).toEqual([0, 1]);
		alice.dispatch({
			type: 'datagram/send',
			...sensor.address,
			text: '0',
			notation: 'hex',
			ref: 1,
		});
		const {error} = await alice.until('command/refused');
		expect(error.code).toBe('halfByte');
		expect(alice.of('datagram/sent')).toHaveLength(6);
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
		expect(rows(alice)).toMatchObject([
			{direction: 'out', error: {code: 'unexpected'}},
		]);
	});
});

describe('answers', () => {
	test('leave from the port that heard the sender; all else from the newest', async () => {
		const {world, alice, listen, sensor, heard} = await setUp();
		await listen(10_001);
		const answer = async (text: string) => {
			alice.dispatch({type: 'datagram/send', ...sensor.address, text});
			await world.settle();
			return heard.at(-1);
		};

		expect(await answer('first')).toEqual({text: 'first', port: 10_001});
		await sensor.send(utf8('?'), {host: alice.host, port: 10_000});
		await world.settle();
		expect(await answer('second')).toEqual({text: 'second', port: 10_000});
		await sensor.send(utf8('?'), {host: alice.host, port: 10_001});
		await world.settle();
		expect(await answer('third')).toEqual({text: 'third', port: 10_001});
	});

	test('leave from the listener that is named, while it is open', async () => {
		const {world, alice, listen, listener, sensor, heard} = await setUp();
		await listen(10_001);
		const send = () => {
			alice.dispatch({
				type: 'datagram/send',
				...sensor.address,
				text: 'x',
				listener,
				ref: 1,
			});
		};

		send();
		await world.settle();
		expect(heard).toEqual([{text: 'x', port: 10_000}]);
		alice.dispatch({type: 'listener/close', listener});
		await alice.until('listener/closed');
		send();
		const {error} = await alice.until('command/refused');
		expect(error.code).toBe('udpNotListening');
	});
});

describe('groups', () => {
	const group = '239.1.2.3';

	test('are joined and left, once for each interface', async () => {
		const {world, alice, listener, sensor} = await setUp();
		const send = async () => {
			await sensor.send(utf8('all'), {host: group, port: 10_000});
			await world.settle();
			return alice.of('datagram/received').length;
		};

		const groups = () => alice.engine.getState().datagrams.groups;
		expect(await send()).toBe(0);
		for (const on of ['eth0', 'eth1', 'eth1']) {
			alice.dispatch({type: 'datagram/join', group: `${group}%${on}`});
			await alice.next('datagram/joined');
		}

		const joined = {group, listener, error: undefined};
		expect(groups()).toEqual([
			{...joined, on: 'eth0'},
			{...joined, on: 'eth1'},
		]);
		expect(await send()).toBe(1);
		alice.dispatch({type: 'datagram/leave', group, on: 'eth0'});
		await alice.next('datagram/left');
		expect(groups()).toEqual([{...joined, on: 'eth1'}]);
		alice.dispatch({type: 'datagram/leave', group});
		await alice.next('datagram/left');
		expect(groups()).toEqual([]);
		expect(await send()).toBe(1);
	});

	test('that are none, or not joined, are refused', async () => {
		const {alice} = await setUp();
		alice.dispatch({type: 'datagram/join', group: '10.0.0.1', ref: 1});
		expect(await alice.next('command/refused')).toMatchObject({
			error: {code: 'notMulticast', details: {group: '10.0.0.1'}},
		});
		alice.dispatch({type: 'datagram/join', group});
		await alice.until('datagram/joined');
		alice.dispatch({type: 'datagram/leave', group: '239.9.9.9', ref: 2});
		expect(await alice.next('command/refused')).toMatchObject({
			error: {
				code: 'groupNotJoined',
				details: {group: '239.9.9.9', joined: group},
			},
		});
	});

	test('go with their listener', async () => {
		const {alice, listener} = await setUp();
		alice.dispatch({type: 'datagram/join', group});
		await alice.until('datagram/joined');
		alice.dispatch({type: 'listener/close', listener});
		await alice.until('listener/closed');
		expect(alice.engine.getState().datagrams.groups).toEqual([]);
	});

	test('whose interface goes away say so, and that they are back', async () => {
		let lose: () => void = () => undefined;
		let regain: () => void = () => undefined;
		const membership = {group, on: 'eth0'};
		const {alice, listener} = await setUp(network => ({
			...network,
			async openUdp(options, handlers) {
				lose = () => {
					const details = {name: 'eth0', group};
					handlers.groupLost?.(membership, {
						code: 'interfaceGone',
						blame: 'local',
						details,
					});
				};
				regain = () => handlers.groupRegained?.(membership);
				return network.openUdp(options, handlers);
			},
		}));
		alice.dispatch({type: 'datagram/join', ...membership});
		await alice.until('datagram/joined');
		lose();
		const {groups} = alice.engine.getState().datagrams;
		expect(groups).toMatchObject([
			{...membership, listener, error: {code: 'interfaceGone'}},
		]);
		regain();
		expect(alice.engine.getState().datagrams.groups).toEqual([
			{...membership, listener, error: undefined},
		]);
		// One that is lost can be left.
		lose();
		alice.dispatch({type: 'datagram/leave', group});
		await alice.until('datagram/left', ({error}) => error === undefined);
		expect(alice.engine.getState().datagrams.groups).toEqual([]);
	});
});

describe('the meter', () => {
	test('measures each sender from now on, and no more', async () => {
		const {world, alice, sensor} = await setUp();
		const sendAll = async (numbers: readonly number[]) => {
			for (const number of numbers) {
				await sensor.send(Uint8Array.of(number), {
					host: alice.host,
					port: 10_000,
				});
			}

			await world.pass(1_000);
			const {sources} = alice.engine.getState().datagrams;
			return sources.values().map(({meter}) => meter);
		};

		expect(await sendAll([1, 2])).toEqual([undefined]);
		const meter = {bytes: 1, endian: 'big', offset: 0} as const;
		alice.dispatch({type: 'datagram/setMeter', meter});
		await alice.until('datagram/meterChanged');
		expect(alice.engine.getState().datagrams.meter).toEqual(meter);
		expect(await sendAll([5, 6, 9])).toMatchObject([
			{received: 3, missing: 2, last: 9n},
		]);
		alice.dispatch({type: 'datagram/setMeter'});
		await world.settle();
		const {datagrams} = alice.engine.getState();
		expect(datagrams.meter).toBeUndefined();
		expect(datagrams.sources.values()[0]).not.toHaveProperty('meter');
	});
});

test('what is cleared goes from the rows and the senders, not from the counts', async () => {
	const {world, alice, sensor} = await setUp();
	await sensor.send(utf8('x'), {host: alice.host, port: 10_000});
	await world.pass(1_000);
	alice.dispatch({type: 'datagram/clear'});
	await alice.until('datagram/cleared');
	const {datagrams} = alice.engine.getState();
	expect(datagrams.rows.length).toBe(0);
	expect(datagrams.sources.size).toBe(0);
	expect(datagrams.received).toBe(1);
});
