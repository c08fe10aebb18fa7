/**
 * A listening program, a good peer beside it, and the invariants that hold whatever a
 * bad peer does to it: it lives and serves the good peer, no session but the bad one
 * ends, nothing is written but what was accepted, nothing is left behind, and what it
 * prints is well-formed and harmless. It looks with means of its own.
 */
import {
	mkdirSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import type {ChildProgram} from './child-program.js';
import {startPeer} from './programs.js';
import {type Fact, type Listening, openListening} from './sockterm-side.js';
import {findBadOutput} from './harmless-output.js';
import {snapshotOf, treeOf} from './transfer-invariants.js';
import {waitFor} from './wait-for.js';

/** Beyond what it had after the first good peer: room for a heap that grows and is not yet collected. */
const memoryGrowthBytes = 192 * 1024 * 1024;

export interface BadPeer {
	/** In `test/peers/hostile/`. */
	readonly script: string;
	readonly kind: string;
	/** What the program tells of it: a type of event, and words of its error or outcome. */
	readonly told: string;
	/** What the peer sees, in its output. */
	readonly seen: string | RegExp;
	/** Names that are in the receive folder afterwards. */
	readonly saved?: readonly string[];
}

export interface BesiegedProgram {
	readonly listening: Listening;
	/** Lets a bad peer do its worst; gives sentences about what must not be. */
	attack(peer: BadPeer): Promise<string[]>;
	/** The same for several that take their time. */
	attackAtOnce(peers: readonly BadPeer[]): Promise<string[]>;
	/** Resolves when all refusals that were to be told of are told: they come together, later while they go on. */
	refusals(): Promise<void>;
	/** How long the good peer takes to be served, in ms. Rejects where it is not. */
	serve(): Promise<number>;
	stop(): Promise<void>;
}

const refusal = 'peer/refused ';

/** Words of an event as `told` names them: its type, the code of its error or the kind of its outcome, what exactly was wrong. */
export function wordsOf(fact: Fact): string {
	const outcome = fact['outcome'] as
		| {readonly kind: string; readonly by?: string; readonly error?: unknown}
		| undefined;
	const error = (fact['error'] ?? outcome?.error) as
		| {readonly code: string; readonly details: Record<string, string | number>}
		| undefined;
	return [
		fact.type,
		outcome?.kind,
		outcome?.by,
		error?.code,
		...Object.values(error?.details ?? {}),
		...['trust', 'warning', 'text', 'savedAs'].map(key => fact[key]),
	]
		.filter(word => typeof word === 'string' || typeof word === 'number')
		.join(' ');
}

/** The open files and sockets of a program; pipes and the like are those of its threads. */
const descriptorsOf = (pid: number): string[] =>
	readdirSync(`/proc/${pid}/fd`).flatMap(number => {
		try {
			const target = readlinkSync(`/proc/${pid}/fd/${number}`);
			return /^(?:\/|socket:)/.test(target) ? [target] : [];
		} catch {
			// Closed meanwhile.
			return [];
		}
	});

const memoryOf = (pid: number) =>
	Number(
		/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1],
	) * 1024;

const difference = (before: readonly string[], now: readonly string[]) => [
	...before.filter(line => !now.includes(line)).map(line => `gone: ${line}`),
	...now.filter(line => !before.includes(line)).map(line => `new: ${line}`),
];

/**
 * `outer`: an empty folder; the program's home is deep inside it, so that a name that
 * climbs lands where it is seen. `args`: of `listen`.
 */
