import {createServer} from 'node:net';

/** A loopback port on which nothing listens at the moment. */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	await new Promise(resolve => {
		server.close(resolve);
	});
	return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
