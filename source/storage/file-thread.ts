/**
 * The file thread, from outside: started when it is of use, answers in the
 * order in which it is asked. It keeps the process alive only while it owes an
 * answer. Where it cannot start, or ends, every question is rejected, now and
 * later: whoever asks has an ordinary way to do the same.
 */
import type {Worker} from 'node:worker_threads';
import type {FileTasks} from './file-tasks.js';

type Name = keyof FileTasks;

/** A message to the thread. */
export type FileTask = {
	readonly [Each in Name]: {
		readonly name: Each;
		readonly asked: FileTasks[Each]['asked'];
	};
}[Name];

export interface FileThread {
	/** Starts it, unless it was started. Takes some 40 ms, during which questions wait. */
	start(): void;
	isReady(): boolean;
	/** Rejects where there is no such thread (any more). What is `moved` is not the caller's any more. */
	ask<Each extends Name>(
		name: Each,
		asked: FileTasks[Each]['asked'],
		moved?: readonly ArrayBuffer[],
	): Promise<FileTasks[Each]['result']>;
}

interface Owed {
	resolve(result: FileTasks[Name]['result']): void;
	reject(error: Error): void;
}

export function createFileThread(startWorker: () => Worker): FileThread {
	const owed: Owed[] = [];
	let worker: Worker | undefined;
	let isStarted = false;
	let isReady = false;

	const end = () => {
		worker = undefined;
		isReady = false;
		for (const {reject} of owed.splice(0)) reject(gone());
	};

	const listen = (started: Worker) => {
		started.on('error', end);
		started.on('exit', end);
		started.on('online', () => {
			isReady = true;
		});
		started.on('message', (result: FileTasks[Name]['result']) => {
			const first = owed.shift();
			if (owed.length === 0) started.unref();
			first?.resolve(result);
		});
		// After the listeners: one for messages keeps the process alive.
		started.unref();
	};

	return {
		start() {
			if (isStarted) return;
			isStarted = true;
			try {
				worker = startWorker();
			} catch {
				return;
			}

			listen(worker);
		},
		isReady: () => isReady,
		async ask(name, asked, moved = []) {
			const thread = worker;
			if (!thread) throw gone();
			return new Promise((resolve, reject) => {
				owed.push({resolve, reject});
				thread.ref();
				thread.postMessage({name, asked}, moved);
			});
		},
	};
}

const gone = () => new Error('The file thread is gone.');
