/** What is kept of which event, as a table. */
import {describe, expect, test} from 'vitest';
import type {EventBody} from '../../../source/engine/index.js';
import type {HistoryEntry} from '../../../source/engine/ports.js';
import {errorInfo} from '../../../source/errors.js';
import {limits} from '../../../source/limits.js';
import {
	accepted,
	aPeerId,
	datagram,
	finished,
	messageId,
	offered,
	peerConnected,
	peerKey,
	received,
	safe,
	saved,
	sent,
	started,
} from '../../helpers/fake-engine.js';
import {rawFeed} from '../../helpers/raw-reads.js';
import {recorded, rowsOf} from '../../helpers/recorded-events.js';

const bob = `peer:${aPeerId}`;
const device = 'plain:10.0.0.7:50123';

const withBob = [...started, peerConnected('bob')];
const withDevice = [...started, peerConnected('device', {kind: 'raw'})];
const error = errorInfo('connectionReset');

const table: ReadonlyArray<
	[string, readonly EventBody[], readonly EventBody[], unknown[]]
> = [
	[
		'a message',
		withBob,
		[received('bob', 'hi')],
		[[[bob, 'all'], {kind: 'received', name: 'bob', text: 'hi'}]],
	],
	[
		'a line to a peer',
		withBob,
		[sent('bob', 'm', 'yes', ['bob'])],
		[[[bob, 'all'], {kind: 'sent', to: bob, text: 'yes', receivers: 1}]],
	],
	[
		'a line to everybody',
		withBob,
		[sent('all', 'm', 'all', ['bob'])],
		[[['all', bob, 'all'], {kind: 'sent', to: 'all'}]],
	],
	[
		'frames, with what is not text',
		withDevice,
		rawFeed('device')('one\ntw', 'o\r\n'),
		[
			[
				[device, 'all'],
				{kind: 'frame', bytes: new Uint8Array([111, 110, 101, 10]), tail: 1},
			],
			[
				[device, 'all'],
				{
					kind: 'frame',
					bytes: new Uint8Array([116, 119, 111, 13, 10]),
					tail: 2,
					encoding: 'gb18030',
				},
			],
		],
	],
	[
		'bytes that nobody typed as a line',
		withDevice,
		[
			{
				type: 'stream/sent',
				peer: peerKey('device'),
				bytes: new Uint8Array([1]),
				note: safe('rule 1'),
			},
		],
		[[[device, 'all'], {kind: 'written', note: 'rule 1'}]],
	],
	[
		'the bytes of a line: none, it is there already',
		withDevice,
		[
			{
				type: 'stream/sent',
				peer: peerKey('device'),
				bytes: new Uint8Array([1]),
				message: messageId('m'),
			},
		],
		[],
	],
	[
		'who came',
		started,
		[peerConnected('bob')],
		[[[bob, 'all'], {kind: 'joined', name: 'bob', trust: 'UNVERIFIED'}]],
	],
	[
		'who left',
		withBob,
		[{type: 'peer/left', peer: peerKey('bob'), error}],
		[[[bob, 'all'], {kind: 'left', name: 'bob', error, retrying: false}]],
	],
	[
		'a dial that keeps failing: once',
		withBob,
		[1, 2, 3].map(attempt => ({
			type: 'peer/waiting',
			peer: peerKey('bob'),
			attempt,
			nextAt: 0,
		})),
		[[[bob, 'all'], {kind: 'left', retrying: true}]],
	],
	[
		'who was verified',
		withBob,
		[
			{
				type: 'trust/paired',
				peer: peerKey('bob'),
				peerId: aPeerId,
				petname: safe('Bob'),
			},
		],
		[[[bob, 'all'], {kind: 'trust', what: 'verified', name: 'Bob'}]],
	],
	[
		'pairing codes: never',
		withBob,
		[
			{
				type: 'trust/codeOpened',
				peer: peerKey('bob'),
				screen: 'ours',
				attemptsLeft: 3,
				expiresAt: 1,
			},
			{
				type: 'trust/codeTried',
				peer: peerKey('bob'),
				screen: 'ours',
				attemptsLeft: 2,
			},
		],
		[],
	],
	[
		'what a command refused: never',
		withBob,
		[{type: 'command/refused', ref: 1, command: 'chat/send', error}],
		[],
	],
	[
		'a transfer, once it is over',
		withBob,
		[
			offered('t', {peer: 'bob'}),
			accepted('t'),
			saved('t', 0, 'report (1).iso'),
			finished('t', {kind: 'saved', saved: 1}),
		],
		[
			[
				[bob, 'all'],
				{
					kind: 'transfer',
					title: 'report (1).iso',
					sizeBytes: 2_100_000_000,
					outcome: 'saved',
					folder: '/home/alice/Downloads/sockterm',
					digest: '1a2b3c4d'.repeat(8),
				},
			],
		],
	],
	[
		'a datagram',
		started,
		[datagram('ping')],
		[
			[
				['udp'],
				{
					kind: 'datagram',
					direction: 'in',
					address: {host: '10.0.0.9', port: 5353},
				},
			],
		],
	],
	[
		'a datagram that is long: its beginning',
		started,
		[datagram('x'.repeat(5_000))],
		[
			[
				['udp'],
				{
					bytes: new Uint8Array(limits.historyDatagramBytes).fill(120),
					wholeBytes: 5_000,
				},
			],
		],
	],
];

describe('kept is', () => {
	for (const [name, before, events, rows] of table) {
		test(name, () => {
			const {length} = rowsOf(recorded(...before).entries);
			const {entries} = recorded(...before, ...events);
			expect(rowsOf(entries).slice(length)).toMatchObject(rows);
		});
	}
});

test('what became of a line is told once it is known of everybody', () => {
	const delivered = (peer: string): EventBody => ({
		type: 'chat/delivered',
		peer: peerKey(peer),
		message: messageId('m'),
	});
	const begin = [
		...withBob,
		peerConnected('carol', {kind: 'raw'}),
		sent('all', 'm', 'hi', ['bob', 'carol']),
		delivered('bob'),
	];
	const fatesOf = (entries: readonly HistoryEntry[]) =>
		entries.filter(({what}) => what === 'fate');
	expect(fatesOf(recorded(...begin).entries)).toEqual([]);
	const failed: EventBody = {
		type: 'chat/failed',
		peer: peerKey('carol'),
		message: messageId('m'),
		error,
	};
	expect(fatesOf(recorded(...begin, failed).entries)).toEqual([
		{what: 'fate', message: 'm', delivered: 1, failed: 1},
	]);
});

test('after a flood the number stands before what is kept next', () => {
	const feed = rawFeed('device');
	const flood = Array.from({length: limits.historyBurstRows + 7}, (_, index) =>
		feed(`${index}\n`),
	).flat();
	const laterMs = 3_600_000;
	const {entries, recorder} = recorded(
		...withDevice,
		...flood.map(event => ({...event, at: 5_000})),
		...feed('after\n').map(event => ({...event, at: 5_000 + laterMs})),
	);
	const rows = rowsOf(entries).map(([, kept]) => kept);
	expect(rows.at(-2)).toMatchObject({kind: 'unkept', messages: 7});
	expect(rows.at(-1)).toMatchObject({kind: 'frame'});
	expect(recorder.hasLeftOut()).toBe(false);
});
