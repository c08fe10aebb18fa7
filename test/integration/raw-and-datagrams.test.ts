import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {createServer, type AddressInfo} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {textOrHex} from '../../source/engine/index.js';
import {encodeText} from '../../source/protocol/text-decoding.js';
import {
	compose,
	connectSocket,
	loopback,
	meet,
	stopAll,
	type Composed,
} from './composed.js';

afterEach(stopAll);

const gbk = (text: string) => encodeText(text, 'gbk');

const say = (side: Composed, conversation: string, text: string) => {
	side.engine.dispatch({
		type: 'chat/send',
		conversation: conversation as never,
		text,
	});
};

describe('plain clients', () => {
	test('GBK without a newline, then closed: one peer, one line, one "left"', async () => {
		const alice = await compose('alice');
		const socket = await connectSocket(alice.tcpPort);
		socket.resume();
		socket.end(gbk('你好'));
		await once(socket, 'end');
		await alice.until('peer/left');
		expect(alice.heard()).toEqual(['你好']);
		const kinds = alice.engine
			.getState()
			.conversations.get('all')!
			.rows.slice(0)
			.map(({kind}) => kind);
		expect(kinds).toEqual(['joined', 'frame', 'left']);
	});

	test('are answered in their encoding, alone', async () => {
		const alice = await compose('alice');
		const [one, two] = await Promise.all([
			connectSocket(alice.tcpPort),
			connectSocket(alice.tcpPort),
		]);
		one.write(gbk('我是一\n'));
		two.write('I am two\n');
		const first = await alice.untilSaid(({text}) => text.startsWith('我'));
		await alice.untilSaid(({text}) => text.startsWith('I'));
		const answer = once(one, 'data');
		say(alice, first.peer, '你好');
		expect((await answer)[0]).toEqual(Buffer.from(gbk('你好\n')));
		expect(two.bytesRead).toBe(0);
		const both = Promise.all([once(one, 'data'), once(two, 'data')]);
		say(alice, 'all', 'everybody');
		for (const [bytes] of await both) {
			expect(String(bytes)).toBe('everybody\n');
		}
	});

	test('that are silent are shown, and can be written to', async () => {
		const alice = await compose('alice');
		const socket = await connectSocket(alice.tcpPort);
		const {peer} = await alice.until('peer/appeared');
		const answer = once(socket, 'data');
		say(alice, peer, 'anybody?');
		expect(String((await answer)[0])).toBe('anybody?\n');
	});

	test('of all kinds end at most themselves', async () => {
		const [alice, bob] = await Promise.all([compose('alice'), compose('bob')]);
		const {there} = await meet(bob, alice);
		const request = await connectSocket(alice.tcpPort);
		request.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
		await alice.untilSaid(({text}) => text === 'GET / HTTP/1.1');
		const half = await connectSocket(alice.tcpPort);
		half.write(new Uint8Array([0x16, 3, 1, 0x40, 0, 1, 2, 3]));
		half.destroy();
		const broken = await connectSocket(alice.tcpPort);
		broken.write(new Uint8Array([0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5, 6]));
		broken.resume();
		await alice.until('peer/refused');
		const reset = await connectSocket(alice.tcpPort);
		reset.write('half a li');
		await alice.until(
			'peer/connected',
			() => alice.of('peer/connected').length > 2,
		);
		reset.resetAndDestroy();
		await alice.until('peer/left');
		say(bob, there, 'still here');
		await alice.untilSaid(({text}) => text === 'still here');
		expect(bob.of('peer/waiting')).toEqual([]);
	});

	test('two hundred at once are held, listed and written to', async () => {
		const alice = await compose('alice');
		const sockets = await Promise.all(
			Array.from({length: 200}, async () => connectSocket(alice.tcpPort)),
		);
		for (const [index, socket] of sockets.entries()) socket.write(`${index}\n`);
		await alice.untilTrue(() => alice.heard().length === 200);
		expect(alice.engine.getState().peers.size).toBe(200);
		const answers = Promise.all(sockets.map(async each => once(each, 'data')));
		say(alice, 'all', 'hello all');
		for (const [bytes] of await answers) {
			expect(String(bytes)).toBe('hello all\n');
		}

		const {message} = alice.of('chat/sent')[0]!;
		await alice.untilTrue(
			() => alice.engine.getState().deliveries.get(message)?.delivered === 200,
		);
	});

	test('a plain server is dialled, and talked to in its encoding', async () => {
		const alice = await compose('alice');
		const server = createServer(socket => {
			socket.on('error', () => undefined);
			socket.write(gbk('请说话\n'));
		});
		server.listen(0, loopback);
		await once(server, 'listening');
		const {port} = server.address() as AddressInfo;
		const connected = once(server, 'connection');
		alice.engine.dispatch({
			type: 'peer/dial',
			target: {kind: 'raw', host: loopback, port},
		});
		const [socket] = (await connected) as [NodeJS.ReadableStream];
		const {peer} = await alice.untilSaid();
		const heard = once(socket, 'data');
		say(alice, peer, '你好');
		expect((await heard)[0]).toEqual(Buffer.from(gbk('你好\n')));
		await alice.stop();
		server.close();
	});

	test('a plain server is not taken for a peer', async () => {
		const alice = await compose('alice');
		const server = createServer(socket => {
			socket.on('error', () => undefined);
			socket.end('220 welcome\r\n');
		});
		server.listen(0, loopback);
		await once(server, 'listening');
		const {port} = server.address() as AddressInfo;
		alice.engine.dispatch({
			type: 'peer/dial',
			target: {kind: 'peer', host: loopback, port},
		});
		expect((await alice.until('peer/left')).error?.code).toBe('notSockterm');
		server.close();
	});
});

