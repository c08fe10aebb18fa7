import {once} from 'node:events';
import {connect, createServer, type AddressInfo, type Socket} from 'node:net';
import {expect, test} from 'vitest';
import {limits} from '../../source/limits.js';
import {SocketConnection} from '../../source/transport/connection.js';

const ends = {
	remote: {host: '127.0.0.1', port: 1},
	local: {host: '127.0.0.1', port: 2},
};
/** What Node may have read already when it is told to stop. */
const onTheWay = 256 * 1024;

/** A socket in whose buffers as much waits as the system takes. */
async function fullSocket() {
	const server = createServer({pauseOnConnect: true});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const near = connect((server.address() as AddressInfo).port, '127.0.0.1');
	const [far] = (await once(server, 'connection')) as [Socket];
	const sentBytes = 8 * 1024 * 1024;
	near.end(new Uint8Array(sentBytes));
	// Until nothing more goes out, because nobody reads.
	for (let before = -1; near.bytesWritten !== before;) {
		before = near.bytesWritten;
		await new Promise(resolve => setTimeout(resolve, 20));
	}

	return {far, near, sentBytes, close: () => server.close()};
}

test('one connection does not take more than its share of a turn', async () => {
	const {far, near, sentBytes, close} = await fullSocket();
	const connection = new SocketConnection(far, {ends});
	let total = 0;
	let turn = 0;
	let most = 0;
	await new Promise<void>(resolve => {
		connection.start({
			data(bytes) {
				if (turn === 0) {
					setImmediate(() => {
						most = Math.max(most, turn);
						turn = 0;
					});
				}

				turn += bytes.length;
				total += bytes.length;
				if (total === sentBytes) resolve();
			},
			ended: () => undefined,
			drained: () => undefined,
			closed: () => undefined,
		});
	});
	expect(most).toBeGreaterThan(0);
	expect(most).toBeLessThanOrEqual(limits.turnBytes + onTheWay);
	connection.destroy();
	near.destroy();
	close();
});
