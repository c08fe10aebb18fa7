/** The program of the file thread, bundled for tests, which run from the sources. */
import {mkdtemp, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {Worker} from 'node:worker_threads';
import {build} from 'esbuild';

export interface FileWorkers {
	start(): Worker;
	/** Those that were started. */
	readonly started: readonly Worker[];
	terminate(): Promise<void>;
	close(): Promise<void>;
}

export async function bundleFileWorker(): Promise<FileWorkers> {
	// Inside the project, so that the native library is found.
	const folder = await mkdtemp(join(import.meta.dirname, '.file-worker-'));
	const source = '../../source/storage/file-worker.ts';
	await build({
		entryPoints: [join(import.meta.dirname, source)],
		outdir: folder,
		bundle: true,
		format: 'esm',
		platform: 'node',
		external: ['@napi-rs/blake-hash', 'hash-wasm'],
		outExtension: {'.js': '.mjs'},
	});
	const started: Worker[] = [];
	const terminate = async () => {
		for (const worker of started.splice(0)) await worker.terminate();
	};

	return {
		started,
		start() {
			const worker = new Worker(join(folder, 'file-worker.mjs'));
			started.push(worker);
			return worker;
		},
		terminate,
		async close() {
			await terminate();
			await rm(folder, {recursive: true, force: true});
		},
	};
}
