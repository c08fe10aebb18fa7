/** What happens to the history. */
import type {ErrorInfo} from '../../errors.js';
import type {Delivery, Row} from '../conversation-state.js';
import type {ConversationKey, MessageId} from '../ids.js';
import type {HistoryHit, HistoryId, HistoryStat} from './history-port.js';

/** A row as it was kept, to be shown like those in memory. */
export interface PastRow {
	readonly id: HistoryId;
	readonly run: number;
	readonly isThisRun: boolean;
	readonly row: Row;
	/** What may come again has a name. */
	readonly once?: string;
}

/** What became of a message of an earlier run. */
export interface PastFate {
	readonly message: MessageId;
	readonly fate: Delivery;
}

export type HistoryEventBody =
	/** From now on it is kept. `error`: what was there could not be read. */
	| {readonly type: 'history/opened'; readonly error?: ErrorInfo}
	/** Nothing is kept; `isOver`: nor will be in this run. */
	| {
			readonly type: 'history/failed';
			readonly error: ErrorInfo;
			readonly isOver: boolean;
	  }
	/** It is kept again. */
	| {readonly type: 'history/recovered'}
	| {
			readonly type: 'history/paged';
			readonly conversation: ConversationKey;
			readonly rows: readonly PastRow[];
			/** Above or below the row `next`, or in place of what was read before. */
			readonly place: 'above' | 'below' | 'instead';
			readonly next?: HistoryId;
			readonly hasOlder: boolean;
			/** Set where nothing is missing between them and the rows in memory: the first id of those. */
			readonly liveFirstId?: number;
			/** The row that was asked for; `liveTarget` where it is in memory: its id there. */
			readonly target?: HistoryId;
			readonly liveTarget?: number;
			/** What became of messages of ours that earlier runs sent and that are in memory again. */
			readonly fates?: readonly PastFate[];
	  }
	| {
			readonly type: 'history/found';
			readonly needle: string;
			readonly hits: readonly HistoryHit[];
			/** They follow those that were found before. */
			readonly isMore: boolean;
			readonly hasMore: boolean;
	  }
	| {
			readonly type: 'history/cleared';
			readonly conversation: ConversationKey;
			readonly removed: number;
	  }
	| {readonly type: 'history/told'; readonly stat: HistoryStat};
