/**
 * Files that are to be sent: looked at when they are named, read once from the
 * beginning, hashed on the way. It decides whether what was read is still the
 * file that was offered; what happens then is the engine's. Invariants: only
 * regular files are opened (a symlink that the user names is followed, it is
 * his; one inside a folder is not), at most the offered size is read, nothing
 * is written.
 */
import {constants, type BigIntStats} from 'node:fs';
import {basename, resolve} from 'node:path';
import type {
	FileSource,
	SourceEntry,
	SourceReader,
	SourceTree,
} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {createHasher, type Hasher} from './hasher.js';
import {findTree, type FoundEntry} from './source-tree.js';
import {errnoOf} from './storage-errors.js';
import {nodeFiles, type StorageFiles} from './storage-files.js';

export function createFileSource(files: StorageFiles = nodeFiles): FileSource {
	return {describe: async path => describe(files, resolve(path))};
}

async function describe(
	files: StorageFiles,
	path: string,
): Promise<SourceTree> {
	const name = basename(path);
	// The root of the file system has no name to be sent under.
	if (name === '') throw notAFile(path);
	let status;
	try {
		status = await files.stat(path);
		if (status.isDirectory()) {
			const {entries, leftOut} = await findTree(files, path, name);
			return {entries: entries.map(each => toEntry(files, each)), leftOut};
		}
	} catch (error) {
		throw toSourceError(error, path);
	}

	// Opened and closed again: it shows now that it can be read, and a long queue holds no descriptors.
	const opened = await openRegular(files, path);
	await files.close(opened.fd);
	const found = {
		kind: 'file',
		path: [name],
		shownPath: path,
		status: opened.status,
	} as const;
	return {entries: [toEntry(files, found, true)], leftOut: 0};
}

function toEntry(
	files: StorageFiles,
	found: FoundEntry,
	isNamed = false,
): SourceEntry {
	const {kind, path, shownPath, status} = found;
	const sizeBytes = kind === 'file' ? Number(status.size) : 0;
	return {
		kind,
		path,
		sizeBytes,
		mtimeMs: Number(status.mtimeNs / 1_000_000n),
		open: async () =>
			kind === 'file'
				? openAgain(files, shownPath, status, isNamed)
				: nothingToRead(await createHasher()),
	};
}

/** An empty folder: whether something has come into it meanwhile is not its own content. */
const nothingToRead = (hasher: Hasher): SourceReader => ({
	read: async () => new Uint8Array(),
	recycle: () => undefined,
	finish: async () => hasher.digest(),
	close: async () => undefined,
});

async function openAgain(
	files: StorageFiles,
	path: string,
	offered: BigIntStats,
	followsLink: boolean,
): Promise<SourceReader> {
	const opened = await openRegular(files, path, followsLink);
	try {
		if (!sameFile(opened.status, offered)) throw changed(path);
		const hasher = await createHasher();
		return createReader(files, {path, fd: opened.fd, offered, hasher});
	} catch (error) {
		await files.close(opened.fd);
		throw error;
	}
}

async function openRegular(
	files: StorageFiles,
	path: string,
	followsLink = true,
): Promise<{fd: number; status: BigIntStats}> {
	const look = followsLink ? files.stat : files.lstat;
	try {
		// Looked at first: opening a device can do something.
		if (!(await look(path)).isFile()) throw notAFile(path);
		const fd = await files.open(
			path,
			constants.O_RDONLY |
				constants.O_NONBLOCK |
				(followsLink ? 0 : constants.O_NOFOLLOW),
		);
		const status = await files.fstat(fd);
		if (status.isFile()) return {fd, status};
		await files.close(fd);
		throw notAFile(path);
	} catch (error) {
		throw toSourceError(error, path);
	}
}

const sameFile = (left: BigIntStats, right: BigIntStats) =>
	left.ino === right.ino &&
	left.dev === right.dev &&
	left.size === right.size &&
	left.mtimeNs === right.mtimeNs;

function createReader(
	files: StorageFiles,
	source: {
		readonly path: string;
		readonly fd: number;
		readonly offered: BigIntStats;
		readonly hasher: Hasher;
	},
): SourceReader {
	const {path, fd, offered, hasher} = source;
	const sizeBytes = Number(offered.size);
	// A small file needs no large chunk.
	const chunkBytes = Math.min(limits.laneFrameBytes, sizeBytes);
	const free: Uint8Array[] = [];
	let position = 0;
	let closing: Promise<void> | undefined;

	const fetch = async (): Promise<Uint8Array> => {
		const length = Math.min(limits.laneFrameBytes, sizeBytes - position);
		if (length === 0) return new Uint8Array();
		// New memory costs a page fault for every 4 KiB: what was sent is filled again.
		const chunk = (free.pop() ?? Buffer.allocUnsafeSlow(chunkBytes)).subarray(
			0,
			length,
		);
		for (let filled = 0; filled < length;) {
			const count = await files.read(
				fd,
				chunk.subarray(filled),
				position + filled,
			);
			if (count === 0) throw changed(path);
			filled += count;
		}

		position += length;
		return chunk;
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

			if (!now.every(status => sameFile(status, offered))) throw changed(path);
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

const notAFile = (path: string) => new SocktermError('notAFile', {path});
const changed = (path: string, cause?: unknown) =>
	new SocktermError('sourceChanged', {path}, {cause});

function toSourceError(error: unknown, path: string): SocktermError {
	if (error instanceof SocktermError) return error;
	const errno = errnoOf(error) ?? 'unknown';
	return errno === 'ENOENT' || errno === 'ENOTDIR'
		? new SocktermError('fileMissing', {path}, {cause: error})
		: new SocktermError('fileUnreadable', {path, what: errno}, {cause: error});
}
