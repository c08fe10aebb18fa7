import {describe, expect, test} from 'vitest';
import type {PeerKey} from '../../../source/engine/index.js';
import {limits} from '../../../source/limits.js';
import {toHex} from '../../../source/util/bytes.js';
import {
	createPair,
	createWorld,
	type EngineOptions,
	type EngineUnderTest,
} from '../../helpers/engine-under-test.js';
import {createMemoryFiles} from '../../helpers/memory-files.js';
import {connectRaw} from '../speaker.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** A plain client that has said hello, and its row. */
async function talking(options: EngineOptions = {}) {
	const world = createWorld();
	const alice = world.engine('alice', options);
	await alice.listen();
	const client = await connectRaw(world, alice);
	client.connection.write(utf8('hello\n'));
	const {peer} = await alice.until('stream/received');
	return {world, alice, ...client, peer};
}

/** The code with which a command is refused; undefined where it is done. */
function asker(alice: EngineUnderTest) {
	let ref = 0;
	return async (command: Parameters<typeof alice.dispatch>[0]) => {
		const mine = ++ref;
		alice.dispatch({...command, ref: mine});
		const isAnswer = (event: {ref: number}) => event.ref === mine;
		await alice.untilTrue(
			() =>
				alice.of('command/done').some(isAnswer) ||
				alice.of('command/refused').some(isAnswer),
		);
		return alice.of('command/refused').find(isAnswer)?.error.code;
	};
}

const send = (peer: PeerKey, line: string, notation: 'escapes' | 'hex') =>
	({type: 'stream/send', peer, line, notation}) as const;

describe('exact bytes', () => {
	test('go out as they are, as a row of their own', async () => {
		const {world, alice, recorder, peer} = await talking();
		const ask = asker(alice);
		expect(await ask(send(peer, '01 03 $crc16/modbus', 'hex'))).toBe(undefined);
		expect(await ask(send(peer, String.raw`a\r\n`, 'escapes'))).toBe(undefined);
		await world.settle();
		expect(toHex(recorder.bytes(), ' ')).toBe('01 03 40 21 61 0d 0a');
		const written = alice.of('stream/sent');
		expect(written.map(({bytes}) => bytes.length)).toEqual([4, 3]);
		expect(written.every(({message}) => message === undefined)).toBe(true);
		const rows = alice.engine.getState().conversations.get(peer)?.rows;
		expect(rows?.slice(rows.length - 2).map(({kind}) => kind)).toEqual([
			'written',
			'written',
		]);
	});

	test('text in them is in the encoding of the peer, and $seq counts', async () => {
		const {world, alice, recorder, peer} = await talking();
		const ask = asker(alice);
		await ask({type: 'peer/setEncoding', peer, encoding: 'gbk'});
		for (let round = 0; round < 3; round++) {
			await ask(send(peer, String.raw`\u4f60$seq;`, 'escapes'));
		}

		await ask(send(peer, '$seq', 'hex'));
		await world.settle();
		expect(toHex(recorder.bytes(), ' ')).toBe(
			'c4 e3 31 3b c4 e3 32 3b c4 e3 33 3b 04',
		);
	});

	test('what cannot be sent is refused, and nothing of it is sent', async () => {
		const {world, alice, recorder, peer} = await talking();
		const ask = asker(alice);
		expect(await ask(send(peer, '0', 'hex'))).toBe('halfByte');
		expect(await ask(send(peer, ' ', 'hex'))).toBe('nothingToSend');
		expect(await ask(send(peer, '$nope', 'hex'))).toBe('unknownToken');
		expect(await ask(send(peer, '$len:u8+999', 'hex'))).toBe(
			'lengthDoesNotFit',
		);
		const tooLong = 'x'.repeat(limits.inputCharacters + 1);
		expect(await ask(send(peer, tooLong, 'escapes'))).toBe('messageTooLong');
		expect(await ask(send('raw:99' as PeerKey, '00', 'hex'))).toBe(
			'noSuchPeer',
		);
		await world.settle();
		expect(recorder.bytes()).toHaveLength(0);
	});

	test('never go to another sockterm', async () => {
		const {alice, bobKey} = await createPair();
		const ask = asker(alice);
		expect(await ask(send(bobKey, '00', 'hex'))).toBe('onlyPlain');
		expect(await ask({type: 'stream/sendFile', peer: bobKey, path: '/x'})).toBe(
			'onlyPlain',
		);
	});

	test('make a silent newcomer plain', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		await alice.listen();
		const {recorder} = await connectRaw(world, alice);
		await world.pass(limits.silentMs);
		const {peer} = await alice.until('peer/appeared');
		expect(await asker(alice)(send(peer, '0a', 'hex'))).toBe(undefined);
		await world.settle();
		expect(recorder.bytes()).toEqual(Uint8Array.of(10));
	});
});

