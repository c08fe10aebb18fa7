/** Rooms and what was kept of them, on the screen. */
import {afterEach, expect, test} from 'vitest';
import type {
	EventBody,
	HistoryHit,
	PastRow,
	RoomKey,
} from '../../source/engine/index.js';
import {aPeerId, peerKey, safe, started} from '../helpers/fake-engine.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';
import {waitFor} from '../helpers/wait-for.js';

let app: RenderedApp;

afterEach(async () => {
	await app.close();
});

const room: RoomKey = '#lab';
const at = (minute: number) => new Date(2026, 0, 10, 9, minute).getTime();

const said = (seq: number, text = `kept ${seq}.`) => ({
	author: aPeerId,
	peer: peerKey('bob'),
	name: safe('bob'),
	trust: 'VERIFIED' as const,
	text: safe(text),
	sentAt: at(seq),
	stream: 7,
	seq,
	isOurs: false,
});

const inRoom: EventBody = {
	type: 'room/joined',
	room,
	restored: true,
	said: [said(8), said(9)],
};

const pastRow = (id: number): PastRow => ({
	id,
	run: 1,
	isThisRun: false,
	once: `#lab/${aPeerId}/7-${id}`,
	row: {
		kind: 'received',
		at: at(id),
		order: -1,
		peer: peerKey('bob'),
		name: safe('bob'),
		trust: 'VERIFIED',
		text: safe(`past ${id}.`),
		unfinished: false,
		room,
	},
});

const paged: EventBody = {
	type: 'history/paged',
	conversation: room,
	rows: [5, 6, 7].map(id => pastRow(id)),
	place: 'instead',
	hasOlder: true,
	liveFirstId: 0,
};

const open = async (...events: EventBody[]) => {
	app = await renderApp({
		events: [...started, {type: 'history/opened'}, ...events],
	});
};

const openRoom = async (...events: EventBody[]) => {
	await open(inRoom, ...events);
	app.write(keys.alt('2'));
	await app.waitFor('to #lab');
};

const shown = () =>
	app
		.screen()
		.map(line => /(?:past|kept) \d+\./.exec(line)?.[0])
		.filter(line => line !== undefined);

const commands = (type: string) =>
	app.engine.dispatched.filter(command => command.type === type);

const hit: HistoryHit = {
	id: 3,
	key: 'room:#lab',
	name: 'bob',
	at: at(3),
	direction: 'in',
	text: 'past 3.',
};

const search = async () => {
	app.write(`/search past${keys.enter}`);
	await waitFor(() => commands('history/search').length > 0, 'a search');
	app.engine.emit({
		type: 'history/found',
		needle: 'past',
		hits: [hit],
		isMore: false,
		hasMore: false,
	});
	await app.waitFor(/2026-01-10 09:03 bob > #lab past 3\./);
	app.write(keys.enter);
	await waitFor(() => commands('history/page').length > 0, 'a page');
	return commands('history/page');
};

test('what was said before stands above what the room restored, without a line between runs', async () => {
	await openRoom(paged);
	const screen = await app.waitFor('kept 9.');
	expect(shown()).toEqual([
		'past 5.',
		'past 6.',
		'past 7.',
		'kept 8.',
		'kept 9.',
	]);
	expect(screen).not.toContain('this run begins');
});

test('what a member hands on again stands there once', async () => {
	await openRoom(paged);
	await app.waitFor('past 6.');
	app.engine.emit({type: 'room/received', room, ...said(6, 'kept 6.')});
	await app.waitFor('kept 6.');
	expect(shown()).toEqual([
		'past 5.',
		'past 7.',
		'kept 8.',
		'kept 9.',
		'kept 6.',
	]);
});

test('a hit is opened in its room', async () => {
	await open(inRoom);
	expect(await search()).toMatchObject([
		{conversation: room, want: {kind: 'row', id: 3}},
	]);
	await app.waitFor('to #lab');
});

test('a hit in a room that we are not in is opened in All', async () => {
	await open(inRoom, {type: 'room/left', room});
	expect(await search()).toMatchObject([
		{conversation: 'all', want: {kind: 'row', id: 3}},
	]);
	await app.waitFor('to All');
});

test('/clear asks first, as elsewhere', async () => {
	await openRoom();
	app.write(`/clear${keys.enter}`);
	await app.waitFor('everything that was said with #lab');
	app.write('y');
	await waitFor(() => commands('history/clear').length > 0, 'a command');
	expect(commands('history/clear')).toMatchObject([{conversation: room}]);
	app.engine.emit({type: 'history/cleared', conversation: room, removed: 4});
	await app.waitFor('4 rows are gone');
	expect(shown()).toEqual([]);
});
