/** What engines remember: real ones on a network in memory, with a real file. */
import {describe, expect, onTestFinished, test} from 'vitest';
import {SocktermError} from '../../../source/errors.js';
import type {Row} from '../../../source/engine/index.js';
import type {HistoryPort} from '../../../source/engine/ports.js';
import {isJoined} from '../../../source/engine/slices/past.js';
import {limits} from '../../../source/limits.js';
import {ConnectionRecorder} from '../../helpers/connection-recorder.js';
import {
	connect,
	createWorld,
	type EngineUnderTest,
	type World,
} from '../../helpers/engine-under-test.js';
import {createDirectHistory} from '../../helpers/history-port.js';
import {createTemporaryFolder} from '../../helpers/temporary-folder.js';

function folderPath() {
	const folder = createTemporaryFolder();
	onTestFinished(() => folder.remove());
	return folder.path;
}

const line = (row: Row) => ('text' in row ? row.text : row.kind);

async function start(
	world: World,
	name: string,
	history?: HistoryPort,
): Promise<EngineUnderTest> {
	const made = world.engine(name, {
		key: name,
		...(history ? {history} : {}),
	});
	made.engine.start();
	if (history) {
		await made.untilTrue(
			() =>
				made.of('history/opened').length > 0 ||
				made.of('history/failed').length > 0,
		);
	}

	await made.listen();
	return made;
}

/** Alice with a history, and bob, who says some things; then alice is closed. */
async function firstRun(path: string, said: readonly string[]) {
	const world = createWorld();
	const alice = await start(world, 'alice', createDirectHistory(path));
	const bob = await start(world, 'bob');
	const {there, back} = await connect(alice, bob);
	for (const text of said) {
		bob.dispatch({type: 'chat/send', conversation: back, text});
	}

	await alice.untilTrue(() => alice.heard().length === said.length);
	alice.dispatch({type: 'chat/send', conversation: there, text: 'from alice'});
	await alice.until('chat/delivered');
	await alice.engine.close();
}

async function secondRun(path: string) {
	const world = createWorld();
	// Another start is another instance: chance goes on.
	world.engine('somebody');
	const alice = await start(world, 'alice', createDirectHistory(path));
	const bob = await start(world, 'bob');
	const {there, back} = await connect(alice, bob);
	await alice.until(
		'history/paged',
		({conversation}) => conversation === there,
	);
	const pastOf = (key = there) => alice.engine.getState().past.get(key);
	return {world, alice, bob, bobKey: there, aliceKey: back, pastOf};
}

describe('a conversation', () => {
	test('begins with what was said before, and what became of it', async () => {
		const path = folderPath();
		await firstRun(path, ['one', '你好世界']);
		const {alice, pastOf, bobKey} = await secondRun(path);
		const past = pastOf()!;
		expect(past.rows.map(({row}) => line(row))).toEqual([
			'joined',
			'one',
			'你好世界',
			'from alice',
			'left',
		]);
		expect(past.rows.every(({isThisRun}) => !isThisRun)).toBe(true);
		const ours = past.rows[3]!.row;
		expect(ours).toMatchObject({
			kind: 'sent',
			to: bobKey,
			fate: {pending: 0, delivered: 1, failed: 0},
		});
		expect(past.hasOlder).toBe(false);
		expect(isJoined(alice.engine.getState(), bobKey)).toBe(true);
		// All has it, too.
		const all = alice.engine.getState().past.get('all')!;
		expect(all.rows.map(({row}) => line(row))).toContain('你好世界');
	});

	test('goes on above what memory holds, without a gap or a double', async () => {
		const path = folderPath();
		const texts = Array.from({length: 250}, (_, index) => `line ${index}`);
		await firstRun(path, texts);
		const {alice, pastOf, bobKey} = await secondRun(path);
		const seen = () => pastOf()!.rows.map(({row}) => line(row));
		expect(seen()).toHaveLength(limits.historyOpeningRows);
		while (pastOf()!.hasOlder) {
			const before = pastOf();
			const next = alice.next('history/paged');
			alice.dispatch({
				type: 'history/page',
				conversation: bobKey,
				want: {kind: 'older'},
			});
			await next;
			expect(pastOf()).not.toBe(before);
		}

		expect(seen()).toEqual(['joined', ...texts, 'from alice', 'left']);
		expect(isJoined(alice.engine.getState(), bobKey)).toBe(true);
	});

	test('shows a date, and goes back to now', async () => {
		const path = folderPath();
		await firstRun(
			path,
			Array.from({length: 900}, (_, index) => `line ${index}`),
		);
		const {alice, pastOf, bobKey} = await secondRun(path);
		const ask = async (want: {kind: 'date'; at: number} | {kind: 'newer'}) => {
			const next = alice.next('history/paged');
			alice.dispatch({type: 'history/page', conversation: bobKey, want});
			return next;
		};

		const paged = await ask({kind: 'date', at: 0});
		const [first] = pastOf()!.rows;
		expect(paged.target).toBe(first!.id);
		expect(isJoined(alice.engine.getState(), bobKey)).toBe(false);
		while (!isJoined(alice.engine.getState(), bobKey)) {
			await ask({kind: 'newer'});
		}

		expect(
			pastOf()!
				.rows.map(({row}) => line(row))
				.slice(-3),
		).toEqual(['line 899', 'from alice', 'left']);
		expect(pastOf()!.rows).toHaveLength(903);
		// What is only in memory is there, and nothing is missing above it.
		const later = await ask({kind: 'date', at: Date.now() + 1e12});
		expect(later.target).toBeUndefined();
		expect(later.liveTarget).toBe(0);
		expect(isJoined(alice.engine.getState(), bobKey)).toBe(true);
	});
});

