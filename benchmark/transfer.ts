/**
 * npm run benchmark:transfer [-- --runs 3 --mib 2048]
 *
 * One file on a memory file system (/dev/shm), moved by `sockterm send` to
 * `sockterm listen --accept all` (TLS, BLAKE3 on both sides, durable) and, in
 * turns in the same run, by scp through an sshd of our own and by plain nc;
 * then by two consoles that are open under terminals. While those move it, and
 * while they are idle, an independent peer measures how long a chat message
 * takes to be acknowledged. It needs twice the size in memory, nc and, for the
 * comparison with scp, the package openssh-server.
 */
import {closeSync, existsSync, openSync, rmSync, writeSync} from 'node:fs';
import {randomBytes} from 'node:crypto';
import {join} from 'node:path';
import {startChild} from '../test/helpers/child-program.js';
import {
	cleanEnvironment,
	socktermScript,
	startPeer,
} from '../test/helpers/programs.js';
import {openConsole, openListening} from '../test/helpers/sockterm-side.js';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';
import {
	median,
	numberFlag,
	percentile,
	printTable,
	type Result,
} from './measure.js';
import {copyWithNc, findProgram, startScp} from './other-programs.js';

const runs = numberFlag('runs', 3);
const MiB = 1024 * 1024;
const sizeMiB = numberFlag('mib', 2048);
const folder = createTemporaryFolder(
	existsSync('/dev/shm') ? '/dev/shm' : undefined,
);
const file = join(folder.path, 'two-gigabytes.bin');
const rate = (elapsedMs: number) => (sizeMiB * MiB) / 1e6 / (elapsedMs / 1000);

function writeFile(): void {
	const chunk = randomBytes(64 * MiB);
	const target = openSync(file, 'w');
	for (let done = 0; done < sizeMiB; done += 64) {
		writeSync(target, chunk, 0, Math.min(64, sizeMiB - done) * MiB);
	}
	closeSync(target);
}

const clear = (path: string) => rmSync(path, {recursive: true, force: true});

/** The whole life of the command `sockterm send`, its start included. */
async function copyHeadless(): Promise<number> {
	const home = join(folder.path, 'listening');
	const side = await openListening(home, ['--accept', 'all']);
	const startedAt = performance.now();
	const send = startChild(
		process.execPath,
		[
			socktermScript,
			'send',
			file,
			'--to',
			`127.0.0.1:${side.tcpPort}`,
			'--state-dir',
			join(folder.path, 'sending'),
		],
		{env: cleanEnvironment(folder.path)},
	);
	const {code} = await send.exit;
	const elapsedMs = performance.now() - startedAt;
	await side.stop();
	clear(home);
	if (code !== 0) throw new Error(`send ended with ${code}: ${send.errors()}`);
	return elapsedMs;
}

const roundTrips = async (port: number) => {
	const peer = startPeer(folder.path, 'chat_round_trip.py', [
		'127.0.0.1',
		port,
		'--count',
		100_000,
	]);
	await peer.waitForLine('connected');
	return {
		async stop(): Promise<number[]> {
			peer.endInput();
			const line = await peer.waitForLine('roundTripMs');
			const {roundTripMs} = JSON.parse(line) as {roundTripMs: number[]};
			await peer.exit;
			return roundTripMs;
		},
	};
};

const idle: number[] = [];
const toReceiver: number[] = [];
const toSender: number[] = [];

/** From `/accept` until both consoles say that the file is there. */
async function copyBetweenConsoles(measureChat: boolean): Promise<number> {
	const receiver = await openConsole({
		home: join(folder.path, 'a'),
		name: 'alice',
	});
	const sender = await openConsole({
		home: join(folder.path, 'b'),
		name: 'bob',
		args: ['--connect', `127.0.0.1:${receiver.tcpPort}`],
	});
	try {
		await receiver.waitFor('bob');
		await sender.waitFor('alice');
		sender.enter(`/send alice ${file}`);
		await receiver.waitFor('two-gigabytes');
		if (measureChat) {
			const watch = await roundTrips(receiver.tcpPort);
			await new Promise(resolve => {
				setTimeout(resolve, 3000);
			});
			idle.push(...(await watch.stop()));
		}
		const watches = measureChat
			? [await roundTrips(receiver.tcpPort), await roundTrips(sender.tcpPort)]
			: [];
		const startedAt = performance.now();
		receiver.enter('/accept');
		await Promise.all([
			receiver.waitFor(/saved/, 120_000),
			sender.waitFor(/delivered/, 120_000),
		]);
		const elapsedMs = performance.now() - startedAt;
		const [first, second] = await Promise.all(
			watches.map(async watch => watch.stop()),
		);
		toReceiver.push(...(first ?? []));
		toSender.push(...(second ?? []));
		return elapsedMs;
	} finally {
		await sender.close();
		await receiver.close();
		clear(join(folder.path, 'a'));
		clear(join(folder.path, 'b'));
	}
}

writeFile();
const scp = await startScp(join(folder.path, 'ssh'));
if (typeof scp === 'string') console.log(scp);
const hasNc = findProgram('nc') !== undefined;
if (!hasNc) console.log('nc is left out: it is not installed.');

const rates = {
	headless: [] as number[],
	consoles: [] as number[],
	scp: [] as number[],
	scpFast: [] as number[],
	nc: [] as number[],
};
try {
	const copy = join(folder.path, 'copy.bin');
	for (let run = 0; run < runs; run++) {
		rates.headless.push(rate(await copyHeadless()));
		if (typeof scp !== 'string') {
			rates.scp.push(rate(await scp.copy(file, copy)));
			clear(copy);
			rates.scpFast.push(
				rate(await scp.copy(file, copy, 'aes128-gcm@openssh.com')),
			);
			clear(copy);
		}
		if (hasNc) {
			rates.nc.push(rate(await copyWithNc(file, copy)));
			clear(copy);
		}
		rates.consoles.push(rate(await copyBetweenConsoles(false)));
	}
	// On its own: the measuring peers take processor time from the transfer.
	for (let run = 0; run < runs; run++) await copyBetweenConsoles(true);
} finally {
	if (typeof scp !== 'string') await scp.stop();
	folder.remove();
}

const unit = 'MB/s';
const headless = 'sockterm send → listen';
const results: Result[] = [
	{what: headless, values: rates.headless, unit},
	{
		what: 'two consoles open',
		values: rates.consoles,
		unit,
		against: headless,
		goal: '≥ 0.85 ×',
	},
];
// The ratio that is promised is ours against theirs, so theirs are printed first.
const others: Result[] = [
	{what: 'scp', values: rates.scp, unit},
	{what: 'scp -c aes128-gcm', values: rates.scpFast, unit},
	{what: 'nc, plain', values: rates.nc, unit},
].filter(({values}) => values.length > 0);
printTable(`Transfer of ${sizeMiB} MiB`, [...others, ...results]);
for (const {what, values} of others) {
	const ratio = median(rates.headless) / median(values);
	const goal = what === 'scp' ? '  goal: ≥ 1.5 ×' : '';
	console.log(`  ${headless} is ${ratio.toFixed(2)} × ${what}${goal}`);
}
const chat = (
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
	`Chat round trip to a console (${idle.length}, ${toReceiver.length} and ${toSender.length} messages)`,
	[
		...chat('idle', idle),
		...chat('to the receiver during the transfer', toReceiver, '≤ 20 ms'),
		...chat('to the sender during the transfer', toSender, '≤ 20 ms'),
	],
);
