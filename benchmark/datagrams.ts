/**
 * npm run benchmark:datagrams [-- --runs 3 --seconds 3 --per-second 0]
 *
 * Datagrams of 100 bytes received a second by `sockterm listen --json`, against
 * a bare Node loop with the same receive buffer, in turns, from the same sender
 * (as fast as it can, unless --per-second says otherwise); and how many were
 * lost. For sockterm the sum must be exact where /proc tells what the kernel
 * dropped: sent = received + dropped by the kernel.
 */
import {join} from 'node:path';
import {startChild} from '../test/helpers/child-program.js';
import {cleanEnvironment, startPeer} from '../test/helpers/programs.js';
import {openListening} from '../test/helpers/sockterm-side.js';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';
import {numberFlag, printTable} from './measure.js';

const runs = numberFlag('runs', 3);
const seconds = numberFlag('seconds', 3);
const perSecond = numberFlag('per-second', 0);
const folder = createTemporaryFolder();

const bareLoop = `
	const socket = require('node:dgram').createSocket({type: 'udp4', recvBufferSize: 4 * 1024 * 1024});
	let received = 0;
	socket.on('message', () => received++);
	socket.bind(0, '127.0.0.1', () => console.log(socket.address().port));
	process.stdin.on('end', () => { console.log(received); process.exit(); }).resume();
`;

interface Sent {
	readonly sent: number;
	readonly seconds: number;
}

async function flood(port: number): Promise<Sent> {
	const peer = startPeer(folder.path, 'flood_datagrams.py', [
		'127.0.0.1',
		port,
		'--seconds',
		seconds,
		'--per-second',
		perSecond,
	]);
	return JSON.parse(await peer.waitForLine('perSecond', 60_000)) as Sent;
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
try {
	for (let run = 0; run < runs; run++) {
		bare.push(await measureBare());
		ours.push(await measureSockterm(run));
	}
} finally {
	folder.remove();
}

type Measured = (typeof bare)[number];
const rate = ({received, seconds}: Measured) => received / seconds;
const lost = ({sent, received}: Measured) => (1 - received / sent) * 100;
printTable(`Datagrams of 100 B, ${seconds} s`, [
	{what: 'bare Node loop', values: bare.map(rate), unit: '/s'},
	{
		what: 'sockterm listen --json',
		values: ours.map(rate),
		unit: '/s',
		against: 'bare Node loop',
	},
	{what: 'bare, lost', values: bare.map(lost), unit: '%'},
	{what: 'sockterm, lost', values: ours.map(lost), unit: '%'},
]);
for (const {sent, received, droppedByKernel} of ours) {
	const sum = received + droppedByKernel;
	console.log(
		`  sent ${sent} = received ${received} + dropped by the kernel ${droppedByKernel}: ${sum === sent ? 'exact' : `off by ${sent - sum}`}`,
	);
}
