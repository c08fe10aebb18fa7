import {expect, test} from 'vitest';
import {errorInfo, isErrorCode} from '../../../source/errors.js';
import {errorSentences} from '../../../source/strings/en-errors.js';
import {describeError} from '../../../source/strings/index.js';

const codes = Object.keys(errorSentences).filter(code => isErrorCode(code));
const facts = {
	host: '10.0.0.5',
	port: 9090,
	address: 'bob:x',
	name: 'bob',
	path: '/srv/a.txt',
	what: 'EIO',
	seconds: 45,
	lengthBytes: 70_000,
	sizeBytes: 70_000,
	limitBytes: 65_536,
	freeBytes: 1_000,
	neededBytes: 2_000_000,
	encoding: 'gbk',
	character: '€',
	theirs: '2',
	code: 'frameTooLong',
	reason: 'dots',
	kind: 'tcp',
};

test.each(codes)('%s: a sentence with and without facts', code => {
	for (const details of [facts, {}, {host: '', port: 0}]) {
		const sentence = describeError(errorInfo(code, details));
		expect(sentence).toMatch(/^[\p{L}\d/€1-9].*\.$/u);
		expect(sentence).not.toMatch(/undefined|NaN|\[object| {2}|\(\)|:0\b/);
	}
});

test('what the other side reports is said in words, where there are some', () => {
	const said = (code: string) =>
		describeError(errorInfo('peerReported', {code}));
	expect(said('diskFull')).toContain('its disk is full');
	expect(said('diskFull')).not.toContain('diskFull');
	expect(said('somethingNew')).toContain('it reported somethingNew');
});

test('the model sentence', () => {
	expect(describeError(errorInfo('portTaken', {port: 9090, kind: 'tcp'}))).toBe(
		'Port 9090 is taken by another program. Start with --tcp 9091, or close the other one.',
	);
});

test('facts are used: who, where, how much', () => {
	const sentence = (...args: Parameters<typeof errorInfo>) =>
		describeError(errorInfo(...args));
	expect(sentence('connectionRefused', {host: '::1', port: 9})).toMatch(
		/^Nothing listens on \[::1\]:9\./,
	);
	expect(sentence('diskFull', facts)).toContain('(2 MB needed, 1 kB free)');
	expect(sentence('notConnected', {name: 'bob'})).toMatch(/^bob is not/);
	expect(sentence('nameRefused', {reason: 'drive'})).toContain('a drive');
	expect(sentence('messageTooLong', facts)).toContain('70 kB long');
});
