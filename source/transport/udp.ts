/**
 * One UDP socket: receiving and sending from the same port. Decides binding,
 * name resolution and address families; leaves what a datagram means and how
 * many are shown to the engine.
 *
 * The port is bound exclusively. With SO_REUSEADDR, which TCP needs after a
 * restart, Linux lets two programs share a UDP port and gives every datagram to
 * one of them in silence; UDP has no TIME_WAIT, so nothing is lost without it.
 */
import {createSocket, type Socket} from 'node:dgram';
import {lookup} from 'node:dns/promises';
import {isIP, isIPv4} from 'node:net';
import type {
	Address,
	DatagramHandlers,
	DatagramSocket,
} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {checkListenAddress, checkTarget, plainHost} from './address.js';
import {readKernelDrops} from './kernel-drops.js';
import {datagramError, lacksIpv6, listenError} from './node-errors.js';

interface Binding {
	readonly socket: Socket;
	readonly address: Address;
	readonly family: 4 | 6;
}

/** Binds, or throws Node's error. */
async function bind(
	host: string,
	port: number,
	family: 4 | 6,
): Promise<Binding> {
	const socket = createSocket({
		type: family === 4 ? 'udp4' : 'udp6',
		reuseAddr: false,
		ipv6Only: false,
		recvBufferSize: limits.udpReceiveBufferBytes,
		// Only numeric addresses get here; asking the resolver again would cost a turn a datagram.
		lookup: (name, _options, callback) => {
			callback(null, name, isIPv4(name) ? 4 : 6);
		},
	});
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	socket.once('error', reject);
	try {
		socket.bind({address: host, port, exclusive: true}, resolve);
		await promise;
	} catch (error) {
		socket.on('error', () => undefined);
		try {
			socket.close();
		} catch {
			// It closed itself.
		}

		throw error;
	}

	socket.removeListener('error', reject);
	const bound = socket.address();
	return {socket, family, address: {host: bound.address, port: bound.port}};
}

async function bindSomewhere(
	host: string | undefined,
	port: number,
): Promise<Binding> {
	if (host === undefined) {
		try {
			return await bind('::', port, 6);
		} catch (error) {
			if (!lacksIpv6(error)) throw error;
			return await bind('0.0.0.0', port, 4);
		}
	}

	const found = await lookup(host);
	return bind(found.address, port, found.family === 4 ? 4 : 6);
}

/** The target's numeric address in the family of the socket. Throws Node's lookup errors, unreachable. */
async function resolveTarget(
	target: Address,
	binding: Binding,
): Promise<string> {
	const dualStack = binding.address.host === '::';
	const inFamily = (host: string) => {
		if (!isIPv4(host)) return binding.family === 6 ? host : undefined;
		if (binding.family === 4) return host;
		return dualStack ? `::ffff:${host}` : undefined;
	};

	const hosts = isIP(target.host)
		? [target.host]
		: (await lookup(target.host, {all: true})).map(({address}) => address);
	for (const host of hosts) {
		const usable = inFamily(host);
		if (usable !== undefined) return usable;
	}

	throw new SocktermError('unreachable', {
		host: target.host,
		port: target.port,
	});
}

/** Opens the port. Throws portTaken, portForbidden, addressUnavailable, hostUnknown, badAddress. */
export async function openUdp(
	options: {readonly host?: string; readonly port: number},
	handlers: DatagramHandlers,
): Promise<DatagramSocket> {
	checkListenAddress(options);
	let binding: Binding;
	try {
		binding = await bindSomewhere(options.host, options.port);
	} catch (error) {
		throw listenError(error, options, 'udp');
	}

	const {socket, address} = binding;
	let open = true;
	socket.on('message', (bytes, from) => {
		if (!open) return;
		handlers.received(bytes, {host: plainHost(from.address), port: from.port});
	});
	socket.on('error', error => {
		if (open) handlers.failed(datagramError(error, address, 0).info);
	});

	return {
		address,
		async send(bytes, to) {
			checkTarget(to);
			if (!open) throw new SocktermError('udpNotListening');
			if (bytes.length > limits.datagramBytes) {
				throw new SocktermError('datagramTooLong', {
					sizeBytes: bytes.length,
					limitBytes: limits.datagramBytes,
				});
			}

			try {
				const host = await resolveTarget(to, binding);
				const {promise, resolve, reject} = Promise.withResolvers<void>();
				socket.send(bytes, to.port, host, error => {
					if (error) reject(error);
					else resolve();
				});
				await promise;
			} catch (error) {
				if (error instanceof SocktermError) throw error;
				throw datagramError(error, to, bytes.length);
			}
		},
		async kernelDrops() {
			return open ? readKernelDrops(address) : undefined;
		},
		async close() {
			if (!open) return;
			open = false;
			const closed = Promise.withResolvers<void>();
			socket.close(closed.resolve);
			await closed.promise;
		},
	};
}
