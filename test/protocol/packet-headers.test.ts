import {isIP} from 'node:net';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	addressBytes,
	tcpPacket,
	udpPacket,
} from '../../source/protocol/packet-headers.js';
import {toHex} from '../../source/util/bytes.js';

/** RFC 1071 over words that hold their own checksum: all ones where that is right. */
function sumOf(bytes: Uint8Array): number {
	let sum = 0;
	for (let at = 0; at < bytes.length; at += 2) {
		sum += bytes[at]! * 256 + (bytes[at + 1] ?? 0);
		sum = (sum & 0xff_ff) + (sum >> 16);
	}

	return sum;
}

/** The segment behind its pseudo-header. */
function checked(packet: Uint8Array): Uint8Array {
	const isIpv4 = packet[0]! >> 4 === 4;
	const segment = packet.subarray(isIpv4 ? 20 : 40);
	const addresses = packet.subarray(isIpv4 ? 12 : 8, isIpv4 ? 20 : 40);
	const protocol = packet[isIpv4 ? 9 : 6]!;
	const length = [0, 0, segment.length >> 8, segment.length & 255];
	return Uint8Array.from([
		...addresses,
		...length,
		0,
		0,
		0,
		protocol,
		...segment,
	]);
}

const endpoint = fc.record({
	host: fc.oneof(fc.ipV4(), fc.ipV6()),
	port: fc.nat(65_535),
});

describe('packet headers', () => {
	it.each([
		['10.0.0.5', '0a000005'],
		['::1', `${'00'.repeat(15)}01`],
		['::', '00'.repeat(16)],
		['fe80::1%eth0', `fe80${'00'.repeat(13)}01`],
		['2001:db8::ff00:42:8329', '20010db8000000000000ff0000428329'],
		['::ffff:1.2.3.4', `${'00'.repeat(10)}ffff01020304`],
		['1:2:3:4:5:6:7::', '00010002000300040005000600070000'],
	])('reads the address %s', (host, hex) => {
		expect(toHex(addressBytes(host)!)).toBe(hex);
	});

	it.each([
		'',
		'localhost',
		'1.2.3',
		'1.2.3.256',
		'1::2::3',
		':::',
		'12345::',
		'1:2:3',
	])('takes %j for no address', host => {
		expect(addressBytes(host)).toBeUndefined();
	});

	it('reads every address that the system knows', () => {
		fc.assert(
			fc.property(endpoint, ({host}) => {
				expect(addressBytes(host)?.length).toBe(isIP(host) === 4 ? 4 : 16);
			}),
		);
	});

	it('has right checksums and lengths for any payload', () => {
		fc.assert(
			fc.property(
				endpoint,
				endpoint,
				fc.uint8Array({maxLength: 3000}),
				fc.boolean(),
				(from, to, payload, isTcp) => {
					const packet = isTcp
						? tcpPacket(
								from,
								to,
								{sequence: 2 ** 32 + 7, acknowledged: 9, flags: ['ACK']},
								payload,
							)
						: udpPacket(from, to, payload);
					const view = new DataView(packet.buffer);
					expect(sumOf(checked(packet))).toBe(0xff_ff);
					if (packet[0]! >> 4 === 4) {
						expect(sumOf(packet.subarray(0, 20))).toBe(0xff_ff);
						expect(view.getUint16(2)).toBe(packet.length);
					} else {
						expect(view.getUint16(4)).toBe(packet.length - 40);
					}
				},
			),
		);
	});
});
