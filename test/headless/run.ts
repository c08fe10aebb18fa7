/** Runs verbs on engines in memory, and keeps what they write. */
import {Writable} from 'node:stream';
import type {ExitCode} from '../../source/headless/exit-codes.js';
import {createOutput} from '../../source/headless/output.js';
import {runVerb, type Verb} from '../../source/headless/verb.js';
import type {EngineUnderTest} from '../helpers/engine-under-test.js';

/** Keeps what is written to it; a terminal where `isTTY` says so. */
export class Sink extends Writable {
	isTTY = false;
	text = '';

	override _write(
		chunk: Uint8Array,
		_encoding: string,
		callback: () => void,
	): void {
		this.text += new TextDecoder().decode(chunk);
		callback();
	}
}

export interface Run {
	readonly code: Promise<ExitCode>;
	readonly stdout: () => string;
	readonly stderr: () => string;
	/** Types of the events on stdout, in order. */
	readonly types: () => string[];
	interrupt(): void;
}

export function run(
	verb: Verb,
	{engine}: EngineUnderTest,
	options: {readonly json?: boolean; readonly columns?: number} = {},
): Run {
	const stdout = new Sink();
	const stderr = new Sink();
	const interrupt = new AbortController();
	return {
		code: runVerb(
			verb,
			engine,
			createOutput(stdout, stderr, () => options.columns),
			{
				json: options.json ?? false,
				interrupted: interrupt.signal,
			},
		),
		stdout: () => stdout.text,
		stderr: () => stderr.text,
		types: () =>
			stdout.text
				.split('\n')
				.slice(0, -1)
				.map(line => (JSON.parse(line) as {type: string}).type),
		interrupt() {
			interrupt.abort();
		},
	};
}

export async function* textsOf(...texts: string[]): AsyncGenerator<string> {
	yield* texts;
}
