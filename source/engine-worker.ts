/** The engine's thread: composes an engine and serves it over the message port. */
import {parentPort, workerData} from 'node:worker_threads';
import {composeEngine, systemClock} from './compose.js';
import {hostEngine} from './engine/thread/worker-host.js';
import type {FromEngine, ToEngine} from './engine/thread/worker-messages.js';
import {toErrorInfo} from './errors.js';
import type {EngineThreadData, LanguageChanged} from './engine-thread.js';
import {collectWhenQuiet} from './quiet-heap.js';
import {setLanguage} from './strings/index.js';

const port = parentPort;
if (!port) throw new Error('engine-worker runs as a worker thread only');

const {settings, language} = workerData as EngineThreadData;
setLanguage(language);

// Commands that come while the engine is being composed wait here.
const waiting: ToEngine[] = [];
let receive = (message: ToEngine) => {
	waiting.push(message);
};

port.on('message', (message: ToEngine | LanguageChanged) => {
	if (message.kind === 'language') setLanguage(message.language);
	else receive(message);
});

const post = (message: FromEngine) => {
	port.postMessage(message);
};

try {
	const engine = await composeEngine(settings, {
		keepsNotebook: true,
	});
	hostEngine(
		engine,
		{
			post,
			onMessage(listener) {
				receive = listener;
			},
		},
		systemClock,
	);
	engine.start();
	collectWhenQuiet(() => engine.getState().peers.size);
	for (const message of waiting) receive(message);
} catch (error) {
	post({kind: 'failed', error: toErrorInfo(error)});
}
