import {describe, expect, test} from 'vitest';
import {limits} from '../../../source/limits.js';
import type {
	Address,
	Connection,
	Network,
} from '../../../source/engine/ports.js';
import {concatBytes} from '../../../source/util/bytes.js';
import {ConnectionRecorder} from '../../helpers/connection-recorder.js';
import {
	createWorld,
	type EngineOptions,
} from '../../helpers/engine-under-test.js';
import {answer, gbk, prompt, sizeOf} from './classic-helpers.js';
import {bytesOf, digestOf, isSame} from '../transfers/transfer-helpers.js';

const port = 9191;

/** An engine, and a classic receiver that the test speaks for. */
async function createSendingWorld(options: EngineOptions = {}) {
	const world = createWorld();
	const alice = world.engine('alice', options);
	const network = world.network('course');
	const accepted: Connection[] = [];
	let wake: () => void = () => undefined;
	const bound = await network.listenTcp(
		{port, classify: 'raw'},
		{
			incoming(incoming) {
				incoming.start({
					classified({connection}) {
						accepted.push(connection);
						wake();
					},
					closed: () => undefined,
				});
			},
			refused: () => undefined,
			failed: () => undefined,
		},
	);
	const target: Address = bound.address;
	const send = (path: string) => {
		alice.dispatch({type: 'classic/send', target, path, ref: 1});
	};

	/** The receiver's end, and how long each write to it was. */
	const acceptNext = async () => {
		if (accepted.length === 0) {
			await new Promise<void>(resolve => {
				wake = resolve;
			});
		}

		const connection = accepted.shift()!;
		const writes: Array<{at: number; bytes: number}> = [];
		const recorder = new ConnectionRecorder(connection, ({length}) => {
			writes.push({at: world.clock.now(), bytes: length});
		});
		return {connection, recorder, writes};
	};

	/** Up to the answer, which is given. */
	const receive = async (nameBytes: number) => {
		const receiver = await acceptNext();
		const {connection, recorder, writes} = receiver;
		connection.write(prompt);
		await recorder.until(({receivedBytes}) => receivedBytes >= nameBytes);
		await world.pass(limits.classicPauseMs);
		const header = recorder.bytes();
		writes.length = 0;
		connection.write(answer);
		await alice.until('transfer/accepted');
		return {...receiver, header};
	};

	return {world, alice, target, send, acceptNext, receive};
}

const headerBytes = (name: string) => gbk(name).length + 8;

