/** The file thread: does what it is asked, one task after the other. */
import {parentPort} from 'node:worker_threads';
import {releaseBytes} from '../util/bytes.js';
import {lookAt, readFiles} from './file-tasks.js';
import type {FileTask} from './file-thread.js';
import {loadDigest} from './hasher.js';
import {saveFiles} from './save-task.js';
import {nodeSyncFiles} from './sync-files.js';

const port = parentPort;
if (!port) throw new Error('file-worker runs as a worker thread only');

const digest = await loadDigest();

const run = async (task: FileTask) => {
	switch (task.name) {
		case 'readFiles': {
			const result = readFiles(digest, task.asked);
			port.postMessage(result, [result.bytes.buffer]);
			break;
		}

		case 'lookAt': {
			const result = lookAt(task.asked);
			port.postMessage(result, [result.fields.buffer]);
			break;
		}

		case 'saveFiles': {
			port.postMessage(await saveFiles(nodeSyncFiles, digest, task.asked));
			releaseBytes(task.asked.bytes);
			break;
		}
	}
};

let last = Promise.resolve();
port.on('message', (task: FileTask) => {
	last = last.then(async () => run(task));
});
