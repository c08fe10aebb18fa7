/** Starts the engine on its own thread, so that neither a frame nor a file makes the other wait. */
import {once} from 'node:events';
import {Worker} from 'node:worker_threads';
import type {Engine} from './engine/index.js';
import {connectEngine} from './engine/thread/worker-client.js';
import type {FromEngine, ToEngine} from './engine/thread/worker-messages.js';
import {errorInfo, toErrorInfo, type ErrorInfo} from './errors.js';
import type {Settings} from './settings.js';
import {
	currentLanguage,
	onLanguageChange,
	type Language,
} from './strings/index.js';

/** What the thread is started with. */
export interface EngineThreadData {
	readonly settings: Settings;
	readonly language: Language;
}

/** Its logs and its practice peer speak the language of the screen. */
export interface LanguageChanged {
	readonly kind: 'language';
	readonly language: Language;
}

export function startEngineThread(
	settings: Settings,
	onFailed: (error: ErrorInfo) => void,
): Engine {
	const worker = new Worker(new URL('engine-worker.js', import.meta.url), {
		workerData: {
			settings,
			language: currentLanguage(),
		} satisfies EngineThreadData,
		// From its first moment on: what most needs room comes and goes in a crowd. What that is
		// worth for both threads together says `young-heap.ts`.
		resourceLimits: {maxYoungGenerationSizeMb: 24},
		// Its output would land on the screen.
		stdout: true,
		stderr: true,
	});
	const ended = once(worker, 'exit').catch(() => undefined);
	worker.on('error', error => {
		onFailed(toErrorInfo(error));
	});
	const stopTelling = onLanguageChange(() => {
		worker.postMessage({
			kind: 'language',
			language: currentLanguage(),
		} satisfies LanguageChanged);
	});
	let isClosing = false;
	worker.on('exit', () => {
		// Nothing but a broken thread ends by itself.
		if (!isClosing)
			onFailed(errorInfo('unexpected', {what: 'the engine ended'}));
	});
	const engine = connectEngine(
		{
			post(message: ToEngine) {
				worker.postMessage(message);
			},
			onMessage(listener: (message: FromEngine) => void) {
				worker.on('message', listener);
			},
		},
		onFailed,
	);
	return {
		...engine,
		async close() {
			isClosing = true;
			stopTelling();
			// A thread that has ended answers no more.
			await Promise.race([engine.close(), ended]);
			await worker.terminate();
		},
	};
}
