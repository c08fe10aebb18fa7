/** Many at once, and those that hold others up: small versions of what `benchmark/` measures. */
import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {limits} from '../../source/limits.js';
import {runPeer} from '../helpers/sockterm-program.js';
import {
	closeOf,
	never,
	openListener,
	testNetwork,
} from '../transport/helpers.js';
import {compose, connectSocket, loopback, meet, stopAll} from './composed.js';

const sockets: Socket[] = [];
afterEach(async () => {
	for (const socket of sockets.splice(0)) socket.destroy();
	await stopAll();
});

const peersOf = (side: Awaited<ReturnType<typeof compose>>) =>
	side.engine.getState().peers.values();

describe('a crowd', () => {
	test('of idle clients comes, and is gone when it leaves', async () => {
		const alice = await compose('alice');
		const crowd = await Promise.all(
			Array.from({length: 300}, async () => connectSocket(alice.tcpPort)),
		);
		// Half of them say what they are.
		for (const client of crowd.slice(150)) client.write('here I am\n');
		await alice.untilTrue(
			() =>
				peersOf(alice).filter(
					({lifecycle: {phase}}) => phase === 'unclassified',
				).length === 150 &&
				peersOf(alice).filter(({kind}) => kind === 'raw').length === 150,
		);
		const [first, ...others] = crowd;
		first!.resetAndDestroy();
		for (const client of others) client.destroy();
		await alice.untilTrue(() =>
			peersOf(alice).every(({lifecycle: {phase}}) => phase === 'left'),
		);
		const {peers, conversations, streams} = alice.engine.getState();
		expect(peers.size).toBeLessThanOrEqual(limits.departedPeers);
		// That of all, too.
		expect(conversations.size).toBe(peers.size + 1);
		expect(streams.size).toBe(peers.size);
	});

	test('beyond the limit is closed at once, and one row says how many', async () => {
		const alice = await compose('alice', {connections: 10});
		const held = await Promise.all(
			Array.from({length: 10}, async () => connectSocket(alice.tcpPort)),
		);
		held[0]!.write('here I am\n');
		await alice.until('peer/connected');
		const surplus = Array.from({length: 40}, () => {
			const client = connect(alice.tcpPort, loopback);
			client.on('error', () => undefined);
			return closeOf(client);
		});
		await Promise.all(surplus);
		const refused = () =>
			alice.of('peer/refused').reduce((sum, {count}) => sum + count, 0);
		await alice.untilTrue(() => refused() === 40);
		const rows = alice.engine.getState().conversations.get('all')!.rows;
		expect(rows.slice(0).filter(({kind}) => kind === 'problem')).toMatchObject([
			{
				count: 40,
				error: {code: 'tooManyConnections', details: {host: loopback}},
			},
		]);
		// Those that were there before stay, and a place that is given back is taken.
		held[0]!.destroy();
		await alice.until('peer/left');
		const next = await connectSocket(alice.tcpPort);
		next.write('and I\n');
		await alice.next('peer/connected');
		expect(refused()).toBe(40);
	});
});

describe('slow handshakes', () => {
	const hello = Buffer.from('16030100c8010000c4', 'hex');

	/** A byte now and then, for as long as it is let. */
	async function dawdle(port: number, number: number): Promise<Socket> {
		const socket = connect({
			port,
			host: loopback,
			localAddress: `127.1.0.${number}`,
		});
		sockets.push(socket);
		socket.on('error', () => undefined);
		await once(socket, 'connect');
		let sent = 0;
		const timer = setInterval(() => {
			socket.write(hello.subarray(sent, ++sent));
		}, 30);
		socket.once('close', () => {
			clearInterval(timer);
		});
		socket.write(hello.subarray(sent, ++sent));
		return socket;
	}

	test('are closed at their deadline, whatever still comes of them', async () => {
		const {network} = testNetwork({handshakeMs: 200});
		const listener = await openListener(network);
		const {port} = listener.address;
		const slow = await Promise.all(
			Array.from({length: 20}, async (_, number) => dawdle(port, number + 1)),
		);
		const closed = slow.map(closeOf);
		const outcomes = await Promise.all(slow.map(listener.nextOutcome));
		expect(outcomes.map(({error}) => error?.code)).toEqual(
			outcomes.map(() => 'handshakeTimedOut'),
		);
		await Promise.all(closed);
		await listener.close();
	});

	test('that take all places keep nobody out', async () => {
		const {network} = testNetwork({handshakes: 20});
		const listener = await openListener(network);
		const {port} = listener.address;
		// More than there is room for: the first ones give way already.
		const slow = await Promise.all(
			Array.from({length: 25}, async (_, number) => dawdle(port, number + 1)),
		);
		for (let count = 0; count < 5; count++) await listener.nextOutcome();
		const gone = () => slow.filter(({destroyed}) => destroyed).length;
		const before = gone();
		const dialler = testNetwork().network;
		const connection = await dialler.dial(listener.address, 'peer', never);
		const outcome = await listener.nextOutcome();
		expect(outcome.error?.code).toBe('tooManyConnections');
		expect((await listener.nextOutcome()).classified?.kind).toBe('peer');
		expect(before).toBeLessThanOrEqual(6);
		connection.destroy();
		await listener.close();
	});
});

describe('a reader that never reads', () => {
	test('is cut, and hears of it; the others miss nothing', async () => {
		const [alice, bob] = await Promise.all([compose('alice'), compose('bob')]);
		const {there} = await meet(bob, alice);
		// One of Node's would not notice a reset before it reads.
		const deaf = runPeer('slow_reader.py', [loopback, alice.tcpPort]);
		const readers = await Promise.all(
			Array.from({length: 4}, async () => connectSocket(alice.tcpPort)),
		);
		const heard = readers.map(() => '');
		for (const [index, reader] of readers.entries()) {
			reader.setEncoding('utf8').on('data', (text: string) => {
				heard[index] += text;
			});
			reader.write('I listen\n');
		}

		await alice.untilTrue(() => alice.of('peer/connected').length === 6);
		const cut = alice.next('peer/left');
		const filler = 'x'.repeat(16_000);
		let number = 0;
		/** As fast as those take it that read. */
		const say = async () => {
			const text = `${++number} ${filler}`;
			const arrived = bob.until('chat/received', got => got.text === text);
			alice.engine.dispatch({type: 'chat/send', conversation: 'all', text});
			await arrived;
		};

		const isFull = () => alice.of('chat/failed').length > 0;
		while (!isFull()) await Promise.all(Array.from({length: 16}, say));
		expect(alice.of('chat/failed')[0]?.error.code).toBe('queueFull');
		expect((await cut).error?.code).toBe('slowReader');
		await deaf.waitForLine('cut after');
		await say();
		const all = Array.from(
			{length: number},
			(_, index) => `${index + 1} ${filler}`,
		);
		await alice.untilTrue(() =>
			heard.every(text => text.length === all.join('\n').length + 1),
		);
		for (const text of heard) expect(text).toBe(`${all.join('\n')}\n`);
		const received = bob.of('chat/received').map(({text}) => text);
		expect(received.filter(text => text.includes(filler))).toEqual(all);
		expect(bob.engine.getState().peers.get(there)?.lifecycle.phase).toBe(
			'ready',
		);
	}, 40_000);
});
