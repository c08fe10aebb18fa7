/** What every verb is given, and how its run ends: once, with an exit code, the engine closed and stdout flushed. */
import type {Engine, EngineEvent} from '../engine/index.js';
import type {ErrorInfo} from '../errors.js';
import {describeError, strings} from '../strings/index.js';
import {exitCodes, type ExitCode} from './exit-codes.js';
import type {Output} from './output.js';

export interface VerbEngine extends Engine {
	start(): void;
	/** While held no session reads. */
	hold(isHeld: boolean): void;
}

export interface VerbContext {
	readonly engine: VerbEngine;
	readonly output: Output;
	readonly json: boolean;
	/** Ends the verb, with a last sentence on stderr; the first call counts. */
	finish(code: ExitCode, sentence?: string): void;
	/** Says the sentence and ends the verb as failed. */
	fail(error: ErrorInfo): void;
}

export interface Verb {
	start(context: VerbContext): void;
	event(context: VerbContext, event: EngineEvent): void;
}

export async function runVerb(
	verb: Verb,
	engine: VerbEngine,
	output: Output,
	options: {readonly json: boolean; readonly interrupted: AbortSignal},
): Promise<ExitCode> {
	const {json, interrupted} = options;
	let isFinished = false;
	const code = await new Promise<ExitCode>(resolve => {
		const finish = (code: ExitCode, sentence?: string) => {
			if (isFinished) return;
			isFinished = true;
			output.question(undefined);
			output.bar(undefined);
			if (sentence) output.note(sentence);
			resolve(code);
		};

		const context: VerbContext = {
			engine,
			output,
			json,
			finish,
			fail(error) {
				finish(exitCodes.failed, describeError(error));
			},
		};
		interrupted.addEventListener('abort', () => {
			finish(exitCodes.interrupted, strings.cli.interrupted);
		});
		output.onPressure(isHeld => {
			engine.hold(isHeld);
		});
		engine.on(event => {
			if (json) output.json(event);
			// What happens while it closes no longer changes how it ended.
			if (isFinished) return;
			if (event.type === 'command/refused') context.fail(event.error);
			else verb.event(context, event);
		});
		engine.start();
		verb.start(context);
	});
	await engine.close();
	await output.flushed();
	return code;
}