describe('what is searched for', () => {
	test('is found in what was said a moment ago, too', async () => {
		const path = folderPath();
		await firstRun(path, ['世界 before']);
		const {alice, bob, aliceKey} = await secondRun(path);
		const text = '世界 now';
		bob.dispatch({type: 'chat/send', conversation: aliceKey, text});
		await alice.untilSaid(said => said.text === text);
		alice.dispatch({type: 'history/search', needle: '世界'});
		const {hits, hasMore} = await alice.until('history/found');
		expect(hits.map(hit => [hit.name, hit.text])).toEqual([
			['bob', '世界 now'],
			['bob', '世界 before'],
		]);
		expect(hasMore).toBe(false);
	});

	test('comes a page at a time, newest first', async () => {
		const path = folderPath();
		const count = limits.historyHits + 20;
		await firstRun(
			path,
			Array.from({length: count}, (_, index) => `ab ${index}`),
		);
		const {alice} = await secondRun(path);
		const found = () => alice.engine.getState().history.found;
		alice.dispatch({type: 'history/search', needle: 'ab'});
		await alice.next('history/found');
		expect(found()?.hits).toHaveLength(limits.historyHits);
		expect(found()?.hasMore).toBe(true);
		alice.dispatch({type: 'history/search', needle: 'ab', more: true});
		await alice.next('history/found');
		expect(found()?.hits.map(({text}) => text)).toEqual(
			Array.from({length: count}, (_, index) => `ab ${count - 1 - index}`),
		);
		expect(found()?.hasMore).toBe(false);
	});
});

test('what is cleared is gone from memory, from disk, and from All', async () => {
	const path = folderPath();
	await firstRun(path, ['secret before']);
	const {alice, bob, bobKey, aliceKey, pastOf} = await secondRun(path);
	const text = 'secret now';
	bob.dispatch({type: 'chat/send', conversation: aliceKey, text});
	await alice.untilSaid(said => said.text === text);
	alice.dispatch({type: 'history/clear', conversation: bobKey});
	await alice.until('history/cleared');
	const {conversations} = alice.engine.getState();
	for (const key of [bobKey, 'all'] as const) {
		const rows = conversations.get(key)!.rows.slice(0);
		expect(rows.map(row => line(row))).not.toContain(text);
	}

	expect(pastOf()).toBeUndefined();
	alice.dispatch({type: 'history/search', needle: 'secret'});
	expect((await alice.until('history/found')).hits).toEqual([]);
});

const signal = new AbortController().signal;
const utf8 = (text: string) => new TextEncoder().encode(text);

