/** A room and the history of a real file: what was said is kept once, and is read above what the room holds. */
import {expect, onTestFinished, test} from 'vitest';
import {conversationOf} from '../../../source/engine/index.js';
import type {HistoryPort, RoomsPort} from '../../../source/engine/ports.js';
import {limits} from '../../../source/limits.js';
import {
	createWorld,
	type EngineUnderTest,
	type World,
} from '../../helpers/engine-under-test.js';
import {createDirectHistory} from '../../helpers/history-port.js';
import {createTemporaryFolder} from '../../helpers/temporary-folder.js';
import {
	createMemoryRooms,
	dial,
	join,
	memberOf,
	say,
	textsOf,
} from './room-helpers.js';

const of = ['alice', 'bob'];
const room = '#lab';
const key = 'room:#lab';

function folderPath() {
	const folder = createTemporaryFolder();
	onTestFinished(() => folder.remove());
	return folder.path;
}

/** Alice with a history, connected to bob. */
async function meet(
	world: World,
	bob: EngineUnderTest,
	kept: {
		readonly path: string;
		readonly rooms: RoomsPort;
		readonly host?: string;
		readonly history?: HistoryPort;
	},
) {
	const {rooms, host, history = createDirectHistory(kept.path)} = kept;
	const alice = memberOf(world, 'alice', {
		of,
		rooms,
		history,
		...(host === undefined ? {} : {host}),
	});
	alice.engine.start();
	await alice.until('history/opened');
	if (bob.port === 0) await bob.listen();
	dial(alice, bob);
	await alice.until('peer/connected');
	await world.pass(1_000, 100);
	return {alice, history};
}

const pastOf = ({engine}: EngineUnderTest) =>
	(engine.getState().past.get(room)?.rows ?? []).flatMap(({row}) =>
		row.kind === 'sent' || row.kind === 'received' ? [String(row.text)] : [],
	);

async function readOn(alice: EngineUnderTest) {
	const want = alice.engine.getState().past.has(room) ? 'older' : 'end';
	const paged = alice.next('history/paged');
	alice.dispatch({
		type: 'history/page',
		conversation: room,
		want: {kind: want},
	});
	await paged;
}

const everything = async (history: HistoryPort) => {
	const {rows} = await history.page({key, from: {kind: 'end'}, limit: 2_000});
	return rows.flatMap(({kept}) =>
		kept.kind === 'sent' || kept.kind === 'received' ? [kept.text] : [],
	);
};

test('goes on above what the room restored, each message once, also after a back-fill', async () => {
	const path = folderPath();
	const rooms = createMemoryRooms();
	const world = createWorld();
	const bob = memberOf(world, 'bob', {of});
	const first = await meet(world, bob, {path, rooms});
	join(first.alice);
	join(bob);
	await world.pass(1_000, 100);
	const texts: string[] = [];
	for (let index = 0; index < limits.roomMessages + 60; index++) {
		const who = index % 3 === 0 ? first.alice : bob;
		say(who, `line ${index}`);
		texts.push(`line ${index}`);
		if (index % 20 === 0) await world.pass(100);
		else await world.settle();
	}

	await world.pass(2_000, 100);
	expect(textsOf(first.alice)).toEqual(texts);
	await first.alice.engine.close();
	say(bob, 'while alice was away');
	await world.pass(1_000, 100);

	const host = '10.0.0.77';
	const {alice, history} = await meet(world, bob, {path, rooms, host});
	await world.pass(4_000, 100);
	texts.push('while alice was away');
	const live = textsOf(alice);
	expect(live).toEqual(texts.slice(-limits.roomMessages - 1));
	await alice.untilTrue(() => alice.engine.getState().past.has(room));
	while (alice.engine.getState().past.get(room)?.hasOlder) await readOn(alice);
	expect([...pastOf(alice), ...live]).toEqual(texts);
	// What became of ours is known, and nobody is said not to have it.
	const ours = alice.engine
		.getState()
		.past.get(room)!
		.rows.map(({row}) => row)
		.find(({kind}) => kind === 'sent');
	expect(ours).toMatchObject({to: room, fate: {delivered: 1, failed: 0}});

	// Of those that the room restored, too.
	const {conversations, deliveries} = alice.engine.getState();
	const restored = conversations
		.get(room)!
		.rows.slice(0)
		.filter(row => row.kind === 'sent');
	expect(restored.length).toBeGreaterThan(50);
	const fates = new Set(
		restored.map(({message}) => deliveries.get(message)?.delivered),
	);
	expect([...fates]).toEqual([1]);

	await alice.engine.close();
	const later = createDirectHistory(path);
	await later.open('later', {});
	onTestFinished(async () => later.close());
	expect(await everything(later)).toEqual(texts);
	await history.close();
});

