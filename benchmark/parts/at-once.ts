/** Eight transfers at once against one of the same size: how fast all of them are, whether each moves, what memory they take. */
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {
	startChild,
	type ChildProgram,
} from '../../test/helpers/child-program.js';
import {
	openListening,
	parseFact,
	type Listening,
} from '../../test/helpers/sockterm-side.js';
import {bigFile, MiB, type Ground} from '../ground.js';
import {median, printTable, watchPeak} from '../measure.js';

const count = 8;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Sends each path as a transfer of its own, all at the same time. */
export function startManyOffers(
	folder: string,
	port: number,
	paths: readonly string[],
): ChildProgram {
	return startChild(
		process.execPath,
		[
			'--import',
			join(root, 'scripts/typescript-imports.mjs'),
			join(root, 'benchmark/many-offers.ts'),
			String(port),
			join(folder, 'sending'),
			...paths,
		],
		{env: {...process.env, HOME: folder}},
	);
}

interface Run {
	readonly elapsedMs: number;
	/** The longest time in which one of them did not move. */
	readonly stillMs: number;
	readonly peakBytes: {readonly sender: number; readonly receiver: number};
}

/** From the first byte to the last SAVED, as the sender's events tell. */
function readEvents(lines: readonly string[]): Omit<Run, 'peakBytes'> {
	const last = new Map<string, {at: number; moved: number}>();
	let first = Number.POSITIVE_INFINITY;
	let end = 0;
	let stillMs = 0;
	for (const line of lines) {
		const fact = parseFact(line);
		if (!fact?.type.startsWith('transfer/')) continue;
		const at = Date.parse(String(fact['at']));
		const id = String(fact['transfer']);
		const before = last.get(id);
		if (fact.type === 'transfer/started') {
			first = Math.min(first, at);
			last.set(id, {at, moved: 0});
		} else if (fact.type === 'transfer/progressed' && before) {
			const moved = Number(fact['movedBytes']);
			if (moved <= before.moved) continue;
			stillMs = Math.max(stillMs, at - before.at);
			last.set(id, {at, moved});
		} else if (fact.type === 'transfer/finished' && before) {
			stillMs = Math.max(stillMs, at - before.at);
			end = Math.max(end, at);
		}
	}

	return {elapsedMs: end - first, stillMs};
}

async function sendAll(folder: string, paths: readonly string[]): Promise<Run> {
	const home = join(folder, 'receiving');
	let receiver: Listening | undefined;
	try {
		receiver = await openListening(home, ['--accept', 'all']);
		const sender = startManyOffers(folder, receiver.tcpPort, paths);
		const peaks = [
			watchPeak(sender.process.pid ?? 0),
			watchPeak(receiver.process.pid ?? 0),
		] as const;
		const {code} = await sender.exit;
		const peakBytes = {sender: peaks[0].stop(), receiver: peaks[1].stop()};
		if (code !== 0) throw new Error(`ended with ${code}: ${sender.errors()}`);
		return {...readEvents(sender.lines), peakBytes};
	} finally {
		await receiver?.stop();
		rmSync(home, {recursive: true, force: true});
	}
}

export async function atOnce(ground: Ground): Promise<void> {
	const {folder, runs, bigBytes} = ground;
	const one = bigFile(ground, 'one.bin', bigBytes);
	const many = Array.from({length: count}, (_, index) =>
		bigFile(ground, `many-${index}.bin`, bigBytes / count),
	);
	const alone: Run[] = [];
	const together: Run[] = [];
	try {
		for (let run = 0; run < runs; run++) {
			alone.push(await sendAll(folder, [one]));
			together.push(await sendAll(folder, many));
		}
	} finally {
		for (const path of [one, ...many]) rmSync(path, {force: true});
	}

	const rates = (all: readonly Run[]) =>
		all.map(({elapsedMs}) => bigBytes / 1e6 / (elapsedMs / 1000));
	const what = `one transfer of ${bigBytes / MiB} MiB`;
	printTable(`${count} transfers at once`, [
		{what, values: rates(alone), unit: 'MB/s'},
		{
			what: `${count} of ${bigBytes / count / MiB} MiB`,
			values: rates(together),
			unit: 'MB/s',
			against: what,
			goal: '≥ 0.9 ×',
		},
		{
			what: 'longest time that one of them did not move',
			values: together.map(({stillMs}) => stillMs / 1000),
			unit: 's',
			goal: '≤ 2 s',
		},
		...(['sender', 'receiver'] as const).map(side => {
			const base = median(alone.map(({peakBytes}) => peakBytes[side]));
			return {
				what: `memory of the ${side}, above one transfer`,
				values: together.map(({peakBytes}) => (peakBytes[side] - base) / MiB),
				unit: 'MiB',
				goal: '≤ 96 MiB',
			};
		}),
	]);
}
