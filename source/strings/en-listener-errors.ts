/** What goes wrong with listeners and the connections that they accept, one sentence each. */
import type {ErrorCode} from '../errors.js';
import {
	fact,
	Name,
	name,
	seconds,
	where,
	type Sentence,
} from './error-facts.js';

export const listenerErrorSentences = {
	interfaceUnusable: details =>
		`The interface ${fact(details, 'host', 'that was named')} has no address now. Bring it up, or listen on an address of this machine.`,
	noSuchInterface: details =>
		`There is no interface, host or address called ${fact(details, 'host', 'that')} here. Interfaces with an address: ${fact(details, 'interfaces', 'none')}.`,
	noSuchListener: () =>
		'That listener is closed. /listen shows those that are open.',
	badRange: details =>
		`${fact(details, 'range', 'That')} is no address or range. Write one such as 10.0.0.5, 10.0.0.0/8, 192.168.1.10-192.168.1.20 or fd00::/8.`,
	tooManyRanges: details =>
		`A listener takes ${fact(details, 'limit', 'so many')} ranges at most. Join some to a larger one, such as 10.0.0.0/8.`,
	addressDenied: details =>
		`${where(details, 'An address')} connected and was refused: it is kept out here. /allow ${fact(details, 'host', 'ADDRESS')} lets it in.`,
	tooManyViolations: details =>
		`${where(details, 'An address')} broke the protocol again and again, so it is kept out for ${seconds(details)}. If that is a friend, compare your versions of sockterm; /allow ${fact(details, 'host', 'ADDRESS')} lets it in at once.`,
	notTls: details =>
		`${Name(details)} spoke plain text to a TLS port, so it was closed. Let it use TLS (openssl s_client, ncat --ssl), or listen with tcp.`,
	serverNotTls: details =>
		`What answers at ${where(details, 'that address')} does not speak TLS. For a plain TCP server use tcp://${where(details, 'host:port')}.`,
	idleTimeout: details =>
		`Nothing moved between here and ${name(details)} for ${seconds(details)}, so the connection was closed. It may connect again, or listen with a longer --idle.`,
	notForPeers: details =>
		`${Name(details)} spoke sockterm's protocol to a port that is for plain connections, so it was closed. Let it connect to another port.`,
} as const satisfies Partial<Record<ErrorCode, Sentence>>;
