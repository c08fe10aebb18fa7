/**
 * The history, from the engine's thread: every call is a message to a thread of
 * its own, so that no session waits for the disk. Decides when that thread starts
 * (when the history is opened) and ends. Where it cannot start, or ends, every
 * call rejects with historyUnusable.
 */
import type {Worker} from 'node:worker_threads';
import {SocktermError, type ErrorInfo} from '../../errors.js';
import type {HistoryPort} from '../../engine/ports.js';
import {createTaskThread} from '../task-thread.js';
import type {HistoryTasks} from './history-tasks.js';

export type HistoryTask = {
	readonly name: keyof HistoryTasks;
	readonly asked: unknown;
};

export type HistoryAnswer =
	{readonly result: unknown} | {readonly error: ErrorInfo};

type Answers = {
	readonly [Name in keyof HistoryTasks]: {
		readonly asked: HistoryTasks[Name]['asked'];
		readonly result: HistoryAnswer;
	};
};

export function createHistory(
	startWorker: () => Worker,
	stateFolder: string,
): HistoryPort {
	const thread = createTaskThread<Answers>(startWorker);
	const ask = async <Name extends keyof HistoryTasks>(
		name: Name,
		asked: HistoryTasks[Name]['asked'],
	): Promise<HistoryTasks[Name]['result']> => {
		const answer = await thread.ask(name, asked).catch((cause: unknown) => {
			throw new SocktermError(
				'historyUnusable',
				{path: stateFolder, what: 'its thread is gone'},
				{cause},
			);
		});
		if ('error' in answer) {
			throw new SocktermError(answer.error.code, answer.error.details);
		}

		return answer.result as HistoryTasks[Name]['result'];
	};

	return {
		async open(run, asked) {
			thread.start();
			return ask('open', {run, asked});
		},
		append: async entries => ask('append', entries),
		page: async query => ask('page', query),
		search: async query => ask('search', query),
		clear: async key => ask('clear', key === undefined ? {} : {key}),
		stat: async () => ask('stat', undefined),
		retain: async (retention, lasts) => ask('retain', {retention, lasts}),
		prune: async now => ask('prune', {now}),
		close: async () => ask('close', undefined).catch(() => undefined),
	};
}
