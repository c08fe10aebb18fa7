/**
 * TLS 1.3 with self-signed Ed25519 identities. Decides what a handshake must
 * show: our ALPN name, and a certificate whose key it proved (RFC 8446 §4.4.3).
 * A peer *is* that key; names, dates and issuers of certificates mean nothing,
 * and Node's `authorized` is never read. Whom to trust is the engine's matter.
 *
 * No resumption and no early data: every connection proves its key itself. No
 * server name is sent to a peer: a capture shows no more than the addresses.
 */
import {constants} from 'node:crypto';
import type {Socket} from 'node:net';
import {
	connect,
	createSecureContext,
	TLSSocket,
	type SecureContext,
} from 'node:tls';
import type {Address, PeerId, SecureConnection} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {toHex} from '../util/bytes.js';
import type {SocketEnds} from './address.js';
import {SocketConnection} from './connection.js';
import type {Deadline} from './deadline.js';
import {handshakeError} from './node-errors.js';

export interface TlsIdentity {
	readonly privateKeyPem: string;
	readonly certificatePem: string;
}

/** Throws identityUnusable where key and certificate do not fit. */
export function createTlsContext(identity: TlsIdentity): SecureContext {
	try {
		return createSecureContext({
			key: identity.privateKeyPem,
			cert: identity.certificatePem,
			minVersion: 'TLSv1.3',
			maxVersion: 'TLSv1.3',
			ciphers:
				'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256',
			honorCipherOrder: true,
			secureOptions: constants.SSL_OP_NO_TICKET,
		});
	} catch (cause) {
		throw new SocktermError('identityUnusable', {}, {cause});
	}
}

class SecureSocketConnection
	extends SocketConnection
	implements SecureConnection
{
	readonly peerId: PeerId;
	readonly #tlsSocket: TLSSocket;

	constructor(
		tlsSocket: TLSSocket,
		carrier: Socket,
		ends: SocketEnds,
		peerId: PeerId,
	) {
		super(tlsSocket, {ends, carrier});
		this.#tlsSocket = tlsSocket;
		this.peerId = peerId;
	}

	exportKeyingMaterial(label: string, length: number): Uint8Array {
		try {
			return this.#tlsSocket.exportKeyingMaterial(
				length,
				label,
				Buffer.alloc(0),
			);
		} catch (cause) {
			throw new SocktermError('notConnected', {}, {cause});
		}
	}
}

/** The key of the other side's certificate, which the handshake proved. Throws tlsFailed. */
function provedPeerId(tlsSocket: TLSSocket, remote: Address): PeerId {
	const fail = (what: string) =>
		new SocktermError('tlsFailed', {
			host: remote.host,
			port: remote.port,
			what,
		});
	const certificate = tlsSocket.getPeerX509Certificate();
	if (!certificate) throw fail('noCertificate');
	let key: Uint8Array | undefined;
	try {
		const {publicKey} = certificate;
		if (publicKey.asymmetricKeyType === 'ed25519') {
			const {x = ''} = publicKey.export({format: 'jwk'});
			key = Buffer.from(x, 'base64url');
		}
	} catch {
		key = undefined;
	}

	if (key?.length !== 32) throw fail('keyNotEd25519');
	return toHex(key) as PeerId;
}

/** Makes the connection of a finished handshake that agreed on our ALPN. Throws tlsFailed. */
export function createSecureConnection(
	tlsSocket: TLSSocket,
	carrier: Socket,
	ends: SocketEnds,
): SecureConnection {
	const peerId = provedPeerId(tlsSocket, ends.remote);
	return new SecureSocketConnection(tlsSocket, carrier, ends, peerId);
}

/** The connection of a finished handshake without ALPN: raw bytes, encrypted for somebody. */
export function createRawTlsConnection(
	tlsSocket: TLSSocket,
	carrier: Socket,
	ends: SocketEnds,
): SocketConnection {
	return new SocketConnection(tlsSocket, {ends, carrier});
}

/** Waits for `event`, or throws what kept it from coming and destroys the socket. */
export async function handshake(
	tlsSocket: TLSSocket,
	event: 'secure' | 'secureConnect',
	remote: Address,
	deadline: Deadline,
	late: () => SocktermError,
): Promise<void> {
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	const fail = (error: unknown) => {
		reject(handshakeError(error, remote));
	};

	// Node reports an end in the middle of the handshake as an error to clients only.
	const stopped = () => {
		reject(
			new SocktermError('notSockterm', {
				host: remote.host,
				port: remote.port,
			}),
		);
	};

	const abort = () => {
		reject(
			deadline.reason === 'timedOut' ? late() : new SocktermError('cancelled'),
		);
	};

	if (deadline.reason) abort();
	deadline.signal.addEventListener('abort', abort, {once: true});
	tlsSocket.once(event, resolve);
	tlsSocket.on('error', fail);
	tlsSocket.once('close', stopped);
	if (event === 'secure') tlsSocket.once('end', stopped);
	try {
		await promise;
	} catch (error) {
		tlsSocket.destroy();
		throw error;
	} finally {
		tlsSocket.removeListener('close', stopped);
		tlsSocket.removeListener('end', stopped);
		deadline.signal.removeEventListener('abort', abort);
	}
}

/**
 * Answers a ClientHello that waits in a paused socket. A certificate is asked
 * for, not demanded, since `openssl s_client` has none. Gives the socket and the
 * ALPN name agreed on. Throws notSockterm, tlsFailed, handshakeTimedOut.
 */
export async function acceptTls(
	socket: Socket,
	options: {
		readonly context: SecureContext;
		readonly protocols: readonly string[];
		readonly remote: Address;
		readonly deadline: Deadline;
	},
): Promise<{tlsSocket: TLSSocket; protocol: string | undefined}> {
	const {remote} = options;
	const tlsSocket = new TLSSocket(socket, {
		isServer: true,
		secureContext: options.context,
		requestCert: true,
		rejectUnauthorized: false,
		ALPNProtocols: [...options.protocols],
	});
	await handshake(tlsSocket, 'secure', remote, options.deadline, () => {
		const details = {host: remote.host, port: remote.port};
		return new SocktermError('handshakeTimedOut', details);
	});
	return {tlsSocket, protocol: tlsSocket.alpnProtocol || undefined};
}

/** Speaks TLS on a connected socket. Throws notSockterm, tlsFailed, connectionReset, cancelled. */
export async function openTls(
	socket: Socket,
	options: {
		readonly context: SecureContext;
		readonly protocol: string;
		readonly target: Address;
		readonly ends: SocketEnds;
		readonly deadline: Deadline;
	},
): Promise<SecureConnection> {
	const {target, protocol} = options;
	const notSockterm = () =>
		new SocktermError('notSockterm', {host: target.host, port: target.port});
	const tlsSocket = connect({
		socket,
		secureContext: options.context,
		rejectUnauthorized: false,
		ALPNProtocols: [protocol],
	});
	await handshake(
		tlsSocket,
		'secureConnect',
		target,
		options.deadline,
		notSockterm,
	);
	try {
		if (tlsSocket.alpnProtocol !== protocol) throw notSockterm();
		return createSecureConnection(tlsSocket, socket, options.ends);
	} catch (error) {
		tlsSocket.destroy();
		throw error;
	}
}
