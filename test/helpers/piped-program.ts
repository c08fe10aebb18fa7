/** Programs with files or bytes for stdin and stdout, for what passes through pipes. */
import {spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {closeSync, openSync} from 'node:fs';
import {onTestFinished} from 'vitest';
import {waitFor} from './wait-for.js';

export interface PipedProgram {
	readonly process: ChildProcess;
	/** All of stdout so far, where it goes to no file. */
	readonly output: () => Buffer;
	readonly errors: () => string;
	/** Waits until stderr holds it. */
	said(what: string | RegExp): Promise<string>;
	/** The exit code; null after a signal. */
	readonly code: Promise<number | null>;
}

export interface PipedOptions {
	/** Bytes, or a file; missing: nothing, ended. `open`: a pipe that stays open. */
	readonly input?: Buffer | {readonly file: string} | 'open';
	/** Where stdout goes. */
	readonly outputFile?: string;
	readonly env?: NodeJS.ProcessEnv;
	readonly cwd?: string;
}

/** Whether a program of the system is there. */
export const hasProgram = (name: string): boolean =>
	spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

/** Starts it; it is killed when the test ends. */
export function startPiped(
	command: string,
	args: readonly string[],
	{input, outputFile, env, cwd}: PipedOptions = {},
): PipedProgram {
	const isFile = typeof input === 'object' && 'file' in input;
	const stdin = isFile ? openSync(input.file, 'r') : 'pipe';
	const stdout = outputFile === undefined ? 'pipe' : openSync(outputFile, 'w');
	const child = spawn(command, args, {
		stdio: [stdin, stdout, 'pipe'],
		...(env ? {env} : {}),
		...(cwd === undefined ? {} : {cwd}),
	});
	for (const file of [stdin, stdout]) {
		if (typeof file === 'number') closeSync(file);
	}

	const pieces: Buffer[] = [];
	let errors = '';
	child.stdout?.on('data', (bytes: Buffer) => pieces.push(bytes));
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		errors += text;
	});
	child.stdin?.on('error', () => undefined);
	if (Buffer.isBuffer(input)) child.stdin?.end(input);
	else if (input === undefined) child.stdin?.end();
	const code = new Promise<number | null>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	code.catch(() => undefined);
	onTestFinished(async () => {
		if (child.exitCode === null) child.kill('SIGKILL');
		await code;
	});
	return {
		process: child,
		output: () => Buffer.concat(pieces),
		errors: () => errors,
		said: async what =>
			waitFor(
				() =>
					(typeof what === 'string' ? errors.includes(what) : what.test(errors))
						? errors
						: undefined,
				String(what),
			),
		code,
	};
}
