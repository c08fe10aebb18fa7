/**
 * Multicast groups as people and the system write them. Decides what is a group
 * and how an interface is named for it; who joins what is `multicast.ts`'s.
 */
import {isIPv4, isIPv6} from 'node:net';
import type {Membership} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {plainAddress, type NetworkInterface} from './interfaces.js';

export interface Group {
	/** As the system writes it, without a zone. */
	readonly address: string;
	readonly family: 4 | 6;
	readonly on: string | undefined;
}

/** RFC 1112 §4: 224.0.0.0/4; RFC 4291 §2.7: ff00::/8. */
export const isMulticast = (host: string): boolean => {
	const [address = ''] = host.split('%');
	return isIPv4(address)
		? /^2(?:2[4-9]|3\d)\./.test(address)
		: isIPv6(address) && /^ff[\da-f]{2}:/i.test(address);
};

/** `GROUP`, or `GROUP%nic`. Throws notMulticast. */
export function parseGroup({group, on}: Membership): Group {
	const [address = '', zone] = group.trim().split('%');
	if (!isMulticast(address)) throw new SocktermError('notMulticast', {group});
	return {
		address: plainAddress(address),
		family: isIPv4(address) ? 4 : 6,
		on: on ?? zone,
	};
}

/**
 * How Node names an interface to the system: IPv4 by an address of it, IPv6 by its name as
 * a zone. Throws interfaceLacksFamily.
 */
export function interfaceFor(
	family: 4 | 6,
	found: NetworkInterface,
	group: string,
): string {
	const address = family === 4 ? found.ipv4[0] : `::%${found.name}`;
	if (address === undefined || (family === 6 && found.ipv6.length === 0)) {
		throw new SocktermError('interfaceLacksFamily', {
			name: found.name,
			family: `IPv${family}`,
			group,
		});
	}

	return address;
}
