/** A wire tap: connections pass through it unchanged, and every byte is kept. */
import {once} from 'node:events';
import {connect, createServer, type AddressInfo, type Socket} from 'node:net';
import {onTestFinished} from 'vitest';

export interface TappedConnection {
	/** From who dialled. */
	readonly sent: Buffer[];
	/** From who was dialled. */
	readonly answered: Buffer[];
}

export interface RecordingProxy {
	readonly port: number;
	readonly connections: readonly TappedConnection[];
	/** Every byte, each direction of each connection by itself. */
	streams(): Buffer[];
}

/** Listens on loopback, and passes on to this port there. */
export async function startRecordingProxy(
	target: number,
): Promise<RecordingProxy> {
	const connections: TappedConnection[] = [];
	const sockets = new Set<Socket>();
	const pass = (from: Socket, to: Socket, pieces: Buffer[]) => {
		sockets.add(from);
		from.on('data', bytes => {
			pieces.push(bytes);
			to.write(bytes);
		});
		from.on('end', () => to.end());
		from.on('error', () => to.destroy());
		from.on('close', () => sockets.delete(from));
	};

	const server = createServer({allowHalfOpen: true}, dialler => {
		const tapped: TappedConnection = {sent: [], answered: []};
		connections.push(tapped);
		const listener = connect({
			port: target,
			host: '127.0.0.1',
			allowHalfOpen: true,
		});
		pass(dialler, listener, tapped.sent);
		pass(listener, dialler, tapped.answered);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	return {
		port: (server.address() as AddressInfo).port,
		connections,
		streams: () =>
			connections.flatMap(({sent, answered}) => [
				Buffer.concat(sent),
				Buffer.concat(answered),
			]),
	};
}
