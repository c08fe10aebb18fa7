/**
 * npm run benchmark:datagrams [-- --runs 3 --seconds 3 --per-second 0 --only bare,listen,console --most-lost 0.1]
 *
 * Datagrams of 100 bytes received a second by `sockterm listen --json` and by the
 * console, against a bare Node loop with the same receive buffer, in turns, from
 * the same sender (as fast as it can, unless --per-second says otherwise); and
 * how many were lost, and how long a peer's messages took meanwhile. For sockterm the sums must be exact where /proc tells what
 * the kernel dropped: sent = received + dropped by the kernel, and received =
 * shown + dropped by us. Of the console also frames and keys, while it is flooded.
 */
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {startChild} from '../test/helpers/child-program.js';
import {cleanEnvironment, startPeer} from '../test/helpers/programs.js';
import {openListening} from '../test/helpers/sockterm-side.js';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';
import {measureConsole, type Sent} from './console-datagrams.js';
import {chosen, median, numberFlag, percentile, printTable} from './measure.js';
import {printVerdict, type Goal} from './verdict.js';

const runs = numberFlag('runs', 3);
const seconds = numberFlag('seconds', 3);
const perSecond = numberFlag('per-second', 0);
/** In percent; missing: as many as the kernel likes. */
const mostLost = numberFlag('most-lost', 100);
const only = chosen('only', ['bare', 'listen', 'console']);
const folder = createTemporaryFolder();

const bareLoop = `
	const socket = require('node:dgram').createSocket({type: 'udp4', recvBufferSize: 4 * 1024 * 1024});
	let received = 0;
	socket.on('message', () => received++);
	socket.bind(0, '127.0.0.1', () => console.log(socket.address().port));
	process.stdin.on('end', () => { console.log(received); process.exit(); }).resume();
`;

async function flood(port: number): Promise<Sent> {
	const peer = startPeer(folder.path, 'flood_datagrams.py', [
		'127.0.0.1',
		port,
		'--seconds',
		seconds,
		'--per-second',
		perSecond,
	]);
	return JSON.parse(
		await peer.waitForLine('perSecond', seconds * 1_000 + 30_000),
	) as Sent;
}

async function measureBare() {
	const child = startChild(process.execPath, ['-e', bareLoop], {
		env: cleanEnvironment(folder.path),
	});
	const sent = await flood(Number(await child.waitForLine(/^\d+$/)));
	// The loop reads what is still in the buffer before it sees the end of its input.
	await new Promise(resolve => {
		setTimeout(resolve, 200);
	});
	child.endInput();
	await child.exit;
	return {...sent, received: Number(child.lines.at(-1)), droppedByKernel: NaN};
}

async function measureSockterm(run: number) {
	const side = await openListening(join(folder.path, `run-${run}`));
	const sent = await flood(side.udpPort);
	interface Counts {
		readonly received: number;
		readonly droppedByKernel?: number;
	}
	const counts = () => {
		const line = side.lines.findLast(text =>
			text.includes('"datagram/counted"'),
		);
		return line ? (JSON.parse(line) as Counts) : undefined;
	};
	const isComplete = () => {
		const {received = 0, droppedByKernel = NaN} = counts() ?? {};
		return received + droppedByKernel === sent.sent;
	};
	// Counts come once a second while anything changes.
	for (let waits = 0; waits < 40 && !isComplete(); waits++) {
		await new Promise(resolve => {
			setTimeout(resolve, 100);
		});
	}
	await side.stop();
	return {
		...sent,
		received: counts()?.received ?? NaN,
		droppedByKernel: counts()?.droppedByKernel ?? NaN,
	};
}

const bare: Array<Awaited<ReturnType<typeof measureBare>>> = [];
const ours: typeof bare = [];
const consoles: Array<Awaited<ReturnType<typeof measureConsole>>> = [];
try {
	for (let run = 0; run < runs; run++) {
		if (only.includes('bare')) bare.push(await measureBare());
		if (only.includes('listen')) ours.push(await measureSockterm(run));
		if (only.includes('console')) {
			const home = join(folder.path, `console-${run}`);
			mkdirSync(home);
			consoles.push(await measureConsole(home, flood));
		}
	}
} finally {
	folder.remove();
}

