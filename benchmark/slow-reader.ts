/**
 * npm run benchmark:slow-reader [-- --mib 200 --others 50 --per-second 10MB --runs 1]
 *
 * The engine of the built program says numbered messages of 16 KB to all, so many MiB
 * of them. One raw client never reads; the others read everything and check numbers
 * and order. How long after its queue was full the one is cut, with which reason,
 * what the others got, and the most memory. Memory needs /proc.
 */
import {setTimeout as delay} from 'node:timers/promises';
import {limits} from '../source/limits.js';
import {describeError} from '../source/strings/index.js';
import {parseSize} from '../source/util/quantities.js';
import {startPeer} from '../test/helpers/programs.js';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';
import {openBuiltEngine} from './built-engine.js';
import {
	median,
	numberFlag,
	printTable,
	textFlag,
	watchPeak,
} from './measure.js';
import {printVerdict} from './verdict.js';

const MiB = 1024 * 1024;
const bytes = numberFlag('mib', 200) * MiB;
const others = numberFlag('others', 50);
const perSecond = parseSize(textFlag('per-second') ?? '10MB') ?? 0;
const runs = numberFlag('runs', 1);
const messageBytes = 16_000;
const messages = Math.ceil(bytes / messageBytes);
/** A message goes out when all but the slow one have those before it, but for so many. */
const ahead = 16;

async function run() {
	const folder = createTemporaryFolder();
	const engine = await openBuiltEngine(folder.path);
	try {
		let connected = 0;
		const everybody = Promise.withResolvers<void>();
		engine.on(({type}) => {
			if (type === 'peer/connected' && ++connected === others + 1) {
				everybody.resolve();
			}
		});
		const place = ['127.0.0.1', engine.tcpPort] as const;
		const readers = startPeer(folder.path, 'line_counters.py', [
			...place,
			others,
		]);
		await readers.waitForLine('connected', 60_000);
		const slow = startPeer(folder.path, 'slow_reader.py', place);
		await everybody.promise;

		const peak = watchPeak(process.pid);
		let delivered = 0;
		let failed = 0;
		let wake = () => {};
		const isAhead = (number: number) => delivered < (number - ahead) * others;
		engine.on(({type}) => {
			if (type === 'chat/delivered') delivered++;
			else if (type === 'chat/failed') failed++;
			else return;
			wake();
		});
		const left = engine.next('peer/left').then(event => ({
			event,
			seconds: (performance.now() - startedAt) / 1_000,
		}));
		const startedAt = performance.now();
		const filler = 'all work and no play '.repeat(1_000);
		for (let number = 1; number <= messages; number++) {
			engine.dispatch({
				type: 'chat/send',
				conversation: 'all',
				text: `${number} ${filler}`.slice(0, messageBytes),
			});
			// The one that never reads takes what its buffers hold, at most.
			while (isAhead(number)) {
				await new Promise<void>(resolve => {
					wake = resolve;
				});
			}

			const dueMs = (number * messageBytes * 1_000) / perSecond;
			const aheadMs = startedAt + dueMs - performance.now();
			if (aheadMs > 2) await delay(aheadMs);
		}

		const {event, seconds: cutAfter} = await left;
		await slow.waitForLine('cut after', 10_000);
		// They end when they have read what the goodbye leaves.
		await engine.close();
		const counted = JSON.parse(
			await readers.waitForLine('inOrder', 60_000),
		) as {
			lines: number[];
			inOrder: number;
		};
		return {
			seconds: (performance.now() - startedAt) / 1_000,
			cutAfter,
			error: event.error,
			failed,
			inOrder: counted.inOrder,
			fewest: Math.min(...counted.lines),
			peak: peak.stop() / 1e6,
		};
	} finally {
		folder.remove();
	}
}

const measured: Array<Awaited<ReturnType<typeof run>>> = [];
for (let index = 0; index < runs; index++) measured.push(await run());
const values = (of: (each: (typeof measured)[number]) => number) =>
	measured.map(of);
printTable(
	`${messages} messages of ${messageBytes} B to ${others} readers and one that never reads`,
	[
		{what: 'all of it', values: values(({seconds}) => seconds), unit: 's'},
		{what: 'cut after', values: values(({cutAfter}) => cutAfter), unit: 's'},
		{
			what: 'messages that failed, visibly',
			values: values(({failed}) => failed),
			unit: '',
		},
		{
			what: 'most memory, measuring program too',
			values: values(({peak}) => peak),
			unit: 'MB',
		},
	],
);
for (const {error} of measured) {
	console.log(`  ${error ? describeError(error) : 'no reason was given'}`);
}

printVerdict([
	{
		what: 'cut after (filling the queue comes before)',
		value: median(values(({cutAfter}) => cutAfter)),
		least: limits.slowReaderMs / 1_000,
		most: limits.slowReaderMs / 1_000 + 2,
		unit: 's',
	},
	{
		what: 'cut as a slow reader',
		value: measured.filter(({error}) => error?.code === 'slowReader').length,
		least: runs,
		unit: '',
	},
	{
		what: 'others with every message in order',
		value: Math.min(...values(({inOrder}) => inOrder)),
		least: others,
		unit: '',
	},
	{
		what: 'messages of each of them',
		value: Math.min(...values(({fewest}) => fewest)),
		least: messages,
		most: messages,
		unit: '',
	},
]);
