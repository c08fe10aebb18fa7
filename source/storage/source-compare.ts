/**
 * Which blocks of a file the receiver has already. It reads those that the
 * receiver names and no others, hashes one while the next is read, and writes
 * nothing. Whether the file changes meanwhile is found where it is sent: what is
 * left out here is in the digest of the whole file too.
 */
import {limits} from '../limits.js';
import {equalBytes} from '../util/bytes.js';
import {digestBytes, loadDigest, noneEqual} from './hasher.js';
import {
	blockLength,
	fill,
	openOffered,
	toSourceError,
	type OfferedFile,
} from './source-file.js';
import type {StorageFiles} from './storage-files.js';

interface Block {
	readonly index: number;
	readonly bytes: Promise<Uint8Array>;
}

/**
 * True for each block whose BLAKE3 is the one given for it (32 bytes each; zeros: none). What comes
 * after `isCancelled` is false. Throws fileMissing, fileUnreadable, notAFile, sourceChanged.
 */
export async function compareBlocks(
	files: StorageFiles,
	offered: OfferedFile,
	hashes: Uint8Array,
	isCancelled: () => boolean,
): Promise<readonly boolean[]> {
	const {path} = offered;
	const sizeBytes = Number(offered.mark.size);
	const equal = noneEqual(hashes);
	const asked = equal.flatMap((_, index) =>
		isNamed(hashAt(hashes, index)) &&
		blockLength(sizeBytes, index * limits.blockBytes) > 0
			? [index]
			: [],
	);
	const digest = await loadDigest();
	const fd = await openOffered(files, offered);
	const buffers = [0, 1].map(() =>
		Buffer.allocUnsafeSlow(blockLength(sizeBytes, 0)),
	);
	let turn = 0;
	const readNext = (): Block | undefined => {
		const index = asked[turn];
		if (index === undefined) return undefined;
		const start = index * limits.blockBytes;
		const into = buffers[turn++ % 2]!.subarray(
			0,
			blockLength(sizeBytes, start),
		);
		const bytes = fill(files, fd, path, into, start);
		// Told when it is its turn.
		bytes.catch(() => undefined);
		return {index, bytes};
	};

	let block = readNext();
	try {
		while (block && !isCancelled()) {
			const bytes = await block.bytes;
			const {index} = block;
			block = readNext();
			equal[index] = equalBytes(digest(bytes), hashAt(hashes, index));
		}

		return equal;
	} catch (error) {
		throw toSourceError(error, path);
	} finally {
		await block?.bytes.catch(() => undefined);
		await files.close(fd).catch(() => undefined);
	}
}

const hashAt = (hashes: Uint8Array, index: number) =>
	hashes.subarray(index * digestBytes, (index + 1) * digestBytes);

const isNamed = (hash: Uint8Array) => hash.some(byte => byte !== 0);
