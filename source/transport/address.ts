/**
 * Addresses as people and the engine see them. Decides how a numeric address is
 * written (an IPv4 client of a dual-stack socket is shown as IPv4) and what can
 * be dialled at all. Names are resolved elsewhere.
 */
import type {Socket} from 'node:net';
import type {Address} from '../engine/ports.js';
import {SocktermError} from '../errors.js';

const mappedIpv4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** RFC 4291 §2.5.5.2: `::ffff:192.0.2.1` is `192.0.2.1`. */
export function plainHost(host: string): string {
	return mappedIpv4.exec(host)?.[1] ?? host;
}

export function isLoopback(host: string): boolean {
	return host === '::1' || host.startsWith('127.');
}

export interface SocketEnds {
	readonly remote: Address;
	readonly local: Address;
}

/** Both ends of a connected socket; undefined where it is gone already. */
export function endsOf(socket: Socket): SocketEnds | undefined {
	const {remoteAddress, remotePort, localAddress, localPort} = socket;
	return remoteAddress === undefined ||
		remotePort === undefined ||
		localAddress === undefined ||
		localPort === undefined
		? undefined
		: {
				remote: {host: plainHost(remoteAddress), port: remotePort},
				local: {host: plainHost(localAddress), port: localPort},
			};
}

function isPort(port: number, lowest: number): boolean {
	return Number.isInteger(port) && port >= lowest && port <= 65_535;
}

/** RFC 1035 §2.3.4 limits a name to 255 octets; an empty one would be taken for this machine. */
function isHost(host: string): boolean {
	return host.length > 0 && host.length <= 255 && !/[\s\p{Cc}[\]]/u.test(host);
}

/** Throws badAddress for what no lookup could make sense of. */
export function checkTarget(target: Address): void {
	if (!isHost(target.host) || !isPort(target.port, 1)) {
		throw new SocktermError('badAddress', {
			host: target.host,
			port: target.port,
		});
	}
}

/** Throws badAddress; port 0 asks the system for a free one. */
export function checkListenAddress(options: {
	readonly host?: string;
	readonly port: number;
}): void {
	const {host, port} = options;
	if ((host !== undefined && !isHost(host)) || !isPort(port, 0)) {
		throw new SocktermError('badAddress', {host: host ?? '', port});
	}
}
