/**
 * IPv4, IPv6, TCP and UDP headers in front of bytes that were seen without them,
 * so that programs for packets can read them. Decides fields, lengths and
 * checksums; which packets there were is left to the caller.
 *
 * Invariants: both addresses of a packet are of one family (where they are not,
 * IPv4 is written as IPv4-mapped IPv6); every checksum is right.
 * Sources: RFC 791, RFC 8200, RFC 9293, RFC 768, RFC 1071.
 */

export interface Endpoint {
	/** Numeric; a zone (`%eth0`) is passed over. What is no address counts as `::`. */
	readonly host: string;
	readonly port: number;
}

export interface TcpFields {
	/** Counted from the first one, cut to 32 bits here. */
	readonly sequence: number;
	readonly acknowledged: number;
	readonly flags: ReadonlyArray<'FIN' | 'SYN' | 'RST' | 'PSH' | 'ACK'>;
	/** Only with SYN: segments so long, and windows times 2 to this power. */
	readonly options?: {
		readonly segmentBytes: number;
		readonly windowScale: number;
	};
}

const protocols = {tcp: 6, udp: 17} as const;
const flagBits = {FIN: 1, SYN: 2, RST: 4, PSH: 8, ACK: 16} as const;
const hopLimit = 64;
const window = 65_535;

/** 4 or 16 bytes of a numeric address; undefined where it is none. */
export function addressBytes(host: string): Uint8Array | undefined {
	const [bare = ''] = host.split('%');
	return bare.includes(':') ? ipv6Bytes(bare) : ipv4Bytes(bare);
}

function ipv4Bytes(text: string): Uint8Array | undefined {
	const parts = text.split('.');
	const isValid =
		parts.length === 4 &&
		parts.every(part => /^\d{1,3}$/.test(part) && Number(part) <= 255);
	return isValid ? Uint8Array.from(parts, Number) : undefined;
}

/** The groups of one side of `::`, each two bytes; a dotted end is two groups. */
function groupBytes(text: string): number[] | undefined {
	if (text === '') return [];
	const bytes: number[] = [];
	const groups = text.split(':');
	for (const [index, group] of groups.entries()) {
		const dotted = index === groups.length - 1 ? ipv4Bytes(group) : undefined;
		if (dotted) {
			bytes.push(...dotted);
		} else if (/^[\da-f]{1,4}$/i.test(group)) {
			const value = Number.parseInt(group, 16);
			bytes.push(value >> 8, value & 255);
		} else {
			return undefined;
		}
	}

	return bytes;
}

function ipv6Bytes(text: string): Uint8Array | undefined {
	const sides = text.split('::');
	if (sides.length > 2) return undefined;
	const [head, tail] = sides.map(side => groupBytes(side));
	const isShort = sides.length === 2;
	const known = (head?.length ?? 0) + (tail?.length ?? 0);
	if (!head || (isShort && !tail)) return undefined;
	if (isShort ? known > 14 : known !== 16) return undefined;
	const bytes = new Uint8Array(16);
	bytes.set(head);
	if (tail) bytes.set(tail, 16 - tail.length);
	return bytes;
}

const mapped = (bytes: Uint8Array) =>
	bytes.length === 16
		? bytes
		: Uint8Array.from([...Array<number>(10).fill(0), 255, 255, ...bytes]);

/** Both addresses as bytes of one family. */
function pair(from: Endpoint, to: Endpoint): [Uint8Array, Uint8Array] {
	const none = new Uint8Array(16);
	const left = addressBytes(from.host) ?? none;
	const right = addressBytes(to.host) ?? none;
	return left.length === right.length
		? [left, right]
		: [mapped(left), mapped(right)];
}

/** RFC 1071: the ones' complement sum of 16-bit words, going on from `sum`. */
function addWords(bytes: Uint8Array, sum: number): number {
	let total = sum;
	const even = bytes.length - (bytes.length % 2);
	for (let at = 0; at < even; at += 2) {
		total += (bytes[at]! << 8) | bytes[at + 1]!;
	}

	if (even < bytes.length) total += bytes[even]! << 8;
	return total;
}

function checksum(sum: number): number {
	let folded = sum;
	while (folded > 0xff_ff)
		folded = (folded % 0x1_00_00) + Math.floor(folded / 0x1_00_00);
	return ~folded & 0xff_ff;
}

