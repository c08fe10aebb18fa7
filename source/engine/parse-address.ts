/** Addresses as people type them. Decides nothing about whether anybody is there. */
import {SocktermError} from '../errors.js';
import type {DialTarget} from './commands.js';

export interface ParsedAddress {
	/** `peer`: bare or `tls://`; `rawTls`: `ssl://`; the others by their scheme. */
	readonly kind: 'peer' | 'raw' | 'rawTls' | 'udp';
	readonly host: string;
	readonly port: number;
}

export const defaultTcpPort = 9090;
export const defaultUdpPort = 10_000;

const schemes = {
	'tls:': 'peer',
	'ssl:': 'rawTls',
	'tcp:': 'raw',
	'udp:': 'udp',
} as const;

function badAddress(text: string): SocktermError {
	return new SocktermError('badAddress', {address: text});
}

/** A decimal port from 1 to 65535, or undefined. */
export function parsePort(text: string): number | undefined {
	if (!/^\d{1,5}$/.test(text)) return undefined;
	const port = Number(text);
	return port >= 1 && port <= 65_535 ? port : undefined;
}

/**
 * `[tls://|ssl://|tcp://|udp://]host[:port]`; IPv6 in brackets, or bare without a port.
 * Missing ports are 9090, for UDP 10000. Throws badAddress.
 */
export function parseAddress(text: string): ParsedAddress {
	const trimmed = text.trim();
	const [, scheme = 'tls:', rest = ''] =
		/^(?:([a-z]+:)\/\/)?(.*)$/is.exec(trimmed) ?? [];
	const kind = schemes[scheme.toLowerCase() as keyof typeof schemes];
	if (!kind) throw badAddress(text);
	const fallback = kind === 'udp' ? defaultUdpPort : defaultTcpPort;
	const bracketed = /^\[([\da-f:.]+(?:%[\w.-]+)?)\](?::(.+))?$/i.exec(rest);
	// More than one colon and no brackets: an IPv6 address without a port.
	const isBareIpv6 = /^[\da-f]*:[\da-f]*:[\da-f:.]*(?:%[\w.-]+)?$/i.test(rest);
	const plain = /^([^\s:/@[\]]+)(?::(.+))?$/.exec(rest);
	const [host, portText] = bracketed
		? [bracketed[1], bracketed[2]]
		: isBareIpv6
			? [rest, undefined]
			: [plain?.[1], plain?.[2]];
	const port = portText === undefined ? fallback : parsePort(portText);
	if (!host || port === undefined) throw badAddress(text);
	return {kind, host, port};
}

/** What an address dials; undefined for UDP, which has no connections. */
export function dialTargetOf({
	kind,
	host,
	port,
}: ParsedAddress): DialTarget | undefined {
	return kind === 'udp' ? undefined : {kind, host, port};
}
