/**
 * The network interfaces of this machine that are up. Decides which one a name
 * or an address means; leaves what is done with it to those who listen, join
 * and send. Nothing is remembered: interfaces come and go.
 */
import {SocketAddress} from 'node:net';
import {networkInterfaces} from 'node:os';
import {SocktermError} from '../errors.js';

export interface NetworkInterface {
	readonly name: string;
	readonly ipv4: readonly string[];
	/** Without zones, those that work everywhere first. */
	readonly ipv6: readonly string[];
	/** Another one where the device is another one, though its name is the same. */
	readonly identity: string;
}

/** Those that are up and have an address. */
export function readInterfaces(): NetworkInterface[] {
	return Object.entries(networkInterfaces()).map(([name, addresses = []]) => {
		const of = (family: string) =>
			addresses
				.filter(each => each.family === family)
				.map(({address}) => address);
		const scope = addresses.find(each => each.scopeid)?.scopeid ?? 0;
		const ipv6 = of('IPv6');
		return {
			name,
			ipv4: of('IPv4'),
			ipv6: [
				...ipv6.filter(address => !isLinkLocal(address)),
				...ipv6.filter(isLinkLocal),
			],
			identity: `${addresses[0]?.mac ?? ''} ${scope} ${of('IPv4')[0] ?? ''}`,
		};
	});
}

/** RFC 4291 §2.5.6: fe80::/10. */
export const isLinkLocal = (address: string): boolean =>
	/^fe[89ab][\da-f]:/i.test(address);

/** By its name or one of its addresses (a zone behind an address is the name). */
export function findInterface(
	interfaces: readonly NetworkInterface[],
	wanted: string,
): NetworkInterface | undefined {
	const [address = '', zone] = wanted.split('%');
	const plain = plainAddress(address);
	return interfaces.find(({name, ipv4, ipv6}) =>
		zone === undefined
			? name === wanted || ipv4.includes(plain) || ipv6.includes(plain)
			: name === zone,
	);
}

/** As the system writes it: short and in lower case; what is no address comes back as it is. */
export function plainAddress(text: string): string {
	const family = text.includes(':') ? 'ipv6' : 'ipv4';
	try {
		return new SocketAddress({address: text, family}).address;
	} catch {
		return text;
	}
}

/** Throws noSuchInterface {host, interfaces}. */
export function requireInterface(
	wanted: string,
	interfaces: readonly NetworkInterface[] = readInterfaces(),
): NetworkInterface {
	const found = findInterface(interfaces, wanted);
	if (found) return found;
	throw new SocktermError('noSuchInterface', {
		host: wanted,
		interfaces: interfaces.map(({name}) => name).join(', '),
	});
}
