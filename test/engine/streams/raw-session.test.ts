import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {PeerKey} from '../../../source/engine/index.js';
import {limits} from '../../../source/limits.js';
import {encodeText} from '../../../source/protocol/text-decoding.js';
import {ConnectionRecorder} from '../../helpers/connection-recorder.js';
import {
	createWorld,
	type EngineUnderTest,
} from '../../helpers/engine-under-test.js';
import {connectRaw} from '../speaker.js';

const gbk = (text: string) => encodeText(text, 'gbk');
const utf8 = (text: string) => new TextEncoder().encode(text);

async function listening() {
	const world = createWorld();
	const alice = world.engine('alice');
	await alice.listen();
	return {world, alice};
}

/** A client that has said hello, and its row. */
async function talking() {
	const {world, alice} = await listening();
	const client = await connectRaw(world, alice);
	client.connection.write(utf8('hello\n'));
	const {peer} = await alice.untilSaid();
	return {world, alice, ...client, peer};
}

const text = 'x'.repeat(limits.messageBytes);
const write = (alice: EngineUnderTest, peer: PeerKey, text: string) => {
	alice.dispatch({type: 'chat/send', conversation: peer, text, ref: 1});
};

describe('what comes in', () => {
	test('is one peer, its lines, and that it left', async () => {
		const {world, alice} = await listening();
		const {connection} = await connectRaw(world, alice);
		connection.write(gbk('你好\r\n第二行\n'));
		await alice.untilTrue(() => alice.heard().length === 2);
		expect(alice.heard()).toEqual(['你好', '第二行']);
		expect(alice.of('peer/connected')).toMatchObject([
			{kind: 'raw', trust: 'PLAIN', encrypted: false, direction: 'in'},
		]);
		expect(alice.of('peer/appeared')).toEqual([]);
		const {peer} = alice.of('peer/connected')[0]!;
		expect(alice.engine.getState().peers.get(peer)?.encoding).toBe('gb18030');
		connection.end();
		expect(await alice.until('peer/left')).not.toHaveProperty('error');
	});

	test('GBK without a newline, then closed: one line, and our end follows', async () => {
		const {world, alice} = await listening();
		const {connection, recorder} = await connectRaw(world, alice);
		connection.write(gbk('你好'));
		connection.end();
		await alice.until('peer/left');
		expect(alice.said()).toMatchObject([
			{text: '你好', sizeBytes: 4, ending: 'end'},
		]);
		await recorder.saw('closed');
		expect(recorder.has('ended')).toBe(true);
		expect(world.hub.openConnections()).toBe(0);
		expect(alice.engine.getState().peers.size).toBe(1);
	});

	test('property: GBK text split anywhere gives the same lines', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.constantFrom('你好', 'ab', '世', '\n', '\r\n', '阿啊'), {
					maxLength: 20,
				}),
				fc.array(fc.nat(60), {maxLength: 6}),
				async (parts, cuts) => {
					const bytes = gbk(parts.join(''));
					const places = [...cuts, 0, bytes.length]
						.map(cut => Math.min(cut, bytes.length))
						.sort((left, right) => left - right);
					const {world, alice} = await listening();
					const {connection} = await connectRaw(world, alice);
					for (let index = 1; index < places.length; index++) {
						connection.write(bytes.slice(places[index - 1], places[index]));
						await world.settle();
					}

					connection.end();
					await alice.untilTrue(() => alice.of('peer/left').length > 0);
					const lines = parts.join('').split(/\r\n|\n/);
					if (lines.at(-1) === '') lines.pop();
					expect(alice.heard()).toEqual(lines);
				},
			),
			{numRuns: 40},
		);
	});

	test('half a character is shown after a second silence, not kept for ever', async () => {
		const {world, alice, connection} = await talking();
		// The beginning of a character in UTF-8 as in GBK.
		connection.write(Uint8Array.of(0xe4, 0xbd));
		await world.pass(limits.rawIdleMs);
		expect(alice.heard()).toEqual(['hello']);
		await world.pass(limits.rawIdleMs);
		expect(alice.heard()).toHaveLength(2);
	});

	test('a line without its end is shown after half a second, a cut character later', async () => {
		const {world, alice, connection} = await talking();
		const bytes = gbk('你好世');
		connection.write(bytes.slice(0, 5));
		await world.pass(limits.rawIdleMs - 1);
		expect(alice.heard()).toEqual(['hello']);
		await world.pass(1);
		expect(alice.said().at(-1)).toMatchObject({
			text: '你好',
			ending: 'quiet',
		});
		connection.write(bytes.slice(5));
		await world.pass(limits.rawIdleMs);
		expect(alice.heard()).toEqual(['hello', '你好', '世']);
		connection.write(utf8('\nnext\n'));
		await alice.untilSaid(({text}) => text === 'next');
		expect(alice.heard()).toHaveLength(4);
	});

	test('the half second begins anew with each byte', async () => {
		const {world, alice, connection} = await talking();
		for (const letter of 'abcd') {
			connection.write(utf8(letter));
			await world.pass(limits.rawIdleMs - 100);
		}

		expect(alice.heard()).toEqual(['hello']);
		await world.pass(100);
		expect(alice.heard()).toEqual(['hello', 'abcd']);
		expect(world.clock.pending()).toBe(0);
	});

	test('a line without end is broken by force at 16 KiB, not inside a character', async () => {
		const {world, alice, connection} = await talking();
		const text = `x${'好'.repeat(limits.rawLineBytes)}`;
		connection.write(gbk(text));
		connection.write(utf8('\n'));
		await world.settle();
		const pieces = alice.heard().slice(1);
		expect(pieces).toHaveLength(3);
		expect(pieces.join('')).toBe(text);
		const said = alice.said().slice(1);
		expect(said.every(({sizeBytes}) => sizeBytes <= limits.rawLineBytes)).toBe(
			true,
		);
		expect(said.map(({ending}) => ending)).toEqual([
			'forced',
			'forced',
			'whole',
		]);
	});

	test('is never read as protocol, and is safe to show', async () => {
		const {alice, connection} = await talking();
		connection.write(utf8('\0\0\0\u{2}\u{6}{}\u{1b}]0;title\u{7}\n'));
		const {text} = await alice.nextSaid();
		expect(text).not.toMatch(/\p{Cc}/u);
		expect(alice.of('peer/left')).toEqual([]);
	});
});

