/**
 * npm run benchmark:history [-- --messages 1000000 --runs 5 --pages 100 --folder DIR]
 *
 * The console over a long history, beside one over none: from its start to the
 * first frame, how long a page takes that is scrolled to and the first page of a
 * search, and memory. The history follows from a seed; with --folder it is made
 * there once and used again. Memory and processor time need /proc.
 */
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';
import {
	homeWithHistory,
	startToFrame,
	useHistory,
	withConsole,
} from './history-figures.js';
import {numberFlag, percentile, printTable, textFlag} from './measure.js';
import {settledBytes} from './settled.js';

const messages = numberFlag('messages', 1_000_000);
const runs = numberFlag('runs', 5);
const pages = numberFlag('pages', 100);

const temporary = createTemporaryFolder();
const emptyHome = join(temporary.path, 'empty');
mkdirSync(emptyHome, {recursive: true});
const fullHome = homeWithHistory(
	textFlag('folder') ?? join(temporary.path, 'full'),
	messages,
);

const starts = {empty: [] as number[], full: [] as number[]};
for (let run = 0; run < runs; run++) {
	starts.empty.push((await startToFrame(emptyHome)).ms);
	starts.full.push((await startToFrame(fullHome)).ms);
}

let emptyBytes = Number.NaN;
await withConsole(emptyHome, [], async ({pid}) => {
	emptyBytes = await settledBytes(pid);
});
const figures = await useHistory(fullHome, pages, 40);
temporary.remove();

const costs = (what: string, times: readonly number[], cpuMs: number) => [
	{what: `${what}, p50`, values: [percentile(times, 0.5)], unit: 'ms'},
	{
		what: `${what}, p99`,
		values: [percentile(times, 0.99)],
		unit: 'ms',
		goal: '≤ 50 ms',
	},
	{what: `${what}, CPU`, values: [cpuMs], unit: 'ms'},
];
const memory = (what: string, bytes: number) => ({
	what: `memory, ${what}`,
	values: [bytes / 1e6],
	unit: 'MB',
});

printTable(`The console over ${messages} messages (${runs} starts)`, [
	{what: 'start to frame, no history', values: starts.empty, unit: 'ms'},
	{
		what: 'start to frame, history',
		values: starts.full,
		unit: 'ms',
		against: 'start to frame, no history',
		goal: '≤ 120 %',
	},
	...costs('a page', figures.pages.times, figures.pages.cpuMs),
	...costs('a search', figures.searches.times, figures.searches.cpuMs),
	memory('no history', emptyBytes),
	memory('at the start', figures.startBytes),
	memory('in use', figures.busyBytes),
	{...memory('at the end', figures.endBytes), goal: '≤ 150 MB'},
]);