export async function besiege(
	outer: string,
	args: readonly string[] = ['--accept', 'all'],
	prepare: (home: string) => void = () => undefined,
): Promise<BesiegedProgram> {
	const home = join(outer, 'one', 'two', 'home');
	mkdirSync(home, {recursive: true});
	prepare(home);
	const children: ChildProgram[] = [];
	const listening = await openListening(home, args, child => {
		children.push(child);
	});
	// For peers that send datagrams.
	writeFileSync(join(home, 'udp-port'), String(listening.udpPort));
	const {pid = 0} = listening.process;
	const descriptors = descriptorsOf(pid);
	const witness = startPeer(home, join('hostile', 'witness.py'), [
		'127.0.0.1',
		listening.tcpPort,
	]);
	children.push(witness);
	let checks = 0;
	const serve = async () => {
		const name = `good-${++checks}.txt`;
		witness.write(`check ${name}\n`);
		const line = await witness.waitForLine(
			new RegExp(`"(?:served|broken)": "${name}"`),
			20_000,
		);
		return {name, line};
	};

	const start = (script: string, more: readonly string[] = []) => {
		const child = startPeer(home, join('hostile', script), [
			'127.0.0.1',
			listening.tcpPort,
			...more,
			'--home',
			home,
		]);
		children.push(child);
		return child;
	};

	const peers = new Map<string, ChildProgram>();
	/** What a peer prints while it is of this kind. */
	const misbehave = async ({script, kind}: BadPeer): Promise<string> => {
		const peer = peers.get(script) ?? start(script);
		peers.set(script, peer);
		const from = peer.lines.length;
		peer.write(`${kind}\n`);
		await peer.waitForLine(`"done": "${kind}"`, 60_000);
		return peer.lines.slice(from).join('\n');
	};

	const outside = () => snapshotOf(outer, ['one/two/home/received']);
	const inside = () => [...treeOf(listening.received).keys()];
	await serve();
	const resident = await listening.fact(
		'peer/connected',
		({name}) => name === 'resident',
	);
	// The log of the state folder and such things are made by now.
	const around = outside();
	const memory = memoryOf(pid);
	let expected = inside();
	let looked = 0;

	/** How many refusals of each code there must have been. */
	const refused = new Map<string, number>();
	const refusalsTold = (code: string) =>
		listening
			.facts('peer/refused')
			.filter(fact => (fact['error'] as {code: string}).code === code)
			.reduce((sum, fact) => sum + Number(fact['count']), 0);

	/** Lets them do it, and looks at what came of it. */
	const judge = async (
		peers: readonly BadPeer[],
		misbehave: () => Promise<readonly string[]>,
	): Promise<string[]> => {
		const wrong: string[] = [];
		const from = listening.lines.length;
		const said = await misbehave();
		for (const [index, {kind, seen}] of peers.entries()) {
			const its = said[index] ?? '';
			if (its.includes('"broken"') || !its.includes('"done"'))
				wrong.push(`${kind} broke: ${its}`);
			if (typeof seen === 'string' ? !its.includes(seen) : !seen.test(its))
				wrong.push(`${kind} has not seen ${String(seen)}: ${its}`);
		}

		const {name, line} = await serve();
		if (!line.includes(`"savedAs": "${name}"`))
			wrong.push(`the good peer: ${line}`);
		const facts = () => listening.facts().slice(from);
		for (const {told} of peers) {
			if (told.startsWith(refusal)) {
				const code = told.split(' ')[1] ?? '';
				refused.set(code, (refused.get(code) ?? 0) + 1);
				continue;
			}

			const [type, ...words] = told.split(' ');
			const isTold = () =>
				facts().some(fact => {
					const its = wordsOf(fact);
					return fact.type === type && words.every(word => its.includes(word));
				});
			await waitFor(isTold, told, 3_000).catch(() => {
				wrong.push(`not told: ${told}; but ${facts().map(wordsOf).join('; ')}`);
			});
		}

		if (
			facts().some(
				fact => fact.type === 'peer/left' && fact['peer'] === resident['peer'],
			)
		)
			wrong.push('the session of the good peer has ended');

		// What goes away goes soon. One more is the session of the good peer.
		expected = [...expected, ...peers.flatMap(({saved}) => saved ?? []), name];
		const isClean = () =>
			difference(expected, inside()).length === 0 &&
			descriptorsOf(pid).length <= descriptors.length + 1;
		await waitFor(isClean, 'a clean end', 3_000).catch(() => {
			wrong.push(
				...difference(expected, inside()).map(
					line => `receive folder: ${line}`,
				),
			);
			const now = descriptorsOf(pid);
			if (now.length > descriptors.length + 1)
				wrong.push(...difference(descriptors, now));
		});
		expected = inside();
		wrong.push(
			...difference(around, outside()).map(line => `outside: ${line}`),
		);
		const growth = memoryOf(pid) - memory;
		if (growth > memoryGrowthBytes)
			wrong.push(`memory grew by ${growth} bytes`);
		if (listening.process.exitCode !== null) wrong.push('it has ended');
		wrong.push(
			...findBadOutput(listening.lines.slice(looked), listening.errors()),
		);
		looked = listening.lines.length;
		return wrong;
	};

	return {
		listening,
		attack: async peer => judge([peer], async () => [await misbehave(peer)]),
		attackAtOnce: async peers =>
			judge(peers, async () =>
				Promise.all(
					peers.map(async ({script, kind}) => {
						const child = start(script, [kind]);
						await child.exit;
						return child.lines.join('\n');
					}),
				),
			),
		async refusals() {
			for (const [code, count] of refused) {
				await waitFor(
					() => refusalsTold(code) >= count,
					`${count} refusals ${code}`,
					25_000,
				);
			}
		},
		async serve() {
			const startedAt = Date.now();
			const {name, line} = await serve();
			if (line.includes('"broken"')) throw new Error(line);
			expected.push(name);
			return Date.now() - startedAt;
		},
		async stop() {
			await Promise.all(children.map(async child => child.stop()));
		},
	};
}
