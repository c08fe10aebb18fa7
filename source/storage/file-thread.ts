/** The file thread, from outside: whoever asks has an ordinary way to do the same where it is gone. */
import type {Worker} from 'node:worker_threads';
import type {FileTasks} from './file-tasks.js';
import {createTaskThread, type TaskThread} from './task-thread.js';

/** A message to the thread. */
export type FileTask = {
	readonly [Name in keyof FileTasks]: {
		readonly name: Name;
		readonly asked: FileTasks[Name]['asked'];
	};
}[keyof FileTasks];

export type FileThread = TaskThread<FileTasks>;

export const createFileThread = (startWorker: () => Worker): FileThread =>
	createTaskThread<FileTasks>(startWorker);
