import {
	type BoundListener,
	type Classified,
	type Connection,
	type Network,
} from '../../source/engine/ports.js';
import {createNetwork} from '../../source/transport/network.js';
import {createIdentity} from '../../source/storage/identity.js';
import {
	createMemoryHub,
	createMemoryNetwork,
} from '../helpers/memory-network.js';

/** Makes joined pairs of connections: `near` dialled, `far` was accepted. */
export interface Transport {
	readonly name: string;
	open(): Promise<{
		connect(): Promise<{near: Connection; far: Connection}>;
		close(): Promise<void>;
	}>;
}

const protocols = {control: 'sockterm/1', lane: 'sockterm-lane/1'};

async function pairsOf(
	server: Network,
	client: Network,
	purpose: 'raw' | 'lane',
) {
	const opened: Connection[] = [];
	let accepted = Promise.withResolvers<Classified>();
	const listener: BoundListener = await server.listenTcp(
		{host: '127.0.0.1', port: 0},
		{
			incoming(incoming) {
				incoming.start({
					classified: accepted.resolve,
					closed(error) {
						accepted.reject(new Error(error?.code ?? 'closed'));
					},
				});
				if (purpose === 'raw') incoming.claimAsRaw();
			},
			refused(_remote, error) {
				accepted.reject(new Error(error.code));
			},
			failed(error) {
				accepted.reject(new Error(error.code));
			},
		},
	);
	return {
		async connect() {
			accepted = Promise.withResolvers();
			const dialled: Promise<Connection> =
				purpose === 'raw'
					? client.dial(listener.address, 'raw', new AbortController().signal)
					: client.dial(listener.address, 'lane', new AbortController().signal);
			const [near, {connection: far}] = await Promise.all([
				dialled,
				accepted.promise,
			]);
			opened.push(near, far);
			return {near, far};
		},
		async close() {
			for (const connection of opened) connection.destroy();
			await listener.close();
		},
	};
}

export const transports: readonly Transport[] = [
	{
		name: 'memory',
		async open() {
			const hub = createMemoryHub();
			const network = () =>
				createMemoryNetwork(hub, {peerId: createIdentity().peerId});
			return pairsOf(network(), network(), 'raw');
		},
	},
	{
		name: 'TCP',
		async open() {
			const network = () =>
				createNetwork({identity: createIdentity(), protocols});
			return pairsOf(network(), network(), 'raw');
		},
	},
	{
		name: 'TLS',
		async open() {
			const network = () =>
				createNetwork({identity: createIdentity(), protocols});
			return pairsOf(network(), network(), 'lane');
		},
	},
];