test('a room that is left and entered again has nothing twice, and is found when it is not there', async () => {
	const path = folderPath();
	const world = createWorld();
	const bob = memberOf(world, 'bob', {of});
	const rooms = createMemoryRooms();
	const {alice, history} = await meet(world, bob, {path, rooms});
	join(alice);
	join(bob);
	await world.pass(1_000, 100);
	say(bob, 'needle one');
	await world.settle();
	say(alice, 'needle two');
	await world.pass(2_000, 100);
	alice.dispatch({type: 'room/leave', room});
	await world.pass(1_000, 100);
	expect(rooms.kept.size).toBe(0);
	expect(alice.engine.getState().past.has(room)).toBe(false);

	alice.dispatch({type: 'history/search', needle: 'needle'});
	const {hits} = await alice.until('history/found');
	expect(hits.map(({text, key: where}) => [text, where])).toEqual([
		['needle two', key],
		['needle one', key],
	]);
	expect(conversationOf(alice.engine.getState(), key)).toBeUndefined();

	join(alice);
	expect(conversationOf(alice.engine.getState(), key)).toBe(room);
	await alice.until(
		'history/paged',
		({conversation, rows}) => conversation === room && rows.length > 0,
	);
	await world.pass(3_000, 100);
	expect(textsOf(alice).toSorted()).toEqual(['needle one', 'needle two']);
	expect(pastOf(alice)).toEqual([]);
	await readOn(alice);
	expect(pastOf(alice)).toEqual([]);
	expect(await everything(history)).toEqual(['needle one', 'needle two']);
	await alice.engine.close();
});

test('what is handed on while the history is read stands there once', async () => {
	const path = folderPath();
	const world = createWorld();
	const bob = memberOf(world, 'bob', {of});
	const first = await meet(world, bob, {path, rooms: createMemoryRooms()});
	join(first.alice);
	join(bob);
	await world.pass(1_000, 100);
	say(bob, 'one');
	await first.alice.until('room/received');
	await world.pass(1_000, 100);
	await first.alice.engine.close();

	// As after a kill: the history has more than the room's file.
	const direct = createDirectHistory(path);
	const answered = Promise.withResolvers<undefined>();
	const history: HistoryPort = {
		...direct,
		async page(query) {
			const page = await direct.page(query);
			if (query.key === key) await answered.promise;
			return page;
		},
	};
	const rooms = createMemoryRooms();
	const host = '10.0.0.77';
	const {alice} = await meet(world, bob, {path, rooms, host, history});
	join(alice);
	await alice.until('room/received');
	const paged = alice.next(
		'history/paged',
		({conversation}) => conversation === room,
	);
	answered.resolve(undefined);
	await paged;
	expect(textsOf(alice)).toEqual(['one']);
	expect(pastOf(alice)).toEqual([]);
	await alice.engine.close();
});

test.each([room, 'all'] as const)(
	'clearing %s takes it from the history and from what the room keeps',
	async conversation => {
		const path = folderPath();
		const world = createWorld();
		const bob = memberOf(world, 'bob', {of});
		const rooms = createMemoryRooms();
		const {alice, history} = await meet(world, bob, {path, rooms});
		join(alice);
		join(bob);
		await world.pass(1_000, 100);
		say(bob, 'secret');
		await alice.until('room/received');
		await world.pass(1_000, 100);
		expect(rooms.kept.get('lab')?.messages).toHaveLength(1);
		alice.dispatch({type: 'history/clear', conversation});
		await alice.until('history/cleared');
		await world.settle();
		expect(textsOf(alice)).toEqual([]);
		expect(await everything(history)).toEqual([]);
		expect(rooms.kept.get('lab')?.messages).toEqual([]);
		await alice.engine.close();
	},
);
