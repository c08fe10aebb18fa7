/** Where a classic receiver is, as people type it. */
import {SocktermError} from '../../errors.js';
import {parseAddress} from '../parse-address.js';

/**
 * `host:port` or `tcp://host:port`; a port must be said, for there is no usual one. Throws
 * badAddress, classicNotPlain {address}, classicNoPort {address}.
 */
export function parseClassicTarget(text: string): {
	readonly host: string;
	readonly port: number;
} {
	const [, scheme, rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/is.exec(text.trim())!;
	if (scheme !== undefined && scheme.toLowerCase() !== 'tcp') {
		throw new SocktermError('classicNotPlain', {address: text});
	}

	const {host, port} = parseAddress(`tcp://${rest}`);
	// A missing port is another one for each scheme.
	if (parseAddress(`udp://${rest}`).port !== port) {
		throw new SocktermError('classicNoPort', {address: text});
	}

	return {host, port};
}
