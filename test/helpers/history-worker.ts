/** The program of the history's thread, bundled for tests, which run from the sources. */
import {mkdtemp, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {Worker} from 'node:worker_threads';
import {build} from 'esbuild';

export async function bundleHistoryWorker() {
	const folder = await mkdtemp(join(import.meta.dirname, '.history-worker-'));
	const source = '../../source/storage/history/history-worker.ts';
	await build({
		entryPoints: [join(import.meta.dirname, source)],
		outdir: folder,
		bundle: true,
		format: 'esm',
		platform: 'node',
		outExtension: {'.js': '.mjs'},
	});
	const program = join(folder, 'history-worker.mjs');
	return {
		/** A thread for the history of a state folder. */
		start: (stateFolder: string) =>
			new Worker(program, {workerData: stateFolder}),
		close: async () => rm(folder, {recursive: true, force: true}),
	};
}
