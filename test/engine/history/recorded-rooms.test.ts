/** What is kept of rooms, as a table. */
import {describe, expect, test} from 'vitest';
import {toPastRows} from '../../../source/engine/history/past-rows.js';
import {
	initialState,
	type EventBody,
	type PeerId,
} from '../../../source/engine/index.js';
import {limits} from '../../../source/limits.js';
import {
	aPeerId,
	messageId,
	peerConnected,
	peerKey,
	safe,
	started,
} from '../../helpers/fake-engine.js';
import {recorded, rowsOf} from '../../helpers/recorded-events.js';

const lab = 'room:#lab';
const bobId = 'b0'.repeat(32) as PeerId;
const room = '#lab';

const saidBy = (seq: number, isOurs = false) => ({
	author: isOurs ? aPeerId : bobId,
	peer: peerKey('bob'),
	name: safe('bob'),
	trust: 'VERIFIED' as const,
	text: safe(`said ${seq}`),
	sentAt: 500,
	stream: 7,
	seq,
	isOurs,
});

const came = (isHere: boolean): EventBody => ({
	type: 'room/memberChanged',
	room,
	peerId: bobId,
	name: safe('bob'),
	trust: 'VERIFIED',
	isHere,
	seenAt: 1,
});

const joined = (...said: Array<ReturnType<typeof saidBy>>): EventBody => ({
	type: 'room/joined',
	room,
	restored: said.length > 0,
	said,
});

const sent = (...peers: string[]): EventBody => ({
	type: 'chat/sent',
	conversation: room,
	peers: peers.map(each => peerKey(each)),
	message: messageId('9-1'),
	text: safe('mine'),
});

const table: ReadonlyArray<[string, readonly EventBody[], unknown[]]> = [
	[
		'what somebody says, in the room and in All',
		[{type: 'room/received', room, ...saidBy(3), by: safe('carol')}],
		[
			[
				[lab, 'all'],
				{
					kind: 'received',
					name: 'bob',
					trust: 'VERIFIED',
					text: 'said 3',
					author: bobId,
					by: 'carol',
				},
			],
		],
	],
	[
		'what we say',
		[sent('bob')],
		[
			[
				[lab, 'all'],
				{kind: 'sent', to: lab, toName: room, text: 'mine', receivers: 1},
			],
		],
	],
	[
		'what we said elsewhere',
		[{type: 'room/received', room, ...saidBy(3, true)}],
		[[[lab, 'all'], {kind: 'sent', to: lab, text: 'said 3', message: '7-3'}]],
	],
	[
		'a topic',
		[
			{
				type: 'room/topicChanged',
				room,
				text: safe('things'),
				name: safe('bob'),
				setAt: 1,
			},
		],
		[[[lab], {kind: 'room', what: 'topic', name: 'bob', text: 'things'}]],
	],
	[
		'who comes and goes, each time once',
		[came(false), came(true), came(true), came(false), came(false)],
		[
			[[lab], {kind: 'room', what: 'came', name: 'bob'}],
			[[lab], {kind: 'room', what: 'went', name: 'bob'}],
		],
	],
	[
		'how many are missing',
		[{type: 'room/missed', room, ...saidBy(3), messages: 4}],
		[[[lab], {kind: 'room', what: 'missed', name: 'bob', count: 4}]],
	],
];

const inRoom = [...started, peerConnected('bob'), joined()];

describe('kept of a room is', () => {
	for (const [name, events, rows] of table) {
		test(name, () => {
			const {length} = rowsOf(recorded(...inRoom).entries);
			const {entries} = recorded(...inRoom, ...events);
			expect(rowsOf(entries).slice(length)).toMatchObject(rows);
		});
	}
});

test('a message has one name, whoever brings it and however often', () => {
	const {entries} = recorded(
		...inRoom,
		{type: 'room/received', room, ...saidBy(3)},
		{type: 'room/left', room},
		joined(saidBy(2), saidBy(3)),
		sent('bob'),
	);
	const rows = entries.filter(
		entry => entry.what === 'row' && entry.keys[0] === lab,
	);
	expect(rows).toMatchObject([
		{once: `#lab/${bobId}/7-3`, part: 0, at: 500},
		// Restored: the last one stands at the place of the event.
		{once: `#lab/${bobId}/7-2`, part: -1},
		{once: `#lab/${bobId}/7-3`, part: 0},
		{once: `#lab/${aPeerId}/9-1`, part: 0},
	]);
});

test('a member that goes is no failure of what was said to it', () => {
	const message = messageId('9-1');
	const {entries} = recorded(
		...inRoom,
		peerConnected('carol'),
		sent('bob', 'carol'),
		{type: 'room/released', room, peer: peerKey('carol'), message},
		{type: 'chat/delivered', peer: peerKey('bob'), message},
	);
	expect(entries.at(-1)).toEqual({
		what: 'fate',
		message,
		delivered: 1,
		failed: 0,
	});
});

test('what not everybody had when the program ended has not failed: the room brings it', () => {
	const kept = {
		kind: 'sent',
		to: lab,
		text: 'mine',
		message: '9-1',
		receivers: 2,
		delivered: 1,
		failed: 0,
	} as const;
	const place = {id: 1, at: 1, run: 1, isThisRun: false, order: 1};
	const [shown] = toPastRows([{...place, key: lab, kept}], room, initialState);
	expect(shown?.row).toMatchObject({
		to: room,
		fate: {pending: 0, delivered: 1, failed: 0},
	});
});

test('an old date of an author does not buy room for a flood', () => {
	const flood = Array.from(
		{length: limits.historyBurstRows + 50},
		(_, index): EventBody & {at: number} => ({
			type: 'room/received',
			room,
			...saidBy(index),
			sentAt: index % 2 === 0 ? 1 : 5_000,
			at: 5_000,
		}),
	);
	const {entries, recorder} = recorded(...inRoom, ...flood);
	const kept = entries.filter(
		entry => entry.what === 'row' && entry.keys[0] === lab,
	);
	expect(kept).toHaveLength(limits.historyBurstRows);
	expect(recorder.hasLeftOut()).toBe(true);
});
