import {once} from 'node:events';
import {connect, createServer, type AddressInfo, type Socket} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {
	createUnreadReader,
	parseQueues,
} from '../../source/transport/unread-bytes.js';
import {procAddress} from '../../source/transport/kernel-drops.js';

const ends = {
	local: {host: '127.0.0.1', port: 40_000},
	remote: {host: '127.0.0.1', port: 9191},
};

const row = (local: string, remote: string, queues: string) =>
	`   5: ${local} ${remote} 01 ${queues} 00:00000000 00000000     0        0 2512 1 000000005ed47393 20 4 30 10 -1`;

describe('the table of sockets', () => {
	const loopback = procAddress('127.0.0.1');
	const mapped = procAddress('::ffff:127.0.0.1');
	const table = [
		'  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt',
		row(`${loopback}:9C40`, `${loopback}:23E7`, '00000005:00000007'),
		row(`${loopback}:23E7`, `${loopback}:9C40`, '00000001:0001F400'),
	].join('\n');

	test('names what each end has not read, and what is on its way', () => {
		expect(parseQueues(table, ends)).toEqual({sentBytes: 5, receivedBytes: 7});
		const {local, remote} = ends;
		expect(parseQueues(table, {local: remote, remote: local})).toEqual({
			sentBytes: 1,
			receivedBytes: 128_000,
		});
	});

	test('has nothing of others, nor of none', () => {
		const {local, remote} = ends;
		const other = {local: {...local, port: 40_001}, remote};
		expect(parseQueues(table, other)).toBeUndefined();
		expect(parseQueues('', ends)).toBeUndefined();
		const cut = row(`${loopback}:9C40`, `${loopback}:23E7`, '000');
		expect(parseQueues(cut, ends)).toBeUndefined();
	});

	test('has IPv4 ends of IPv6 sockets, too', () => {
		const six = `x\n${row(`${mapped}:9C40`, `${mapped}:23E7`, '00000000:0000000A')}`;
		expect(parseQueues(six, ends)).toBeUndefined();
		expect(parseQueues(six, ends, true)?.receivedBytes).toBe(10);
	});
});

const sockets: Array<{destroy(): unknown}> = [];

afterEach(() => {
	for (const socket of sockets.splice(0)) socket.destroy();
});

describe.runIf(process.platform === 'linux')(
	'a program that does not read',
	() => {
		test.each(['127.0.0.1', '::1', '::'])('on %s', async host => {
			const server = createServer({pauseOnConnect: true}).listen(0, host);
			await once(server, 'listening');
			const {port} = server.address() as AddressInfo;
			const to = host === '::' ? '127.0.0.1' : host;
			const accepted = once(server, 'connection') as Promise<[Socket]>;
			const socket = connect(port, to);
			await once(socket, 'connect');
			const [theirs] = await accepted;
			server.close();
			sockets.push(socket, theirs);
			const unread = createUnreadReader({
				local: {host: to, port: socket.localPort!},
				remote: {host: to, port},
			});
			expect(await unread()).toBe(0);
			await new Promise(resolve => {
				socket.write(new Uint8Array(5000), resolve);
			});
			await expect.poll(unread).toBe(5000);
			theirs.resume();
			await expect.poll(unread).toBe(0);
			theirs.destroy();
			socket.destroy();
		});
	},
);
