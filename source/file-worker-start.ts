/** Starts the threads that use the disk; their programs stand beside this one's. */
import {Worker} from 'node:worker_threads';

const start = (program: string, workerData?: unknown) =>
	new Worker(new URL(program, import.meta.url), {
		workerData,
		// Its output would land on the screen.
		stdout: true,
		stderr: true,
	});

export const startFileWorker = () => start('file-worker.js');

export const startHistoryWorker = (stateFolder: string) =>
	start('history-worker.js', stateFolder);
