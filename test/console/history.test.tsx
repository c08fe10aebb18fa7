/** What was kept, on the screen: pages that come while one scrolls, places that are gone to, what is cleared. */
import {afterEach, describe, expect, test} from 'vitest';
import type {EventBody, PastRow} from '../../source/engine/index.js';
import {limits} from '../../source/limits.js';
import {
	aPeerId,
	peerConnected,
	peerKey,
	received,
	safe,
	started,
} from '../helpers/fake-engine.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';
import {waitFor} from '../helpers/wait-for.js';

let app: RenderedApp;

afterEach(async () => {
	await app.close();
});

const bob = peerKey('bob');
const day = (date: number, minute = 0) =>
	new Date(2026, 0, date, 9, minute).getTime();

const pastRow = (id: number, at = day(10, id % 60)): PastRow => ({
	id,
	run: 1,
	isThisRun: false,
	row: {
		kind: 'received',
		at,
		order: -1,
		peer: bob,
		name: safe('bob'),
		trust: 'VERIFIED',
		text: safe(`past ${id}.`),
		unfinished: false,
	},
});

const pastRows = (from: number, to: number) =>
	Array.from({length: to - from + 1}, (_, index) => pastRow(from + index));

const paged = (
	rows: readonly PastRow[],
	more: Partial<Extract<EventBody, {type: 'history/paged'}>> = {},
): EventBody => ({
	type: 'history/paged',
	conversation: bob,
	rows,
	place: 'instead',
	hasOlder: true,
	liveFirstId: 0,
	...more,
});

const withHistory: readonly EventBody[] = [
	...started,
	{type: 'history/opened'},
	peerConnected('bob', {trust: 'VERIFIED'}),
];

async function open(...events: EventBody[]) {
	app = await renderApp({events: [...withHistory, ...events]});
	app.write(keys.alt('2'));
	await app.waitFor('to bob');
	return app;
}

/** Lines of the middle pane that show a row. */
const shown = () =>
	app
		.screen()
		.map(line => /(?:past|live) \d+\./.exec(line)?.[0])
		.filter(line => line !== undefined);

const commands = (type: string) =>
	app.engine.dispatched.filter(command => command.type === type);

describe('scrolling', () => {
	test('a conversation begins with what was said before, and says where this run begins', async () => {
		await open(
			paged(pastRows(1, 3), {hasOlder: false}),
			received('bob', 'live 1.'),
		);
		const screen = await app.waitFor('live 1.');
		expect(shown()).toEqual(['past 1.', 'past 2.', 'past 3.', 'live 1.']);
		const lines = screen.split('\n');
		const place = (what: string) =>
			lines.findIndex(line => line.includes(what));
		expect(place('── 2026-01-10')).toBeLessThan(place('past 1.'));
		expect(place('this run begins')).toBeGreaterThan(place('past 3.'));
		expect(place('this run begins')).toBeLessThan(place('bob joined'));
	});

	test('asks for the page above before its edge is seen, once, and does not jump when it comes', async () => {
		await open(paged(pastRows(201, 300)));
		app.write(keys.pageUp);
		await waitFor(() => commands('history/page').length > 0, 'a page');
		app.write(keys.pageUp);
		await app.waitFor(/past 2[34]\d\./);
		expect(commands('history/page')).toMatchObject([
			{conversation: bob, want: {kind: 'older'}},
		]);
		const before = shown();
		app.engine.emit(
			paged(pastRows(101, 200), {place: 'above', next: 201}),
			received('bob', 'live 9.'),
		);
		await app.waitFor(/\d+ below/);
		expect(shown()).toEqual(before);
		for (let page = 0; page < 6; page++) app.write(keys.pageUp);
		await app.waitFor('past 101.');
		await waitFor(() => commands('history/page').length === 2, 'a second page');
	});

	test('drops what is far away, stays where it is, and comes back', async () => {
		const most = limits.historyRowsHeld;
		await open(paged(pastRows(8_001, 8_000 + most)));
		app.write(keys.escape);
		await app.waitFor('/ find');
		app.write(keys.tab);
		app.write('g');
		await app.waitFor('past 8001.');
		const before = shown();
		app.engine.emit(
			paged(pastRows(7_801, 8_000), {place: 'above', next: 8_001}),
			received('bob', 'live 1.'),
		);
		await app.waitFor(/more than \d+ below/);
		// In place of the day that stood above the first row there is the row before it.
		expect(shown().slice(-before.length)).toEqual(before);
		const {rows} = app.engine.getState().past.get(bob)!;
		expect(rows).toHaveLength(most);
		expect(rows[0]!.id).toBe(7_801);
		app.write('G');
		await app.waitFor('newer messages below');
		expect(commands('history/page').at(-1)).toMatchObject({
			want: {kind: 'end'},
		});
		app.engine.emit(paged(pastRows(9_901, 10_000)));
		await app.waitFor('past 10000.');
		expect(shown().at(-1)).toBe('live 1.');
	});
});

