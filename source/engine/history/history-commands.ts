/** What a front end can ask of the history. */
import type {ConversationKey} from '../ids.js';
import type {HistoryId} from './history-port.js';

export type HistoryCommand =
	/** Answered by `history/paged`. */
	| {
			readonly type: 'history/page';
			readonly conversation: ConversationKey;
			readonly want:
				/** What is above, or below, of what was read; `end`: what is above the rows in memory. */
				| {readonly kind: 'older' | 'newer' | 'end'}
				| {readonly kind: 'row'; readonly id: HistoryId}
				| {readonly kind: 'date'; readonly at: number};
	  }
	/** Answered by `history/found`; with `more` the next page of the search before. */
	| {
			readonly type: 'history/search';
			readonly needle: string;
			readonly more?: boolean;
	  }
	/** The rows of a conversation, in memory and on disk; of All: everything. */
	| {
			readonly type: 'history/clear';
			readonly conversation: ConversationKey;
	  }
	/** Answered by `history/told`. */
	| {readonly type: 'history/tell'}
	/** From now on; in later runs too, but `forThisRun`. Answered by `history/told`. */
	| {
			readonly type: 'history/retain';
			readonly maxAgeMs?: number;
			readonly maxBytes?: number;
			readonly forThisRun?: boolean;
	  };
