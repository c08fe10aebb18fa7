/**
 * npm run benchmark:console-flood [-- --seconds 15 --per-second 10000 --runs 1]
 *
 * The console under a 120×40 terminal while a raw client sends 10,000 lines a
 * second: processor time per frame (main thread) and of the whole program, how
 * long a key takes to appear on the screen, memory before and after, and
 * whether every screen that was drawn had its lines in order. The same keys on
 * an idle console stand beside it. Processor time and memory need /proc.
 */
import {setTimeout as delay} from 'node:timers/promises';
import {startPeer} from '../test/helpers/programs.js';
import {
	openConsole,
	type SocktermConsole,
} from '../test/helpers/sockterm-side.js';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';
import {
	cpuSeconds,
	numberFlag,
	percentile,
	printTable,
	residentBytes,
	type Result,
} from './measure.js';
import {typeKeys} from './type-keys.js';

const seconds = numberFlag('seconds', 15);
const perSecond = numberFlag('per-second', 10_000);
const runs = numberFlag('runs', 1);

/** Ink marks each frame as one synchronized update. */
const framesIn = (output: string) => output.split('\u001B[?2026h').length - 1;

const untilTime = (at: number) => () => performance.now() >= at;

/** Watches every screen: the numbers of the lines on it must follow each other without a gap. */
function watchOrder(side: SocktermConsole): {
	readonly screens: () => number;
	readonly disorders: () => readonly string[];
	readonly last: () => number;
} {
	let screens = 0;
	let last = -1;
	const disorders: string[] = [];
	side.model.onWriteParsed(() => {
		// Half a frame is no screen; the end of a synchronized update is.
		if (side.model.modes.synchronizedOutputMode) return;
		const numbers = side
			.screen()
			.map(row => /\bline (\d{8})\b/.exec(row)?.[1])
			.filter(number => number !== undefined)
			.map(Number);
		if (numbers.length === 0) return;
		screens++;
		const newest = numbers.at(-1) ?? -1;
		const gap = numbers.findIndex(
			(number, index) => index > 0 && number !== (numbers[index - 1] ?? 0) + 1,
		);
		if (gap !== -1) {
			disorders.push(`${numbers[gap - 1]} is followed by ${numbers[gap]}`);
		}
		if (newest < last) disorders.push(`${last} was there before ${newest}`);
		last = newest;
	});
	return {screens: () => screens, disorders: () => disorders, last: () => last};
}

const measured = {
	idleKeys: [] as number[],
	keys: [] as number[],
	frameCpu: [] as number[],
	framesPerSecond: [] as number[],
	mainCpu: [] as number[],
	allCpu: [] as number[],
	residentBefore: [] as number[],
	residentHalf: [] as number[],
	residentAfter: [] as number[],
};
const remarks: string[] = [];

async function run(): Promise<void> {
	const folder = createTemporaryFolder();
	const side = await openConsole({home: folder.path});
	const {pid} = side;
	try {
		measured.idleKeys.push(
			...(await typeKeys(side, untilTime(performance.now() + 4000))),
		);
		const residentBefore = residentBytes(pid);
		const order = watchOrder(side);
		const flood = startPeer(folder.path, 'flood_lines.py', [
			'127.0.0.1',
			side.tcpPort,
			'--per-second',
			perSecond,
			'--seconds',
			seconds,
		]);
		await side.waitFor('line 0');

		const outputBefore = side.output().length;
		const mainBefore = cpuSeconds(pid, pid);
		const allBefore = cpuSeconds(pid);
		const startedAt = performance.now();
		const halfway = delay((seconds * 1000) / 2).then(() => residentBytes(pid));
		measured.keys.push(
			...(await typeKeys(side, untilTime(startedAt + (seconds - 1) * 1000))),
		);
		const elapsed = (performance.now() - startedAt) / 1000;
		const frames = framesIn(side.output().slice(outputBefore));
		const mainCpu = (cpuSeconds(pid, pid) ?? NaN) - (mainBefore ?? NaN);
		const allCpu = (cpuSeconds(pid) ?? NaN) - (allBefore ?? NaN);

		const said = await flood.waitForLine('perSecond', 60_000);
		const {sent} = JSON.parse(said) as {sent: number};
		const lastLine = `line ${String(sent - 1).padStart(8, '0')}`;
		await side.waitFor(lastLine, 60_000);
		measured.frameCpu.push((mainCpu * 1000) / frames);
		measured.framesPerSecond.push(frames / elapsed);
		measured.mainCpu.push((mainCpu / elapsed) * 100);
		measured.allCpu.push((allCpu / elapsed) * 100);
		measured.residentBefore.push((residentBefore ?? NaN) / 1e6);
		measured.residentHalf.push(((await halfway) ?? NaN) / 1e6);
		measured.residentAfter.push((residentBytes(pid) ?? NaN) / 1e6);
		remarks.push(
			`flood: ${said}`,
			`order: ${order.screens()} screens looked at, ${order.disorders().length} out of order, the last line is there`,
			...order.disorders().slice(0, 5),
		);
	} finally {
		await side.close();
		folder.remove();
	}
}

for (let count = 0; count < runs; count++) await run();

const key = (
	what: string,
	values: readonly number[],
	goal?: string,
): Result[] => [
	{what: `${what}, p50`, values: [percentile(values, 0.5)], unit: 'ms'},
	{
		what: `${what}, p99`,
		values: [percentile(values, 0.99)],
		unit: 'ms',
		...(goal ? {goal} : {}),
	},
];
printTable(
	`Console under ${perSecond} lines a second for ${seconds} s (${measured.keys.length} keys)`,
	[
		...key('key to screen, idle', measured.idleKeys),
		...key('key to screen, flood', measured.keys, '≤ 100 ms'),
		{what: 'main thread CPU a frame', values: measured.frameCpu, unit: 'ms'},
		{what: 'frames', values: measured.framesPerSecond, unit: '/s'},
		{what: 'main thread CPU', values: measured.mainCpu, unit: '%'},
		{what: 'whole program CPU', values: measured.allCpu, unit: '%'},
		{what: 'memory before', values: measured.residentBefore, unit: 'MB'},
		{
			what: 'memory halfway',
			values: measured.residentHalf,
			unit: 'MB',
			against: 'memory before',
		},
		{
			what: 'memory at the end',
			values: measured.residentAfter,
			unit: 'MB',
			against: 'memory halfway',
		},
	],
);
for (const remark of remarks) console.log(`  ${remark}`);
