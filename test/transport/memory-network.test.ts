import {describe, expect, test} from 'vitest';
import type {Classified, Incoming, PeerId} from '../../source/engine/ports.js';
import {ConnectionRecorder} from '../helpers/connection-recorder.js';
import {createFakeClock} from '../helpers/fake-clock.js';
import {
	createMemoryHub,
	createMemoryNetwork,
} from '../helpers/memory-network.js';
import {never} from './helpers.js';

const alice = 'a'.repeat(64) as PeerId;
const bob = 'b'.repeat(64) as PeerId;

async function twoHosts() {
	const hub = createMemoryHub();
	const near = createMemoryNetwork(hub, {peerId: alice, host: '10.0.0.1'});
	const far = createMemoryNetwork(hub, {peerId: bob, host: '10.0.0.2'});
	const classified: Classified[] = [];
	const incoming: Incoming[] = [];
	await far.listenTcp(
		{port: 9090},
		{
			incoming(arrived) {
				incoming.push(arrived);
				arrived.start({
					classified(what) {
						classified.push(what);
					},
					closed() {
						throw new Error('should be classified');
					},
				});
			},
			refused() {
				throw new Error('no limits here');
			},
			failed() {
				throw new Error('cannot fail');
			},
		},
	);
	return {hub, near, far, classified, incoming};
}

const there = {host: '10.0.0.2', port: 9090};

describe('the network in memory', () => {
	test('peers know each other, and share exported keys', async () => {
		const {hub, near, classified} = await twoHosts();
		const ours = await near.dial(there, 'peer', never);
		await hub.settle();
		const what = classified[0];
		if (what?.kind !== 'peer') throw new Error('not a peer');
		expect([ours.peerId, what.connection.peerId]).toEqual([bob, alice]);
		expect(what.connection.remote.host).toBe('10.0.0.1');
		expect(ours.exportKeyingMaterial('label', 40)).toEqual(
			what.connection.exportKeyingMaterial('label', 40),
		);
	});

	test('a raw connection is known by its first byte, its end, or a claim', async () => {
		const {hub, near, classified, incoming} = await twoHosts();
		const talking = await near.dial(there, 'raw', never);
		const ending = await near.dial(there, 'raw', never);
		await near.dial(there, 'raw', never);
		await hub.settle();
		expect(classified).toEqual([]);
		talking.write(Buffer.from('hi'));
		ending.end();
		await hub.settle();
		expect(classified.map(({kind}) => kind)).toEqual(['raw', 'raw']);
		incoming[2]?.claimAsRaw();
		expect(classified).toHaveLength(3);
		const reader = new ConnectionRecorder(classified[0]!.connection);
		await hub.settle();
		expect(reader.text()).toBe('hi');
	});

	test('dials fail as told, and where nobody is', async () => {
		const {hub, near} = await twoHosts();
		const code = async (host: string, port: number) =>
			near.dial({host, port}, 'peer', never).then(
				() => 'connected',
				(error: {info: {code: string}}) => error.info.code,
			);
		expect(await code('10.0.0.2', 1)).toBe('connectionRefused');
		expect(await code('10.9.9.9', 9090)).toBe('unreachable');
		expect(await code('nowhere', 9090)).toBe('hostUnknown');
		hub.refuseDials('connectTimedOut');
		expect(await code('10.0.0.2', 9090)).toBe('connectTimedOut');
		hub.refuseDials(undefined);
		expect(await code('10.0.0.2', 9090)).toBe('connected');
		expect(hub.dials).toHaveLength(5);
	});

	test('a cut breaks both ends', async () => {
		const {hub, near, classified} = await twoHosts();
		const ours = new ConnectionRecorder(await near.dial(there, 'lane', never));
		await hub.settle();
		const theirs = new ConnectionRecorder(classified[0]!.connection);
		expect(hub.openConnections()).toBe(1);
		hub.cut();
		await hub.settle();
		for (const end of [ours, theirs]) {
			expect(end.closes).toMatchObject([{code: 'connectionReset'}]);
		}

		expect(hub.openConnections()).toBe(0);
	});

	test('datagrams', async () => {
		const {hub, near, far} = await twoHosts();
		const got: unknown[] = [];
		const silent = {received() {}, failed() {}};
		const one = await near.openUdp({port: 0}, silent);
		await far.openUdp(
			{port: 10_000},
			{...silent, received: (...all) => got.push(all)},
		);
		const bytes = Uint8Array.of(1, 2);
		await one.send(bytes, {host: '10.0.0.2', port: 10_000});
		await hub.settle();
		expect(got).toEqual([[bytes, one.address]]);
	});
});

test('the fake clock calls what falls due, in order, also what was set meanwhile', () => {
	const clock = createFakeClock(1000);
	const calls: string[] = [];
	const note = (name: string) => () => {
		calls.push(`${name}@${clock.now()}`);
	};

	clock.after(20, note('late'));
	clock.after(10, () => {
		note('early')();
		clock.after(5, note('between'));
	});
	clock.after(10, note('early too'));
	clock.after(15, note('never'))();
	clock.advance(9);
	expect(calls).toEqual([]);
	clock.advance(11);
	expect(calls).toEqual([
		'early@1010',
		'early too@1010',
		'between@1015',
		'late@1020',
	]);
	expect([clock.now(), clock.pending()]).toEqual([1020, 0]);
});