describe('a repeat', () => {
	const repeat = (peer: PeerKey, everyMs: number, count?: number) =>
		({
			type: 'stream/repeat',
			peer,
			line: String.raw`n$seq\n`,
			notation: 'escapes',
			everyMs,
			...(count === undefined ? {} : {count}),
		}) as const;

	test('sends at once and then in its time, as often as it was asked to', async () => {
		const {world, alice, recorder, peer} = await talking();
		alice.dispatch(repeat(peer, 500, 3));
		await world.settle();
		expect(recorder.text()).toBe('n1\n');
		await world.pass(499);
		expect(recorder.text()).toBe('n1\n');
		await world.pass(1);
		expect(recorder.text()).toBe('n1\nn2\n');
		expect(alice.of('stream/repeatEnded')).toEqual([]);
		expect(alice.engine.getState().streams.get(peer)?.repeat).toMatchObject({
			sent: 2,
			count: 3,
		});
		await world.pass(500);
		expect(recorder.text()).toBe('n1\nn2\nn3\n');
		expect(alice.of('stream/repeatEnded')).toMatchObject([{peer, sent: 3}]);
		expect(alice.engine.getState().streams.get(peer)?.repeat).toBe(undefined);
		await world.pass(5000, 500);
		expect(recorder.text()).toBe('n1\nn2\nn3\n');
	});

	test('of text is a line, in the encoding and with the ending of the peer', async () => {
		const {world, alice, recorder, peer} = await talking();
		const ask = asker(alice);
		await ask({
			type: 'stream/setSending',
			peer,
			sending: {framing: {kind: 'lines', ending: 'crlf'}, paceMs: 0},
		});
		await ask({
			...repeat(peer, 100, 2),
			line: String.raw`\n$seq`,
			notation: 'text',
		});
		await world.pass(100);
		expect(recorder.text()).toBe('\\n$seq\r\n\\n$seq\r\n');
	});

	test('is told at most four times a second, and counted exactly', async () => {
		const {world, alice, recorder, peer} = await talking();
		alice.dispatch(repeat(peer, 10));
		await world.pass(2000, 10);
		const told = alice.of('stream/repeating').length;
		expect(told).toBeGreaterThanOrEqual(7);
		expect(told).toBeLessThanOrEqual(9);
		expect(await asker(alice)({type: 'stream/stopRepeat', peer})).toBe(
			undefined,
		);
		expect(alice.of('stream/repeatEnded')).toMatchObject([{sent: 201}]);
		expect(recorder.text().split('\n')).toHaveLength(202);
	});

	test('ends with its peer, and leaves no timer', async () => {
		const {world, alice, connection, peer} = await talking();
		alice.dispatch(repeat(peer, 60_000));
		await world.settle();
		const timers = world.clock.pending();
		connection.destroy();
		expect(await alice.until('stream/repeatEnded')).toMatchObject({
			peer,
			sent: 1,
			error: {code: 'notConnected'},
		});
		expect(world.clock.pending()).toBeLessThan(timers);
	});

	test('a second one takes the place of the first; stopping twice is refused', async () => {
		const {world, alice, recorder, peer} = await talking();
		const ask = asker(alice);
		await ask(repeat(peer, 100));
		await ask({...repeat(peer, 1000), line: 'x'});
		await world.pass(900, 100);
		expect(recorder.text()).toBe('n1\nx');
		expect(await ask({type: 'stream/stopRepeat', peer})).toBe(undefined);
		expect(await ask({type: 'stream/stopRepeat', peer})).toBe('noRepeat');
		expect(alice.of('stream/repeatEnded')).toHaveLength(2);
	});

	test('that cannot be is refused, and leaves the one that runs', async () => {
		const {alice, peer} = await talking();
		const ask = asker(alice);
		await ask(repeat(peer, 100));
		expect(await ask(repeat(peer, limits.repeatLeastMs - 1))).toBe('badRepeat');
		expect(await ask(repeat(peer, Number.NaN))).toBe('badRepeat');
		expect(await ask(repeat(peer, 1e12))).toBe('badRepeat');
		expect(await ask(repeat(peer, 100, 0))).toBe('badRepeat');
		expect(await ask({...repeat(peer, 100), line: '$nope'})).toBe(
			'unknownToken',
		);
		expect(alice.of('stream/repeatEnded')).toEqual([]);
	});

	test('to a reader that does not read ends when too much waits', async () => {
		const {world, alice, connection, peer} = await talking();
		connection.pause();
		alice.dispatch({
			...repeat(peer, 10),
			line: 'x'.repeat(60_000),
			notation: 'text',
		});
		await world.pass(3000, 10);
		expect(alice.of('stream/repeatEnded')).toMatchObject([
			{error: {code: 'queueFull'}},
		]);
	});
});