describe('a file for a classic receiver', () => {
	test.each([0, 1, 2048, 700_001])('of %i bytes is sent', async size => {
		const {world, alice, send, receive} = await createSendingWorld();
		const bytes = bytesOf(size);
		alice.files.put('/home/报告.txt', bytes);
		send('/home/报告.txt');
		const {recorder, header, connection} = await receive(
			gbk('报告.txt').length,
		);
		expect(header).toEqual(concatBytes([gbk('报告.txt'), sizeOf(size)]));
		await world.pass(50, 1);
		await recorder.saw('ended');
		const file = recorder.bytes().subarray(headerBytes('报告.txt'));
		expect(isSame(file, bytes)).toBe(true);
		connection.end();
		const {outcome} = await alice.until('transfer/finished');
		expect(outcome).toEqual({kind: 'saved', saved: 1});
		expect(alice.of('transfer/entrySaved')[0]?.digest).toBe(
			await digestOf(bytes),
		);
		await alice.until('peer/left');
		await world.settle();
		expect(alice.files.openReaders()).toBe(0);
		expect(world.hub.openConnections()).toBe(0);
	});

	test('goes out in whole reads, one write a millisecond', async () => {
		const {world, alice, send, receive} = await createSendingWorld();
		alice.files.put('/a', bytesOf(2 * limits.blockBytes + 5));
		send('/a');
		const {writes, recorder} = await receive(1);
		await world.pass(100, 1);
		await recorder.saw('ended');
		expect(writes.length).toBeGreaterThan(30);
		for (const [index, {bytes}] of writes.entries()) {
			expect(bytes).toBeLessThanOrEqual(limits.classicWriteBytes);
			const isLast = index === writes.length - 1;
			if (!isLast) expect(bytes % limits.classicReadBytes).toBe(0);
		}

		expect(new Set(writes.map(({at}) => at)).size).toBe(writes.length);
	});

	test('classicWritesUnseen: waits after two writes until they were read, where the system tells', async () => {
		let unread = 0;
		const {world, alice, send, receive} = await createSendingWorld({
			network: network => ({
				...network,
				dial: (async (...how: Parameters<Network['dial']>) =>
					Object.assign(await network.dial(...how), {
						unreadBytes: async () => unread,
					})) as Network['dial'],
			}),
		});
		alice.files.put('/a', bytesOf(10 * limits.classicWriteBytes));
		send('/a');
		const {writes, recorder} = await receive(1);
		unread = 1;
		await world.pass(50, 1);
		expect(writes).toHaveLength(limits.classicWritesUnseen);
		unread = 0;
		await world.pass(50, 1);
		await recorder.saw('ended');
		expect(writes).toHaveLength(10);
	});

	test('is shown as a PLAIN transfer that is accepted by the answer', async () => {
		const {world, alice, send, receive, target} = await createSendingWorld();
		alice.files.put('/home/a.bin', bytesOf(9));
		send('/home/a.bin');
		await receive(5);
		await world.settle();
		const types = alice.events.map(({type}) => type);
		expect(types.indexOf('transfer/offered')).toBeLessThan(
			types.indexOf('transfer/accepted'),
		);
		expect(alice.of('transfer/offered')).toMatchObject([
			{trust: 'PLAIN', direction: 'out', totalBytes: 9},
		]);
		expect(alice.of('peer/connected')).toMatchObject([
			{trust: 'PLAIN', direction: 'out', address: target},
		]);
		expect(alice.of('command/done')).toMatchObject([{ref: 1}]);
	});

	test('comes with a word beforehand where the way leaves this machine', async () => {
		const far = await createSendingWorld({host: '10.9.9.9'});
		far.alice.files.put('/a', bytesOf(3));
		far.send('/a');
		const {error} = await far.alice.until('stream/problem');
		expect(error.code).toBe('classicMayLose');
	});

	test('can be paused, and goes on', async () => {
		const {world, alice, send, receive} = await createSendingWorld();
		alice.files.put('/a', bytesOf(1_000_000));
		send('/a');
		const {recorder} = await receive(1);
		await world.pass(4, 1);
		const {transfer} = await alice.until('transfer/offered');
		alice.dispatch({type: 'transfer/pause', transfer});
		await world.pass(50, 1);
		const before = recorder.receivedBytes;
		await world.pass(50, 1);
		expect(recorder.receivedBytes).toBe(before);
		expect(before).toBeLessThan(1_000_000);
		alice.dispatch({type: 'transfer/goOn', transfer});
		await world.pass(50, 1);
		await recorder.saw('ended');
		expect(recorder.receivedBytes).toBe(1_000_009);
	});

	test('keeps a rate limit', async () => {
		const {world, alice, send, receive} = await createSendingWorld();
		alice.files.put('/a', bytesOf(1_000_000));
		alice.dispatch({type: 'transfer/limit', bytesPerSecond: 100_000});
		send('/a');
		const {recorder} = await receive(1);
		await world.pass(2_000, 10);
		expect(recorder.receivedBytes).toBeGreaterThan(100_000);
		expect(recorder.receivedBytes).toBeLessThan(300_000);
	});
});

