/**
 * Small files that are whole are saved many at a time by a thread of their own:
 * a message there and back is shared by all that were ready meanwhile. It decides
 * what goes together. Invariants: a batch is bounded in files and bytes; a few
 * are on their way at a time, so that the thread need not wait for this one.
 */
import {limits} from '../limits.js';
import type {FileThread} from './file-thread.js';
import {toColumns, type FileToSave, type SaveFailure} from './save-messages.js';

export interface SmallSaves {
	/** Starts the thread, which takes a while. */
	prepare(): void;
	/** Whether there is such a thread by now. */
	isReady(): boolean;
	/** Undefined: it is saved. The folders must stay open meanwhile. Rejects where the thread has gone. */
	save(
		file: FileToSave,
		bytes: Uint8Array,
		digest: Uint8Array,
	): Promise<SaveFailure | undefined>;
}

interface Waiting {
	readonly file: FileToSave;
	readonly bytes: Uint8Array;
	readonly digest: Uint8Array;
	resolve(failure: SaveFailure | undefined): void;
	reject(error: unknown): void;
}

// One that is being saved, and one that waits there.
const batchesAtOnce = 2;

export function createSmallSaves(thread: FileThread): SmallSaves {
	const waiting: Waiting[] = [];
	let underWay = 0;
	let isFlushing = false;

	const flush = () => {
		isFlushing = false;
		while (underWay < batchesAtOnce && waiting.length > 0) {
			underWay++;
			void send(waiting.splice(0, limits.smallSavesBatch));
		}
	};

	const send = async (batch: readonly Waiting[]) => {
		try {
			const bytes = together(batch);
			const columns = toColumns(batch.map(({file}) => file));
			const failed = await thread.ask('saveFiles', {...columns, bytes}, [
				bytes.buffer,
			]);
			for (const [index, {resolve}] of batch.entries())
				resolve(failed.get(index));
		} catch (error) {
			for (const {reject} of batch) reject(error);
		} finally {
			underWay--;
			flush();
		}
	};

	return {
		prepare: thread.start,
		isReady: thread.isReady,
		async save(file, bytes, digest) {
			return new Promise((resolve, reject) => {
				waiting.push({file, bytes, digest, resolve, reject});
				if (isFlushing) return;
				// Those that are ready in the same moment go together.
				isFlushing = true;
				setImmediate(flush);
			});
		},
	};
}

function together(batch: readonly Waiting[]): Uint8Array<ArrayBuffer> {
	let length = 0;
	for (const {bytes, digest} of batch) length += bytes.length + digest.length;
	const all = new Uint8Array(length);
	let start = 0;
	for (const {bytes, digest} of batch) {
		all.set(bytes, start);
		all.set(digest, start + bytes.length);
		start += bytes.length + digest.length;
	}

	return all;
}