describe('what goes out', () => {
	test('follows the encoding of what came, and is delivered when the system took it', async () => {
		const {alice, connection, recorder, peer} = await talking();
		write(alice, peer, '一');
		await alice.until('chat/delivered');
		connection.write(gbk('你好\n'));
		await alice.nextSaid();
		write(alice, peer, '二');
		connection.write(utf8('plain\n'));
		await alice.nextSaid();
		write(alice, peer, '三');
		connection.write(utf8('世界\n'));
		await alice.nextSaid();
		write(alice, peer, '四');
		await alice.untilTrue(() => alice.of('chat/delivered').length === 4);
		expect(recorder.bytes()).toEqual(
			new Uint8Array([
				...utf8('一\n'),
				...gbk('二\n'),
				...gbk('三\n'),
				...utf8('四\n'),
			]),
		);
		expect(
			alice.of('peer/encodingChanged').map(({encoding}) => encoding),
		).toEqual(['gb18030', 'utf-8']);
	});

	test('goes in the encoding that was asked for; what is none is refused', async () => {
		const {alice, recorder, peer} = await talking();
		const setEncoding = (encoding: string, ref: number) => {
			alice.dispatch({type: 'peer/setEncoding', peer, encoding, ref});
		};

		setEncoding('Big5', 2);
		write(alice, peer, '你好');
		await alice.until('chat/delivered');
		expect(recorder.bytes()).toEqual(
			new Uint8Array(encodeText('你好\n', 'big5')),
		);
		setEncoding('base64', 3);
		const refused = await alice.until('command/refused', ({ref}) => ref === 3);
		expect(refused.error.code).toBe('encodingUnknown');
		write(alice, peer, '\u{1f600}');
		expect(await alice.until('chat/failed')).toMatchObject({
			peer,
			error: {code: 'notEncodable'},
		});
		expect(alice.engine.getState().peers.get(peer)?.encoding).toBe('big5');
	});

	test('can be set by whoever hears that the peer is there', async () => {
		const world = createWorld();
		const alice = world.engine('alice');
		const server = await world.network('server').listenTcp(
			{port: 0},
			{
				incoming(incoming) {
					incoming.start({
						classified: ({connection}) => new ConnectionRecorder(connection),
						closed: () => undefined,
					});
					incoming.claimAsRaw();
				},
				refused: () => undefined,
				failed: () => undefined,
			},
		);
		alice.engine.on(event => {
			if (event.type !== 'peer/connected') return;
			const {peer} = event;
			alice.dispatch({type: 'peer/setEncoding', peer, encoding: 'gbk'});
		});
		alice.dispatch({
			type: 'peer/dial',
			target: {kind: 'raw', ...server.address},
		});
		expect(await alice.until('peer/encodingChanged')).toMatchObject({
			encoding: 'gbk',
		});
		expect(alice.events.map(({type}) => type).slice(-2)).toEqual([
			'peer/connected',
			'peer/encodingChanged',
		]);
		const {peer} = alice.of('peer/connected')[0]!;

		// The row, its conversation and its encoding stay over a reconnect.
		world.hub.cut();
		await alice.until('peer/left');
		alice.dispatch({type: 'peer/reconnect', peer});
		await alice.next('peer/connected');
		write(alice, peer, '好');
		await alice.until('chat/delivered');
		expect(alice.engine.getState().peers.size).toBe(1);
	});

	test('to a reader that does not read is cut after ten seconds, with its reason', async () => {
		const {world, alice, connection, peer, recorder} = await talking();
		connection.pause();
		const lines = limits.queuedBytes / limits.messageBytes + 1;
		for (let line = 0; line < lines; line++) write(alice, peer, text);
		await world.pass(limits.slowReaderMs - 1);
		expect(alice.of('peer/left')).toEqual([]);
		await world.pass(1);
		expect(alice.of('peer/left')).toMatchObject([
			{peer, error: {code: 'slowReader'}},
		]);
		expect(alice.of('chat/failed')).toHaveLength(lines);
		expect(alice.of('chat/delivered')).toEqual([]);
		// It hears of that although it does not read.
		expect(recorder.closes).toMatchObject([{code: 'connectionReset'}]);
	});

	test('to a slow reader that catches up now and then is not cut', async () => {
		const {world, alice, connection, peer} = await talking();
		for (let round = 0; round < 4; round++) {
			connection.pause();
			for (let line = 0; line < 70; line++) write(alice, peer, text);
			await world.pass(limits.slowReaderMs - 1_000);
			connection.resume();
			await world.settle();
		}

		expect(alice.of('peer/left')).toEqual([]);
		expect(alice.of('chat/delivered')).toHaveLength(280);
	});

	test('is refused beyond four times the limit', async () => {
		const {world, alice, connection, peer} = await talking();
		connection.pause();
		for (let line = 0; line < 300; line++) write(alice, peer, text);
		await world.settle();
		const failed = alice.of('chat/failed');
		expect(failed.length).toBeGreaterThan(0);
		expect(failed[0]!.error.code).toBe('queueFull');
		connection.resume();
		await world.settle();
		expect(alice.of('chat/delivered').length + failed.length).toBe(300);
	});
});

