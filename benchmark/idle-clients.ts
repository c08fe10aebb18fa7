/**
 * npm run benchmark:idle-clients [-- --clients 10000 --runs 3 --seconds 10 --only silent,spoken]
 *
 * A console under a 120×40 terminal that holds as many raw clients as it takes, from
 * a hundred loopback addresses: how much memory each costs (engine and console are
 * one process), how long a key takes to the screen while they are there, and what is
 * left after they have gone. `silent` ones never send a byte; `spoken` ones have said
 * a line each, which is kept twice: in both threads. Memory needs /proc, and the
 * limit of open files must allow for the clients (`ulimit -n`).
 */
import {startPeer} from '../test/helpers/programs.js';
import {
	openConsole,
	type SocktermConsole,
} from '../test/helpers/sockterm-side.js';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';
import {
	chosen,
	median,
	numberFlag,
	percentile,
	printTable,
	type Result,
} from './measure.js';
import {openDescriptors, settledBytes} from './settled.js';
import {typeKeys} from './type-keys.js';
import {printVerdict, type Goal} from './verdict.js';

const clients = numberFlag('clients', 10_000);
const runs = numberFlag('runs', 3);
const seconds = numberFlag('seconds', 10);
const kinds = chosen('only', ['silent', 'spoken']);

const forSeconds = (count: number) => {
	const end = performance.now() + count * 1_000;
	return () => performance.now() >= end;
};

/** How many peers its header counts. */
const untilCounted = async (side: SocktermConsole, count: number) =>
	side.waitFor(new RegExp(`\\b${count} peers?\\b`), 120_000);

async function measure(kind: 'silent' | 'spoken') {
	const folder = createTemporaryFolder();
	const side = await openConsole({home: folder.path});
	try {
		const idleKeys = await typeKeys(side, forSeconds(4));
		const before = await settledBytes(side.pid);
		const descriptors = openDescriptors(side.pid);
		const crowd = startPeer(folder.path, 'hold_clients.py', [
			'127.0.0.1',
			side.tcpPort,
			clients,
			'--sources',
			100,
			...(kind === 'spoken' ? ['--say', 'here I am'] : []),
		]);
		const said = await crowd.waitForLine('connected', 120_000);
		const {seconds: took} = JSON.parse(said) as {seconds: number};
		await untilCounted(side, clients);
		const held = openDescriptors(side.pid) - descriptors;
		const keys = await typeKeys(side, forSeconds(seconds));
		const during = await settledBytes(side.pid);
		crowd.endInput();
		await crowd.waitForLine('left', 120_000);
		const leftAt = performance.now();
		await untilCounted(side, 0);
		return {
			idleKeys,
			keys,
			took,
			held,
			goneMs: performance.now() - leftAt,
			eachKiB: (during - before) / clients / 1024,
			before: before / 1e6,
			after: (await settledBytes(side.pid)) / 1e6,
			descriptorsLeft: openDescriptors(side.pid) - descriptors,
		};
	} finally {
		await side.close();
		folder.remove();
	}
}

const goals: Goal[] = [];
for (const kind of kinds) {
	const measured: Array<Awaited<ReturnType<typeof measure>>> = [];
	for (let run = 0; run < runs; run++) measured.push(await measure(kind));
	const keys = measured.flatMap(each => each.keys);
	const idleKeys = measured.flatMap(each => each.idleKeys);
	const row = (
		what: string,
		unit: string,
		of: (each: (typeof measured)[number]) => number,
	): Result => ({what, unit, values: measured.map(of)});
	printTable(`${clients} raw clients, ${kind}`, [
		row('all connected after', 's', ({took}) => took),
		row('memory each', 'KiB', ({eachKiB}) => eachKiB),
		{
			what: 'key to screen before, p99',
			values: [percentile(idleKeys, 0.99)],
			unit: 'ms',
		},
		{what: 'key to screen, p50', values: [percentile(keys, 0.5)], unit: 'ms'},
		{what: 'key to screen, p99', values: [percentile(keys, 0.99)], unit: 'ms'},
		row('gone from the screen after', 'ms', ({goneMs}) => goneMs),
		row('memory before', 'MB', ({before}) => before),
		row('memory after they left', 'MB', ({after}) => after),
	]);
	goals.push(
		{
			what: `${kind}: descriptors held`,
			value: Math.min(...measured.map(({held}) => held)),
			least: clients,
			unit: '',
		},
		// What somebody said is kept, in the engine and in the console.
		...(kind === 'silent'
			? [
					{
						what: `${kind}: memory each`,
						value: median(measured.map(({eachKiB}) => eachKiB)),
						most: 10,
						unit: 'KiB',
					},
				]
			: []),
		{
			what: `${kind}: key to screen, p99 of ${keys.length}`,
			value: percentile(keys, 0.99),
			most: 100,
			unit: 'ms',
		},
		{
			what: `${kind}: descriptors left`,
			value: Math.max(...measured.map(each => each.descriptorsLeft)),
			most: 0,
			unit: '',
		},
		{
			what: `${kind}: memory kept after they left`,
			value: median(measured.map(({before, after}) => after - before)),
			most: 60,
			unit: 'MB',
		},
	);
}

printVerdict(goals);
