import {describe, expect, test} from 'vitest';
import {
	datagramError,
	dialError,
	handshakeError,
	listenError,
	streamError,
} from '../../source/transport/node-errors.js';

const target = {host: 'there', port: 9090};
const errno = (code: string, syscall?: string) =>
	Object.assign(new Error('irrelevant'), {
		code,
		...(syscall ? {syscall} : {}),
	});

describe('errors of the system', () => {
	test.each([
		['EADDRINUSE', 'portTaken', {port: 80, kind: 'tcp'}],
		['EACCES', 'portForbidden', {port: 80, kind: 'tcp'}],
		['EADDRNOTAVAIL', 'addressUnavailable', {host: 'here', kind: 'tcp'}],
		['ENOTFOUND', 'hostUnknown', {host: 'here', kind: 'tcp'}],
		['EMFILE', 'tooManyOpenFiles', {host: 'here', kind: 'tcp'}],
		['EODD', 'networkFailed', {host: 'here', kind: 'tcp', what: 'EODD'}],
	])('listening: %s is %s', (code, ours, details) => {
		const {info} = listenError(errno(code), {host: 'here', port: 80}, 'tcp');
		expect(info).toMatchObject({code: ours, details});
	});

	test.each([
		['ECONNREFUSED', 'connectionRefused'],
		['ECONNRESET', 'connectionReset'],
		['ETIMEDOUT', 'connectTimedOut'],
		['EHOSTUNREACH', 'unreachable'],
		['ENETUNREACH', 'unreachable'],
		['ENOTFOUND', 'hostUnknown'],
		['EAI_AGAIN', 'hostUnknown'],
		['EINVAL', 'badAddress'],
		['ENFILE', 'tooManyOpenFiles'],
	])('dialling: %s is %s', (code, ours) => {
		const {info} = dialError(errno(code), target);
		expect(info).toMatchObject({code: ours, details: target});
	});

	test('of several addresses the refused one tells most, then the last', () => {
		const several = (...codes: string[]) =>
			dialError(new AggregateError(codes.map(code => errno(code))), target).info
				.code;
		expect(several('ECONNREFUSED', 'ENETUNREACH')).toBe('connectionRefused');
		expect(several('ENETUNREACH', 'ETIMEDOUT')).toBe('connectTimedOut');
	});

	test.each([
		['ERR_SSL_WRONG_VERSION_NUMBER', undefined, 'notSockterm'],
		['ECONNRESET', undefined, 'notSockterm'],
		['ECONNRESET', 'read', 'connectionReset'],
		['EPIPE', 'write', 'connectionReset'],
		['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', undefined, 'tlsFailed'],
	])('handshake: %s (%s) is %s', (code, syscall, ours) => {
		const {info} = handshakeError(errno(code, syscall), target);
		expect(info).toMatchObject({code: ours, details: target});
	});

	test.each([
		['ECONNRESET', 'connectionReset'],
		['EPIPE', 'connectionReset'],
		['ETIMEDOUT', 'peerSilent'],
		['ERR_SSL_BAD_DECRYPT', 'tlsFailed'],
		['EHOSTUNREACH', 'unreachable'],
	])('a connection: %s is %s', (code, ours) => {
		expect(streamError(errno(code), target).code).toBe(ours);
	});

	test.each([
		['EMSGSIZE', 'datagramTooLong'],
		['ENETUNREACH', 'unreachable'],
		['EACCES', 'unreachable'],
		['ENOBUFS', 'networkFailed'],
	])('a datagram: %s is %s', (code, ours) => {
		const {info} = datagramError(errno(code), target, 70_000);
		expect(info).toMatchObject({code: ours, details: {sizeBytes: 70_000}});
	});

	test('what is no system error is named as far as it goes', () => {
		expect(streamError(new Error('?'), target)).toMatchObject({
			code: 'networkFailed',
			details: {what: 'unknown'},
		});
		expect(streamError(undefined, target).code).toBe('networkFailed');
	});
});
