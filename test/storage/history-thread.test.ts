/** The history's thread, several programs at one file, and programs that are killed. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {afterAll, expect, onTestFinished, test} from 'vitest';
import {SocktermError} from '../../source/errors.js';
import {createHistory} from '../../source/storage/history/history-thread.js';
import {createHistoryStore} from '../../source/storage/history/history-store.js';
import {bob, said} from '../helpers/history-entries.js';
import {bundleHistoryWorker} from '../helpers/history-worker.js';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';

const worker = await bundleHistoryWorker();
afterAll(worker.close);

function folderPath() {
	const folder = createTemporaryFolder();
	onTestFinished(() => folder.remove());
	return folder.path;
}

const end = {kind: 'end'} as const;

test('answers in order, errors as ours, and is gone after it was closed', async () => {
	const path = folderPath();
	const history = createHistory(() => worker.start(path), path);
	const opened = history.open('run', {});
	const appended = history.append([said('你好世界', {order: 1})]);
	const page = await history.page({key: bob, from: end, limit: 9});
	expect(await opened).toEqual({});
	await appended;
	expect(page.rows[0]!.kept).toMatchObject({text: '你好世界'});
	expect((await history.search({needle: '世界', limit: 9})).hits).toHaveLength(
		1,
	);
	expect((await history.stat()).rows).toBe(1);
	expect(await history.clear(bob)).toBe(1);
	await history.close();
	const error: unknown = await history.stat().catch((each: unknown) => each);
	expect(error).toBeInstanceOf(SocktermError);
	expect((error as SocktermError).info.code).toBe('historyUnusable');
});

test('says what is wrong with a folder that is not there', async () => {
	const path = join(folderPath(), 'missing');
	const history = createHistory(() => worker.start(path), path);
	onTestFinished(async () => history.close());
	await expect(history.open('run', {})).rejects.toMatchObject({
		info: {code: 'historyUnusable', details: {what: 'ENOENT'}},
	});
});

const root = join(import.meta.dirname, '../..');

/** Runs until it is killed, or has written so many. */
function startWriter(folder: string, run: string, most?: number) {
	const child = spawn(
		process.execPath,
		[
			'--import',
			join(root, 'scripts/typescript-imports.mjs'),
			join(root, 'test/helpers/history-writer.ts'),
			folder,
			run,
			...(most === undefined ? [] : [String(most)]),
		],
		{stdio: ['ignore', 'pipe', 'inherit']},
	);
	const lines = createInterface(child.stdout);
	let last = -1;
	let check: () => void = () => undefined;
	lines.on('line', line => {
		last = Number(line);
		check();
	});
	onTestFinished(() => {
		child.kill('SIGKILL');
	});
	return {
		child,
		last: () => last,
		until: async (number: number) =>
			new Promise<void>(resolve => {
				check = () => {
					if (last >= number) resolve();
				};
				check();
			}),
	};
}

const textsIn = (path: string) => {
	const store = createHistoryStore(path);
	const {setAside} = store.open({run: 'reader', asked: {}});
	const {rows} = store.page({key: bob, from: end, limit: 100_000});
	const found = store.search({needle: 'run', limit: 100_000}).hits.length;
	store.close(undefined);
	return {
		setAside,
		found,
		texts: rows.map(({kept}) => ('text' in kept ? kept.text : '')),
	};
};

test('a writer that is killed leaves all that it said was written, and the index with it', async () => {
	const path = folderPath();
	for (const [round, run] of ['run a', 'run b', 'run c'].entries()) {
		const writer = startWriter(path, run);
		await writer.until(50 + round * 17);
		writer.child.kill('SIGKILL');
		await once(writer.child, 'close');
		const {texts, setAside, found} = textsIn(path);
		expect(setAside).toBeUndefined();
		const own = texts.filter(text => text.startsWith(run));
		expect(own.length).toBeGreaterThan(writer.last());
		expect(own).toEqual(own.map((_, number) => `${run} ${number}`));
		expect(found).toBe(texts.length);
	}
}, 60_000);

test('two programs write to one file, and each reads what the other wrote', async () => {
	const path = folderPath();
	const most = 200;
	const writers = ['run a', 'run b'].map(run => startWriter(path, run, most));
	await Promise.all(writers.map(async ({child}) => once(child, 'close')));
	expect(writers.map(({child}) => child.exitCode)).toEqual([0, 0]);
	const {texts} = textsIn(path);
	for (const run of ['run a', 'run b']) {
		expect(texts.filter(text => text.startsWith(run))).toEqual(
			Array.from({length: most}, (_, number) => `${run} ${number}`),
		);
	}
}, 60_000);
