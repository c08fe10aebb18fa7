import {describe, expect, test} from 'vitest';
import {checksums, type Checksum} from '../../source/protocol/checksums.js';

const compute = (checksum: Checksum, bytes: Uint8Array) =>
	checksum.finish(checksum.add(checksum.initial, bytes));

const digits = new TextEncoder().encode('123456789');

/** The published check values: those of the ASCII digits 1 to 9. */
const published = {
	crc8: 0xf4,
	'crc8/maxim': 0xa1,
	'crc16/modbus': 0x4b37,
	'crc16/ccitt-false': 0x29b1,
	'crc16/xmodem': 0x31c3,
	'crc16/kermit': 0x2189,
	'crc16/arc': 0xbb3d,
	crc32: 0xcbf43926,
	crc32c: 0xe3069283,
	sum8: 0xdd,
	xor: 0x31,
};

describe('checksums', () => {
	test('are those that the tokens name', () => {
		expect([...checksums.keys()].sort()).toEqual(Object.keys(published).sort());
	});

	test.each(Object.entries(published))('%s of 123456789', (name, value) => {
		const checksum = checksums.get(name)!;
		expect(compute(checksum, digits)).toBe(value);
		expect(value).toBeLessThan(2 ** (8 * checksum.bytes));
	});

	test('of nothing', () => {
		const empty = new Uint8Array();
		expect(compute(checksums.get('crc16/modbus')!, empty)).toBe(0xffff);
		expect(compute(checksums.get('crc32')!, empty)).toBe(0);
		expect(compute(checksums.get('xor')!, empty)).toBe(0);
	});

	test('a CRC with its own bytes behind it, in the usual order, gives its residue', () => {
		// Modbus: a frame is whole where the CRC of all of it is 0.
		const frame = Uint8Array.of(1, 3, 0, 0, 0, 10, 0xc5, 0xcd);
		const modbus = checksums.get('crc16/modbus')!;
		expect(modbus.endian).toBe('little');
		expect(compute(modbus, frame.subarray(0, 6))).toBe(0xcdc5);
		expect(compute(modbus, frame)).toBe(0);
	});
});
