/**
 * TLS with a server that knows nothing of sockterm, spoken to as any client would:
 * TLS 1.2 or 1.3, its name where it has one, no certificate of ours, any of its
 * own. Decides nothing about trust: such a conversation stays PLAIN, and only the
 * fingerprint of what the server showed is handed on.
 */
import {isIP, type Socket} from 'node:net';
import {connect, createSecureContext, type SecureContext} from 'node:tls';
import type {Address} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import type {SocketEnds} from './address.js';
import {SocketConnection} from './connection.js';
import type {Deadline} from './deadline.js';
import {handshake} from './tls.js';

// Made when it is first needed, and once: it reads the list of what the system offers.
let foreignContext: SecureContext | undefined;

/** Speaks TLS with whatever server is there, as raw bytes. Throws serverNotTls, tlsFailed, connectTimedOut, connectionReset, cancelled. */
export async function openRawTls(
	socket: Socket,
	options: {
		readonly target: Address;
		readonly ends: SocketEnds;
		readonly deadline: Deadline;
	},
): Promise<SocketConnection> {
	const {target, ends, deadline} = options;
	const {host, port} = target;
	foreignContext ??= createSecureContext({minVersion: 'TLSv1.2'});
	const isName = isIP(host.replace(/%.*$/, '')) === 0;
	const tlsSocket = connect({
		socket,
		secureContext: foreignContext,
		rejectUnauthorized: false,
		...(isName ? {servername: host} : {}),
	});
	try {
		await handshake(
			tlsSocket,
			'secureConnect',
			target,
			deadline,
			() => new SocktermError('connectTimedOut', {host, port}),
		);
	} catch (error) {
		// Our own protocol is not what is missing here, but TLS.
		throw error instanceof SocktermError && error.info.code === 'notSockterm'
			? new SocktermError('serverNotTls', {host, port}, {cause: error})
			: error;
	}

	const certificate = tlsSocket.getPeerX509Certificate()?.fingerprint256;
	return new SocketConnection(tlsSocket, {
		ends,
		carrier: socket,
		...(certificate === undefined ? {} : {certificate}),
	});
}
