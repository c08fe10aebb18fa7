import {expect, test} from 'vitest';
import {
	changeAccess,
	createAdmission,
	createBans,
	type AccessLists,
} from '../../../source/engine/sessions/access.js';
import {limits} from '../../../source/limits.js';
import {createFakeClock} from '../../helpers/fake-clock.js';

const empty: AccessLists = {allow: [], deny: []};

test('without lists everybody comes in', () => {
	const admits = createAdmission(empty);
	expect(admits('10.0.0.1')).toBe(true);
	expect(admits('::1')).toBe(true);
});

test('of allowed ranges only they, of denied ones never', () => {
	const admits = createAdmission({
		allow: ['10.0.0.0/8', 'fd00::/8'],
		deny: ['10.9.0.0/16'],
	});
	expect(admits('10.1.2.3')).toBe(true);
	expect(admits('fd00::7')).toBe(true);
	expect(admits('10.9.2.3')).toBe(false);
	expect(admits('192.168.1.1')).toBe(false);
});

test('a denied range is allowed again, written in whatever way, without keeping out others', () => {
	const denied = changeAccess(empty, {change: 'deny', ranges: ['10.0.0.0/8']});
	expect(denied).toEqual({allow: [], deny: ['10.0.0.0/8']});
	const again = changeAccess(denied, {change: 'allow', ranges: ['10.1.2.3/8']});
	expect(again).toEqual(empty);
	expect(
		changeAccess(again, {change: 'allow', ranges: ['10.1.2.3/8']}).allow,
	).toEqual(['10.1.2.3/8']);
});

test('one that is kept out elsewhere is let in here without keeping out others', () => {
	const change = {change: 'allow', ranges: ['::1', '::2']} as const;
	expect(changeAccess(empty, {...change, pardoned: ['::1']})).toEqual({
		allow: ['::2'],
		deny: [],
	});
});

test('the same range stands in a list once; reset empties both', () => {
	const change = {change: 'deny', ranges: ['::1', '0::1']} as const;
	const lists = changeAccess(empty, change);
	expect(lists.deny).toEqual(['0::1']);
	expect(changeAccess(lists, {change: 'reset', ranges: []})).toEqual(empty);
});

test('what is no range, and too many, are errors with codes', () => {
	const code = (run: () => unknown) => {
		try {
			run();
			return undefined;
		} catch (error) {
			return (error as {info: {code: string}}).info.code;
		}
	};

	expect(code(() => createAdmission({allow: ['eth0'], deny: []}))).toBe(
		'badRange',
	);
	expect(
		code(() => changeAccess(empty, {change: 'deny', ranges: ['10.0.0.0/40']})),
	).toBe('badRange');
	const many = Array.from({length: 257}, (_, n) => `10.0.${n >> 8}.${n & 255}`);
	expect(code(() => createAdmission({allow: [], deny: many}))).toBe(
		'tooManyRanges',
	);
});

test('who was sent away stays away for as long as was said, or until allowed', () => {
	const clock = createFakeClock();
	const bans = createBans(clock);
	bans.add('10.0.0.5', 1_000);
	bans.add('10.0.0.6', 60_000);
	expect(bans.has('10.0.0.5')).toBe(true);
	clock.advance(1_000);
	expect(bans.has('10.0.0.5')).toBe(false);
	expect(bans.has('10.0.0.6')).toBe(true);
	bans.lift('10.0.0.0/24');
	expect(bans.has('10.0.0.6')).toBe(false);
});

test('bannedAddresses: of more than that the oldest are let in again', () => {
	const bans = createBans(createFakeClock());
	for (let n = 0; n <= limits.bannedAddresses; n++)
		bans.add(`10.0.${n >> 8}.${n & 255}`, 1e6);
	expect(bans.has('10.0.0.0')).toBe(false);
	expect(bans.has('10.0.0.1')).toBe(true);
	expect(bans.has('10.0.3.232')).toBe(true);
});
