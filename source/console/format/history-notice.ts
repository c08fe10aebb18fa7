import type {EngineEvent} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import type {Notice} from '../store.js';

const dayMs = 86_400_000;

/** What is said of the history for a moment; undefined where the panes say enough. */
export function historyNotice(
	event: Extract<EngineEvent, {type: `history/${string}`}>,
): Notice | undefined {
	switch (event.type) {
		case 'history/opened': {
			const {error} = event;
			return error && {tone: 'bad', text: describeError(error)};
		}

		case 'history/failed': {
			return {tone: 'bad', text: describeError(event.error)};
		}

		case 'history/cleared': {
			return {tone: 'good', text: strings.history.clear.done(event.removed)};
		}

		case 'history/recovered': {
			return {tone: 'good', text: strings.history.recovered};
		}

		case 'history/told':
		case 'history/paged':
		case 'history/found': {
			return undefined;
		}
	}
}

export const retainedNotice = (
	event: Extract<EngineEvent, {type: 'history/told'}>,
): Notice => {
	const {maxAgeMs, maxBytes} = event.stat.retention;
	const days = Math.round(maxAgeMs / dayMs);
	return {tone: 'good', text: strings.history.stat.retained(days, maxBytes)};
};
