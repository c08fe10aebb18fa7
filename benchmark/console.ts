/**
 * npm run benchmark:console [-- --messages 1000000 --runs 5 --pages 200 --searches 200 --seconds 20 --folder DIR]
 *
 * What is promised of the console, with a verdict for each: over a long history its
 * start, pages, searches and memory; at rest its processor time; while a raw client
 * sends 10,000 lines a second what a frame costs and how long a key takes to appear,
 * with a history and without one in turns. With --folder the history is made there
 * once and used again.
 *
 * Times that somebody waits are times of the clock, and on a busy machine those of
 * the machine: what counts there is the processor time beside them. Memory is what
 * the system counts as resident once the program has come to rest. 66 MB of it are the
 * program file of Node.js, which all its processes share: "its own" is without that.
 */
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {startPeer} from '../test/helpers/programs.js';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';
import {
	homeWithHistory,
	startToFrame,
	useHistory,
	withConsole,
} from './history-figures.js';
import {cpuSeconds, numberFlag, percentile, textFlag} from './measure.js';
import {typeKeys} from './type-keys.js';
import {printVerdict, type Goal} from './verdict.js';

const messages = numberFlag('messages', 1_000_000);
const runs = numberFlag('runs', 5);
const pages = numberFlag('pages', 200);
const searches = numberFlag('searches', 200);
const seconds = numberFlag('seconds', 20);
const perSecond = 10_000;
const idleSeconds = 20;

const temporary = createTemporaryFolder();
const emptyHome = join(temporary.path, 'empty');
mkdirSync(emptyHome, {recursive: true});

async function starts(fullHome: string): Promise<Goal[]> {
	const ms = {empty: [] as number[], full: [] as number[]};
	const cpu = {empty: [] as number[], full: [] as number[]};
	for (let run = 0; run < runs; run++) {
		for (const [which, home] of [
			['empty', emptyHome],
			['full', fullHome],
		] as const) {
			const start = await startToFrame(home);
			ms[which].push(start.ms);
			cpu[which].push(start.cpuMs);
		}
	}

	// The machine at its quietest.
	const ratio = ({empty, full}: typeof ms) =>
		(Math.min(...full) / Math.min(...empty)) * 100;
	return [
		{what: 'start, of one over no history', value: ratio(ms), unit: '%'},
		{what: 'the same, CPU', value: ratio(cpu), unit: '%'},
	].map(goal => ({...goal, most: 120}));
}

async function history(home: string): Promise<Goal[]> {
	const figures = await useHistory(home, pages, searches);
	const costs = (
		what: string,
		{times, cpuMs}: {readonly times: number[]; readonly cpuMs: number},
	): Goal[] => [
		{
			what: `${what}, p99`,
			value: percentile(times, 0.99),
			unit: 'ms',
			most: 50,
		},
		{what: `${what}, p50`, value: percentile(times, 0.5), unit: 'ms', most: 50},
		{what: `${what}, CPU`, value: cpuMs, unit: 'ms', most: 50},
	];
	return [
		...costs('a page', figures.pages),
		...costs('a search', figures.searches),
		{what: 'memory at the start', value: figures.startBytes},
		{what: 'memory after all that', value: figures.endBytes},
		{what: 'the same, its own', value: figures.endOwnBytes},
	].map(goal =>
		'unit' in goal
			? goal
			: {...goal, value: goal.value / 1e6, unit: 'MB', most: 150},
	);
}

async function idle(home: string): Promise<Goal> {
	let percent = Number.NaN;
	await withConsole(home, [], async ({pid}) => {
		await delay(5_000);
		const before = cpuSeconds(pid) ?? Number.NaN;
		await delay(idleSeconds * 1_000);
		percent = (((cpuSeconds(pid) ?? Number.NaN) - before) / idleSeconds) * 100;
	});
	return {what: 'CPU at rest', value: percent, unit: '%', most: 0.5};
}

/** Ink marks each frame as one synchronized update. */
const framesIn = (output: string) => output.split('\u001B[?2026h').length - 1;

interface Flooded {
	readonly keys: number[];
	frames: number;
	mainMs: number;
}

async function flood(
	home: string,
	args: readonly string[],
	into: Flooded,
): Promise<void> {
	await withConsole(home, args, async side => {
		const {pid} = side;
		const client = startPeer(home, 'flood_lines.py', [
			'127.0.0.1',
			side.tcpPort,
			'--per-second',
			perSecond,
			'--seconds',
			seconds,
		]);
		await side.waitFor('line 0');
		const output = side.output().length;
		const before = cpuSeconds(pid, pid) ?? Number.NaN;
		const until = performance.now() + (seconds - 1) * 1_000;
		into.keys.push(...(await typeKeys(side, () => performance.now() >= until)));
		into.mainMs += ((cpuSeconds(pid, pid) ?? Number.NaN) - before) * 1_000;
		into.frames += framesIn(side.output().slice(output));
		await client.waitForLine('perSecond', 60_000);
	});
}

async function floods(fullHome: string): Promise<Goal[]> {
	const begin = (): Flooded => ({keys: [], frames: 0, mainMs: 0});
	const kept = begin();
	const unkept = begin();
	for (let turn = 0; turn < 2; turn++) {
		await flood(emptyHome, ['--no-history'], unkept);
		await flood(fullHome, [], kept);
	}

	const goals = (name: string, {keys, frames, mainMs}: Flooded): Goal[] => [
		{
			what: `flood, ${name}: CPU of a frame`,
			value: mainMs / frames,
			unit: 'ms',
			most: 15,
		},
		...[0.5, 0.99].map(part => ({
			what: `flood, ${name}: key to screen, p${part * 100}`,
			value: percentile(keys, part),
			unit: 'ms',
			most: 50,
		})),
	];
	return [...goals('history', kept), ...goals('no history', unkept)];
}

try {
	const fullHome = homeWithHistory(
		textFlag('folder') ?? join(temporary.path, 'full'),
		messages,
	);
	const goals = [
		...(await history(fullHome)),
		...(await starts(fullHome)),
		await idle(fullHome),
		...(await floods(fullHome)),
	];
	printVerdict(goals);
} finally {
	temporary.remove();
}
