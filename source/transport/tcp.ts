/**
 * Plain TCP: listening and connecting. Decides the socket options; leaves what a
 * connection is to `classify-connection.ts` and limits to `network.ts`.
 *
 * Every socket allows half-open connections (`nc -N` ends its side and still
 * reads), sends small writes at once (RFC 896's delay would hold back chat), and
 * probes a silent partner, so that a vanished machine does not stay for ever.
 */
import {connect, createServer, type Socket} from 'node:net';
import type {
	Address,
	BoundListener,
	TcpListenOptions,
} from '../engine/ports.js';
import {SocktermError, type ErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import {checkListenAddress} from './address.js';
import type {Deadline} from './deadline.js';
import {listenHost, unknownListenHost} from './listen-host.js';
import {dialError, listenError} from './node-errors.js';

const socketOptions = {
	allowHalfOpen: true,
	noDelay: true,
	keepAlive: true,
	keepAliveInitialDelay: limits.keepAliveMs,
} as const;

/** How long one of several addresses of a name may take before the next is tried (RFC 8305 §5 starts earlier, but Node gives up the first then). */
const attemptMs = 1500;

/**
 * Listens; accepted sockets are handed over paused. Node sets SO_REUSEADDR, so
 * that a port can be taken again at once, but not while another listens on it.
 * Without a host it binds `::` for IPv6 and IPv4, or `0.0.0.0` where there is no
 * IPv6. Throws portTaken, portForbidden, addressUnavailable, noSuchInterface,
 * interfaceUnusable, badAddress.
 */
export async function listenTcp(
	options: TcpListenOptions,
	handlers: {accepted(socket: Socket): void; failed(error: ErrorInfo): void},
): Promise<BoundListener> {
	checkListenAddress(options);
	const host =
		options.host === undefined ? {} : {host: listenHost(options.host)};
	const server = createServer(
		{...socketOptions, pauseOnConnect: true},
		socket => {
			handlers.accepted(socket);
		},
	);
	const bound = Promise.withResolvers<void>();
	server.once('error', bound.reject);
	server.listen(
		{
			port: options.port,
			backlog: options.backlog ?? limits.backlog,
			...host,
		},
		bound.resolve,
	);
	try {
		await bound.promise;
	} catch (error) {
		throw unknownListenHost(listenError(error, options, 'tcp'), options.host);
	}

	server.removeListener('error', bound.reject);
	server.on('error', error => {
		server.close();
		handlers.failed(listenError(error, options, 'tcp').info);
	});
	const address = server.address();
	if (address === null || typeof address === 'string') {
		throw new SocktermError('networkFailed', {port: options.port});
	}

	return {
		address: {host: address.address, port: address.port},
		async close() {
			// Takes effect at once; its callback would wait for every connection to end.
			server.close();
		},
	};
}

/** Of our side of a connection: which family, and from which port; the system's choice where they are missing. */
export interface DialFrom {
	readonly family?: 4 | 6;
	readonly localPort?: number;
}

/** Connects; the address is resolved by the system and every one of it tried. Throws what `Network.dial` names. */
export async function connectTcp(
	target: Address,
	deadline: Deadline,
	from: DialFrom = {},
): Promise<Socket> {
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	const abort = () => {
		reject(
			deadline.reason === 'timedOut'
				? new SocktermError('connectTimedOut', {
						host: target.host,
						port: target.port,
					})
				: new SocktermError('cancelled'),
		);
	};

	if (deadline.reason) abort();
	deadline.signal.addEventListener('abort', abort, {once: true});
	let socket: Socket | undefined;
	try {
		if (!deadline.reason) {
			socket = connect({
				...socketOptions,
				...from,
				host: target.host,
				port: target.port,
				autoSelectFamilyAttemptTimeout: attemptMs,
			});
			socket.once('error', reject);
			socket.once('connect', resolve);
		}

		await promise;
		// `reject` stays as its error listener until the next owner has one.
		return socket!;
	} catch (error) {
		socket?.destroy();
		throw error instanceof SocktermError ? error : dialError(error, target);
	} finally {
		deadline.signal.removeEventListener('abort', abort);
	}
}