describe('datagrams', () => {
	test('arrive as text, GBK, bytes and nothing, and are counted', async () => {
		const alice = await compose('alice');
		const socket = createSocket('udp4');
		for (const bytes of [
			Buffer.from('temp=21'),
			Buffer.from(gbk('你好')),
			Buffer.from([0, 255]),
			Buffer.alloc(0),
		]) {
			socket.send(bytes, alice.udpPort, loopback);
		}

		await alice.untilTrue(() => alice.of('datagram/received').length === 4);
		expect(
			alice.of('datagram/received').map(({bytes}) => textOrHex(bytes).text),
		).toEqual(['temp=21', '你好', '00 ff', '']);
		const counted = await alice.until('datagram/counted');
		expect(counted).toMatchObject({received: 4, shown: 4, droppedByUs: 0});
		socket.close();
	});

	test('of 0 and of 65,507 bytes are whole both ways', async () => {
		const [alice, bob] = await Promise.all([compose('alice'), compose('bob')]);
		const hexes = ['', 'a5'.repeat(65_507)];
		for (const [from, to] of [
			[alice, bob],
			[bob, alice],
		] as const) {
			for (const text of hexes) {
				const heard = to.next('datagram/received');
				from.engine.dispatch({
					type: 'datagram/send',
					host: loopback,
					port: to.udpPort,
					text,
					notation: 'hex',
				});
				const {bytes} = await heard;
				expect(Buffer.from(bytes).toString('hex')).toBe(text);
			}
		}

		for (const side of [alice, bob]) {
			await side.untilTrue(() => side.of('datagram/sent').length === 2);
			const {rows} = side.engine.getState().datagrams;
			const sizes = rows.slice(0).map(({bytes}) => bytes.length);
			expect(sizes.sort((one, two) => one - two)).toEqual([
				0, 0, 65_507, 65_507,
			]);
		}
	});

	test('go out from the listening port', async () => {
		const [alice, bob] = await Promise.all([compose('alice'), compose('bob')]);
		alice.engine.dispatch({
			type: 'datagram/send',
			host: loopback,
			port: bob.udpPort,
			text: 'go',
		});
		expect((await bob.until('datagram/received')).from).toEqual({
			host: loopback,
			port: alice.udpPort,
		});
		await alice.until('datagram/sent');
	});
});
