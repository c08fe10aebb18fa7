/** The engine of the built program on its thread, without a console: for more messages than anybody types. */
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {Worker} from 'node:worker_threads';
import type {EngineEvent} from '../source/engine/events.js';
import type {Engine} from '../source/engine/index.js';
import {connectEngine} from '../source/engine/thread/worker-client.js';
import type {
	FromEngine,
	ToEngine,
} from '../source/engine/thread/worker-messages.js';
import type {EngineThreadData} from '../source/engine-thread.js';

const program = fileURLToPath(
	new URL('../dist/engine-worker.js', import.meta.url),
);

export interface BuiltEngine extends Engine {
	readonly tcpPort: number;
	/** The first event from now on that satisfies. */
	next<Type extends EngineEvent['type']>(
		type: Type,
	): Promise<Extract<EngineEvent, {type: Type}>>;
}

/** Listens on a free port of loopback. */
export async function openBuiltEngine(home: string): Promise<BuiltEngine> {
	if (!existsSync(program)) throw new Error('run `npm run build` first');
	const settings: EngineThreadData['settings'] = {
		nick: 'bench',
		receiveFolder: join(home, 'received'),
		stateFolder: join(home, 'state'),
		fallbackEncoding: 'gb18030',
		role: 'console',
	};
	const workerData: EngineThreadData = {settings, language: 'en'};
	const worker = new Worker(program, {workerData});
	const engine = connectEngine(
		{
			post(message: ToEngine) {
				worker.postMessage(message);
			},
			onMessage(listener: (message: FromEngine) => void) {
				worker.on('message', listener);
			},
		},
		error => {
			throw new Error(error.code);
		},
	);
	const next: BuiltEngine['next'] = async type =>
		new Promise(resolve => {
			const stop = engine.on(event => {
				if (event.type !== type) return;
				stop();
				resolve(event as never);
			});
		});
	const bound = next('listener/bound');
	engine.dispatch({
		type: 'listener/open',
		kind: 'tcp',
		host: '127.0.0.1',
		port: 0,
	});
	const {port} = await bound;
	return {
		...engine,
		tcpPort: port,
		next,
		async close() {
			await engine.close();
			await worker.terminate();
		},
	};
}
