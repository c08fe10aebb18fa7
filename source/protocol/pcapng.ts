/**
 * Writes capture files as draft-ietf-opsawg-pcapng describes them: one section,
 * one interface, packets. Decides the layout of blocks and options; what stands
 * in a packet is left to `packet-headers.ts` and whoever has bytes.
 *
 * Invariants: every block is a multiple of 4 bytes long and says its length at
 * both ends; numbers are little-endian, as the byte-order magic tells; times are
 * in microseconds, the unit of a file that names none.
 */
import {concatBytes} from '../util/bytes.js';

/** Raw IPv4 or IPv6, told apart by the first half byte: LINKTYPE_RAW of the tcpdump.org registry. */
export const linkTypeRaw = 101;

const blockTypes = {
	sectionHeader: 0x0a_0d_0d_0a,
	interfaceDescription: 1,
	enhancedPacket: 6,
} as const;

const optionCodes = {
	comment: 1,
	userApplication: 4,
	interfaceName: 2,
	packetFlags: 2,
} as const;

const byteOrderMagic = 0x1a_2b_3c_4d;
/** An option says its length in 16 bits; the rest is kept for padding. */
const longestOption = 65_000;

const padded = (length: number) => Math.ceil(length / 4) * 4;

/**
 * One option: `0 code u16 · 2 length u16 · 4 value, padded to 4 bytes`. A text
 * that is too long is cut at a character.
 */
function option(code: number, value: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(4 + padded(value.length));
	const view = new DataView(bytes.buffer);
	view.setUint16(0, code, true);
	view.setUint16(2, value.length, true);
	bytes.set(value, 4);
	return bytes;
}

function textOption(code: number, text: string): Uint8Array {
	const encoder = new TextEncoder();
	const whole = encoder.encode(text);
	if (whole.length <= longestOption) return option(code, whole);
	const cut = new Uint8Array(longestOption);
	return option(code, cut.subarray(0, encoder.encodeInto(text, cut).written));
}

const endOfOptions = new Uint8Array(4);

const withEnd = (options: readonly Uint8Array[]) =>
	options.length === 0 ? [] : [...options, endOfOptions];

/** `0 type u32 · 4 length u32 · 8 body · length u32 again`. */
function block(type: number, body: readonly Uint8Array[]): Uint8Array {
	const content = concatBytes(body);
	const length = 12 + padded(content.length);
	const bytes = new Uint8Array(length);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, type, true);
	view.setUint32(4, length, true);
	bytes.set(content, 8);
	view.setUint32(length - 4, length, true);
	return bytes;
}

/** Begins a file. Body: `0 magic u32 · 4 version 1.0 (2 × u16) · 8 section length i64 (−1: not known) · 16 options`. */
export function sectionHeader(application: string): Uint8Array {
	const fixed = new Uint8Array(16);
	const view = new DataView(fixed.buffer);
	view.setUint32(0, byteOrderMagic, true);
	view.setUint16(4, 1, true);
	view.setBigInt64(8, -1n, true);
	const options = [textOption(optionCodes.userApplication, application)];
	return block(blockTypes.sectionHeader, [fixed, ...withEnd(options)]);
}

/** Names where packets were seen; the first one is interface 0. Body: `0 link type u16 · 2 reserved · 4 longest packet u32 (0: any) · 8 options`. */
export function interfaceDescription(
	linkType: number,
	name: string,
): Uint8Array {
	const fixed = new Uint8Array(8);
	new DataView(fixed.buffer).setUint16(0, linkType, true);
	const options = [textOption(optionCodes.interfaceName, name)];
	return block(blockTypes.interfaceDescription, [fixed, ...withEnd(options)]);
}

export interface CapturedPacket {
	/** Milliseconds since 1970. */
	readonly at: number;
	/** From the network header on. */
	readonly bytes: Uint8Array;
	readonly direction: 'in' | 'out';
	/** Each becomes a comment of its own. */
	readonly comments?: readonly string[];
}

/** Body: `0 interface u32 · 4 time, high and low u32 · 12 captured length u32 · 16 real length u32 · 20 bytes, padded · options`. */
export function enhancedPacket(packet: CapturedPacket): Uint8Array {
	const {at, bytes, direction, comments = []} = packet;
	const fixed = new Uint8Array(20 + padded(bytes.length));
	const view = new DataView(fixed.buffer);
	const microseconds = BigInt(Math.round(at * 1000));
	view.setUint32(4, Number(microseconds >> 32n), true);
	view.setUint32(8, Number(microseconds & 0xff_ff_ff_ffn), true);
	view.setUint32(12, bytes.length, true);
	view.setUint32(16, bytes.length, true);
	fixed.set(bytes, 20);
	const flags = new Uint8Array(4);
	flags[0] = direction === 'in' ? 1 : 2;
	const options = [
		...comments.map(text => textOption(optionCodes.comment, text)),
		option(optionCodes.packetFlags, flags),
	];
	return block(blockTypes.enhancedPacket, [fixed, ...withEnd(options)]);
}