interface Measured extends Sent {
	readonly received: number;
}
const inConsole = consoles.map(({counts, ...rest}) => ({
	...rest,
	received: counts?.received ?? NaN,
}));
const rate = ({received, seconds}: Measured) => received / seconds;
const lost = ({sent, received}: Measured) => (1 - received / sent) * 100;
const against = only.includes('bare') ? {against: 'bare Node loop'} : {};
const keys = consoles.flatMap(each => each.keys);
const chatMs = consoles.flatMap(each => each.chatMs);
printTable(
	`Datagrams of 100 B, ${seconds} s${perSecond > 0 ? `, ${perSecond}/s wanted` : ''}`,
	[
		{
			what: 'sent',
			values: [...bare, ...ours, ...consoles].map(
				({sent, seconds}) => sent / seconds,
			),
			unit: '/s',
		},
		{what: 'bare Node loop', values: bare.map(rate), unit: '/s'},
		{
			what: 'sockterm listen --json',
			values: ours.map(rate),
			unit: '/s',
			...against,
		},
		{what: 'the console', values: inConsole.map(rate), unit: '/s', ...against},
		{what: 'bare, lost', values: bare.map(lost), unit: '%'},
		{what: 'listen, lost', values: ours.map(lost), unit: '%'},
		{what: 'console, lost', values: inConsole.map(lost), unit: '%'},
		{
			what: 'console, frames',
			values: consoles.map(each => each.framesPerSecond),
			unit: '/s',
			goal: '≥ 5',
		},
		{
			what: 'console, key to screen, p50',
			values: keys.length > 0 ? [percentile(keys, 0.5)] : [],
			unit: 'ms',
		},
		{
			what: 'console, key to screen, p99',
			values: keys.length > 0 ? [percentile(keys, 0.99)] : [],
			unit: 'ms',
			goal: '≤ 100 ms',
		},
		{
			what: 'console, CPU',
			values: consoles.map(each => each.cpuPercent),
			unit: '%',
		},
		{
			what: 'console, memory before',
			values: consoles.map(each => (each.residentBefore ?? NaN) / 1e6),
			unit: 'MB',
		},
		{
			what: 'console, memory at the end',
			values: consoles.map(each => (each.residentAfter ?? NaN) / 1e6),
			unit: 'MB',
		},
	].filter(({values}) => values.length > 0),
);
const verdict = (expected: number, sum: number) =>
	sum === expected ? 'exact' : `off by ${expected - sum}`;
for (const {sent, received, droppedByKernel} of [
	...ours,
	...consoles.map(({sent, counts}) => ({
		sent,
		received: counts?.received ?? NaN,
		droppedByKernel: counts?.droppedByKernel ?? NaN,
	})),
]) {
	console.log(
		`  sent ${sent} = received ${received} + dropped by the kernel ${droppedByKernel}: ${verdict(sent, received + droppedByKernel)}`,
	);
}
for (const {counts} of consoles) {
	const {received = NaN, shown = NaN, droppedByUs = NaN} = counts ?? {};
	console.log(
		`  console: received ${received} = shown ${shown} + dropped by us ${droppedByUs}: ${verdict(received, shown + droppedByUs)}`,
	);
}

const goals: Goal[] = [];
for (const [what, of] of [
	['listen', ours],
	['console', inConsole],
] as const) {
	if (of.length === 0) continue;
	goals.push({
		what: `${what}: lost (median of runs)`,
		value: median(of.map(lost)),
		most: mostLost,
		unit: '%',
	});
}

if (chatMs.length > 0) {
	goals.push({
		what: `console: message to acknowledgement, p99 of ${chatMs.length}`,
		value: percentile(chatMs, 0.99),
		most: 250,
		unit: 'ms',
	});
}

const sums = [
	...ours.map(
		({sent, received, droppedByKernel}) => sent - received - droppedByKernel,
	),
	...consoles.map(
		({sent, counts}) =>
			sent - (counts?.received ?? NaN) - (counts?.droppedByKernel ?? NaN),
	),
	...consoles.map(
		({counts}) =>
			(counts?.received ?? NaN) -
			(counts?.shown ?? NaN) -
			(counts?.droppedByUs ?? NaN),
	),
];
if (sums.length > 0) {
	goals.push({
		what: 'datagrams that no sum accounts for',
		value: Math.max(...sums.map(Math.abs)),
		most: 0,
		unit: '',
	});
}

if (keys.length > 0) {
	goals.push({
		what: `console: key to screen, p99 of ${keys.length}`,
		value: percentile(keys, 0.99),
		most: 100,
		unit: 'ms',
	});
}

if (goals.length > 0) printVerdict(goals);
