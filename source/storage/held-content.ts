/**
 * Reads what is on the disk of a file again: block by block, to tell the sender
 * what need not be sent, and as a whole, before a file gets its name. Decides
 * nothing. Invariant: nobody reads a descriptor after the promise is settled.
 */
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {createHasher, digestBytes, loadDigest} from './hasher.js';
import {readFully, type StorageFiles} from './storage-files.js';

interface ReadRange {
	readonly files: StorageFiles;
	readonly fd: number;
	readonly endBytes: number;
	/** Asked before each block; true ends it. */
	readonly isEnded: () => boolean;
}

/** Of a part of so many bytes what can be used for an entry: whole blocks, and the last one where it is all there. */
export function usableBytes(partBytes: number, entryBytes: number): number {
	if (partBytes >= entryBytes) return entryBytes;
	return partBytes - (partBytes % limits.blockBytes);
}

/** The blocks from the first on; undefined for one that cannot be read. A block is good until the next one is asked for. */
async function* readBlocks(
	range: ReadRange,
): AsyncGenerator<Uint8Array | undefined> {
	const {files, fd, endBytes, isEnded} = range;
	const blockBytes = Math.min(limits.blockBytes, endBytes);
	const buffers = [0, 1].map(() => Buffer.allocUnsafeSlow(blockBytes));
	const readAt = async (start: number) => {
		const length = Math.min(blockBytes, endBytes - start);
		// The other one is being hashed meanwhile.
		const into = buffers[(start / blockBytes) % 2]!.subarray(0, length);
		try {
			const count = await readFully(files, fd, into, start);
			return count === length ? into : undefined;
		} catch {
			return undefined;
		}
	};

	if (endBytes === 0) return;
	let ahead = readAt(0);
	try {
		for (let start = 0; start < endBytes; start += blockBytes) {
			const block = await ahead;
			if (isEnded()) return;
			const next = start + blockBytes;
			if (next < endBytes) ahead = readAt(next);
			yield block;
		}
	} finally {
		await ahead;
	}
}

/** 32 bytes of BLAKE3 for each block, zeros for one that cannot be read; undefined where it was ended. */
export async function hashBlocks(
	range: ReadRange,
): Promise<Uint8Array | undefined> {
	const digest = await loadDigest();
	const count = Math.ceil(range.endBytes / limits.blockBytes);
	const hashes = new Uint8Array(count * digestBytes);
	let index = 0;
	for await (const block of readBlocks(range)) {
		if (block) hashes.set(digest(block), index * digestBytes);
		index++;
	}

	return index === count ? hashes : undefined;
}

/** BLAKE3 of the whole; undefined where it was ended. Throws storageFailed where some of it cannot be read. */
export async function hashWhole(
	range: ReadRange,
): Promise<Uint8Array | undefined> {
	const hasher = await createHasher();
	let count = 0;
	for await (const block of readBlocks(range)) {
		if (!block) throw new SocktermError('storageFailed', {what: 'EIO'});
		hasher.update(block);
		count += block.length;
	}

	return count === range.endBytes ? hasher.digest() : undefined;
}
