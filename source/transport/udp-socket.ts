/**
 * Binding UDP sockets and finding addresses in their family. Decides how a port
 * is bound; what is sent and received is `udp.ts`'s.
 *
 * The port is bound exclusively. With SO_REUSEADDR, which TCP needs after a
 * restart, Linux lets two programs share a UDP port and gives every datagram to
 * one of them in silence; UDP has no TIME_WAIT, so nothing is lost without it.
 */
import {createSocket, type Socket} from 'node:dgram';
import {lookup} from 'node:dns/promises';
import {isIP, isIPv4} from 'node:net';
import type {Address} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {listenHost} from './listen-host.js';
import {lacksIpv6} from './node-errors.js';

export interface Binding {
	readonly socket: Socket;
	readonly address: Address;
	readonly family: 4 | 6;
}

/** Binds, or throws Node's error. */
export async function bindUdp(
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

/** On an address, a host name or an interface's name; missing: everywhere, IPv6 and IPv4. Throws Node's error, interfaceUnusable. */
export async function bindSomewhere(
	host: string | undefined,
	port: number,
): Promise<Binding> {
	if (host === undefined) {
		try {
			return await bindUdp('::', port, 6);
		} catch (error) {
			if (!lacksIpv6(error)) throw error;
			return await bindUdp('0.0.0.0', port, 4);
		}
	}

	const found = await lookup(listenHost(host));
	return bindUdp(found.address, port, found.family === 4 ? 4 : 6);
}

/** It hears what comes for any address of this machine, groups too. */
export const isEverywhere = ({address}: Binding): boolean =>
	address.host === '::' || address.host === '0.0.0.0';

/** A numeric address as the socket can use it; undefined in a family that it has not. */
export function inFamily(binding: Binding, host: string): string | undefined {
	if (!isIPv4(host)) return binding.family === 6 ? host : undefined;
	if (binding.family === 4) return host;
	return binding.address.host === '::' ? `::ffff:${host}` : undefined;
}

/** The target's numeric address in the family of the socket. Throws Node's lookup errors, unreachable. */
export async function resolveTarget(
	target: Address,
	binding: Binding,
): Promise<string> {
	const hosts = isIP(target.host)
		? [target.host]
		: (await lookup(target.host, {all: true})).map(({address}) => address);
	for (const host of hosts) {
		const usable = inFamily(binding, host);
		if (usable !== undefined) return usable;
	}

	throw new SocktermError('unreachable', {
		host: target.host,
		port: target.port,
	});
}

export async function closeUdp(socket: Socket): Promise<void> {
	const closed = Promise.withResolvers<void>();
	socket.close(closed.resolve);
	await closed.promise;
}
