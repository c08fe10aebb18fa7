/**
 * npm run benchmark:raw-lines [-- --runs 3 --mib 512 --per-second 100MB]
 *
 * A raw client that sends lines of 100 bytes, by default 100 MB a second and, in
 * a second turn, as fast as it can: into a console that cuts them into messages,
 * and into `ncat` that writes them to a file. The time runs until the last byte
 * was taken: for the console until its last line is on the screen. Memory needs /proc.
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

async function intoConsole(perSecond: number, run: number) {
	const side = await openConsole({home: join(folder.path, `console-${run}`)});
	try {
		const client = send(side.tcpPort, perSecond);
		await client.waitForLine('connected');
		const startedAt = performance.now();
		const peak = watchPeak(side.pid);
		await side.waitFor('the last line', 300_000);
		const seconds = (performance.now() - startedAt) / 1000;
		client.endInput();
		await client.exit;
		return {rate: bytes / seconds / 1e6, most: peak.stop() / 1e6};
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
		const rates: number[] = [];
		const memory: number[] = [];
		const others: number[] = [];
		for (let run = 0; run < runs; run++) {
			const {rate, most} = await intoConsole(perSecond, run);
			rates.push(rate);
			memory.push(most);
			if (ncat) others.push(await intoNcat(ncat, perSecond, run));
		}

		const other = `${what}: ncat into a file`;
		if (ncat) results.push({what: other, values: others, unit: 'MB/s'});
		results.push(
			{
				what: `${what}: the console`,
				values: rates,
				unit: 'MB/s',
				...(ncat ? {against: other, goal: '≥ 0.5 ×'} : {}),
			},
			{what: `${what}: most memory`, values: memory, unit: 'MB'},
		);
	}

	printTable('Lines of 100 bytes from a raw client', results);
} finally {
	folder.remove();
}
