/**
 * One big file between two consoles that are open under terminals, against the
 * same without a screen. Then once more, with somebody who talks to both and
 * types into both: on its own, because those who measure take processor time.
 */
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {
	openConsole,
	type SocktermConsole,
} from '../../test/helpers/sockterm-side.js';
import {chatRows, watchChat} from '../chat-watch.js';
import {bigFile, MiB, type Ground} from '../ground.js';
import {percentile, printTable, type Result} from '../measure.js';
import {copyWithSockterm} from '../sockterm-copy.js';
import {typeKeys} from '../type-keys.js';

const longestMs = 300_000;
const idleMs = 3000;

interface Pair {
	readonly receiver: SocktermConsole;
	readonly sender: SocktermConsole;
}

/** Two consoles of which one has offered the file to the other. */
async function withOffer<Value>(
	{folder}: Ground,
	file: string,
	use: (pair: Pair) => Promise<Value>,
): Promise<Value> {
	const homes = [join(folder, 'alice'), join(folder, 'bob')] as const;
	const opened: SocktermConsole[] = [];
	try {
		const receiver = await openConsole({home: homes[0], name: 'alice'});
		opened.push(receiver);
		const sender = await openConsole({
			home: homes[1],
			name: 'bob',
			args: ['--connect', `127.0.0.1:${receiver.tcpPort}`],
		});
		opened.push(sender);
		await receiver.waitFor('bob');
		await sender.waitFor('alice');
		sender.enter(`/send alice ${file}`);
		await receiver.waitFor('big-one.bin');
		return await use({receiver, sender});
	} finally {
		for (const side of opened) await side.close();
		for (const home of homes) rmSync(home, {recursive: true, force: true});
	}
}

/** From `/accept` until both consoles say that the file is there. */
async function accept({receiver, sender}: Pair): Promise<number> {
	const startedAt = performance.now();
	receiver.enter('/accept');
	await Promise.all([
		receiver.waitFor(/saved/, longestMs),
		sender.waitFor(/delivered/, longestMs),
	]);
	return performance.now() - startedAt;
}

async function withTalk(
	{folder}: Ground,
	{receiver, sender}: Pair,
	work: () => Promise<unknown>,
): Promise<readonly number[][]> {
	const watches = [
		await watchChat(folder, receiver.tcpPort),
		await watchChat(folder, sender.tcpPort),
	];
	await work();
	return Promise.all(watches.map(async watch => watch.stop()));
}

async function withTyping(
	pair: Pair,
	work: () => Promise<unknown>,
): Promise<readonly number[][]> {
	let isOver = false;
	const working = work().finally(() => {
		isOver = true;
	});
	// The line that accepts must have gone before another one is typed.
	await delay(200);
	const keys = await Promise.all(
		[pair.receiver, pair.sender].map(async side =>
			typeKeys(side, () => isOver),
		),
	);
	await working;
	return keys;
}

export async function consoles(ground: Ground): Promise<void> {
	const {folder, runs, bigBytes} = ground;
	const file = bigFile(ground, 'big-one.bin', bigBytes);
	const rate = (ms: number) => bigBytes / 1e6 / (ms / 1000);
	const headless: number[] = [];
	const shown: number[] = [];
	const talks: Record<string, number[]> = {idle: [], receiver: [], sender: []};
	const keys: Record<string, number[]> = {idle: [], receiver: [], sender: []};
	const note = (
		kept: Record<string, number[]>,
		what: string,
		values: readonly number[] = [],
	) => {
		kept[what]?.push(...values);
	};
	try {
		for (let run = 0; run < runs; run++) {
			const {elapsedMs} = await copyWithSockterm(folder, [file]);
			headless.push(rate(elapsedMs));
			shown.push(rate(await withOffer(ground, file, accept)));
		}

		await withOffer(ground, file, async pair => {
			const idle = async () => delay(idleMs);
			note(talks, 'idle', (await withTalk(ground, pair, idle))[0]);
			const busy = await withTalk(ground, pair, async () => accept(pair));
			note(talks, 'receiver', busy[0]);
			note(talks, 'sender', busy[1]);
		});
		await withOffer(ground, file, async pair => {
			const idle = await withTyping(pair, async () => delay(idleMs));
			note(keys, 'idle', idle[0]);
			const busy = await withTyping(pair, async () => accept(pair));
			note(keys, 'receiver', busy[0]);
			note(keys, 'sender', busy[1]);
		});
	} finally {
		rmSync(file, {force: true});
	}

	const unit = 'MB/s';
	const what = 'sockterm send → listen';
	printTable(`Two consoles, ${bigBytes / MiB} MiB`, [
		{what, values: headless, unit},
		{
			what: 'two consoles open',
			values: shown,
			unit,
			against: what,
			goal: '≥ 0.9 ×',
		},
		...Object.entries(talks).flatMap(([side, values]) =>
			chatRows(
				`chat, ${side}`,
				values,
				side === 'idle' ? undefined : '≤ 20 ms',
			),
		),
		...Object.entries(keys).map(([side, values]): Result => ({
			what: `key to screen, ${side}, p99 of ${values.length}`,
			values: [percentile(values, 0.99)],
			unit: 'ms',
			...(side === 'idle' ? {} : {goal: '≤ 50 ms'}),
		})),
	]);
}
