/**
 * npm run benchmark:connect-burst [-- --connects 5000 --limit 10000 --runs 3]
 *
 * A console under a 120×40 terminal that holds as many connections as it may; then a
 * burst of more. Whether all of those are closed, how soon after they came, and what
 * the screen says of it: one row with the whole count.
 */
import {formatCount} from '../source/util/quantities.js';
import {startPeer} from '../test/helpers/programs.js';
import {openConsole} from '../test/helpers/sockterm-side.js';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';
import {median, numberFlag, printTable} from './measure.js';
import {openDescriptors} from './settled.js';
import {printVerdict} from './verdict.js';

const connects = numberFlag('connects', 5_000);
const limit = numberFlag('limit', 10_000);
const runs = numberFlag('runs', 3);

async function run() {
	const folder = createTemporaryFolder();
	const side = await openConsole({
		home: folder.path,
		args: ['--connections', String(limit)],
	});
	try {
		const place = ['127.0.0.1', side.tcpPort] as const;
		const held = startPeer(folder.path, 'hold_clients.py', [
			...place,
			limit,
			'--sources',
			100,
		]);
		await held.waitForLine('connected', 120_000);
		await side.waitFor(new RegExp(`\\b${limit} peers\\b`), 120_000);
		const descriptors = openDescriptors(side.pid);
		const burst = startPeer(folder.path, 'hold_clients.py', [
			...place,
			connects,
			'--at-once',
			connects,
			// What the system has not let in yet comes in with its first byte.
			'--say',
			'hello',
		]);
		await burst.waitForLine('settled', 60_000);
		burst.endInput();
		await burst.waitForLine('left', 10_000);
		const {lost, medianMs, slowestMs} = JSON.parse(
			burst.lines.findLast(line => line.includes('lost')) ?? '{}',
		) as {lost: number; medianMs: number; slowestMs: number};
		const counted = `(${formatCount(connects)} times in a row`;
		const screen = await side.waitFor(
			text => text.replaceAll(/[\s│]+/g, ' ').includes(counted),
			30_000,
		);
		return {
			lost,
			medianMs,
			slowestMs,
			rows: screen.split('Too many connections').length - 1,
			others: openDescriptors(side.pid) - descriptors,
		};
	} finally {
		await side.close();
		folder.remove();
	}
}

const measured: Array<Awaited<ReturnType<typeof run>>> = [];
for (let index = 0; index < runs; index++) measured.push(await run());
const values = (of: (each: (typeof measured)[number]) => number) =>
	measured.map(of);
printTable(`${connects} connects at once where ${limit} are open`, [
	{
		what: 'closed after its connect, median',
		values: values(({medianMs}) => medianMs),
		unit: 'ms',
	},
	{
		// Beyond the backlog a connect waits for the system's retransmissions.
		what: 'closed after its connect, the last one',
		values: values(({slowestMs}) => slowestMs),
		unit: 'ms',
	},
]);
printVerdict([
	{
		what: 'closed by the console',
		value: Math.min(...values(({lost}) => lost)),
		least: connects,
		unit: '',
	},
	{
		what: 'closed after its connect, median',
		value: median(values(({medianMs}) => medianMs)),
		most: 1_000,
		unit: 'ms',
	},
	{
		what: 'rows on the screen, with the whole count',
		value: Math.max(...values(({rows}) => rows)),
		most: 1,
		least: 1,
		unit: '',
	},
	{
		what: 'descriptors more than before',
		value: Math.max(...values(({others}) => others)),
		most: 0,
		unit: '',
	},
]);
