/**
 * npm run benchmark:history [-- --messages 1000000 --runs 5 --pages 100 --folder DIR]
 *
 * The console over a long history, beside one over none: from its start to the
 * first frame, how long a page takes that is scrolled to and the first page of a
 * search, and memory. The history follows from a seed; with --folder it is made
 * there once and used again. Memory needs /proc.
 */
import {existsSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {
	openConsole,
	type SocktermConsole,
} from '../test/helpers/sockterm-side.js';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';
import {fillHistory} from './history-fill.js';
import {
	numberFlag,
	percentile,
	printTable,
	residentBytes,
	textFlag,
} from './measure.js';

const messages = numberFlag('messages', 1_000_000);
const runs = numberFlag('runs', 5);
const pages = numberFlag('pages', 100);

const temporary = createTemporaryFolder();
const emptyHome = join(temporary.path, 'empty');
const fullHome = textFlag('folder') ?? join(temporary.path, 'full');
const state = join(fullHome, 'state');
mkdirSync(emptyHome, {recursive: true});
mkdirSync(state, {recursive: true});
if (!existsSync(join(state, 'history.db'))) {
	fillHistory(state, messages, {endAt: Date.now()});
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const startedAt = performance.now();
	await work();
	return performance.now() - startedAt;
}

async function withConsole(
	home: string,
	use: (side: SocktermConsole) => Promise<void>,
): Promise<void> {
	let close: () => Promise<void> = async () => undefined;
	try {
		const side = await openConsole({
			home,
			onOpened(terminal) {
				close = terminal.close;
			},
		});
		await use(side);
	} finally {
		await close();
	}
}

/** From the start of the program to a frame with its ports. */
async function timeToFrame(home: string): Promise<number> {
	const startedAt = performance.now();
	let elapsedMs = Number.NaN;
	await withConsole(home, async () => {
		elapsedMs = performance.now() - startedAt;
	});
	return elapsedMs;
}

const starts = {empty: [] as number[], full: [] as number[]};
for (let run = 0; run < runs; run++) {
	starts.empty.push(await timeToFrame(emptyHome));
	starts.full.push(await timeToFrame(fullHome));
}

const scrolls: number[] = [];
const searches: number[] = [];
const memory: {before: number; after: number; empty: number} = {
	before: Number.NaN,
	after: Number.NaN,
	empty: Number.NaN,
};
const megabytes = (pid: number) => (residentBytes(pid) ?? Number.NaN) / 1e6;

// Rare and frequent, with three characters and more, with two.
const needles = ['独一无二', 'needle', '世界', '温度', 'timeout retry', 'zz'];

await withConsole(emptyHome, async side => {
	memory.empty = megabytes(side.pid);
});
await withConsole(fullHome, async side => {
	await side.waitFor('this run begins');
	memory.before = megabytes(side.pid);
	for (let page = 0; page < pages; page++) {
		const before = side.text();
		scrolls.push(
			await timed(async () => {
				const changed = side.waitFor(text => text !== before);
				side.write('\u001B[5~');
				await changed;
			}),
		);
	}

	for (let round = 0; round < 5; round++) {
		for (const needle of needles) {
			searches.push(
				await timed(async () => {
					const found = side.waitFor(
						text =>
							text.includes('in the history') &&
							/\b\d+ lines?\b|is nowhere in/.test(text),
					);
					side.enter(`/search ${needle}`);
					await found;
				}),
			);
			side.write('\u001B');
			await side.waitFor(text => !text.includes('in the history'));
			side.write('i');
			await side.waitFor('type a message');
		}
	}

	memory.after = megabytes(side.pid);
});
temporary.remove();

printTable(`The console over ${messages} messages (${runs} starts)`, [
	{what: 'start to frame, no history', values: starts.empty, unit: 'ms'},
	{
		what: 'start to frame, history',
		values: starts.full,
		unit: 'ms',
		against: 'start to frame, no history',
		goal: '≤ 120 %',
	},
	{what: 'a page, p50', values: [percentile(scrolls, 0.5)], unit: 'ms'},
	{
		what: 'a page, p99',
		values: [percentile(scrolls, 0.99)],
		unit: 'ms',
		goal: '≤ 50 ms',
	},
	{what: 'a search, p50', values: [percentile(searches, 0.5)], unit: 'ms'},
	{
		what: 'a search, p99',
		values: [percentile(searches, 0.99)],
		unit: 'ms',
		goal: '≤ 50 ms',
	},
	{what: 'memory, no history', values: [memory.empty], unit: 'MB'},
	{what: 'memory at the start', values: [memory.before], unit: 'MB'},
	{
		what: 'memory at the end',
		values: [memory.after],
		unit: 'MB',
		goal: '≤ 150 MB',
	},
]);
