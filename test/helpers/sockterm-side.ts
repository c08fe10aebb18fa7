/**
 * The built program as tests and benchmarks use it: a listener that says its
 * events, or a console under a terminal, each with its own home and on free
 * loopback ports. Whoever opens one stops it.
 */
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import type {ChildProgram} from './child-program.js';
import {cleanEnvironment, socktermScript, startVerb} from './programs.js';
import {openTerminal, type Terminal} from './terminal.js';

/** Where a program keeps its things, all inside `home`. */
export const homeFlags = (home: string): string[] => [
	'--state-dir',
	join(home, 'state'),
	'--dir',
	join(home, 'received'),
];

/** Loopback only; a free port where none is named. */
const portFlags = (tcp = 0) => [
	'--tcp',
	String(tcp),
	'--udp',
	'0',
	'--host',
	'127.0.0.1',
];

export interface SocktermConsole extends Terminal {
	/** Where this console's own things are. */
	readonly home: string;
	/** Where its received files go. */
	readonly received: string;
	/** The ports it really listens on, as its header says. */
	readonly tcpPort: number;
	readonly udpPort: number;
	/** Types a line into the composer and submits it. */
	enter(line: string): void;
}

export interface ConsoleOptions {
	readonly home: string;
	readonly name?: string;
	/** The TCP port; any free one when missing. */
	readonly tcp?: number;
	readonly args?: readonly string[];
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
	/** Runs the program inside this one: `[command, ...args]`. */
	readonly wrapper?: readonly string[];
	/** Told of the terminal at once, so that it can be closed whatever happens. */
	readonly onOpened?: (terminal: Terminal) => void;
}

/** A console, once its header shows the ports. */
export async function openConsole(
	options: ConsoleOptions,
): Promise<SocktermConsole> {
	const {home} = options;
	const received = join(home, 'received');
	mkdirSync(received, {recursive: true});
	const [command = process.execPath, ...wrapperArgs] = options.wrapper ?? [];
	const terminal = openTerminal({
		command,
		args: [
			...wrapperArgs,
			...(options.wrapper ? [process.execPath] : []),
			socktermScript,
			...portFlags(options.tcp),
			...homeFlags(home),
			...(options.name ? ['--name', options.name] : []),
			...(options.args ?? []),
		],
		env: {...cleanEnvironment(home), ...options.env},
		columns: options.columns ?? 120,
		rows: options.rows ?? 40,
		cwd: home,
	});
	options.onOpened?.(terminal);
	const port = async (kind: 'tcp' | 'udp') => {
		const pattern = new RegExp(`${kind} \\S*:(\\d+)`);
		return Number(pattern.exec(await terminal.waitFor(pattern))?.[1]);
	};
	return {
		...terminal,
		home,
		received,
		tcpPort: await port('tcp'),
		udpPort: await port('udp'),
		enter(line) {
			terminal.write(`${line}\r`);
		},
	};
}

/** One line of a verb's NDJSON. */
export type Fact = Readonly<Record<string, unknown>> & {readonly type: string};

/** The event that a line of NDJSON holds, or undefined where it holds none. */
export function parseFact(line: string): Fact | undefined {
	try {
		const value: unknown = JSON.parse(line);
		return typeof value === 'object' && value !== null && 'type' in value
			? (value as Fact)
			: undefined;
	} catch {
		return undefined;
	}
}

export interface Listening extends ChildProgram {
	readonly home: string;
	readonly received: string;
	readonly tcpPort: number;
	readonly udpPort: number;
	/** Waits for an event of this type that satisfies `where`. */
	fact(type: string, where?: (fact: Fact) => boolean): Promise<Fact>;
	/** Events so far, of this type where one is given. */
	facts(type?: string): Fact[];
}

/** `sockterm listen --json`, once both ports are bound. */
export async function openListening(
	home: string,
	args: readonly string[] = [],
	onOpened?: (child: ChildProgram) => void,
): Promise<Listening> {
	const received = join(home, 'received');
	mkdirSync(received, {recursive: true});
	const child = startVerb(home, [
		'listen',
		'--json',
		...portFlags(),
		...homeFlags(home),
		...args,
	]);
	onOpened?.(child);
	const fact = async (
		type: string,
		where: (fact: Fact) => boolean = () => true,
	): Promise<Fact> => {
		const line = await child.waitForLine(
			line => {
				const parsed = parseFact(line);
				return parsed?.type === type && where(parsed);
			},
			15_000,
			`event ${type}`,
		);
		return parseFact(line) ?? {type};
	};
	const tcp = await fact('listener/bound', ({kind}) => kind === 'tcp');
	const udp = await fact('listener/bound', ({kind}) => kind === 'udp');
	return {
		...child,
		home,
		received,
		tcpPort: Number(tcp['port']),
		udpPort: Number(udp['port']),
		fact,
		facts: type =>
			child.lines
				.map(line => parseFact(line))
				.filter(parsed => parsed !== undefined)
				.filter(parsed => type === undefined || parsed.type === type),
	};
}