/** The sum over the pseudo-header and the segment, whose own checksum field is 0. */
function segmentChecksum(
	addresses: readonly [Uint8Array, Uint8Array],
	protocol: number,
	segment: Uint8Array,
): number {
	let sum = protocol + segment.length;
	for (const address of addresses) sum = addWords(address, sum);
	return checksum(addWords(segment, sum));
}

/**
 * IPv4: `0 version and header words · 1 service · 2 total length u16 · 4 id u16 · 6 flags and
 * offset u16 · 8 hops · 9 protocol · 10 checksum u16 · 12 from · 16 to`. IPv6: `0 version, class
 * and flow u32 · 4 payload length u16 · 6 protocol · 7 hops · 8 from · 24 to`.
 */
function ipPacket(
	[from, to]: readonly [Uint8Array, Uint8Array],
	protocol: number,
	payload: Uint8Array,
): Uint8Array {
	const isIpv4 = from.length === 4;
	const headerBytes = isIpv4 ? 20 : 40;
	const bytes = new Uint8Array(headerBytes + payload.length);
	const view = new DataView(bytes.buffer);
	if (isIpv4) {
		bytes[0] = 0x45;
		view.setUint16(2, bytes.length);
		// Never fragmented, so the id may stay 0 (RFC 6864).
		view.setUint16(6, 0x40_00);
		bytes[8] = hopLimit;
		bytes[9] = protocol;
		bytes.set(from, 12);
		bytes.set(to, 16);
		view.setUint16(10, checksum(addWords(bytes.subarray(0, 20), 0)));
	} else {
		bytes[0] = 0x60;
		view.setUint16(4, payload.length);
		bytes[6] = protocol;
		bytes[7] = hopLimit;
		bytes.set(from, 8);
		bytes.set(to, 24);
	}

	bytes.set(payload, headerBytes);
	return bytes;
}

/**
 * A packet with one TCP segment. `0 from port u16 · 2 to port u16 · 4 sequence u32 · 8
 * acknowledged u32 · 12 header words · 13 flags · 14 window u16 · 16 checksum u16 · 18 urgent u16 ·
 * 20 options`. At most 65,475 bytes of payload fit.
 */
export function tcpPacket(
	from: Endpoint,
	to: Endpoint,
	fields: TcpFields,
	payload: Uint8Array = new Uint8Array(0),
): Uint8Array {
	const addresses = pair(from, to);
	const {options} = fields;
	// Longest segment (kind 2), nothing (kind 1), window scale (kind 3).
	const optionBytes = options
		? [
				2,
				4,
				options.segmentBytes >> 8,
				options.segmentBytes & 255,
				1,
				3,
				3,
				options.windowScale,
			]
		: [];
	const headerBytes = 20 + optionBytes.length;
	const segment = new Uint8Array(headerBytes + payload.length);
	const view = new DataView(segment.buffer);
	view.setUint16(0, from.port);
	view.setUint16(2, to.port);
	view.setUint32(4, fields.sequence % 2 ** 32);
	view.setUint32(8, fields.acknowledged % 2 ** 32);
	segment[12] = (headerBytes / 4) << 4;
	segment[13] = fields.flags.reduce((bits, flag) => bits | flagBits[flag], 0);
	view.setUint16(14, window);
	segment.set(optionBytes, 20);
	segment.set(payload, headerBytes);
	view.setUint16(16, segmentChecksum(addresses, protocols.tcp, segment));
	return ipPacket(addresses, protocols.tcp, segment);
}

/** A packet with one datagram, at most 65,507 bytes. `0 from port u16 · 2 to port u16 · 4 length u16 · 6 checksum u16`. */
export function udpPacket(
	from: Endpoint,
	to: Endpoint,
	payload: Uint8Array,
): Uint8Array {
	const addresses = pair(from, to);
	const segment = new Uint8Array(8 + payload.length);
	const view = new DataView(segment.buffer);
	view.setUint16(0, from.port);
	view.setUint16(2, to.port);
	view.setUint16(4, segment.length);
	segment.set(payload, 8);
	// 0 would mean that there is none (RFC 768).
	const sum = segmentChecksum(addresses, protocols.udp, segment) || 0xff_ff;
	view.setUint16(6, sum);
	return ipPacket(addresses, protocols.udp, segment);
}