describe('a file as bytes', () => {
	const bytes = Uint8Array.from(
		{length: 3 * 1024 * 1024 + 17},
		(_, index) => (index * 31 + (index >> 8)) & 255,
	);

	function withFile() {
		const files = createMemoryFiles();
		files.put('/big.bin', bytes);
		files.put('/empty.bin', new Uint8Array());
		files.putFolder('/folder', {'one.txt': utf8('1')});
		return files;
	}

	const file = (peer: PeerKey, path = '/big.bin') =>
		({type: 'stream/sendFile', peer, path}) as const;

	test('arrives equal, with its progress and one end', async () => {
		const files = withFile();
		const {alice, recorder, peer} = await talking({files});
		expect(await asker(alice)(file(peer))).toBe(undefined);
		const ended = await alice.until('stream/fileEnded');
		expect(ended).toMatchObject({name: 'big.bin', sentBytes: bytes.length});
		expect(ended).not.toHaveProperty('error');
		await recorder.until(each => each.receivedBytes === bytes.length);
		expect(Buffer.compare(recorder.bytes(), bytes)).toBe(0);
		expect(alice.of('stream/fileProgressed')[0]).toMatchObject({
			sizeBytes: bytes.length,
			sentBytes: 0,
		});
		expect(files.openReaders()).toBe(0);
		expect(alice.engine.getState().streams.get(peer)?.file).toBe(undefined);
		// What stays in the conversation was not filled with the next block.
		const sent = alice.of('stream/sent').map(event => event.bytes);
		expect(Buffer.compare(Buffer.concat(sent), bytes)).toBe(0);
	});

	test('of nothing is sent too', async () => {
		const {alice, peer} = await talking({files: withFile()});
		await asker(alice)(file(peer, '/empty.bin'));
		expect(await alice.until('stream/fileEnded')).toMatchObject({sentBytes: 0});
	});

	test('waits for a reader that does not read, without filling the memory', async () => {
		const {world, alice, connection, recorder, peer} = await talking({
			files: withFile(),
		});
		connection.pause();
		const ask = asker(alice);
		await ask(file(peer));
		await world.pass(limits.slowReaderMs * 2, 1000);
		const written = alice
			.of('stream/sent')
			.reduce((sum, event) => sum + event.bytes.length, 0);
		expect(written).toBeLessThan(limits.queuedBytes);
		expect(alice.of('peer/left')).toEqual([]);
		expect(await ask(file(peer))).toBe('rawFileBusy');
		connection.resume();
		await alice.until('stream/fileEnded');
		await recorder.until(each => each.receivedBytes === bytes.length);
	});

	test('waits while the front end cannot follow', async () => {
		const {world, alice, peer} = await talking({files: withFile()});
		alice.engine.hold(true);
		alice.dispatch(file(peer));
		await alice.until('stream/fileProgressed');
		await world.settle();
		expect(alice.of('stream/sent')).toEqual([]);
		alice.engine.hold(false);
		expect(await alice.until('stream/fileEnded')).toMatchObject({
			sentBytes: bytes.length,
		});
	});

	test('can be stopped, and ends with its peer', async () => {
		const files = withFile();
		const {world, alice, connection, peer} = await talking({files});
		connection.pause();
		const ask = asker(alice);
		await ask(file(peer));
		await world.settle();
		expect(await ask({type: 'stream/stopFile', peer})).toBe(undefined);
		expect(await alice.until('stream/fileEnded')).toMatchObject({
			error: {code: 'cancelled'},
		});
		expect(await ask({type: 'stream/stopFile', peer})).toBe('noRawFile');
		await ask(file(peer));
		connection.destroy();
		expect(await alice.next('stream/fileEnded')).toMatchObject({
			error: {code: 'notConnected'},
		});
		await world.settle();
		expect(files.openReaders()).toBe(0);
	});

	test('that is none is refused with its reason', async () => {
		const {alice, peer} = await talking({files: withFile()});
		const ask = asker(alice);
		expect(await ask(file(peer, '/nowhere'))).toBe('fileMissing');
		expect(await ask(file(peer, '/folder'))).toBe('notOneFile');
		expect(await ask(file(peer, '/empty.bin'))).toBe(undefined);
	});

	test('that changes on the way is not told as whole', async () => {
		const files = withFile();
		const {world, alice, connection, peer} = await talking({files});
		connection.pause();
		await asker(alice)(file(peer));
		await world.settle();
		files.put('/big.bin', utf8('another'));
		connection.resume();
		expect(await alice.until('stream/fileEnded')).toMatchObject({
			error: {code: 'sourceChanged'},
		});
	});
});
