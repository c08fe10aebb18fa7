import {describe, expect, test} from 'vitest';
import type {
	EntryOffer,
	SafeText,
	Trust,
} from '../../../source/engine/index.js';
import {errorInfo, type ErrorCode} from '../../../source/errors.js';
import {limits} from '../../../source/limits.js';
import {
	grantedBytes,
	judgeOffer,
	withGrant,
} from '../../../source/engine/trust/auto-accept.js';
import {parseAutoAccept} from '../../../source/engine/trust/auto-accept-text.js';
import type {
	AutoAccept,
	Grant,
	Pin,
} from '../../../source/engine/trust/trust-commands.js';
import {peerIdOf} from '../../helpers/engine-under-test.js';

const caps: AutoAccept = {bytes: 100_000, entries: 3, dayBytes: 250_000};
const hourMs = 60 * 60 * 1_000;
const now = 1_000 * 24 * hourMs;

const entry = (sizeBytes: number, more: Partial<EntryOffer> = {}) => ({
	name: 'a.txt' as SafeText,
	sizeBytes,
	...more,
});

interface Case {
	readonly what: string;
	readonly trust?: Trust;
	readonly caps?: AutoAccept | undefined;
	readonly entries?: readonly EntryOffer[];
	readonly granted?: readonly Grant[];
	readonly room?: number | undefined;
	/** Bytes that are counted, why somebody is asked, or nothing to say. */
	readonly gives: number | ErrorCode | undefined;
}

const refused = errorInfo('nameRefused');
const cases: readonly Case[] = [
	{what: 'a file within all caps', gives: 50_000},
	{
		what: 'exactly as much as is allowed',
		entries: [entry(100_000)],
		gives: 100_000,
	},
	{what: 'nothing where nobody allowed it', caps: undefined, gives: undefined},
	{
		what: 'nothing of an unverified peer',
		trust: 'UNVERIFIED',
		gives: 'autoUnverified',
	},
	{
		what: 'nothing of a blocked peer',
		trust: 'BLOCKED',
		gives: 'autoUnverified',
	},
	{what: 'nothing of a plain peer', trust: 'PLAIN', gives: 'autoUnverified'},
	{
		what: 'no flagged name among others',
		entries: [entry(1), entry(1, {flagged: true})],
		gives: 'autoFlagged',
	},
	{
		what: 'no refused name',
		entries: [entry(1), entry(1, {refused})],
		gives: 'autoRefusedName',
	},
	{
		what: 'nothing of unknown size',
		entries: [entry(0, {kind: 'stream'})],
		gives: 'autoSizeUnknown',
	},
	{what: 'a byte too much', entries: [entry(100_001)], gives: 'autoTooLarge'},
	{
		what: 'too much together',
		entries: [entry(60_000), entry(60_000)],
		gives: 'autoTooLarge',
	},
	{
		what: 'as many entries as are allowed',
		entries: [entry(9_000), entry(9_000), entry(9_000)],
		gives: 27_000,
	},
	{
		what: 'an entry too many',
		entries: Array.from({length: 4}, () => entry(1)),
		gives: 'autoTooMany',
	},
	{
		what: 'empty files and folders, which count too',
		entries: [entry(0), entry(0, {kind: 'folder'})],
		gives: 2 * limits.autoAcceptEntryBytes,
	},
	{
		what: 'what is left of the day',
		granted: [{at: now, bytes: 200_000}],
		gives: 50_000,
	},
	{
		what: 'a byte more than the day has',
		granted: [{at: now, bytes: 200_001}],
		gives: 'autoDayFull',
	},
	{
		what: 'what was taken 23 hours ago',
		granted: [{at: now - 23 * hourMs, bytes: 250_000}],
		gives: 'autoDayFull',
	},
	{
		what: 'what was taken before that',
		granted: [{at: now - 28 * hourMs, bytes: 250_000}],
		gives: 50_000,
	},
	{
		what: 'a clock that was set back',
		granted: [{at: now + 90 * hourMs, bytes: 250_000}],
		gives: 'autoDayFull',
	},
	{what: 'exactly the room that there is', room: 50_000, gives: 50_000},
	{what: 'a byte more than there is room', room: 49_999, gives: 'autoNoRoom'},
	{what: 'room that is promised to others', room: -1, gives: 'autoNoRoom'},
	{what: 'room that nobody knows', room: undefined, gives: 'autoNoRoom'},
];

describe('what is taken without asking', () => {
	test.each(cases)('$what', each => {
		const verdict = judgeOffer(
			{
				trust: each.trust ?? 'VERIFIED',
				name: 'bob' as SafeText,
				entries: each.entries ?? [entry(50_000)],
				roomBytes: 'room' in each ? each.room : 1_000_000,
			},
			'caps' in each ? each.caps : caps,
			each.granted,
			now,
		);
		const given = verdict.kind === 'take' ? verdict.bytes : verdict.why?.code;
		expect(given).toBe(each.gives);
	});
});

describe('what was taken', () => {
	const bob: Pin = {peerId: peerIdOf('bob'), petname: 'bob', addedAt: 1};

	test('counts for a day at least, however often, and is few sums', () => {
		let pin = bob;
		let sum = 0;
		for (let minute = 0; minute < 24 * 60; minute++) {
			pin = withGrant(pin, 10, now + minute * 60_000);
			sum += 10;
			expect(grantedBytes(pin.granted, now + minute * 60_000)).toBe(sum);
			expect(pin.granted!.length).toBeLessThanOrEqual(limits.autoAcceptSums);
		}

		expect(grantedBytes(pin.granted, now + 52 * hourMs)).toBe(0);
		// A clock that jumps makes no more of them, and loses nothing.
		for (let back = 0; back < 20; back++) {
			pin = withGrant(pin, 10, now - back * 5 * hourMs);
			sum += 10;
			expect(pin.granted!.length).toBeLessThanOrEqual(limits.autoAcceptSums);
		}

		expect(grantedBytes(pin.granted, now - 95 * hourMs)).toBe(sum);
	});
});

test.each<[string, AutoAccept | undefined]>([
	['', {bytes: 1e9, entries: 100, dayBytes: 1e10}],
	['2GB', {bytes: 2e9, entries: 100, dayBytes: 2e10}],
	['2GB 7', {bytes: 2e9, entries: 7, dayBytes: 2e10}],
	['2GB 7 3GB', {bytes: 2e9, entries: 7, dayBytes: 3e9}],
	['0 7', undefined],
	['2GB 0', undefined],
	['2GB 20001', undefined],
	['2GB 1.5', undefined],
	['2GB 7 0', undefined],
	['2GB 7 much', undefined],
	['9PB', undefined],
	['2GB 7 3GB 4', undefined],
])('"%s" as caps', (text, read) => {
	const words = text === '' ? [] : text.split(' ');
	expect(parseAutoAccept(words)).toEqual(read);
});
