import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parseAddress} from '../../source/engine/parse-address.js';
import {SocktermError} from '../../source/errors.js';
import {formatAddress} from '../../source/util/address.js';

describe('parseAddress', () => {
	it.each([
		['bob.lan', 'peer', 'bob.lan', 9090],
		['bob.lan:9091', 'peer', 'bob.lan', 9091],
		['tls://10.0.0.5:1', 'peer', '10.0.0.5', 1],
		['TCP://10.0.0.5:7000', 'raw', '10.0.0.5', 7000],
		['tcp://host', 'raw', 'host', 9090],
		['udp://host', 'udp', 'host', 10_000],
		['::1', 'peer', '::1', 9090],
		['fe80::1%eth0', 'peer', 'fe80::1%eth0', 9090],
		['[::1]:9999', 'peer', '::1', 9999],
		['udp://[ff02::1%lo]:5353', 'udp', 'ff02::1%lo', 5353],
		['  host:80 ', 'peer', 'host', 80],
	])('reads %s', (text, kind, host, port) => {
		expect(parseAddress(text)).toEqual({kind, host, port});
	});

	it.each([
		'',
		':9090',
		'host:0',
		'host:65536',
		'host:http',
		'host:',
		'http://host',
		'user@host',
		'host/path',
		'[::1',
		'[::1]9090',
		'a b',
		'1.2.3.4:5:6',
	])('refuses %j with a code', text => {
		expect(() => parseAddress(text)).toThrow(SocktermError);
	});

	it('reads what formatAddress writes', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain()),
				fc.integer({min: 1, max: 65_535}),
				(host, port) => {
					expect(parseAddress(formatAddress({host, port}))).toEqual({
						kind: 'peer',
						host,
						port,
					});
				},
			),
		);
	});
});
