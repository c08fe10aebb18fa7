/**
 * The engine's `Network` on real sockets. Decides how many connections and
 * handshakes there may be and puts the parts together; leaves every meaning to
 * the engine. The limits count over all listeners of one network.
 */
import type {Socket} from 'node:net';
import type {
	Address,
	Connection,
	DialPurpose,
	ListenerHandlers,
	Network,
	PeerId,
	SecureConnection,
	TcpListenOptions,
} from '../engine/ports.js';
import {errorInfo, SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {checkTarget, endsOf, isLoopback} from './address.js';
import {classifyConnection} from './classify-connection.js';
import {SocketConnection} from './connection.js';
import {createDeadline} from './deadline.js';
import {createHandshakePlaces} from './handshake-places.js';
import {createQuota} from './quota.js';
import {connectTcp, listenTcp, type DialFrom} from './tcp.js';
import {openRawTls} from './raw-tls.js';
import {createTlsContext, openTls, type TlsIdentity} from './tls.js';
import {openUdp} from './udp.js';

type LimitName =
	| 'connections'
	| 'connectionsPerSource'
	| 'handshakes'
	| 'handshakesPerSource'
	| 'handshakeYoungMs'
	| 'handshakeMs'
	| 'dialMs';

export interface NetworkOptions {
	readonly identity: TlsIdentity & {readonly peerId: PeerId};
	/** ALPN names (RFC 7301) of control sessions and lanes. */
	readonly protocols: {readonly control: string; readonly lane: string};
	/** How our side of a dialled connection is chosen. */
	readonly from?: DialFrom;
	/** Other limits than those of `limits.ts`. */
	readonly limits?: Partial<Readonly<Record<LimitName, number>>>;
}

/** Throws identityUnusable. */
export function createNetwork(options: NetworkOptions): Network {
	const {protocols} = options;
	const context = createTlsContext(options.identity);
	const bounds = {...limits, ...options.limits};
	const connections = createQuota({
		total: bounds.connections,
		perSource: bounds.connectionsPerSource,
		isExempt: isLoopback,
	});
	const handshakes = createHandshakePlaces({
		total: bounds.handshakes,
		perSource: bounds.handshakesPerSource,
		youngMs: bounds.handshakeYoungMs,
		now: () => performance.now(),
	});

	const accept = (
		socket: Socket,
		{classify: only, admits}: TcpListenOptions,
		handlers: ListenerHandlers,
	) => {
		const ends = endsOf(socket);
		if (!ends) {
			socket.destroy();
			return;
		}

		const source = ends.remote.host;
		const turnAway = () => {
			socket.on('error', () => undefined);
			socket.resetAndDestroy();
		};

		if (admits?.(source) === false) {
			turnAway();
			handlers.refused(ends.remote, errorInfo('addressDenied', {host: source}));
			return;
		}

		const leave = connections.tryEnter(source);
		if (!leave) {
			turnAway();
			const error = errorInfo('tooManyConnections', {host: source});
			handlers.refused(ends.remote, error);
			return;
		}

		socket.once('close', leave);
		const incoming = classifyConnection(socket, ends, {
			context,
			protocols,
			handshakeMs: bounds.handshakeMs,
			...(only ? {only} : {}),
			enterHandshake: evict => handshakes.enter(source, evict),
		});
		handlers.incoming(incoming);
	};

	async function dial(
		target: Address,
		purpose: 'raw' | 'rawTls',
		signal: AbortSignal,
	): Promise<Connection>;
	async function dial(
		target: Address,
		purpose: 'peer' | 'lane',
		signal: AbortSignal,
	): Promise<SecureConnection>;
	async function dial(
		target: Address,
		purpose: DialPurpose,
		signal: AbortSignal,
	): Promise<Connection> {
		checkTarget(target);
		const deadline = createDeadline(bounds.dialMs, signal);
		try {
			const socket = await connectTcp(target, deadline, options.from);
			const ends = endsOf(socket);
			if (!ends) {
				socket.destroy();
				throw new SocktermError('connectionReset', {
					host: target.host,
					port: target.port,
				});
			}

			if (purpose === 'raw') return new SocketConnection(socket, {ends});
			if (purpose === 'rawTls') {
				return await openRawTls(socket, {target, ends, deadline});
			}

			const protocol = purpose === 'peer' ? protocols.control : protocols.lane;
			return await openTls(socket, {
				context,
				protocol,
				target,
				ends,
				deadline,
			});
		} finally {
			deadline.clear();
		}
	}

	return {
		async listenTcp(listenOptions, handlers) {
			return listenTcp(listenOptions, {
				accepted(socket) {
					accept(socket, listenOptions, handlers);
				},
				failed(error) {
					handlers.failed(error);
				},
			});
		},
		openUdp,
		dial,
	};
}
