/**
 * A thread for tasks, from outside: started when it is of use, answers in the
 * order in which it is asked. It keeps the process alive only while it owes an
 * answer. Where it cannot start, or ends, every question is rejected, now and
 * later.
 */
import type {Worker} from 'node:worker_threads';

/** By name: what is asked, and what is answered. */
export type Tasks<Names extends PropertyKey> = {
	readonly [Name in Names]: {readonly asked: unknown; readonly result: unknown};
};

export interface TaskThread<All extends Tasks<keyof All>> {
	/** Starts it, unless it was started. Takes some 40 ms, during which questions wait. */
	start(): void;
	isReady(): boolean;
	/** Rejects where there is no such thread (any more). What is `moved` is not the caller's any more. */
	ask<Name extends keyof All>(
		name: Name,
		asked: All[Name]['asked'],
		moved?: readonly ArrayBuffer[],
	): Promise<All[Name]['result']>;
}

interface Owed<Result> {
	resolve(result: Result): void;
	reject(error: Error): void;
}

export function createTaskThread<All extends Tasks<keyof All>>(
	startWorker: () => Worker,
): TaskThread<All> {
	type Result = All[keyof All]['result'];
	const owed: Array<Owed<Result>> = [];
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
		started.on('message', (result: Result) => {
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

const gone = () => new Error('The thread is gone.');
