/** Engines as the program composes them, on loopback, with folders of their own. */
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {connect, createServer, type AddressInfo, type Socket} from 'node:net';
import {join} from 'node:path';
import {composeEngine} from '../../source/compose.js';
import type {HostedEngine} from '../../source/engine/engine.js';
import type {PeerKey, TransferId} from '../../source/engine/index.js';
import {observe, type Observed} from '../helpers/engine-under-test.js';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';

export const loopback = '127.0.0.1';

export interface Composed extends Observed {
	readonly engine: HostedEngine;
	readonly home: string;
	readonly received: string;
	readonly tcpPort: number;
	readonly udpPort: number;
	/** Puts a file of random bytes into the home; gives its path. */
	write(name: string, sizeBytes: number): string;
	/** Everything in the receive folder, hidden or not. */
	receivedNames(): string[];
	stop(): Promise<void>;
}

const running: Composed[] = [];
const servers: Array<() => void> = [];

/** Stops everything that a test has begun. */
export async function stopAll(): Promise<void> {
	for (const close of servers.splice(0)) close();
	await Promise.all(running.splice(0).map(async each => each.stop()));
}

/** An engine that listens on free ports. */
export async function compose(
	nick: string,
	options: {
		readonly role?: 'console' | 'script';
		/** Of another one, to be the same person. */
		readonly stateFolder?: string;
		/** Where it listens, 127.0.0.1 if not given. */
		readonly host?: string;
		/** How many connections it takes. */
		readonly connections?: number;
	} = {},
): Promise<Composed> {
	const folder = createTemporaryFolder();
	const home = folder.path;
	const received = join(home, 'received');
	const engine = await composeEngine({
		nick,
		receiveFolder: received,
		stateFolder: options.stateFolder ?? join(home, 'state'),
		fallbackEncoding: 'gb18030',
		role: options.role ?? 'console',
		autoAccept: {},
		resumes: 'both',
		...(options.connections === undefined
			? {}
			: {connections: options.connections}),
	});
	const observed = observe(engine);
	engine.start();
	for (const kind of ['tcp', 'udp'] as const) {
		engine.dispatch({
			type: 'listener/open',
			kind,
			host: options.host ?? loopback,
			port: 0,
		});
	}

	const portOf = async (kind: 'tcp' | 'udp') =>
		(await observed.until('listener/bound', event => event.kind === kind)).port;
	let isStopped = false;
	const composed: Composed = {
		...observed,
		engine,
		home,
		received,
		tcpPort: await portOf('tcp'),
		udpPort: await portOf('udp'),
		write(name, sizeBytes) {
			const path = join(home, name);
			writeFileSync(path, randomBytes(sizeBytes));
			return path;
		},
		receivedNames: () =>
			existsSync(received)
				? readdirSync(received, {recursive: true}).map(String).sort()
				: [],
		async stop() {
			if (isStopped) return;
			isStopped = true;
			await engine.close();
			folder.remove();
		},
	};
	running.push(composed);
	return composed;
}

/** Dials; the keys under which each sees the other. */
export async function meet(
	from: Composed,
	to: Composed,
	port = to.tcpPort,
): Promise<{there: PeerKey; back: PeerKey}> {
	const back = to.next('peer/connected', ({kind}) => kind === 'peer');
	from.engine.dispatch({
		type: 'peer/dial',
		target: {kind: 'peer', host: loopback, port},
	});
	const there = from.next('peer/connected', ({kind}) => kind === 'peer');
	return {there: (await there).peer, back: (await back).peer};
}

/** Offers a file; gives the transfer once the other side is asked. */
export async function offerFile(
	from: Composed,
	to: Composed,
	peer: PeerKey,
	...paths: string[]
): Promise<TransferId> {
	const asked = to.next(
		'transfer/offered',
		({direction}) => direction === 'in',
	);
	from.engine.dispatch({type: 'transfer/offer', peer, paths});
	return (await asked).transfer;
}

export const outcomeOf = async (side: Composed, id: TransferId) =>
	(await side.until('transfer/finished', ({transfer}) => transfer === id))
		.outcome;

export const sameFile = (one: string, two: string) =>
	Buffer.compare(readFileSync(one), readFileSync(two)) === 0;

export async function connectSocket(port: number): Promise<Socket> {
	const socket = connect({host: loopback, port, allowHalfOpen: true});
	servers.push(() => {
		socket.destroy();
	});
	await once(socket, 'connect');
	return socket;
}

/**
 * Forwards to a port until it is cut. Of what the dialler sends on one connection it
 * forwards about so many bytes, and then holds it up.
 */
export async function openProxy(target: number, mostBytes = Infinity) {
	const sockets = new Set<Socket>();
	let limitBytes = mostBytes;
	const server = createServer({allowHalfOpen: true}, near => {
		const far = connect({host: loopback, port: target, allowHalfOpen: true});
		for (const [one, two] of [
			[near, far],
			[far, near],
		] as const) {
			sockets.add(one);
			one.on('error', () => two.destroy());
			one.on('close', () => sockets.delete(one));
			one.pipe(two);
		}

		near.on('data', () => {
			if (near.bytesRead > limitBytes) near.unpipe(far).pause();
		});
	});
	server.listen(0, loopback);
	await once(server, 'listening');
	/** What comes later is not held up any more. */
	const cut = () => {
		limitBytes = Infinity;
		for (const socket of sockets) socket.resetAndDestroy();
	};

	servers.push(() => {
		cut();
		server.close();
	});
	return {port: (server.address() as AddressInfo).port, cut};
}