describe('what cannot be sent', () => {
	test.each([
		['/missing', 'fileMissing'],
		['/folder', 'classicOneFile'],
		['/😀.txt', 'notEncodable'],
	])('%s is refused, and nobody is dialled', async (path, code) => {
		const {world, alice, send} = await createSendingWorld();
		alice.files.put('/😀.txt', bytesOf(1));
		alice.files.putFolder('/folder', {a: bytesOf(1)});
		send(path);
		const {error} = await alice.until('command/refused');
		expect(error.code).toBe(code);
		expect(world.hub.dials).toEqual([]);
		expect(alice.files.openReaders()).toBe(0);
	});

	const failing = async (
		world: Awaited<ReturnType<typeof createSendingWorld>>,
		code: string,
	) => {
		const {error} = await world.alice.until('transfer/entryFailed');
		expect(error.code).toBe(code);
		await world.alice.until('peer/left');
		await world.world.settle();
		expect(world.alice.files.openReaders()).toBe(0);
		expect(world.world.hub.openConnections()).toBe(0);
		return error;
	};

	test('where nobody listens', async () => {
		const classic = await createSendingWorld();
		classic.alice.files.put('/a', bytesOf(1));
		classic.alice.dispatch({
			type: 'classic/send',
			target: {...classic.target, port: 1},
			path: '/a',
		});
		await failing(classic, 'connectionRefused');
	});

	test('to one who greets with something else', async () => {
		const classic = await createSendingWorld();
		classic.alice.files.put('/a', bytesOf(1));
		classic.send('/a');
		const {connection, recorder} = await classic.acceptNext();
		connection.write(gbk('SSH-2.0-OpenSSH\r\n'));
		await classic.world.pass(limits.classicAnswerMs);
		const {details} = await failing(classic, 'classicNotAsked');
		expect(details['said']).toContain('SSH-2.0-OpenSSH');
		expect(recorder.receivedBytes).toBe(0);
	});

	test('to one who does not answer', async () => {
		const classic = await createSendingWorld();
		classic.alice.files.put('/a', bytesOf(1));
		classic.send('/a');
		const {connection, recorder} = await classic.acceptNext();
		connection.write(prompt);
		await classic.world.pass(limits.classicPauseMs);
		await recorder.until(({receivedBytes}) => receivedBytes === 9);
		connection.end();
		await failing(classic, 'classicNotStarted');
	});

	test.each(['ends', 'resets'] as const)(
		'to one who %s in the middle',
		async how => {
			const classic = await createSendingWorld();
			const {alice, world, send, receive} = classic;
			alice.files.put('/a', bytesOf(1_000_000));
			send('/a');
			const {connection} = await receive(1);
			await world.pass(3, 1);
			if (how === 'ends') connection.end();
			else connection.reset();
			const {details} = await failing(classic, 'classicCutOff');
			expect(details['sizeBytes']).toBe(1_000_000);
		},
	);

	test('to one who breaks off when all is with the system', async () => {
		const classic = await createSendingWorld();
		const {alice, world, send, receive} = classic;
		alice.files.put('/a', bytesOf(10));
		send('/a');
		const {connection, recorder} = await receive(1);
		await world.pass(10, 1);
		await recorder.saw('ended');
		connection.reset();
		await failing(classic, 'classicCutOff');
	});

	test('when the file changes meanwhile', async () => {
		const classic = await createSendingWorld();
		const {alice, world, send, receive} = classic;
		alice.files.put('/a', bytesOf(1_000_000));
		send('/a');
		const {recorder} = await receive(1);
		await world.pass(3, 1);
		alice.files.put('/a', bytesOf(5));
		await world.pass(50, 1);
		await failing(classic, 'sourceChanged');
		expect(recorder.closes[0]?.code).toBe('connectionReset');
	});

	test('after somebody cancelled; it can be sent again', async () => {
		const classic = await createSendingWorld();
		const {alice, world, send, receive} = classic;
		alice.files.put('/a', bytesOf(1_000_000));
		send('/a');
		const {recorder} = await receive(1);
		await world.pass(3, 1);
		const {transfer} = await alice.until('transfer/offered');
		alice.dispatch({type: 'transfer/cancel', transfer});
		const {outcome} = await alice.until('transfer/finished');
		expect(outcome).toEqual({kind: 'cancelled', by: 'us'});
		await recorder.saw('closed');
		const again = alice.next('transfer/offered');
		alice.dispatch({type: 'transfer/retry', transfer});
		expect((await again).entries).toMatchObject([{name: 'a'}]);
	});

	test('because we quit', async () => {
		const {alice, world, send, receive} = await createSendingWorld();
		alice.files.put('/a', bytesOf(1_000_000));
		send('/a');
		await receive(1);
		await alice.engine.close();
		await world.settle();
		expect(alice.files.openReaders()).toBe(0);
		expect(world.hub.openConnections()).toBe(0);
	});
});
