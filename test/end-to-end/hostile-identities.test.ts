/** Peers that are not who they say, or nobody at all: see `hostile-sessions.test.ts`. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Row, testSieges} from '../helpers/hostile-rows.js';

const closed = /"closed": true/;
const alive = /"alive": true/;
const violation = (what: string) => `peer/left protocolViolation ${what}`;
const bad = (what: string, ...kinds: string[]): Row[] =>
	kinds.map(kind => [kind, violation(what), closed]);

const strange =
	(what: string) =>
	(kind: string): Row => [
		kind,
		`peer/refused tlsFailed ${what}`.trim(),
		closed,
	];

const stranger = (kind: string): Row => [
	kind,
	'peer/refused callerNotSockterm',
	closed,
];

const lookalike = (kind: string): Row => [
	kind,
	'trust/warned lookalike',
	alive,
];

/** Somebody whom these peers are not. */
const pinAlice = (home: string) => {
	mkdirSync(join(home, 'state'), {mode: 0o700});
	const pin = {peerId: '5'.repeat(64), petname: 'alice', addedAt: 0};
	const trust = {pins: [pin], blockedKeys: [], blockedAddresses: []};
	writeFileSync(
		join(home, 'state', 'trust.json'),
		JSON.stringify({version: 1, ...trust}),
		{mode: 0o600},
	);
};

testSieges({
	'escapes.py': {
		rows: [
			['nick', 'peer/connected', alive],
			['later-nick', 'peer/renamed', alive],
			['only-trouble', 'peer/connected', alive],
			['message', 'chat/received evil message', alive],
			['many-marks', 'chat/received', alive],
			['file-name', 'transfer/interrupted', '"name": "lane"'],
			['error-code', violation('badFields'), closed],
			['proto-error-code', 'peer/left peerReported constructor', closed],
			['decline-code', violation('badFields'), closed],
			['pause-code', violation('badFields'), closed],
			['feature', 'peer/connected', alive],
			['raw-line', 'chat/received evil tail', closed],
			['raw-protocol', 'chat/received GET', closed],
			['datagram', 'datagram/received', 'done'],
		],
	},
	'spoofing.py': {
		prepare: pinAlice,
		rows: [
			...['same', 'other-case', 'cyrillic', 'digit', 'marks', 'wide'].map(
				lookalike,
			),
			...['zero-width', 'bidi', 'spaces', 'later', 'with-the-word'].map(
				lookalike,
			),
		],
	},
	'pairing_moments.py': {
		rows: [
			...bad('', 'share-unasked', 'reply-unasked', 'confirm-unasked'),
			...bad('', 'wrong-unasked', 'show-with-a-gap', 'show-backwards'),
			...bad('badFields', 'round-zero', 'eleventh-code', 'attempt-zero'),
			...bad('badFields', 'attempt-four', 'attempt-absurd', 'short-share'),
			...bad('badFields', 'upper-case-share', 'end-with-escapes'),
			...bad('', 'end-unasked'),
			['show-and-go', 'trust/codeEnded', alive],
		],
	},
	'tls_identities.py': {
		rows: [
			...['no-certificate', 'no-certificate-lane'].map(
				strange('noCertificate'),
			),
			...['rsa', 'p256', 'p256-lane', 'ed448'].map(strange('keyNotEd25519')),
			...['wrong-alpn', 'other-version-alpn', 'tls12'].map(stranger),
			['own-key', 'peer/connected UNVERIFIED', alive],
			['broken-signature', 'peer/connected UNVERIFIED', alive],
			[
				'resumed',
				'peer/refused connectionReset',
				/^(?!.*"reused": true).*"ticket": false.*"reused": false.*"length"/s,
			],
		],
	},
	'handshake_bytes.py': {
		rows: [
			...['garbage', 'server-hello', 'cut-lengths'].map(stranger),
			...['trailing-garbage'].map(stranger),
			['absurd-record', 'peer/refused tlsFailed', closed],
			['half-then-end', 'peer/refused callerNotSockterm', closed],
			['half-then-reset', 'chat/received', 'done'],
			['whole-then-reset', 'chat/received', 'done'],
			['many-at-once', 'peer/refused tooManyConnections', /"surplus": [1-9]/],
			['reset-storm', 'chat/received', 'done'],
			['silent-then-reset', 'chat/received', 'done'],
		],
	},
});
