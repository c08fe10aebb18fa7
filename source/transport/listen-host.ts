/**
 * Where to listen: an address, a host name, or the name of an interface, which
 * becomes an address that it has now. Decides which one (IPv4 first, then an
 * IPv6 address that others can reach, then a link-local one with its zone); who
 * the address belongs to later is not watched.
 */
import {existsSync} from 'node:fs';
import {isIP} from 'node:net';
import {SocktermError} from '../errors.js';
import {
	isLinkLocal,
	readInterfaces,
	type NetworkInterface,
} from './interfaces.js';

/** Names that cannot be a path below the folder of interfaces. */
const isInterfaceName = (name: string) => /^[\w.:@-]{1,64}$/.test(name);

/** An interface that is down or has no address is not listed by the system call, but stands here on Linux. */
const existsWithoutAddress = (name: string): boolean =>
	isInterfaceName(name) &&
	name !== '.' &&
	name !== '..' &&
	existsSync(`/sys/class/net/${name}`);

/**
 * The address to bind for `host`; what is no interface comes back as it is, for the
 * system to look up. Throws interfaceUnusable where an interface has no address.
 */
export function listenHost(
	host: string,
	interfaces: readonly NetworkInterface[] = readInterfaces(),
): string {
	if (isIP(host.replace(/%.*$/, '')) > 0) return host;
	const found = interfaces.find(({name}) => name === host);
	const [address] = [...(found?.ipv4 ?? []), ...(found?.ipv6 ?? [])];
	if (address !== undefined) {
		return isLinkLocal(address) ? `${address}%${host}` : address;
	}

	if (found || existsWithoutAddress(host)) {
		throw new SocktermError('interfaceUnusable', {host});
	}

	return host;
}

/** A name that nobody knows may have been meant as that of an interface. */
export function unknownListenHost(
	error: SocktermError,
	host: string | undefined,
): SocktermError {
	return error.info.code === 'hostUnknown' && host !== undefined
		? new SocktermError(
				'noSuchInterface',
				{
					host,
					interfaces: readInterfaces()
						.map(({name}) => name)
						.join(', '),
				},
				{cause: error},
			)
		: error;
}
