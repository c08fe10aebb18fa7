import {createSocket} from 'node:dgram';
import {describe, expect, test} from 'vitest';
import {runPeer, runVerb, startConsole} from '../helpers/sockterm-program.js';

describe('datagrams', () => {
	test('a GBK text, bytes that are no text and an empty one: one row each', async () => {
		const alice = await startConsole();
		const port = alice.udpPort;
		const client = runPeer('course_udp_client.py', ['127.0.0.1', port, '你好']);
		const ownPort = /\d+/.exec(await client.waitForLine('sent'))?.[0];
		await alice.waitFor('你好');
		await alice.waitFor(new RegExp(`127\\.0\\.0\\.1:${ownPort}`));

		const socket = createSocket('udp4');
		const send = async (bytes: Uint8Array) =>
			new Promise<void>((resolve, reject) => {
				socket.send(bytes, port, '127.0.0.1', error =>
					error ? reject(error) : resolve(),
				);
			});
		await send(Uint8Array.of(0x00, 0xff, 0xfe, 0x80));
		await alice.waitFor(/00 ?ff ?fe ?80/i);
		await send(new Uint8Array(0));
		await alice.waitFor(/\b0 ?B\b/);
		socket.close();
	});

	test('/udp sends one from the listening port, and the answer comes back to it', async () => {
		const server = runPeer('course_udp_server.py', [
			'--port',
			0,
			'--answer',
			'收到',
		]);
		const serverPort = /\d+/.exec(await server.waitForLine('bound'))?.[0];
		const alice = await startConsole();
		const port = alice.udpPort;
		alice.enter(`/udp -x 127.0.0.1:${serverPort} 70 69 6e 67 20 30`);
		await server.waitForLine(`received 127.0.0.1 ${port} ping 0`);
		alice.enter(`/udp 127.0.0.1:${serverPort} ping 1`);
		await server.waitForLine(`received 127.0.0.1 ${port} ping 1`);
		await alice.waitFor('收到');
	});

	test('groups are joined and left, and a wrong one is a sentence', async () => {
		const alice = await startConsole();
		alice.enter('/join 10.0.0.1');
		await alice.waitFor('10.0.0.1 is no multicast address');
		alice.write('\u0015');
		alice.enter('/leave 239.1.2.3');
		await alice.waitFor('239.1.2.3 is not joined here');
	});

	test('the headless twins: one listens, the other sends and hears the answer', async () => {
		const listener = runVerb(['udp', 'listen', '0', '--host', '127.0.0.1']);
		const bound = await listener.waitForLine('Listening');
		const port = /:(\d+)/.exec(bound)?.[1];
		const sender = runVerb([
			'udp',
			'send',
			`127.0.0.1:${port}`,
			'n=$seq',
			...'--escapes --count 3 --every 20ms --wait 50ms'.split(' '),
		]);
		for (const number of [1, 2, 3]) {
			await listener.waitForLine(`(UDP, 3 B) > n=${number}`);
		}

		// Nobody answers by itself.
		expect((await sender.exit).code).toBe(1);
		expect(sender.errors()).toContain('Nothing answered');
		const server = runPeer('course_udp_server.py', [
			'--port',
			0,
			'--answer',
			'收到',
		]);
		const serverPort = /\d+/.exec(await server.waitForLine('bound'))?.[0];
		const asking = runVerb([
			'udp',
			'send',
			`127.0.0.1:${serverPort}`,
			'你好',
			...'--encoding gbk --wait 1s --json'.split(' '),
		]);
		await server.waitForLine('你好');
		const answer = await asking.waitForLine('datagram/received');
		expect(JSON.parse(answer)).toMatchObject({sizeBytes: 4, text: '收到'});
		expect((await asking.exit).code).toBe(0);
	});
});
