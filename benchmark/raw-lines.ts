/**
 * npm run benchmark:raw-lines [-- --runs 3 --mib 512 --per-second 100MB]
 *
 * A raw client that sends lines of 100 bytes, by default 100 MB a second and, in
 * a second turn, as fast as it can: into a console that cuts them into messages,
 * into one that keeps no history, and into `ncat` that writes them to a file. The
 * time runs until the last byte was taken: for a console until its last line is on
 * the screen. On a busy machine its processor time says more. That and memory need /proc.
 */
import {join} from 'node:path';
import {startChild} from '../test/helpers/child-program.js';
import {freePort} from '../test/helpers/free-port.js';
import {cleanEnvironment, startPeer} from '../test/helpers/programs.js';
import {openConsole} from '../test/helpers/sockterm-side.js';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';
import {parseSize} from '../source/util/quantities.js';
import {findProgram} from './find-program.js';
import {
	cpuSeconds,
	numberFlag,
	printTable,
	textFlag,
	watchPeak,
	type Result,
} from './measure.js';

const MiB = 1024 * 1024;
const runs = numberFlag('runs', 3);
const bytes = numberFlag('mib', 512) * MiB;
const paced = parseSize(textFlag('per-second') ?? '100MB') ?? 0;
const folder = createTemporaryFolder();

const send = (port: number, perSecond: number) =>
	startPeer(folder.path, 'send_lines.py', [
		'127.0.0.1',
		port,
		'--bytes',
		bytes,
		'--per-second',
		perSecond,
	]);

async function intoConsole(
	perSecond: number,
	run: number,
	args: readonly string[],
) {
	const home = join(folder.path, `console-${run}`);
	const side = await openConsole({home, args});
	try {
		const client = send(side.tcpPort, perSecond);
		await client.waitForLine('connected');
		const startedAt = performance.now();
		const cpuBefore = cpuSeconds(side.pid) ?? NaN;
		const peak = watchPeak(side.pid);
		await side.waitFor('the last line', 300_000);
		const seconds = (performance.now() - startedAt) / 1000;
		const cpu = (cpuSeconds(side.pid) ?? NaN) - cpuBefore;
		client.endInput();
		await client.exit;
		return {
			rate: bytes / seconds / 1e6,
			cpuMs: (cpu * 1000) / (bytes / 1e8),
			most: peak.stop() / 1e6,
		};
	} finally {
		await side.close();
	}
}

async function intoNcat(ncat: string, perSecond: number, run: number) {
	const port = await freePort();
	const file = join(folder.path, `ncat-${run}.txt`);
	const child = startChild(
		'sh',
		['-c', 'exec "$1" -l 127.0.0.1 "$2" > "$3"', 'sh', ncat, port, file].map(
			String,
		),
		{env: cleanEnvironment(folder.path)},
	);
	// Its own connection would be the one that it serves: it is tried until it listens.
	const client = send(port, perSecond);
	await client.waitForLine('connected');
	const startedAt = performance.now();
	client.endInput();
	await child.exit;
	await client.exit;
	return bytes / ((performance.now() - startedAt) / 1000) / 1e6;
}

const results: Result[] = [];
const ncat = findProgram('ncat');
try {
	for (const [what, perSecond] of [
		['paced', paced],
		['flat out', 0],
	] as const) {
		const others: number[] = [];
		const consoles = [
			{name: 'no history', args: ['--no-history']},
			{name: 'history', args: []},
		].map(each => ({
			...each,
			rates: [] as number[],
			cpu: [] as number[],
			memory: [] as number[],
		}));
		for (let run = 0; run < runs; run++) {
			for (const {args, rates, cpu, memory} of consoles) {
				const taken = await intoConsole(perSecond, run, args);
				rates.push(taken.rate);
				cpu.push(taken.cpuMs);
				memory.push(taken.most);
			}

			if (ncat) others.push(await intoNcat(ncat, perSecond, run));
		}

		const other = `${what}: ncat into a file`;
		if (ncat) results.push({what: other, values: others, unit: 'MB/s'});
		for (const {name, rates, cpu, memory} of consoles) {
			const against = (row: string) =>
				name === 'history' ? {against: `${what}, no history: ${row}`} : {};
			results.push(
				{
					what: `${what}, ${name}: rate`,
					values: rates,
					unit: 'MB/s',
					...(ncat && name === 'history'
						? {against: other, goal: '≥ 0.5 ×'}
						: {}),
				},
				{
					what: `${what}, ${name}: CPU for 100 MB`,
					values: cpu,
					unit: 'ms',
					...against('CPU for 100 MB'),
				},
				{
					what: `${what}, ${name}: most memory`,
					values: memory,
					unit: 'MB',
					...against('most memory'),
				},
			);
		}
	}

	printTable('Lines of 100 bytes from a raw client', results);
} finally {
	folder.remove();
}