describe('somebody silent', () => {
	test('is shown after a while, and what is written to him makes him plain', async () => {
		const {world, alice} = await listening();
		const {recorder} = await connectRaw(world, alice);
		await world.pass(limits.silentMs - 1);
		expect(alice.of('peer/appeared')).toEqual([]);
		await world.pass(1);
		const {peer} = await alice.until('peer/appeared');
		expect(alice.engine.getState().peers.get(peer)).toMatchObject({
			kind: 'unknown',
			trust: undefined,
			lifecycle: {phase: 'unclassified'},
		});
		write(alice, peer, 'anybody there?');
		await alice.until('chat/delivered');
		expect(alice.of('peer/connected')).toMatchObject([{peer, kind: 'raw'}]);
		await recorder.until(each => each.text() === 'anybody there?\n');
	});

	test('who breaks off is taken off the list', async () => {
		const {world, alice} = await listening();
		await connectRaw(world, alice);
		await world.pass(limits.silentMs);
		const {peer} = await alice.until('peer/appeared');
		world.hub.cut();
		await alice.until('peer/forgotten');
		expect(alice.engine.getState().peers.has(peer)).toBe(false);
	});

	test('who ends without a word has been there', async () => {
		const {alice, world} = await listening();
		const {connection, recorder} = await connectRaw(world, alice);
		connection.end();
		await alice.until('peer/left');
		expect(alice.of('peer/connected')).toHaveLength(1);
		await recorder.saw('closed');
	});

	test('can be sent away', async () => {
		const {world, alice} = await listening();
		const {recorder} = await connectRaw(world, alice);
		await world.pass(limits.silentMs);
		const {peer} = await alice.until('peer/appeared');
		alice.dispatch({type: 'peer/disconnect', peer});
		await alice.until('peer/forgotten');
		await recorder.saw('ended');
	});
});

test('while a front end cannot keep up nothing is read, and nothing is lost', async () => {
	const {world, alice, connection} = await talking();
	const later = await connectRaw(world, alice);
	alice.engine.hold(true);
	const lines = Array.from({length: 100}, (_, index) => `line ${index}`);
	for (const line of lines) connection.write(utf8(`${line}\n`));
	later.connection.write(utf8('while held\n'));
	await world.settle();
	expect(alice.heard()).toEqual(['hello']);
	expect(connection.queuedBytes()).toBeGreaterThan(0);
	alice.engine.hold(false);
	await world.settle();
	expect(alice.heard()).toContain('while held');
	expect(alice.heard().filter(text => text.startsWith('line'))).toEqual(lines);
});

test('one that breaks off harms nobody', async () => {
	const {world, alice} = await listening();
	const clients = await Promise.all(
		Array.from({length: 100}, async () => connectRaw(world, alice)),
	);
	for (const [index, {connection}] of clients.entries()) {
		connection.write(utf8(`from ${index}\n`));
	}

	await alice.untilTrue(() => alice.heard().length === 100);
	clients[50]!.connection.destroy();
	await alice.until('peer/left');
	alice.dispatch({type: 'chat/send', conversation: 'all', text: 'to all'});
	const {message, peers} = await alice.until('chat/sent');
	expect(peers).toHaveLength(99);
	await world.settle();
	expect(alice.engine.getState().deliveries.get(message)).toEqual({
		pending: 0,
		delivered: 99,
		failed: 0,
	});
	for (const [index, {recorder}] of clients.entries()) {
		expect(recorder.text()).toBe(index === 50 ? '' : 'to all\n');
	}
});
