import {connect, type Socket} from 'node:net';
import type {
	Address,
	BoundListener,
	Classified,
	Incoming,
	Network,
	TcpListenOptions,
} from '../../source/engine/ports.js';
import type {ErrorInfo} from '../../source/errors.js';
import {createIdentity} from '../../source/storage/identity.js';
import {
	createNetwork,
	type NetworkOptions,
} from '../../source/transport/network.js';

export const protocols = {control: 'sockterm/1', lane: 'sockterm-lane/1'};

export function testNetwork(limits: NetworkOptions['limits'] = {}): {
	network: Network;
	identity: ReturnType<typeof createIdentity>;
} {
	const identity = createIdentity();
	return {identity, network: createNetwork({identity, protocols, limits})};
}

/** What became of one accepted connection. */
export interface Outcome {
	readonly incoming: Incoming;
	readonly classified?: Classified;
	readonly error?: ErrorInfo;
	readonly closed: boolean;
}

/** A listener whose accepted connections are started at once and whose outcomes can be awaited in order. */
export interface TestListener {
	readonly address: Address;
	readonly incoming: readonly Incoming[];
	readonly refused: readonly ErrorInfo[];
	/** The next outcome that nobody has taken yet. */
	nextOutcome(): Promise<Outcome>;
	nextIncoming(): Promise<Incoming>;
	connect(): Promise<Socket>;
	close(): Promise<void>;
}

class Inbox<Item> {
	readonly #items: Item[] = [];
	readonly #takers: Array<(item: Item) => void> = [];

	put(item: Item): void {
		const taker = this.#takers.shift();
		if (taker) taker(item);
		else this.#items.push(item);
	}

	async take(): Promise<Item> {
		const item = this.#items.shift();
		if (item !== undefined) return item;
		return new Promise(resolve => {
			this.#takers.push(resolve);
		});
	}
}

export async function openListener(
	network: Network,
	options: Partial<TcpListenOptions> = {},
): Promise<TestListener> {
	const incoming: Incoming[] = [];
	const refused: ErrorInfo[] = [];
	const outcomes = new Inbox<Outcome>();
	const arrivals = new Inbox<Incoming>();
	const clients: Socket[] = [];
	const bound: BoundListener = await network.listenTcp(
		{host: '127.0.0.1', port: 0, ...options},
		{
			incoming(arrived) {
				incoming.push(arrived);
				arrived.start({
					classified(classified) {
						outcomes.put({incoming: arrived, classified, closed: false});
					},
					closed(error) {
						outcomes.put({
							incoming: arrived,
							closed: true,
							...(error ? {error} : {}),
						});
					},
				});
				arrivals.put(arrived);
			},
			refused(_remote, error) {
				refused.push(error);
			},
			failed(error) {
				throw new Error(error.code);
			},
		},
	);
	return {
		address: bound.address,
		incoming,
		refused,
		async nextOutcome() {
			return outcomes.take();
		},
		async nextIncoming() {
			return arrivals.take();
		},
		async connect() {
			const socket = connect(bound.address.port, '127.0.0.1');
			socket.on('error', () => undefined);
			clients.push(socket);
			// A refused client may be reset before it knows that it was connected.
			await Promise.race([
				new Promise(resolve => {
					socket.once('connect', resolve);
				}),
				closeOf(socket),
			]);
			return socket;
		},
		async close() {
			for (const client of clients) client.destroy();
			for (const arrived of incoming) arrived.destroy();
			await bound.close();
		},
	};
}

export const never = new AbortController().signal;

/** Resolves once the socket is closed, after an error or without. */
export async function closeOf(socket: Socket): Promise<void> {
	if (socket.closed) return;
	await new Promise(resolve => {
		socket.once('close', resolve);
	});
}
