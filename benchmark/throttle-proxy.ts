/**
 * A slow link in user space: what is sent through it shares one rate in each
 * direction, whichever connections it belongs to, and takes turns in pieces as
 * large as a packet. Without a rate it only counts. Backpressure goes through:
 * nothing is read from a side that the other one's share does not take.
 */
import {createServer, connect, type Socket} from 'node:net';

const pieceBytes = 1500;

export interface LinkCount {
	/** From those who dialled, and towards them. */
	readonly up: number;
	readonly down: number;
}

export interface Link {
	readonly port: number;
	carriedBytes(): LinkCount;
	stop(): Promise<void>;
}

/** One direction of the link: its connections wait in a ring for their turn. */
interface Lane {
	/** Takes what was read; calls back when it is all on its way. */
	carry(to: Socket, bytes: Buffer, taken: () => void): void;
	carriedBytes(): number;
}

function createLane(bytesPerSecond: number | undefined): Lane {
	interface Load {
		readonly to: Socket;
		readonly bytes: Buffer;
		readonly taken: () => void;
		sent: number;
	}

	const ring: Load[] = [];
	let carried = 0;
	let isBusy = false;
	let freeAt = performance.now();

	const step = () => {
		const load = ring.shift();
		if (!load) {
			isBusy = false;
			return;
		}

		const piece = load.bytes.subarray(load.sent, load.sent + pieceBytes);
		load.sent += piece.length;
		carried += piece.length;
		// A piece arrives when its last byte has passed.
		const ms = (piece.length * 1000) / (bytesPerSecond ?? Infinity);
		freeAt = Math.max(freeAt, performance.now()) + ms;
		setTimeout(
			() => {
				if (!load.to.destroyed) load.to.write(piece);
				if (load.sent < load.bytes.length) ring.push(load);
				else load.taken();
				step();
			},
			Math.max(0, freeAt - performance.now()),
		);
	};

	return {
		carry(to, bytes, taken) {
			if (bytesPerSecond === undefined) {
				carried += bytes.length;
				if (to.write(bytes)) taken();
				else to.once('drain', taken);
				return;
			}

			ring.push({to, bytes, taken, sent: 0});
			if (isBusy) return;
			isBusy = true;
			step();
		},
		carriedBytes: () => carried,
	};
}

/** Listens on a free loopback port and carries to another one. */
export async function startLink(options: {
	readonly target: number;
	/** In each direction; missing: as fast as it goes. */
	readonly bytesPerSecond?: number;
}): Promise<Link> {
	const {target, bytesPerSecond} = options;
	const up = createLane(bytesPerSecond);
	const down = createLane(bytesPerSecond);
	const sockets = new Set<Socket>();

	const join = (from: Socket, to: Socket, lane: Lane) => {
		let isEnded = false;
		let isCarrying = false;
		const finish = () => {
			if (isEnded && !isCarrying) to.end();
		};

		from.on('data', bytes => {
			from.pause();
			isCarrying = true;
			lane.carry(to, bytes, () => {
				isCarrying = false;
				from.resume();
				finish();
			});
		});
		from.on('end', () => {
			isEnded = true;
			finish();
		});
		from.on('error', () => to.destroy());
		from.on('close', () => {
			sockets.delete(from);
			if (!isEnded) to.destroy();
		});
		sockets.add(from);
	};

	const server = createServer({allowHalfOpen: true}, socket => {
		const onward = connect({
			port: target,
			host: '127.0.0.1',
			allowHalfOpen: true,
		});
		socket.setNoDelay();
		onward.setNoDelay();
		join(socket, onward, up);
		join(onward, socket, down);
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	return {
		port: typeof address === 'object' ? (address?.port ?? 0) : 0,
		carriedBytes: () => ({up: up.carriedBytes(), down: down.carriedBytes()}),
		async stop() {
			for (const socket of sockets) socket.destroy();
			await new Promise(resolve => {
				server.close(resolve);
			});
		},
	};
}
