/** Starts the file thread; its program stands beside this one's. */
import {Worker} from 'node:worker_threads';

export const startFileWorker = () =>
	new Worker(new URL('file-worker.js', import.meta.url), {
		// Its output would land on the screen.
		stdout: true,
		stderr: true,
	});
