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

export type Refused = Extract<EngineEvent, {type: 'command/refused'}>;

export interface Verb {
	start(context: VerbContext): void;
	event(context: VerbContext, event: EngineEvent): void;
	/** A command was not carried out; true where that does not end the verb as failed. */
	refused?(context: VerbContext, event: Refused): boolean;
	/** Once a second, for what counts seconds. */
	tick?(context: VerbContext): void;
	/** The last sentence where somebody interrupts it, if it is not the plain one. */
	interrupted?(context: VerbContext): string | undefined;
}

const tickMs = 1000;

export async function runVerb(
	verb: Verb,
	engine: VerbEngine,
	output: Output,
	options: {readonly json: boolean; readonly interrupted: AbortSignal},
): Promise<ExitCode> {
	const {json, interrupted} = options;
	let isFinished = false;
	let ticking: NodeJS.Timeout | undefined;
	const code = await new Promise<ExitCode>(resolve => {
		const finish = (code: ExitCode, sentence?: string) => {
			if (isFinished) return;
			isFinished = true;
			clearInterval(ticking);
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
			finish(
				exitCodes.interrupted,
				verb.interrupted?.(context) ?? strings.cli.interrupted,
			);
		});
		output.onPressure(isHeld => {
			engine.hold(isHeld);
		});
		engine.on(event => {
			if (json) output.json(event, engine.getState());
			// What happens while it closes no longer changes how it ended.
			if (isFinished) return;
			if (event.type !== 'command/refused') verb.event(context, event);
			else if (!verb.refused?.(context, event)) context.fail(event.error);
		});
		if (verb.tick) {
			ticking = setInterval(() => {
				verb.tick?.(context);
			}, tickMs);
		}

		engine.start();
		verb.start(context);
	});
	await engine.close();
	await output.flushed();
	return code;
}
