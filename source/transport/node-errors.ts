/**
 * What Node and the system call an error, as one of ours. Decides which code an
 * errno becomes in each situation (the same errno says different things to a
 * listener and to a dialler); leaves the sentences to the string table. Matches
 * on `code`, `syscall` and OpenSSL's reason, never on message texts.
 */
import type {Address} from '../engine/ports.js';
import {
	SocktermError,
	errorInfo,
	type ErrorCode,
	type ErrorDetails,
	type ErrorInfo,
} from '../errors.js';
import {limits} from '../limits.js';

interface Facts {
	readonly code: string;
	readonly syscall: string | undefined;
}

function factsOf(error: unknown): Facts {
	const {code, syscall} = (
		typeof error === 'object' && error !== null ? error : {}
	) as {code?: unknown; syscall?: unknown};
	return {
		code: typeof code === 'string' ? code : 'unknown',
		syscall: typeof syscall === 'string' ? syscall : undefined,
	};
}

/** Errors that mean the same in every situation. */
const common: Readonly<Record<string, ErrorCode>> = {
	ECONNREFUSED: 'connectionRefused',
	ECONNRESET: 'connectionReset',
	ECONNABORTED: 'connectionReset',
	EPIPE: 'connectionReset',
	EHOSTUNREACH: 'unreachable',
	ENETUNREACH: 'unreachable',
	EHOSTDOWN: 'unreachable',
	ENETDOWN: 'unreachable',
	EAFNOSUPPORT: 'unreachable',
	ENOTFOUND: 'hostUnknown',
	EAI_AGAIN: 'hostUnknown',
	EAI_FAIL: 'hostUnknown',
	EAI_NODATA: 'hostUnknown',
	ENODATA: 'hostUnknown',
	EMFILE: 'tooManyOpenFiles',
	ENFILE: 'tooManyOpenFiles',
};

function failure(
	error: unknown,
	special: Readonly<Record<string, ErrorCode>>,
	details: ErrorDetails,
): SocktermError {
	const {code} = factsOf(error);
	const ours = special[code] ?? common[code];
	return ours
		? new SocktermError(ours, details, {cause: error})
		: new SocktermError(
				'networkFailed',
				{...details, what: code},
				{cause: error},
			);
}

/** Failures of `listen` and of binding a UDP socket: portTaken, portForbidden, addressUnavailable, … */
export function listenError(
	error: unknown,
	address: {readonly host?: string; readonly port: number},
	kind: 'tcp' | 'udp',
): SocktermError {
	const {code} = factsOf(error);
	const aboutPort = ['EADDRINUSE', 'EACCES', 'EPERM'].includes(code);
	return failure(
		error,
		{
			EADDRINUSE: 'portTaken',
			EACCES: 'portForbidden',
			EPERM: 'portForbidden',
			EADDRNOTAVAIL: 'addressUnavailable',
			EAFNOSUPPORT: 'addressUnavailable',
			EINVAL: 'addressUnavailable',
			ENODEV: 'addressUnavailable',
		},
		aboutPort ? {port: address.port, kind} : {host: address.host ?? '', kind},
	);
}

/** Failures before a TCP connection stands. Where several addresses were tried, the most telling one. */
export function dialError(error: unknown, target: Address): SocktermError {
	const attempts: readonly unknown[] =
		error instanceof AggregateError ? error.errors : [error];
	const refused = attempts.find(
		attempt => factsOf(attempt).code === 'ECONNREFUSED',
	);
	return failure(
		refused ?? attempts.at(-1) ?? error,
		{
			ETIMEDOUT: 'connectTimedOut',
			ERR_SOCKET_CONNECTION_TIMEOUT: 'connectTimedOut',
			EADDRNOTAVAIL: 'unreachable',
			EACCES: 'unreachable',
			EPERM: 'unreachable',
			EINVAL: 'badAddress',
			ERR_INVALID_ARG_VALUE: 'badAddress',
			ERR_INVALID_IP_ADDRESS: 'badAddress',
		},
		{host: target.host, port: target.port},
	);
}

/** Failures of a connection that stood, TCP or TLS. */
export function streamError(error: unknown, remote: Address): ErrorInfo {
	const details = {host: remote.host, port: remote.port};
	const {code} = factsOf(error);
	return code.startsWith('ERR_SSL_')
		? errorInfo('tlsFailed', {...details, what: code})
		: failure(error, {ETIMEDOUT: 'peerSilent'}, details).info;
}

/** OpenSSL's reasons for "this is no TLS 1.3, or not with our ALPN". */
const notOurs = new Set([
	'ERR_SSL_WRONG_VERSION_NUMBER',
	'ERR_SSL_UNSUPPORTED_PROTOCOL',
	'ERR_SSL_UNEXPECTED_MESSAGE',
	'ERR_SSL_PACKET_LENGTH_TOO_LONG',
	'ERR_SSL_RECORD_LENGTH_MISMATCH',
	'ERR_SSL_RECORD_TOO_SMALL',
	'ERR_SSL_HTTP_REQUEST',
	'ERR_SSL_HTTPS_PROXY_REQUEST',
	'ERR_SSL_BAD_RECORD_TYPE',
	'ERR_SSL_LENGTH_MISMATCH',
	'ERR_SSL_NO_APPLICATION_PROTOCOL',
	'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL',
	'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
]);

/**
 * Failures of a TLS handshake. A reset is the network's (or a busy sockterm's)
 * doing; a connection closed in the middle of it was not made by sockterm.
 */
export function handshakeError(error: unknown, remote: Address): SocktermError {
	if (error instanceof SocktermError) return error;
	const details = {host: remote.host, port: remote.port};
	const {code, syscall} = factsOf(error);
	// Node gives an end of stream before the handshake the errno of a reset, without a system call.
	if (notOurs.has(code) || (code === 'ECONNRESET' && syscall === undefined)) {
		return new SocktermError('notSockterm', details, {cause: error});
	}

	return code.startsWith('ERR_')
		? new SocktermError('tlsFailed', {...details, what: code}, {cause: error})
		: failure(error, {ETIMEDOUT: 'connectTimedOut'}, details);
}

/** Failures of sending one datagram. */
export function datagramError(
	error: unknown,
	target: Address,
	sizeBytes: number,
): SocktermError {
	return failure(
		error,
		{
			EMSGSIZE: 'datagramTooLong',
			ERR_SOCKET_DGRAM_NOT_RUNNING: 'udpNotListening',
			EADDRNOTAVAIL: 'unreachable',
			EACCES: 'unreachable',
			EPERM: 'unreachable',
			EINVAL: 'unreachable',
			EDESTADDRREQ: 'unreachable',
		},
		{
			host: target.host,
			port: target.port,
			sizeBytes,
			limitBytes: limits.datagramBytes,
		},
	);
}

/** Failures of joining a multicast group. */
export function groupError(error: unknown, group: string): SocktermError {
	return error instanceof SocktermError
		? error
		: new SocktermError(
				'groupRefused',
				{group, what: factsOf(error).code},
				{cause: error},
			);
}

/** Whether the system wants to be told that broadcasting is meant. */
export function isBroadcastRefused(error: unknown): boolean {
	return factsOf(error).code === 'EACCES';
}

/** Whether binding failed because this machine has no such address family. */
export function lacksIpv6(error: unknown): boolean {
	return ['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL'].includes(
		factsOf(error).code,
	);
}
