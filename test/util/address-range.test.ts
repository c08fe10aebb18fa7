import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	addressBytes,
	isInRange,
	parseAddressRange,
} from '../../source/util/address-range.js';

const isIn = (address: string, range: string) => {
	const bytes = addressBytes(address);
	const parsed = parseAddressRange(range);
	if (!bytes || !parsed) throw new Error(`${address} or ${range} is none`);
	return isInRange(bytes, parsed);
};

describe('addresses', () => {
	test.each([
		['127.0.0.1', [127, 0, 0, 1]],
		['::ffff:192.0.2.1', [192, 0, 2, 1]],
		['::1', [...Array<number>(15).fill(0), 1]],
		['fe80::1%eth0', [0xfe, 0x80, ...Array<number>(13).fill(0), 1]],
		['1:2:3:4:5:6:7:8', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]],
		[
			'64:ff9b::192.0.2.1',
			[0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 2, 1],
		],
	])('%s', (text, bytes) => {
		expect(addressBytes(text)).toEqual(bytes);
	});

	test.each([
		'',
		'1.2.3',
		'1.2.3.256',
		'01.2.3.4',
		'1::2::3',
		':::',
		'1:2:3:4:5:6:7',
		'1:2:3:4:5:6:7:8:9',
		'1:2:3:4:5:6:7::8:9',
		'g::',
		'::1.2.3',
		'localhost',
	])('%j is none', text => {
		expect(addressBytes(text)).toBeUndefined();
	});
});

describe('ranges', () => {
	test.each([
		['10.1.2.3', '10.0.0.0/8', true],
		['11.0.0.0', '10.0.0.0/8', false],
		['10.1.2.3', '10.1.2.3', true],
		['10.1.2.4', '10.1.2.3', false],
		['192.168.1.129', '192.168.1.128/25', true],
		['192.168.1.127', '192.168.1.128/25', false],
		['8.8.8.8', '0.0.0.0/0', true],
		['::1', '0.0.0.0/0', false],
		['fd00:1::5', 'fd00::/8', true],
		['fe00::5', 'fd00::/8', false],
		['::ffff:10.1.1.1', '10.0.0.0/8', true],
		['fe80::9%eth1', 'fe80::/10', true],
		['10.0.0.5', '10.0.0.5-10.0.0.9', true],
		['10.0.0.9', '10.0.0.5 - 10.0.0.9', true],
		['10.0.0.10', '10.0.0.5-10.0.0.9', false],
	])('%s in %s: %s', (address, range, expected) => {
		expect(isIn(address, range)).toBe(expected);
	});

	test.each([
		'',
		'10.0.0.0/33',
		'::/129',
		'10.0.0.0/',
		'10.0.0.0/8/8',
		'10.0.0.9-10.0.0.5',
		'10.0.0.1-::1',
		'10.0.0.0/8-10.0.0.1',
		'1-2-3',
		'eth0',
		'all',
	])('%j is none', text => {
		expect(parseAddressRange(text)).toBeUndefined();
	});

	test('a prefix holds exactly the addresses that begin with it', () => {
		const byte = fc.nat(255);
		const address = fc.tuple(byte, byte, byte, byte);
		const bitsOf = (bytes: readonly number[]) =>
			bytes.map(each => each.toString(2).padStart(8, '0')).join('');
		fc.assert(
			fc.property(address, address, fc.nat(32), (base, other, prefix) => {
				const same =
					bitsOf(base).slice(0, prefix) === bitsOf(other).slice(0, prefix);
				expect(isIn(other.join('.'), `${base.join('.')}/${prefix}`)).toBe(same);
			}),
		);
	});
});
