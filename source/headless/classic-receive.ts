/** `sockterm listen --classic-receive`: files of classic senders, one after the other or at once, until it is stopped. */
import {formatAddress, type Command} from '../engine/index.js';
import {strings} from '../strings/index.js';
import {createListenerWatch, describeProblem} from './happenings.js';
import {createProgressBar} from './progress.js';
import type {Verb} from './verb.js';

export interface ClassicReceiveOptions {
	/** Opens the listener. */
	readonly commands: readonly Command[];
}

export function createClassicReceiveVerb({
	commands,
}: ClassicReceiveOptions): Verb {
	const words = strings.cli.classic;
	const watchListeners = createListenerWatch(commands);
	const bar = createProgressBar();
	return {
		start({engine}) {
			for (const command of commands) engine.dispatch(command);
		},
		event(context, event) {
			const {engine, output, json} = context;
			const state = engine.getState();
			bar.follow(context, event);
			const problem = describeProblem(state, event);
			if (problem) output.note(problem);
			watchListeners(context, event);
			if (json) return;
			switch (event.type) {
				case 'listener/bound': {
					output.note(words.waiting(formatAddress(event)));
					break;
				}

				case 'transfer/offered': {
					const name = state.peers.get(event.peer)?.name ?? '';
					const [entry] = event.entries;
					if (!entry) break;
					output.note(words.coming(name, entry.name, entry.sizeBytes));
					break;
				}

				case 'transfer/entrySaved': {
					const {transfer, savedAs, digest, at} = event;
					const held = state.transfers.get(transfer);
					const phase = held?.phase;
					const startedAt = phase?.kind === 'active' ? phase.startedAt : at;
					const sizeBytes = held?.totalBytes ?? 0;
					const elapsedMs = at - (startedAt ?? at);
					const moved = {file: savedAs, sizeBytes, elapsedMs, digest};
					output.line(words.saved(moved, state.self.receiveFolder));
					break;
				}

				default: {
					break;
				}
			}
		},
		tick: bar.tick,
	};
}
