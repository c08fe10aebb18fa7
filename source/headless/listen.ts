/** `sockterm listen`: everything that happens on the listeners, as lines or as NDJSON, until it is stopped. */
import type {Command} from '../engine/index.js';
import {strings} from '../strings/index.js';
import {
	acceptUnflagged,
	createListenerWatch,
	describeEvent,
	describeProblem,
} from './happenings.js';
import type {Verb} from './verb.js';

export interface ListenOptions {
	/** Opens the listeners and dials. */
	readonly commands: readonly Command[];
	readonly accept: 'none' | 'all';
}

export function createListenVerb({commands, accept}: ListenOptions): Verb {
	const watchListeners = createListenerWatch(commands);
	return {
		start({engine}) {
			for (const command of commands) engine.dispatch(command);
		},
		event(context, event) {
			const {engine, output, json} = context;
			const problem = describeProblem(engine.getState(), event);
			if (problem) output.note(problem);
			const line = json ? undefined : describeEvent(engine.getState(), event);
			if (line) output.line(line);
			watchListeners(context, event);
			if (event.type !== 'transfer/offered' || event.direction !== 'in') return;
			if (accept === 'all') {
				acceptUnflagged(context, event);
				return;
			}

			output.note(strings.cli.notAccepted);
			engine.dispatch({type: 'transfer/decline', transfer: event.transfer});
		},
	};
}