describe('going', () => {
	test('to a day on disk, and back to the end', async () => {
		await open(received('bob', 'live 1.'));
		app.write(`/goto 2026-01-10${keys.enter}`);
		await waitFor(() => commands('history/page').length > 0, 'a page');
		expect(commands('history/page')).toMatchObject([
			{
				conversation: bob,
				want: {kind: 'date', at: new Date(2026, 0, 10).getTime()},
			},
		]);
		const {liveFirstId: _joined, ...page} = paged(pastRows(1, 200), {
			target: 100,
		}) as Extract<EventBody, {type: 'history/paged'}>;
		app.engine.emit(page);
		await app.waitFor('past 100.');
		await app.waitFor(/more than \d+ below/);
		expect(shown()).not.toContain('live 1.');
		app.write(`/goto end${keys.enter}`);
		await app.waitFor('live 1.');
	});

	test('to a day in memory asks for nothing', async () => {
		await open(received('bob', 'live 1.'));
		app.engine.emit(
			...Array.from({length: 100}, (_, index) =>
				received('bob', `live ${index + 2}.`),
			),
		);
		await app.waitFor('live 101.');
		app.write(`/goto 2026-01-15 12:01${keys.enter}`);
		await app.waitFor('live 55.');
		expect(shown()).not.toContain('live 101.');
		// Only what is above, before it is scrolled to.
		expect(commands('history/page')).toMatchObject([{want: {kind: 'end'}}]);
	});

	test.each(['/goto', '/goto 2026-13-01', '/goto soon'])(
		'%s is told how it is said',
		async line => {
			await open();
			app.write(`${line}${keys.enter}`);
			await app.waitFor('/goto 2026-11-01');
		},
	);

	test('to what is unread', async () => {
		await open(received('bob', 'live 1.'));
		app.write(keys.alt('1'));
		await app.waitFor('to All');
		app.engine.emit(
			...Array.from({length: 100}, (_, index) =>
				received('bob', `live ${index + 2}.`),
			),
		);
		app.write(keys.alt('2'));
		await app.waitFor('live 101.');
		expect(shown()).not.toContain('live 2.');
		app.write(`/goto unread${keys.enter}`);
		await app.waitFor(/── new ─/);
		expect(shown()).toContain('live 2.');
	});
});

