/** Stands in for the file thread where its calls are to fail: the same tasks, in this thread. */
import type {FileTasks} from '../../source/storage/file-tasks.js';
import type {FileThread} from '../../source/storage/file-thread.js';
import {loadDigest} from '../../source/storage/hasher.js';
import {saveFiles} from '../../source/storage/save-task.js';
import {
	nodeSyncFiles,
	type SyncFiles,
} from '../../source/storage/sync-files.js';
import {systemError} from './helpers.js';

export type SyncCall = keyof SyncFiles;

const digest = await loadDigest();

/** A thread that is there already; `lost` ends it. */
export function savingThread(
	system: SyncFiles,
): FileThread & {readonly batches: number[]; lose(): void} {
	const batches: number[] = [];
	let isLost = false;
	return {
		batches,
		lose() {
			isLost = true;
		},
		start: () => undefined,
		isReady: () => true,
		async ask(name, asked) {
			if (name !== 'saveFiles') throw new Error(`asked for ${name}`);
			if (isLost) throw new Error('gone');
			const batch = asked as FileTasks['saveFiles']['asked'];
			batches.push(batch.paths.length / 2);
			return saveFiles(system, digest, structuredClone(batch));
		},
	};
}

export interface SyncCalled {
	readonly call: SyncCall;
	readonly first: unknown;
	result?: unknown;
}

/** The real calls, but `fails` may name an error for each one. A failed `close` still closes. */
export function faultySyncFiles(
	fails: (call: SyncCall, index: number) => string | undefined,
	base: SyncFiles = nodeSyncFiles,
): SyncFiles & {readonly calls: SyncCalled[]} {
	const calls: SyncCalled[] = [];
	const wrapped = {calls} as Record<string, unknown>;
	for (const [name, original] of Object.entries(base)) {
		const call = name as SyncCall;
		const run = original as (...all: unknown[]) => unknown;
		wrapped[name] = (...parameters: unknown[]) => {
			const code = fails(call, calls.length);
			const called: SyncCalled = {call, first: parameters[0]};
			calls.push(called);
			if (code === undefined) return (called.result = run(...parameters));
			if (call === 'close') run(...parameters);
			if (call !== 'fdatasyncAside') throw systemError(code);
			return Promise.reject(systemError(code));
		};
	}

	return wrapped as unknown as SyncFiles & {readonly calls: SyncCalled[]};
}
