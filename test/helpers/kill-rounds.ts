/**
 * Files are sent from one program to another, and the sender, the receiver or
 * both are killed at random moments and started again, until all is delivered;
 * then anew. After every kill, and at the end of a round, the invariants are
 * looked at. What happens follows from the seed as far as time allows.
 */
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {freePort} from './free-port.js';
import {makeSources, type SourceSizes} from './kill-sources.js';
import {createKillSides, hasEnded, type SideName} from './kill-sides.js';
import {createChance, type Chance} from './seeded.js';
import {
	findLeftovers,
	findViolations,
	snapshotOf,
	type Expected,
} from './transfer-invariants.js';

export interface KillOptions {
	/** Where all of it happens; what is in it stays where a violation was found. */
	readonly folder: string;
	readonly seed: number;
	/** How many programs are killed in all. */
	readonly kills: number;
	/** No new round begins, and no further kill happens, after this. */
	readonly timeLimitMs: number;
	readonly sizes: SourceSizes;
	/** `--limit` of the sender: without it a round is over before anybody is killed. */
	readonly limit?: string;
	/** A kill comes at most so long after the start of what was killed before. */
	readonly longestMs: number;
	/** Then a round may end in peace. */
	readonly killsPerRound: number;
	/** How long a round may take that is left in peace. */
	readonly peaceMs: number;
	readonly say?: (line: string) => void;
}

export interface KillReport {
	readonly rounds: number;
	readonly kills: Readonly<Record<SideName, number>>;
	/** Entries that went on, and the bytes that were held. */
	readonly resumed: number;
	readonly heldBytes: number;
	/** Senders that ended without having been killed, although not all was delivered. */
	readonly gaveUp: number;
	readonly violations: readonly string[];
}

export async function runKillRounds(options: KillOptions): Promise<KillReport> {
	const {seed, kills, timeLimitMs, say = () => undefined} = options;
	const chance = createChance(seed);
	const total = {
		rounds: 0,
		kills: {sender: 0, receiver: 0},
		resumed: 0,
		heldBytes: 0,
		gaveUp: 0,
		violations: [] as string[],
	};
	const deadline = Date.now() + timeLimitMs;
	const killed = () => total.kills.sender + total.kills.receiver;
	while (
		killed() < kills &&
		Date.now() < deadline &&
		total.violations.length === 0
	) {
		const round = await runRound(options, chance, total.rounds, {
			mayKill: count => killed() + count < kills && Date.now() < deadline,
		});
		total.rounds++;
		total.kills.sender += round.kills.sender;
		total.kills.receiver += round.kills.receiver;
		total.resumed += round.resumed;
		total.heldBytes += round.heldBytes;
		total.gaveUp += round.gaveUp;
		total.violations.push(...round.violations);
		say(
			`round ${total.rounds}: ${killed()} of ${kills} kills, ${total.resumed} entries went on, ${Math.round(total.heldBytes / 1e6)} MB held, ${total.violations.length} violations`,
		);
	}

	return total;
}

const victims: readonly [SideName[], ...SideName[][]] = [
	['sender'],
	['receiver'],
	['sender', 'receiver'],
];

async function runRound(
	options: KillOptions,
	chance: Chance,
	index: number,
	{mayKill}: {readonly mayKill: (soFar: number) => boolean},
): Promise<Omit<KillReport, 'rounds'>> {
	const {seed, sizes, limit, longestMs, killsPerRound, peaceMs} = options;
	const folder = join(options.folder, `round-${index}`);
	const sourceFolder = join(folder, 'source');
	mkdirSync(sourceFolder, {recursive: true});
	const sources = makeSources(sourceFolder, `${seed} ${index}`, sizes);
	const sides = createKillSides({
		folder,
		paths: sources.paths,
		port: await freePort(),
		receiveVerb: chance.pick(['listen', 'receive']),
		...(limit ? {limit} : {}),
	});
	const {received} = sides;
	const home = join(folder, 'receiver');
	mkdirSync(received);
	writeFileSync(join(home, 'canary.txt'), 'nobody may touch this');
	mkdirSync(join(home, 'tree'));
	writeFileSync(join(home, 'tree', '0.txt'), 'nor this');
	const around = [
		{folder: home, except: ['received', 'state']},
		{folder: sourceFolder, except: []},
	].map(each => ({...each, before: snapshotOf(each.folder, each.except)}));
	const expected = (): Expected => ({
		...sources,
		received,
		delivered: sides.delivered(),
		around,
	});

	const kills = {sender: 0, receiver: 0};
	const violations: string[] = [];
	let gaveUp = 0;
	const soFar = () => kills.sender + kills.receiver;
	try {
		while (violations.length === 0 && !sides.isDone()) {
			await sides.start();
			const isPeace = soFar() >= killsPerRound || !mayKill(soFar());
			await firstOf(
				sides.sender()?.exit,
				isPeace ? peaceMs : chance.next() * longestMs,
			);
			if (sides.isDone()) break;
			if (hasEnded(sides.sender())) {
				gaveUp++;
				const child = sides.sender();
				options.say?.(
					`a sender gave up with ${child?.process.exitCode}: ${child?.errors().trim().slice(-300)}`,
				);
				if (gaveUp > soFar() + 3) violations.push('the sender gives up');
				continue;
			}

			if (isPeace) violations.push(`not delivered in ${peaceMs} ms of peace`);
			const who = chance.pick(victims);
			await sides.kill(who);
			for (const side of who) kills[side]++;
			violations.push(...findViolations(expected()));
		}

		// Who was killed in the last moment has not tidied up: whoever sends all of it again finds it, and that is tidied up.
		// Twice: a sender may have been about to end.
		const times = sides.receiver() ? 0 : 2;
		for (let again = 0; again < times; again++) {
			await sides.start();
			await firstOf(sides.sender()?.exit, peaceMs);
			const code = sides.sender()?.process.exitCode;
			if (code !== 0) violations.push(`sending all again ended with ${code}`);
		}

		await sides.stop();
		violations.push(...findViolations(expected()));
		if (violations.length === 0) violations.push(...findLeftovers(expected()));
	} finally {
		await sides.stop();
	}

	const {count: resumed, heldBytes} = sides.resumed();
	if (violations.length === 0) rmSync(folder, {recursive: true, force: true});
	else if (sides.lastWords()) violations.push(`said: ${sides.lastWords()}`);
	return {kills, resumed, heldBytes, gaveUp, violations};
}

async function firstOf(
	ended: Promise<unknown> | undefined,
	ms: number,
): Promise<void> {
	const waiting = new AbortController();
	const timer = delay(ms, undefined, {signal: waiting.signal});
	timer.catch(() => undefined);
	await Promise.race([ended, timer]);
	waiting.abort();
}
