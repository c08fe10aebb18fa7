/** What the thread of the history is asked, and what it answers. */
import type {
	HistoryEntry,
	HistoryHits,
	HistoryKey,
	HistoryPage,
	HistoryStat,
	PageQuery,
	Retention,
	SearchQuery,
} from '../../engine/ports.js';

export interface HistoryTasks {
	readonly open: {
		readonly asked: {
			readonly run: string;
			readonly asked: Partial<Retention>;
		};
		readonly result: {readonly setAside?: string};
	};
	readonly append: {
		readonly asked: readonly HistoryEntry[];
		readonly result: void;
	};
	readonly page: {readonly asked: PageQuery; readonly result: HistoryPage};
	readonly search: {readonly asked: SearchQuery; readonly result: HistoryHits};
	readonly clear: {
		readonly asked: {readonly key?: HistoryKey};
		readonly result: number;
	};
	readonly stat: {readonly asked: undefined; readonly result: HistoryStat};
	readonly retain: {
		readonly asked: {
			readonly retention: Partial<Retention>;
			readonly lasts: 'thisRun' | 'everyRun';
		};
		readonly result: void;
	};
	readonly prune: {
		readonly asked: {readonly now: number};
		readonly result: number;
	};
	readonly close: {readonly asked: undefined; readonly result: void};
}
