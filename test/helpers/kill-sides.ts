/** The two programs that are killed: each with a home that stays, started again as often as it takes. */
import {appendFileSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import type {ChildProgram} from './child-program.js';
import {startVerb} from './programs.js';
import {homeFlags, parseFact} from './sockterm-side.js';

export interface KillSides {
	/** Starts those that do not run. */
	start(): Promise<void>;
	/** Kills -9 and waits for the end. */
	kill(who: readonly SideName[]): Promise<void>;
	readonly sender: () => ChildProgram | undefined;
	readonly receiver: () => ChildProgram | undefined;
	/**
	 * A sender has ended well: all is delivered, even where it was to be killed just then. Or one was
	 * killed when all was across: offering all of it anew is not going on.
	 */
	isDone(): boolean;
	readonly received: string;
	/** What all senders so far have called delivered: digests by the names that they got. */
	delivered(): Map<string, string>;
	/** How often an entry went on, and the bytes that were held. */
	resumed(): {readonly count: number; readonly heldBytes: number};
	/** Ends both in peace. */
	stop(): Promise<void>;
	/** Last words of all that ran, for a report. */
	lastWords(): string;
}

export type SideName = 'sender' | 'receiver';

export interface KillSidesOptions {
	readonly folder: string;
	readonly paths: readonly string[];
	/** Of the receiver. */
	readonly port: number;
	/** `--limit` of the sender. */
	readonly limit?: string;
	readonly receiveVerb: 'listen' | 'receive';
}

export function createKillSides(options: KillSidesOptions): KillSides {
	const {folder, paths, port, limit, receiveVerb} = options;
	const homes = {
		sender: join(folder, 'sender'),
		receiver: join(folder, 'receiver'),
	};
	const running: Record<SideName, ChildProgram | undefined> = {
		sender: undefined,
		receiver: undefined,
	};
	let isDone = false;
	const lines: string[] = [];
	const errors: string[] = [];
	for (const home of Object.values(homes)) mkdirSync(home, {recursive: true});

	const verbs: Record<SideName, () => readonly string[]> = {
		sender: () => [
			'send',
			...paths,
			'--to',
			`127.0.0.1:${port}`,
			...(limit ? ['--limit', limit] : []),
		],
		receiver: () => [
			...(receiveVerb === 'listen'
				? ['listen', '--accept', 'all', '--no-udp']
				: ['receive', '--yes', '--keep']),
			'--host',
			'127.0.0.1',
			'--tcp',
			String(port),
		],
	};

	const start = (side: SideName): ChildProgram => {
		const home = homes[side];
		const args = [...verbs[side](), '--json', ...homeFlags(home)];
		const child = startVerb(home, args);
		running[side] = child;
		return child;
	};

	/** Keeps what a program has said; call once it has ended. */
	const collect = (side: SideName) => {
		const child = running[side];
		if (!child) return;
		if (side === 'sender') lines.push(...child.lines);
		const {exitCode, signalCode} = child.process;
		isDone ||= side === 'sender' && exitCode === 0;
		isDone ||= saysAll(child);
		appendFileSync(
			join(folder, `${side}.log`),
			[
				...child.lines,
				child.errors(),
				`ended: ${signalCode ?? exitCode}\n`,
			].join('\n'),
		);
		const words = child.errors().trim().slice(-400);
		if (words) errors.push(`${side}: ${words}`);
		running[side] = undefined;
	};

	/** Whether this side has said that all of it is across. */
	const saysAll = (child: ChildProgram | undefined) =>
		(child?.lines ?? []).some(line => {
			const fact = parseFact(line);
			const outcome = fact?.['outcome'] as {kind?: string} | undefined;
			return fact?.type === 'transfer/finished' && outcome?.kind === 'saved';
		});

	const facts = () =>
		[...lines, ...(running.sender?.lines ?? [])]
			.map(line => parseFact(line))
			.filter(fact => fact !== undefined);

	return {
		received: join(homes.receiver, 'received'),
		sender: () => running.sender,
		receiver: () => running.receiver,
		isDone: () =>
			isDone ||
			running.sender?.process.exitCode === 0 ||
			(!running.sender && saysAll(running.receiver)),
		async start() {
			// Ended by itself: its last words are kept.
			for (const side of ['sender', 'receiver'] as const) {
				if (hasEnded(running[side])) collect(side);
			}

			if (!running.receiver) {
				const receiver = start('receiver');
				await receiver.waitForLine('listener/bound');
			}

			if (!running.sender) start('sender');
		},
		async kill(who) {
			for (const side of who) running[side]?.process.kill('SIGKILL');
			await Promise.all(who.map(async side => running[side]?.exit));
			for (const side of who) collect(side);
		},
		delivered: () =>
			new Map(
				facts()
					.filter(({type}) => type === 'transfer/entrySaved')
					.map(fact => [String(fact['savedAs']), String(fact['digest'])]),
			),
		resumed() {
			const all = facts().filter(({type}) => type === 'transfer/resumed');
			const heldBytes = all.reduce(
				(sum, fact) => sum + Number(fact['heldBytes']),
				0,
			);
			return {count: all.length, heldBytes};
		},
		async stop() {
			for (const side of ['sender', 'receiver'] as const) {
				const child = running[side];
				child?.process.kill('SIGTERM');
				const timer = setTimeout(() => {
					child?.process.kill('SIGKILL');
				}, 5000);
				await child?.exit;
				clearTimeout(timer);
				collect(side);
			}
		},
		lastWords: () => errors.slice(-12).join('\n'),
	};
}

export const hasEnded = (child: ChildProgram | undefined): boolean =>
	child !== undefined &&
	(child.process.exitCode !== null || child.process.signalCode !== null);
