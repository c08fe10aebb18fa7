/** `sockterm send --classic`: one file to a classic receiver; done when all is sent and the other side has ended in order. */
import type {EngineEvent, TransferId} from '../engine/index.js';
import {strings} from '../strings/index.js';
import {exitCodes} from './exit-codes.js';
import {describeProblem} from './happenings.js';
import {createProgressBar} from './progress.js';
import type {Verb, VerbContext} from './verb.js';

export interface ClassicSendOptions {
	readonly path: string;
	readonly to: {readonly host: string; readonly port: number};
}

type Finished = Extract<EngineEvent, {type: 'transfer/finished'}>;
type Saved = Extract<EngineEvent, {type: 'transfer/entrySaved'}>;

export function createClassicSendVerb({path, to}: ClassicSendOptions): Verb {
	const words = strings.cli.classic;
	const bar = createProgressBar();
	let transfer: TransferId | undefined;

	const tellSent = ({engine, output}: VerbContext, event: Saved) => {
		const {savedAs: file, digest, at} = event;
		const held = engine.getState().transfers.get(event.transfer);
		if (!held) return;
		const {phase, peerName, totalBytes: sizeBytes} = held;
		const startedAt = phase.kind === 'active' ? phase.startedAt : at;
		const elapsedMs = at - (startedAt ?? at);
		output.line(words.sent({file, sizeBytes, elapsedMs, digest}, peerName));
	};

	const conclude = (context: VerbContext, event: Finished) => {
		const {kind} = event.outcome;
		const sentence = describeProblem(context.engine.getState(), event);
		context.finish(
			kind === 'saved' ? exitCodes.done : exitCodes.failed,
			kind === 'failed' ? sentence : undefined,
		);
	};

	return {
		start({engine}) {
			engine.dispatch({type: 'classic/send', target: to, path, ref: 1});
		},
		event(context, event) {
			bar.follow(context, event);
			switch (event.type) {
				case 'transfer/offered': {
					({transfer} = event);
					break;
				}

				case 'transfer/entrySaved': {
					if (!context.json) tellSent(context, event);
					break;
				}

				case 'transfer/finished': {
					if (event.transfer === transfer) conclude(context, event);
					break;
				}

				default: {
					const problem = describeProblem(context.engine.getState(), event);
					if (problem) context.output.note(problem);
					break;
				}
			}
		},
		tick: bar.tick,
	};
}
