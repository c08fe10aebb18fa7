/** What is known of the history; part of `state.ts`, and to be imported from there. */
import type {ErrorInfo} from '../../errors.js';
import type {ConversationKey} from '../ids.js';
import type {PastRow} from './history-events.js';
import type {HistoryHit, HistoryStat} from './history-port.js';

export interface HistoryState {
	/** `off`: nobody asked for it, or it cannot be used. */
	readonly phase: 'off' | 'on' | 'failing';
	readonly error: ErrorInfo | undefined;
	/** When this run began to keep it. */
	readonly openedAt: number | undefined;
	/** As of the last time that somebody asked. */
	readonly stat: HistoryStat | undefined;
	readonly found: FoundInHistory | undefined;
}

export interface FoundInHistory {
	readonly needle: string;
	readonly hits: readonly HistoryHit[];
	readonly hasMore: boolean;
}

/** Rows of a conversation that were read from the disk, a window on all that is there. */
export interface Past {
	readonly conversation: ConversationKey;
	readonly rows: readonly PastRow[];
	readonly hasOlder: boolean;
	/** The id of the first row in memory when nothing was missing between them; see `isJoined`. */
	readonly liveFirstId: number | undefined;
}