describe('a search', () => {
	const hit = {
		id: 50,
		key: `peer:${aPeerId}`,
		name: 'bob',
		at: day(10, 50),
		direction: 'in',
		text: 'past 50.',
	} as const;

	test('typed in the composer looks in all of the history, and Enter goes there', async () => {
		await open(received('bob', 'live 1.'));
		app.write(keys.alt('1'));
		await app.waitFor('to All');
		app.write(`/search past${keys.enter}`);
		await app.waitFor('Looking for “past”');
		expect(commands('history/search')).toMatchObject([
			{type: 'history/search', needle: 'past'},
		]);
		app.engine.emit({
			type: 'history/found',
			needle: 'past',
			hits: [hit],
			isMore: false,
			hasMore: false,
		});
		await app.waitFor(/2026-01-10 09:50 bob > past 50\./);
		app.write(keys.enter);
		await waitFor(() => commands('history/page').length > 0, 'a page');
		expect(commands('history/page')).toMatchObject([
			{conversation: bob, want: {kind: 'row', id: 50}},
		]);
		const {liveFirstId: _joined, ...page} = paged(pastRows(1, 100), {
			target: 50,
		}) as Extract<EventBody, {type: 'history/paged'}>;
		app.engine.emit(page);
		await app.waitFor('to bob');
		await app.waitFor('past 50.');
		const rows = shown();
		// In the middle, with what was said around it.
		expect(rows.indexOf('past 50.')).toBeGreaterThan(5);
		expect(rows.at(-1)).not.toBe('past 50.');
	});

	test('in a pane goes on in the history where nothing is found', async () => {
		await open(received('bob', 'live 1.'));
		app.write(keys.escape);
		await app.waitFor('/ find');
		app.write(keys.tab);
		app.write('/');
		await app.waitFor('find in');
		app.write(`live${keys.enter}`);
		await app.waitFor('1 of 1');
		expect(commands('history/search')).toEqual([]);
		app.write('/');
		await app.waitFor('find in');
		app.write(`elsewhere${keys.enter}`);
		await app.waitFor('Looking for “elsewhere”');
		app.engine.emit({
			type: 'history/found',
			needle: 'elsewhere',
			hits: [],
			isMore: false,
			hasMore: false,
		});
		await app.waitFor('is nowhere in the history');
	});
});

describe('clearing', () => {
	test('asks first, and then means it', async () => {
		await open(paged(pastRows(1, 3)), received('bob', 'live 1.'));
		app.write(`/clear${keys.enter}`);
		await app.waitFor('everything that was said with bob');
		app.write(keys.enter);
		app.write('n');
		await app.waitFor(text => !text.includes('everything that was said'));
		expect(commands('history/clear')).toEqual([]);
		app.write(`/clear${keys.enter}`);
		await app.waitFor('everything that was said with bob');
		app.write('y');
		await waitFor(() => commands('history/clear').length > 0, 'a command');
		app.engine.emit({type: 'history/cleared', conversation: bob, removed: 4});
		await app.waitFor('4 rows are gone');
		expect(shown()).toEqual([]);
		expect(app.engine.getState().past.get(bob)).toBeUndefined();
	});

	test('without a history empties the screen at once', async () => {
		app = await renderApp({
			events: [...started, peerConnected('bob'), received('bob', 'live 1.')],
		});
		app.write(`/clear${keys.enter}`);
		await waitFor(() => commands('chat/clear').length > 0, 'a command');
	});
});

test('/history shows how much is kept, and changes it', async () => {
	await open();
	app.write(`/history${keys.enter}`);
	await waitFor(() => commands('history/tell').length > 0, 'a question');
	app.engine.emit({
		type: 'history/told',
		stat: {
			path: '/state/history.db',
			rows: 1_234,
			sizeBytes: 5_000_000,
			conversations: 2,
			peers: 1,
			oldestAt: day(2),
			newestAt: day(10),
			retention: {maxAgeMs: 90 * 86_400_000, maxBytes: 200_000_000},
		},
	});
	const screen = await app.waitFor('1,234 rows of 2 conversations');
	for (const text of [
		'from 2026-01-02 to 2026-01-10',
		'5 MB of at most 200 MB',
		'kept for 90 days',
		'/state/history.db',
	]) {
		expect(screen).toContain(text);
	}

	app.write('q');
	await app.waitFor(text => !text.includes('1,234 rows'));
	app.write(`/history size 1GB${keys.enter}`);
	await waitFor(() => commands('history/retain').length > 0, 'a command');
	expect(commands('history/retain')).toMatchObject([{maxBytes: 1_000_000_000}]);
});

test.each([
	[
		{
			type: 'history/failed',
			error: {
				code: 'historyFull',
				blame: 'local',
				details: {path: '/s/history.db'},
			},
			isOver: false,
		},
		'is full',
	],
	[
		{
			type: 'history/opened',
			error: {
				code: 'historyDamaged',
				blame: 'local',
				details: {path: '/s/history.db.corrupt'},
			},
		},
		'history.db.corrupt',
	],
] as ReadonlyArray<[EventBody, string]>)(
	'%j is a sentence',
	async (event, words) => {
		await open();
		app.engine.emit(event);
		await app.waitFor(words);
	},
);
