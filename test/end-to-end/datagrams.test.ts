import {createSocket} from 'node:dgram';
import {describe, test} from 'vitest';
import {runPeer, startConsole} from '../helpers/sockterm-program.js';

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
		alice.enter(`/udp 127.0.0.1:${serverPort} ping 1`);
		await server.waitForLine(`received 127.0.0.1 ${port} ping 1`);
		await alice.waitFor('收到');
	});
});
