/** `sockterm listen`: everything that happens on the listeners, as lines or as NDJSON, until it is stopped. */
import {createFrameReader, type Command} from '../engine/index.js';
import {strings} from '../strings/index.js';
import {
	acceptUnflagged,
	createListenerWatch,
	describeEvent,
	describeFrames,
	describeProblem,
	notTaken,
} from './happenings.js';
import {dumpEvent, type HexDump} from './hex-dump.js';
import type {Verb} from './verb.js';

export interface ListenOptions {
	/** Opens the listeners and dials. */
	readonly commands: readonly Command[];
	/** `verified`: the engine takes what it may, by itself. */
	readonly accept: 'none' | 'all' | 'verified';
	/** What plain peers say is shown as hex. */
	readonly hex?: boolean;
	/** Gets all bytes of plain peers. */
	readonly dump?: HexDump;
}

export function createListenVerb(options: ListenOptions): Verb {
	const {commands, accept, hex, dump} = options;
	const watchListeners = createListenerWatch(commands);
	const reader = createFrameReader();
	return {
		start({engine}) {
			for (const command of commands) engine.dispatch(command);
		},
		event(context, event) {
			const {engine, output, json} = context;
			const problem = describeProblem(engine.getState(), event);
			if (problem) output.note(problem);
			const state = engine.getState();
			if (!json) {
				const frames = reader.read(event, state);
				const line =
					describeFrames(state, frames, hex) ?? describeEvent(state, event);
				if (line) output.line(line);
			}

			if (dump) dumpEvent(dump, state, event);
			watchListeners(context, event);
			if (event.type !== 'transfer/offered' || event.direction !== 'in') return;
			if (accept === 'all') {
				acceptUnflagged(context, event);
				return;
			}

			if (event.byItself) return;
			output.note(
				accept === 'none' ? strings.cli.notAccepted : notTaken(state, event),
			);
			engine.dispatch({type: 'transfer/decline', transfer: event.transfer});
		},
	};
}
