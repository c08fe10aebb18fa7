import {describe, expect, test} from 'vitest';
import {parseDrops, procAddress} from '../../source/transport/kernel-drops.js';

const header =
	'   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops            ';

describe('addresses as the kernel prints them', () => {
	test.each([
		['127.0.0.1', '0100007F', '7F000001'],
		['0.0.0.0', '00000000', '00000000'],
		['192.168.10.254', 'FE0AA8C0', 'C0A80AFE'],
		['::', '0'.repeat(32), '0'.repeat(32)],
		['::1', `${'0'.repeat(24)}01000000`, `${'0'.repeat(31)}1`],
		[
			'2001:db8::ff00:42:8329',
			'B80D01200000000000FF000029834200',
			'20010DB8000000000000FF0000428329',
		],
		[
			'fe80::1%eth0',
			'000080FE000000000000000001000000',
			'FE800000000000000000000000000001',
		],
		[
			'::ffff:10.0.0.5',
			'0000000000000000FFFF00000500000A',
			'00000000000000000000FFFF0A000005',
		],
	])('%s', (host, little, big) => {
		expect(procAddress(host, 'LE')).toBe(little);
		expect(procAddress(host, 'BE')).toBe(big);
	});
});

describe('the drops of one socket', () => {
	const row = (address: string, port: number, drops: number) =>
		`  901: ${procAddress(address)}:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 24041 2 00000000f1c3a4b2 ${drops}         `;
	const table = [
		header,
		row('127.0.0.1', 10_000, 7),
		row('0.0.0.0', 53, 8),
		row('127.0.0.2', 10_000, 9),
		'',
	].join('\n');

	test('is found by address and port, not by port alone', () => {
		expect(parseDrops(table, {host: '127.0.0.1', port: 10_000})).toBe(7);
		expect(parseDrops(table, {host: '127.0.0.2', port: 10_000})).toBe(9);
		expect(parseDrops(table, {host: '0.0.0.0', port: 53})).toBe(8);
		expect(parseDrops(table, {host: '0.0.0.0', port: 10_000})).toBeUndefined();
		expect(parseDrops('', {host: '0.0.0.0', port: 53})).toBeUndefined();
	});

	test('a damaged table says nothing', () => {
		const damaged = table.replaceAll(/ 7 +$/gm, ' many');
		expect(
			parseDrops(damaged, {host: '127.0.0.1', port: 10_000}),
		).toBeUndefined();
	});
});
