/**
 * `sockterm receive`: waits for an offer, has it answered, and ends when that one
 * is done; or goes on, one question at a time. It ends well only if everything
 * that was offered is saved.
 */
import type {Command, EngineEvent, TransferId} from '../engine/index.js';
import {describeError, strings} from '../strings/index.js';
import {exitCodes, type ExitCode} from './exit-codes.js';
import {
	acceptUnflagged,
	createListenerWatch,
	describeEvent,
	describeProblem,
	type Offered,
} from './happenings.js';
import {createProgressBar} from './progress.js';
import {createQuestions, type Questions, type TypedLines} from './questions.js';
import type {Verb, VerbContext} from './verb.js';

export interface ReceiveOptions {
	/** Opens the listener and dials. */
	readonly commands: readonly Command[];
	/** Goes on after the first offer. */
	readonly keep: boolean;
	/** Where answers come from; missing: accept without asking. */
	readonly answers?: TypedLines;
}

type Finished = Extract<EngineEvent, {type: 'transfer/finished'}>;

function conclusion(
	{engine}: VerbContext,
	{transfer, outcome}: Finished,
): {readonly code: ExitCode; readonly sentence?: string} {
	const {question, transferFailed, cancelledByPeer, interrupted} = strings.cli;
	const held = engine.getState().transfers.get(transfer);
	const name = held?.peerName ?? '';
	switch (outcome.kind) {
		case 'saved': {
			const refused = held?.entries.find(entry => entry.refused);
			// The sender is told the same: not everything has arrived.
			return refused
				? {code: exitCodes.failed, sentence: question.leftOut(refused.name)}
				: {code: exitCodes.done};
		}

		case 'declined': {
			return {code: exitCodes.declined, sentence: question.declined(name)};
		}

		case 'cancelled': {
			const hasBegun =
				held?.phase.kind === 'finished' && held.phase.startedAt !== undefined;
			const theirs = hasBegun ? cancelledByPeer : question.withdrawn;
			const sentence = outcome.by === 'us' ? interrupted : theirs(name);
			return {code: exitCodes.failed, sentence};
		}

		case 'failed': {
			const sentence = transferFailed(name, describeError(outcome.error));
			return {code: exitCodes.failed, sentence};
		}
	}
}

export function createReceiveVerb(options: ReceiveOptions): Verb {
	const {commands, keep, answers} = options;
	const watchListeners = createListenerWatch(commands);
	const drawBar = createProgressBar();
	const taken = new Set<TransferId>();
	let questions: Questions | undefined;

	const offered = (context: VerbContext, event: Offered) => {
		const {engine, output} = context;
		const {transfer, peer} = event;
		if (!keep && taken.size > 0) {
			const name = engine.getState().peers.get(peer)?.name ?? '';
			output.note(strings.cli.question.busy(name));
			engine.dispatch({type: 'transfer/decline', transfer});
			return;
		}

		taken.add(transfer);
		if (questions) questions.add(event);
		else acceptUnflagged(context, event);
	};

	const finished = (context: VerbContext, event: Finished) => {
		if (!taken.has(event.transfer)) return;
		if (keep) taken.delete(event.transfer);
		questions?.remove(event.transfer);
		const {code, sentence} = conclusion(context, event);
		if (!keep) context.finish(code, sentence);
		else if (sentence) context.output.note(sentence);
	};

	return {
		start(context) {
			if (answers) {
				const asking = createQuestions(context);
				questions = asking;
				answers(asking.typed);
			}

			for (const command of commands) context.engine.dispatch(command);
		},
		event(context, event) {
			const {engine, output, json} = context;
			drawBar(context, event);
			switch (event.type) {
				case 'transfer/offered': {
					if (event.direction === 'in') offered(context, event);
					break;
				}

				case 'transfer/finished': {
					finished(context, event);
					break;
				}

				case 'transfer/entrySaved': {
					const line = describeEvent(engine.getState(), event);
					if (line && !json) output.line(line);
					break;
				}

				case 'listener/bound':
				case 'peer/connected': {
					const line = describeEvent(engine.getState(), event);
					if (line && !json) output.note(line);
					break;
				}

				default: {
					const problem = describeProblem(engine.getState(), event);
					if (problem) output.note(problem);
					break;
				}
			}

			watchListeners(context, event);
		},
	};
}
