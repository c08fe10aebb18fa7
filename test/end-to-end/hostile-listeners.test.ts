/**
 * Bad peers that wait to be dialled: what `send` and `pair` make of them, one row
 * each. Whatever they do, the verb ends with an honest code, says nothing that a
 * terminal obeys, and changes nothing around it.
 */
import {existsSync, readFileSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {lure} from '../helpers/lured-verb.js';
import {testFolder} from '../helpers/sockterm-program.js';

/** Larger than what fits between a sender and a receiver that does not read. */
const givenBytes = 32 * 1024 * 1024;

/** The kind, the exit code, and what is said of it. */
type Row = readonly [kind: string, code: number, said: string | RegExp];

const violation = (what: string, ...kinds: string[]): Row[] =>
	kinds.map(kind => [kind, 1, new RegExp(`"protocolViolation".*${what}`)]);

describe('a receiver that means harm', () => {
	test.each<Row>([
		...violation('', 'saved-before-end', 'saved-other-entry'),
		...violation('badLaneFrame', 'saved-long-name'),
		...violation('badUtf8', 'saved-no-utf8'),
		...violation('', 'saved-without-name'),
		['differs-unasked', 1, 'differs'],
		...violation('badCode', 'failed-with-escapes'),
		...violation('numberTooLarge', 'durable-beyond'),
		...violation('', 'held-unannounced', 'endless-held'),
		...violation('', 'senders-frames', 'unknown-lane-frame'),
		...violation('lane', 'lane-before-accept'),
		...violation('second lane', 'second-lane'),
		...violation('', 'accept-unknown-entries', 'accept-twice'),
		...violation('', 'same-of-unknown'),
		...violation('badFields', 'decline-with-escapes'),
		...violation('our own instance', 'mirror'),
		['saved-with-path', 0, 'transfer/entrySaved'],
		['saved-twice', 0, 'transfer/entrySaved'],
		['long-lane-frame', 1, 'frameTooLong'],
		['huge-frame', 1, 'frameTooLong'],
		['failed-strangely', 1, 'constructor'],
		['error-strangely', 1, 'toString'],
		['decline-strangely', 3, 'transfer/finished'],
		['lane-of-other-key', 1, 'transfer/finished'],
		['offers-back', 3, 'transfer/finished'],
		['talks', 3, 'transfer/finished'],
		['pauses', 1, 'transfer/finished'],
		['escapes-in-nick', 3, 'transfer/finished'],
		['no-common-version', 1, 'versionMismatch'],
		['plain-text', 1, 'notSockterm'],
		['garbage', 1, 'tlsFailed'],
		['no-alpn', 1, 'notSockterm'],
		['rsa', 1, 'keyNotEd25519'],
		['tls12', 1, 'notSockterm'],
	])('%s: exit code %i, %s', async (kind, code, said) => {
		const folder = testFolder();
		const given = join(folder, 'given.bin');
		writeFileSync(given, 'given');
		if (kind !== 'saved-twice') truncateSync(given, givenBytes);
		const lured = await lure({
			outer: folder,
			script: 'lying_receiver.py',
			kind,
			args: address => ['send', given, '--to', address],
		});
		expect(lured.wrong).toStrictEqual([]);
		expect(lured.said).toMatch(said);
		expect(lured.code, lured.said).toBe(code);
	});
});

describe('pairing with somebody who does not know the code', () => {
	const shares = [
		'neutral',
		'not-canonical',
		'negative',
		'no-square',
		'all-ones',
	];

	test.each<Row>([
		...shares.map((share): Row => [`typing-${share}`, 4, 'protocolViolation']),
		...shares.map((share): Row => [`showing-${share}`, 4, 'protocolViolation']),
		['typing-reflection', 4, 'protocolViolation'],
		['typing-false-tag', 4, 'protocolViolation'],
		['typing-attempt-ahead', 4, 'protocolViolation'],
		['typing-many-at-once', 4, 'protocolViolation'],
		['typing-guesses', 4, 'burnt'],
		['typing-and-going', 4, '"attemptsLeft":2'],
		['showing-reflection', 4, 'protocolViolation'],
		['showing-guess', 4, 'trust/codeFailed'],
	])('%s: exit code %i, %s', async (kind, code, said) => {
		const folder = testFolder();
		const isShown = kind.startsWith('typing');
		const lured = await lure({
			outer: folder,
			script: 'pairing_games.py',
			kind,
			args: address => [
				'pair',
				'--to',
				address,
				...(isShown ? ['--show'] : []),
			],
			env: isShown ? {} : {SOCKTERM_PAIRING_CODE: '123456'},
		});
		expect(lured.wrong).toStrictEqual([]);
		expect(lured.said).toMatch(said);
		expect(lured.code, lured.said).toBe(code);
		const pins = join(folder, 'one', 'two', 'home', 'state', 'trust.json');
		expect(existsSync(pins) ? readFileSync(pins, 'utf8') : '').not.toContain(
			'petname',
		);
	});
});
