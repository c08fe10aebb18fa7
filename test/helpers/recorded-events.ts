/** What a recorder keeps of events that are folded one after the other. */
import {createRecorder} from '../../source/engine/history/recorder.js';
import {
	initialState,
	type EngineEvent,
	type EventBody,
} from '../../source/engine/index.js';
import type {HistoryEntry} from '../../source/engine/ports.js';
import {reduce} from '../../source/engine/reducer.js';

/** The entries of each event, after those of a beginning. */
export function recorded(...bodies: ReadonlyArray<EventBody & {at?: number}>) {
	let state = initialState;
	const recorder = createRecorder(state);
	const entries: HistoryEntry[] = [];
	for (const [index, body] of bodies.entries()) {
		const event: EngineEvent = {at: 1_000 + index, ...body};
		state = reduce(state, event);
		entries.push(...recorder.of(event, state));
	}

	return {entries, recorder};
}

export const rowsOf = (entries: readonly HistoryEntry[]) =>
	entries.flatMap(entry =>
		entry.what === 'row' ? [[entry.keys, entry.kept]] : [],
	);
