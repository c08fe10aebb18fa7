import {
	type DialTarget,
	type ParsedAddress,
	dialTargetOf,
	parseAddress,
	parsePort,
} from '../../engine/index.js';
import {strings} from '../../strings/index.js';

export type AddressResult =
	| {readonly ok: true; readonly address: ParsedAddress}
	| {readonly ok: false; readonly message: string};

const sentences = strings.input.addresses;

/**
 * `[tls://|ssl://|tcp://|udp://]host[:port]` as the engine reads it, with a sentence for what is
 * wrong. A missing port is 9090, for `udp://` 10000.
 */
export function readAddress(text: string): AddressResult {
	const fail = (message: string) => ({ok: false, message}) as const;
	const trimmed = text.trim();
	if (trimmed === '') return fail(sentences.missing);
	const [, scheme, rest = ''] = /^(?:([^/]*):\/\/)?(.*)$/s.exec(trimmed)!;
	if (scheme !== undefined && !/^(?:tls|ssl|tcp|udp)$/i.test(scheme)) {
		return fail(sentences.unknownScheme(scheme));
	}

	try {
		return {ok: true, address: parseAddress(trimmed)};
	} catch {
		const port = /^(?:\[[^\]]*\]|[^:[\]]*):(.*)$/.exec(rest)?.[1];
		if (rest.startsWith(':')) return fail(sentences.noHost(rest));
		return port !== undefined && parsePort(port) === undefined
			? fail(sentences.badPort(port))
			: fail(sentences.bad(trimmed));
	}
}

export type DialTargetResult =
	| {readonly ok: true; readonly target: DialTarget}
	| {readonly ok: false; readonly message: string};

/** A TCP address to dial. */
export function readDialTarget(text: string): DialTargetResult {
	const result = readAddress(text);
	if (!result.ok) return result;
	const target = dialTargetOf(result.address);
	return target
		? {ok: true, target}
		: {ok: false, message: sentences.udpIsNoConnection};
}

/** Where a datagram goes; the port must be said. */
export function readDatagramTarget(text: string): AddressResult {
	const bare = text.trim().replace(/^udp:\/\//i, '');
	if (bare === '') return {ok: false, message: sentences.missingTarget};
	if (/^(?:tls|ssl|tcp):\/\//i.test(bare)) {
		return {ok: false, message: sentences.onlyUdp};
	}

	const result = readAddress(`udp://${bare}`);
	const hasPort = /^(?:\[[^\]]*\]|[^:[\]]*):\d+$/.test(bare);
	return result.ok && !hasPort
		? {ok: false, message: sentences.noPort(result.address.host)}
		: result;
}

/** `[addr:]port` to listen on. Port 0 asks for a free one. */
export function readListenAddress(
	text: string,
):
	| {readonly ok: true; readonly host?: string; readonly port: number}
	| {readonly ok: false; readonly message: string} {
	const bare = text.trim();
	const [, host, portText = bare] =
		/^(\[[^\]]*\]|[^:[\]]*):(\d+)$/.exec(bare) ?? [];
	const port = portText === '0' ? 0 : parsePort(portText);
	if (port === undefined) {
		return {ok: false, message: sentences.badListen(bare)};
	}

	const name = host?.replace(/^\[|\]$/g, '');
	return {ok: true, port, ...(name && name !== '*' ? {host: name} : {})};
}
