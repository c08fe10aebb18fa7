/**
 * Badly behaved peers against the built program, one row each: what it tells of
 * them, and what they see of it. Whatever they do, the invariants of
 * `besieged-program.ts` hold. The next bad peer is one more row.
 */
import {type Row, testSieges} from '../helpers/hostile-rows.js';

const closed = /"closed": true/;
const alive = /"alive": true/;
const violation = (what: string) => `peer/left protocolViolation ${what}`;
const bad = (what: string, ...kinds: string[]): Row[] =>
	kinds.map(kind => [kind, violation(what), closed]);

testSieges({
	'frame_lengths.py': {
		rows: [
			['huge', 'peer/left frameTooLong', closed],
			['huge-optional', 'peer/left frameTooLong', closed],
			['empty', violation('emptyFrame'), closed],
			['one-over', 'peer/left frameTooLong', closed],
			['first-over', 'peer/refused frameTooLong', closed],
			['huge-first', 'peer/refused frameTooLong', closed],
			['half', 'peer/left connectionReset', 'done'],
		],
	},
	'tiny_frames.py': {
		rows: [
			['unknown-optional', 'chat/received', alive],
			['byte-records', 'chat/received', alive],
			['acks', 'chat/received', alive],
			['pings', 'chat/received', '"pongs": 4000'],
		],
	},
	'json_shapes.py': {
		rows: [
			...bad('badJson', 'deep-arrays', 'deep-objects', 'no-json', 'two-values'),
			...bad('badJson', 'byte-order-mark', 'raw-control', 'not-a-number'),
			...bad('badUtf8', 'no-utf8', 'overlong-utf8', 'utf8-surrogate'),
			...bad('badFields', 'deep-but-whole', 'long-array', 'long-path'),
			...bad(
				'badFields',
				'no-entries',
				'array',
				'array-bye',
				'null',
				'infinite',
			),
			...bad('badFields', 'fraction', 'negative-size', 'size-beyond-2-53'),
			...bad('badFields', 'folder-with-size', 'odd-id', 'proto-instead'),
			...bad('badFields', 'empty-id', 'long-id'),
			// As it would be from who is not known to take a refusal.
			...bad('message', 'long-message'),
			['proto-keys', 'chat/received harmless too', alive],
			['duplicate-keys', 'chat/received last text', alive],
			['lone-surrogate', 'chat/received half', alive],
		],
	},
	'wrong_moments.py': {
		rows: [
			['before-hello', 'peer/refused protocolViolation', closed],
			['offer-before-hello', 'peer/refused protocolViolation', closed],
			['second-hello', violation('hello while ready'), closed],
			['unknown-critical', violation('unknownType'), closed],
			['after-bye', 'peer/left', closed],
			['after-error', 'peer/left peerReported', closed],
			['after-violation', violation('unknownType'), closed],
			['lane-from-dialler', violation('lane'), closed],
			['unknown-transfers', 'chat/received', alive],
			['half-closed', 'peer/left', closed],
		],
	},
	'hello_lies.py': {
		rows: [
			['other-versions', 'peer/refused versionMismatch', closed],
			['no-versions', 'peer/refused protocolViolation badFields', closed],
			['many-versions', 'peer/refused protocolViolation badFields', closed],
			['role', 'peer/refused protocolViolation badFields', closed],
			['long-nick', 'peer/refused protocolViolation badFields', closed],
			['short-instance', 'peer/refused protocolViolation badFields', closed],
			['many-features', 'peer/refused protocolViolation badFields', closed],
			['intended', 'peer/refused protocolViolation badFields', closed],
			['mirror', 'peer/refused protocolViolation our own instance', closed],
			['twins', 'peer/connected', '"twin": "closed"'],
		],
	},

	'storms.py': {
		rows: [
			['message-ids', 'chat/received version 0', alive],
			['ids-of-others', 'chat/received of the second', alive],
			['strange-ids', 'chat/received strange id', alive],
			['nicks', 'peer/renamed', alive],
			['sessions', 'peer/left connectionReset', alive],
			['goodbyes', 'peer/left', closed],
		],
	},
});
