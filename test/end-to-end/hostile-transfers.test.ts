/** Peers that offer, name and send what no one should: see `hostile-sessions.test.ts`. */
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {type Row, testSieges} from '../helpers/hostile-rows.js';

const closed = /"closed": true/;
const alive = /"alive": true/;

/** The transfer ends because of the peer; its session lives. */
const over = (what: string, ...kinds: string[]): Row[] =>
	kinds.map(kind => [
		kind,
		`transfer/finished failed protocolViolation ${what}`,
		/"name": "cancel"/,
	]);

const declined = (...kinds: string[]): Row[] =>
	kinds.map(kind => [
		kind,
		'transfer/offered',
		/^(?!.*"verdict": "accept").*decline/s,
	]);

const ends = (what: string, ...kinds: string[]): Row[] =>
	kinds.map(kind => [kind, `peer/left protocolViolation ${what}`, closed]);

testSieges({
	'names.py': {
		rows: [
			...declined(
				'traversal',
				'absolute',
				'backslashes',
				'drives',
				'control',
				'dots',
			),
			...declined('dotfiles', 'launchers', 'hidden-ends', 'long-path'),
			[
				'devices',
				'transfer/entrySaved',
				'"savedAs"',
				['_COM¹', '_CON', '_nul.txt', 'aux____'],
			],
			[
				'look-harmless',
				'transfer/entrySaved',
				'"savedAs"',
				['bidi_gnp.exe', 'what______', 'zero_width'],
			],
			[
				'long',
				'transfer/entrySaved',
				'"savedAs"',
				[`${'a'.repeat(251)}.txt`, 'é'.repeat(127)],
			],
			[
				'tar-gz-of-marks',
				'transfer/entrySaved',
				'"savedAs"',
				[`\u00E1${'\u0301'.repeat(8)}_.tar.gz`],
			],
		],
	},
	'lane_frames.py': {
		rows: [
			...over('dataBeyondSize', 'beyond-size', 'beyond-size-later'),
			...over('sizeNotAccepted', 'larger-begin', 'endless-begin'),
			...over('entryNotAccepted', 'other-entry', 'last-entry', 'skipped-entry'),
			...over('gapNotHeld', 'gap', 'early-end'),
			...over('offsetOutOfOrder', 'overlap', 'backwards'),
			...over(
				'numberTooLarge',
				'offset-beyond-2-53',
				'size-beyond-2-53',
				'offset-wraps',
			),
			...over('heldNotClaimed', 'held-unclaimed'),
			...over('beginInsideEntry', 'two-open'),
			[
				'entry-backwards',
				'transfer/entryFailed protocolViolation entryOutOfOrder',
				/cancel/,
			],
			...over('endOutsideEntry', 'end-first', 'end-of-other'),
			...over('dataOutsideEntry', 'data-first'),
			...over('dataBeyondSize', 'folder-with-bytes'),
			...over('badCode', 'abort-with-escapes'),
			...over('abortOutsideEntry', 'abort-of-other'),
			...over('wrongDirection', 'second-ticket', 'receivers-frames'),
			...over('', 'empty-data', 'short-data'),
			...over('', 'zero-length', 'unknown-type', 'long-end'),
			['long-frame', 'transfer/finished failed frameTooLong', /cancel/],
			['long-begin', 'transfer/finished failed frameTooLong', /cancel/],
			[
				'entry-again',
				'transfer/finished failed protocolViolation',
				/cancel/,
				['two.txt'],
			],
			[
				'wrong-digest',
				'transfer/finished failed digestMismatch',
				'"lane": [19',
			],
			['other-bytes', 'transfer/finished failed digestMismatch', '"lane": [19'],
			['aborted', 'transfer/finished failed peerReported', '"lane"'],
			[
				'tiny-data',
				'transfer/entrySaved tiny.txt',
				'"lane": [18',
				['tiny.txt'],
			],
		],
	},
	'offers.py': {
		rows: [
			['storm', 'peer/refused tooManyOffers', '"declined": 30'],
			...ends('open offers', 'open-pages'),
			...ends('too many entries', 'endless-pages', 'long-names'),
			...ends('offer', 'same-id-twice'),
			...ends(
				'offer changed',
				'other-name',
				'other-size',
				'more-entries',
				'other-kind',
				'other-time',
			),
			['foreign-page', 'peer/left protocolViolation foreign offer', alive],
			[
				'foreign-transfer',
				'peer/left protocolViolation offer',
				'"lane": 18',
				['mine.txt'],
			],
			['withdrawn', 'chat/received', alive],
			['asked-again', 'transfer/finished cancelled peer', alive],
			['larger-than-the-disk', 'transfer/finished', '"left"'],
			['without-end', 'transfer/finished cancelled peer', alive],
		],
	},
	'lane_tickets.py': {
		rows: [
			['guessed', 'chat/received', '"guessed": []'],
			[
				'stolen',
				'transfer/entrySaved owner.txt',
				/"stolen": \[\].*"owner": 18/s,
				['owner.txt'],
			],
			[
				'reused',
				'transfer/entrySaved once.txt',
				/"reused": \[\].*"first": 18/s,
				['once.txt'],
			],
			['taken-back', 'transfer/finished cancelled', '"cancelled": []'],
			['after-the-session', 'peer/left', '"gone": []'],
			['no-ticket', 'chat/received', closed],
			['long-ticket', 'chat/received', closed],
			['control-on-a-lane', 'chat/received', closed],
			['flood', 'chat/received', '"closed": 50'],
		],
	},
	'links.py': {
		prepare(home) {
			mkdirSync(join(home, 'outside'));
		},
		rows: [
			[
				'dangling',
				'transfer/entrySaved dangling (1).txt',
				'dangling (1).txt',
				['dangling (1).txt'],
			],
			['folder-link', 'transfer/entrySaved', '"savedAs"'],
			['race', 'transfer/finished', '"lane"'],
			['fast-race', 'transfer/finished', '"lane"'],
		],
	},
});