test('a flood of plain lines leaves its beginning and a number that is true', async () => {
	const path = folderPath();
	const world = createWorld();
	const alice = await start(world, 'alice', createDirectHistory(path));
	const network = world.network('device');
	const connection = await network.dial(
		{host: alice.host, port: alice.port},
		'raw',
		signal,
	);
	const recorder = new ConnectionRecorder(connection);
	connection.write(utf8('first\n'));
	await alice.until('peer/connected');
	const lines = 20_000;
	for (let sent = 0; sent < lines; sent += 100) {
		const some = Array.from(
			{length: 100},
			(_, index) => `line ${sent + index}`,
		);
		connection.write(utf8(`${some.join('\n')}\n`));
		await world.settle();
	}

	await alice.untilTrue(() => alice.heard().length === lines + 1);
	connection.end();
	await alice.until('peer/left');
	expect(recorder).toBeDefined();
	await alice.engine.close();
	const port = createDirectHistory(path);
	onTestFinished(async () => port.close());
	await port.open('another', {});
	const {rows} = await port.page({key: 'all', from: {kind: 'end'}, limit: 9e4});
	const frames = rows.filter(({kept}) => kept.kind === 'frame');
	expect(frames.length).toBeLessThanOrEqual(limits.historyBurstRows);
	const [first, second] = frames;
	expect(first?.kept).toMatchObject({bytes: utf8('first\n'), tail: 1});
	expect(second?.kept).toMatchObject({bytes: utf8('line 0\n')});
	const counted = rows.flatMap(({kept}) =>
		kept.kind === 'unkept' ? [kept] : [],
	);
	expect(counted).toHaveLength(1);
	expect(counted[0]!.messages + frames.length).toBe(lines + 1);
	const all = utf8(
		Array.from({length: lines}, (_, index) => `line ${index}\n`).join(''),
	).length;
	const kept = frames.reduce(
		(sum, each) => sum + ('bytes' in each.kept ? each.kept.bytes.length : 0),
		0,
	);
	expect(counted[0]!.sizeBytes + kept).toBe(all + 6);
	// Who left is kept whatever was said.
	expect(rows.map(({kept: {kind}}) => kind)).toContain('left');
});

test('without a history commands are refused and nothing is written', async () => {
	const world = createWorld();
	const alice = await start(world, 'alice');
	alice.dispatch({type: 'history/search', needle: 'x', ref: 1});
	const refused = await alice.until('command/refused');
	expect(refused.error.code).toBe('noHistory');
});

describe('a history that fails', () => {
	test('to open is told once, and everything else works', async () => {
		const path = `${folderPath()}/missing`;
		const world = createWorld();
		const alice = await start(world, 'alice', createDirectHistory(path));
		const bob = await start(world, 'bob');
		const {there} = await connect(alice, bob);
		alice.dispatch({type: 'chat/send', conversation: there, text: 'still'});
		await alice.until('chat/delivered');
		expect(alice.of('history/failed')).toMatchObject([
			{isOver: true, error: {code: 'historyUnusable'}},
		]);
		await alice.engine.close();
	});

	test('for a while is told once; what was not kept is counted', async () => {
		const path = folderPath();
		const direct = createDirectHistory(path);
		let isFull = false;
		const failing: HistoryPort = {
			...direct,
			async append(entries) {
				if (isFull) throw new SocktermError('historyFull', {path});
				await direct.append(entries);
			},
		};
		const world = createWorld();
		const alice = await start(world, 'alice', failing);
		const bob = await start(world, 'bob');
		const {back} = await connect(alice, bob);
		await world.pass(1_000, 100);
		isFull = true;
		for (const text of ['lost 1', 'lost 2', 'lost 3']) {
			bob.dispatch({type: 'chat/send', conversation: back, text});
			await world.pass(1_000, 100);
		}

		expect(alice.of('history/failed')).toHaveLength(1);
		isFull = false;
		await world.pass(2 * limits.historyRetryMs, 1_000);
		bob.dispatch({type: 'chat/send', conversation: back, text: 'kept'});
		await world.pass(2 * limits.historyRetryMs, 1_000);
		await alice.until('history/recovered');
		await alice.engine.close();
		const {alice: again} = await secondRun(path);
		const rows = again.engine.getState().past.get('all')!.rows;
		expect(rows.map(({row}) => line(row))).toContain('kept');
		const unkept = rows.flatMap(({row}) =>
			row.kind === 'unkept' ? [row.messages] : [],
		);
		const kept = rows.filter(({row}) => line(row).startsWith('lost'));
		expect(unkept.reduce((sum, each) => sum + each, 0) + kept.length).toBe(3);
	});
});
