/**
 * Reads a file that is to be sent once from the beginning, hashing on the way,
 * one block ahead of its caller. Invariants: whole blocks but for the last one,
 * so that a block is compared and sent as the same bytes; at most two blocks in
 * memory beside those that the caller holds.
 */
import type {SourceReader} from '../engine/ports.js';
import {createHasher} from './hasher.js';
import {
	blockLength,
	changed,
	fill,
	isSameFile,
	openOffered,
	toSourceError,
	type OfferedFile,
} from './source-file.js';
import type {StorageFiles} from './storage-files.js';

/** Throws fileMissing, fileUnreadable, notAFile, sourceChanged. */
export async function openReader(
	files: StorageFiles,
	offered: OfferedFile,
): Promise<SourceReader> {
	// First, so that nothing is open if it fails.
	const hasher = await createHasher();
	const {path, mark} = offered;
	const fd = await openOffered(files, offered);
	const sizeBytes = Number(mark.size);
	// A small file needs no large chunk.
	const chunkBytes = blockLength(sizeBytes, 0);
	const free: Uint8Array[] = [];
	let position = 0;
	let closing: Promise<void> | undefined;

	const fetch = async (): Promise<Uint8Array> => {
		const start = position;
		const length = blockLength(sizeBytes, start);
		if (length === 0) return new Uint8Array();
		position += length;
		// New memory costs a page fault for every 4 KiB: what was sent is filled again.
		const chunk = free.pop() ?? Buffer.allocUnsafeSlow(chunkBytes);
		return fill(files, fd, path, chunk.subarray(0, length), start);
	};

	// The next chunk is read while the caller sends this one. Its failure is told by the next `read`.
	let ahead: Promise<Uint8Array> | undefined;
	const readAhead = () => {
		ahead = fetch();
		ahead.catch(() => undefined);
		return ahead;
	};

	return {
		async read() {
			try {
				const chunk = await (ahead ?? readAhead());
				if (chunk.length > 0 && !closing) void readAhead();
				hasher.update(chunk);
				return chunk;
			} catch (error) {
				throw toSourceError(error, path);
			}
		},
		recycle(chunk) {
			free.push(new Uint8Array(chunk.buffer));
		},
		async finish() {
			let now;
			try {
				// By path too: a file that was replaced is another one.
				now = [await files.fstat(fd), await files.stat(path)];
			} catch (cause) {
				throw changed(path, cause);
			}

			if (!now.every(each => isSameFile(each, mark))) throw changed(path);
			return hasher.digest();
		},
		async close() {
			closing ??= (async () => {
				await ahead?.catch(() => undefined);
				await files.close(fd).catch(() => undefined);
			})();
			return closing;
		},
	};
}
