/** The thread of the history: does what it is asked, one thing after the other, and ends when it is closed. */
import {parentPort, workerData} from 'node:worker_threads';
import {errorInfo, toErrorInfo} from '../../errors.js';
import type {HistoryStore} from './history-store.js';
import type {HistoryAnswer, HistoryTask} from './history-thread.js';

const port = parentPort;
if (!port) throw new Error('history-worker runs as a worker thread only');

const folder = String(workerData);

/** An older Node has no SQLite, or only behind a flag. */
const loadStore = async (): Promise<HistoryStore | undefined> => {
	try {
		const {createHistoryStore} = await import('./history-store.js');
		return createHistoryStore(folder);
	} catch {
		return undefined;
	}
};

const store = await loadStore();

const answer = ({name, asked}: HistoryTask): HistoryAnswer => {
	if (!store) {
		const what = 'this Node.js has no SQLite';
		return {error: errorInfo('historyUnusable', {path: folder, what})};
	}

	try {
		return {result: (store[name] as (asked: unknown) => unknown)(asked)};
	} catch (error) {
		return {error: toErrorInfo(error)};
	}
};

port.on('message', (task: HistoryTask) => {
	port.postMessage(answer(task));
	if (task.name === 'close') port.close();
});
