import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process';
import {createInterface} from 'node:readline';

export interface ChildProgram {
	readonly process: ChildProcessWithoutNullStreams;
	/** Lines of stdout so far. */
	readonly lines: readonly string[];
	/** All of stderr so far. */
	errors(): string;
	/**
	 * The first line of stdout, seen already or still to come, that holds the text, matches or
	 * satisfies. Rejects after `timeoutMs`, and at once when the program ends without it; `label`
	 * says then what was waited for.
	 */
	waitForLine(
		what: string | RegExp | ((line: string) => boolean),
		timeoutMs?: number,
		label?: string,
	): Promise<string>;
	write(text: string): void;
	/** Ends its input. */
	endInput(): void;
	/** Code (null after a signal) when it has ended and its output is read. */
	readonly exit: Promise<{
		readonly code: number | null;
		readonly signal: NodeJS.Signals | null;
	}>;
	/** Kills it, if it still runs, and waits for its end. */
	stop(): Promise<void>;
}

const matcher = (what: string | RegExp | ((line: string) => boolean)) => {
	if (typeof what === 'string') return (line: string) => line.includes(what);
	if (typeof what === 'function') return what;
	return (line: string) => what.test(line);
};

/** A program without a terminal, read line by line. */
export function startChild(
	command: string,
	args: readonly string[],
	options: {readonly env?: NodeJS.ProcessEnv; readonly cwd?: string} = {},
): ChildProgram {
	const child = spawn(command, args, {
		stdio: ['pipe', 'pipe', 'pipe'],
		...(options.env ? {env: options.env} : {}),
		...(options.cwd ? {cwd: options.cwd} : {}),
	});
	const lines: string[] = [];
	const waiters = new Set<() => void>();
	let errors = '';
	let ended = false;
	const wake = () => {
		for (const waiter of waiters) waiter();
	};

	createInterface({input: child.stdout}).on('line', line => {
		lines.push(line);
		wake();
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		errors += text;
	});
	// A program that has ended takes no more input; its exit code tells.
	child.stdin.on('error', () => undefined);

	const exit = new Promise<{
		code: number | null;
		signal: NodeJS.Signals | null;
	}>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => {
			ended = true;
			resolve({code, signal});
			wake();
		});
	});
	exit.catch(() => undefined);

	const describe = () =>
		`${command} ${args.join(' ')}\nstdout:\n${lines.slice(-30).join('\n')}\nstderr:\n${errors.slice(-4000)}`;

	return {
		process: child,
		lines,
		errors: () => errors,
		async waitForLine(what, timeoutMs = 15_000, label = String(what)) {
			const matches = matcher(what);
			return new Promise<string>((resolve, reject) => {
				let looked = 0;
				const done = (finish: () => void) => {
					clearTimeout(timer);
					waiters.delete(look);
					finish();
				};
				const look = () => {
					for (; looked < lines.length; looked++) {
						const line = lines[looked];
						if (line !== undefined && matches(line)) {
							done(() => resolve(line));
							return;
						}
					}
					if (ended) {
						done(() =>
							reject(new Error(`Ended without ${label}: ${describe()}`)),
						);
					}
				};
				const timer = setTimeout(() => {
					done(() =>
						reject(
							new Error(`No ${label} within ${timeoutMs} ms: ${describe()}`),
						),
					);
				}, timeoutMs);
				waiters.add(look);
				look();
			});
		},
		write(text) {
			child.stdin.write(text);
		},
		endInput() {
			child.stdin.end();
		},
		exit,
		async stop() {
			if (!ended) child.kill('SIGKILL');
			await exit;
		},
	};
}
