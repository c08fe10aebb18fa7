/** The history of a state folder without a thread of its own: the same calls on the same file. */
import type {HistoryPort} from '../../source/engine/ports.js';
import {createHistoryStore} from '../../source/storage/history/history-store.js';

export function createDirectHistory(stateFolder: string): HistoryPort {
	const store = createHistoryStore(stateFolder);
	return {
		open: async (run, asked) => store.open({run, asked}),
		append: async entries => store.append(entries),
		page: async query => store.page(query),
		search: async query => store.search(query),
		clear: async key => store.clear(key === undefined ? {} : {key}),
		stat: async () => store.stat(undefined),
		retain: async (retention, lasts) => store.retain({retention, lasts}),
		prune: async now => store.prune({now}),
		close: async () => store.close(undefined),
	};
}
