/**
 * Small files are read whole and many at a time by the file thread: a message
 * there and back is shared by all files that were asked for meanwhile. It
 * decides when that is worth it; where it is not (few files, no such thread yet
 * or no more) they are opened like others. Invariants: one message is on its way
 * at a time; at most a batch in memory beside what the callers hold.
 */
import type {SourceReader} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {releaseBytes} from '../util/bytes.js';
import type {FilesRead} from './file-tasks.js';
import type {FileThread} from './file-thread.js';
import {digestBytes} from './hasher.js';
import type {OfferedFile} from './source-file.js';

export interface SmallFiles {
	/**
	 * Reads a file with its digest. Undefined: open it the ordinary way.
	 * Throws fileMissing, fileUnreadable, notAFile, sourceChanged.
	 */
	open(file: OfferedFile): Promise<SourceReader | undefined>;
}

interface Waiting {
	readonly file: OfferedFile;
	resolve(reader: SourceReader | undefined): void;
	reject(error: Error): void;
}

export function createSmallFiles(thread: FileThread): SmallFiles {
	const waiting: Waiting[] = [];
	let isFlushing = false;

	const flush = async () => {
		while (waiting.length > 0) {
			if (waiting.length >= limits.smallFilesWorth) thread.start();
			const batch = waiting.splice(
				0,
				thread.isReady() ? limits.smallFilesBatch : Infinity,
			);
			const read = thread.isReady()
				? await thread
						.ask(
							'readFiles',
							batch.map(({file}) => file),
						)
						.catch(() => undefined)
				: undefined;
			if (read) give(batch, read);
			else for (const {resolve} of batch) resolve(undefined);
		}

		isFlushing = false;
	};

	return {
		async open(file) {
			if (Number(file.mark.size) > limits.smallFileBytes) return undefined;
			return new Promise((resolve, reject) => {
				waiting.push({file, resolve, reject});
				if (isFlushing) return;
				// Those asked for in the same moment go together.
				isFlushing = true;
				queueMicrotask(() => void flush());
			});
		},
	};
}

function give(batch: readonly Waiting[], {bytes, failed}: FilesRead): void {
	let start = 0;
	let unused = batch.length;
	const recycle = () => {
		unused--;
		if (unused === 0) releaseBytes(bytes);
	};

	for (const [index, {file, resolve, reject}] of batch.entries()) {
		const error = failed.get(index);
		const end = start + Number(file.mark.size);
		const content = bytes.subarray(start, end);
		start = end + digestBytes;
		if (error) reject(new SocktermError(error.code, error.details));
		else resolve(readerOf(content, bytes.slice(end, start), recycle));
	}
}

function readerOf(
	content: Uint8Array,
	digest: Uint8Array,
	recycle: () => void,
): SourceReader {
	let rest = content;
	return {
		async read() {
			const chunk = rest;
			rest = new Uint8Array();
			return chunk;
		},
		recycle,
		// It was the file of the offer when all of it was read: what came later is not sent.
		finish: async () => digest,
		close: async () => undefined,
	};
}
