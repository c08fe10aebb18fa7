/**
 * `sockterm receive`: waits for an offer, has it answered, and ends when that one
 * is done; or goes on, one question at a time. It ends well only if everything
 * that was wanted is saved. A transfer that is broken off goes on by itself; where
 * its sender was started anew, what it offers again takes its place.
 */
import type {Command, EngineEvent, TransferId} from '../engine/index.js';
import {describeError, strings} from '../strings/index.js';
import {errorInfo} from '../errors.js';
import {exitCodes} from './exit-codes.js';
import {
	acceptUnflagged,
	createListenerWatch,
	describeEvent,
	describeProblem,
	notTaken,
	type Offered,
} from './happenings.js';
import {createHoldUpNotes, leavesPartial} from './hold-ups.js';
import {createProgressBar} from './progress.js';
import {createQuestions, type Questions, type TypedLines} from './questions.js';
import {concludeReceiving, type Finished} from './receive-conclusion.js';
import type {Verb, VerbContext} from './verb.js';

export interface ReceiveOptions {
	/** Opens the listener and dials. */
	readonly commands: readonly Command[];
	/** Goes on after the first offer. */
	readonly keep: boolean;
	/** Where answers come from; missing: accept without asking. */
	readonly answers?: TypedLines;
	/** The receive folder is stdout: one file, and nothing that is broken off can go on. */
	readonly toStdout?: boolean;
	/** The engine takes by itself what it may of verified peers; all else is declined. */
	readonly verifiedOnly?: boolean;
}

/** One file, not in a folder. */
const fitsStdout = ({entries}: Offered): boolean =>
	entries.length === 1 &&
	entries[0]!.kind !== 'folder' &&
	!entries[0]!.name.includes('/');

export function createReceiveVerb(options: ReceiveOptions): Verb {
	const {commands, keep, answers, toStdout = false} = options;
	const {verifiedOnly = false} = options;
	const words = strings.cli.question;
	const watchListeners = createListenerWatch(commands);
	const bar = createProgressBar();
	const noteHoldUps = createHoldUpNotes();
	const taken = new Set<TransferId>();
	const accepted = new Set<TransferId>();
	let questions: Questions | undefined;

	/** A broken transfer of the same peer, whose place this offer takes. */
	const brokenOf = ({engine}: VerbContext, {peer}: Offered) => {
		const {peers, transfers} = engine.getState();
		const peerId = peers.get(peer)?.peerId;
		return [...taken].find(id => {
			const held = transfers.get(id);
			if (held?.phase.kind !== 'interrupted') return false;
			return (
				held.peer === peer ||
				(peerId !== undefined && peers.get(held.peer)?.peerId === peerId)
			);
		});
	};

	const offered = (context: VerbContext, event: Offered) => {
		const {engine, output} = context;
		const {transfer, peer} = event;
		const name = engine.getState().peers.get(peer)?.name ?? '';
		const decline = (sentence: string) => {
			output.note(sentence);
			// What was taken by itself cannot be declined any more.
			const type = event.byItself ? 'transfer/cancel' : 'transfer/decline';
			engine.dispatch({type, transfer});
		};

		if (verifiedOnly && !event.byItself) {
			decline(notTaken(engine.getState(), event));
			// Whom we have chosen ourselves nobody else will take the place of.
			const isChosen = commands.some(({type}) => type === 'peer/dial');
			const hasOthers = commands.some(({type}) => type === 'listener/open');
			if (isChosen && !hasOthers && event.trust !== 'VERIFIED' && !keep)
				context.finish(exitCodes.notVerified);
			return;
		}

		if (toStdout && !fitsStdout(event)) {
			decline(words.notForStdout(name));
			return;
		}

		if (!keep && taken.size > 0) {
			const broken = brokenOf(context, event);
			if (broken === undefined) {
				decline(words.busy(name));
				return;
			}

			output.note(words.sentAnew(name));
			taken.delete(broken);
			engine.dispatch({type: 'transfer/cancel', transfer: broken});
		}

		taken.add(transfer);
		if (event.byItself) return;
		if (questions) questions.add(event);
		// A name does nothing in a pipe.
		else if (toStdout) engine.dispatch({type: 'transfer/accept', transfer});
		else acceptUnflagged(context, event);
	};

	/** Whether some of it may be out: that cannot be taken back. */
	const hasBegun = ({engine}: VerbContext, transfer: TransferId): boolean => {
		const phase = engine.getState().transfers.get(transfer)?.phase;
		return phase && 'startedAt' in phase
			? phase.startedAt !== undefined
			: false;
	};

	const finished = (context: VerbContext, event: Finished) => {
		if (!taken.has(event.transfer)) return;
		if (keep) taken.delete(event.transfer);
		questions?.remove(event.transfer);
		const {code, sentence} = concludeReceiving(
			context.engine.getState(),
			event,
			accepted.delete(event.transfer),
		);
		if (
			toStdout &&
			code !== exitCodes.done &&
			hasBegun(context, event.transfer)
		) {
			if (sentence) context.output.note(sentence);
			context.finish(code, words.damaged);
		} else if (!keep) {
			context.finish(code, sentence);
		} else if (sentence) {
			context.output.note(sentence);
		}
	};

	return {
		start(context) {
			if (answers) {
				const asking = createQuestions(context, {toStdout});
				questions = asking;
				answers(asking.typed);
			}

			for (const command of commands) context.engine.dispatch(command);
		},
		event(context, event: EngineEvent) {
			const {engine, output, json} = context;
			bar.follow(context, event);
			switch (event.type) {
				case 'transfer/offered': {
					if (event.direction === 'in') offered(context, event);
					break;
				}

				case 'transfer/accepted': {
					accepted.add(event.transfer);
					break;
				}

				case 'transfer/finished': {
					finished(context, event);
					break;
				}

				case 'transfer/interrupted': {
					if (
						toStdout &&
						taken.has(event.transfer) &&
						hasBegun(context, event.transfer)
					) {
						output.note(describeError(errorInfo('streamBroken')));
						context.finish(exitCodes.failed, words.damaged);
					} else {
						noteHoldUps(context, event);
					}

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
					noteHoldUps(context, event);
					const problem = describeProblem(engine.getState(), event);
					if (problem) output.note(problem);
					break;
				}
			}

			watchListeners(context, event);
		},
		tick: bar.tick,
		interrupted({engine}) {
			if (toStdout) return undefined;
			const {transfers} = engine.getState();
			const hasPartial = [...taken].some(id => {
				const held = transfers.get(id);
				return held !== undefined && leavesPartial(held);
			});
			return hasPartial ? strings.cli.interruptedKept : undefined;
		},
	};
}
