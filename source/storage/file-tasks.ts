/**
 * What the file thread does for many small files at once, with synchronous
 * calls: 3 µs each, where one through the pool costs the engine's thread 15 or
 * more. The rules are those of the ordinary way (`source-file.ts`,
 * `folder-look.ts`): what these do not settle is done again by that.
 */
import {
	accessSync,
	closeSync,
	constants,
	fstatSync,
	lstatSync,
	openSync,
	readSync,
	statSync,
} from 'node:fs';
import {toErrorInfo, type ErrorInfo} from '../errors.js';
import {digestBytes, type Digest} from './hasher.js';
import {
	changed,
	isSameFile,
	notAFile,
	openFlags,
	toSourceError,
	type OfferedFile,
} from './source-file.js';
import type {FilesToSave, SaveFailures} from './save-messages.js';
import {errnoOf} from './storage-errors.js';

export interface FilesRead {
	/** Of each file its bytes, as many as were offered, and their digest; one file behind the other. */
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** By its place among those asked for. */
	readonly failed: ReadonlyMap<number, ErrorInfo>;
}

export interface NamesLookedAt {
	/** For each name `lookFields` numbers: 0 where nothing is there, 1 a file, 2 a folder, 3 something else; then its mark: device, inode, size, time. */
	readonly fields: BigInt64Array<ArrayBuffer>;
	/** Errno, by its place among the names. */
	readonly failed: ReadonlyMap<number, string>;
}

export const lookFields = 5;

/** By name: what is asked, and what comes back. */
export interface FileTasks {
	readonly readFiles: {asked: readonly OfferedFile[]; result: FilesRead};
	/** Paths for system calls. */
	readonly lookAt: {asked: readonly string[]; result: NamesLookedAt};
	readonly saveFiles: {asked: FilesToSave; result: SaveFailures};
}

const exact = {bigint: true} as const;

export function readFiles(
	digest: Digest,
	files: FileTasks['readFiles']['asked'],
): FilesRead {
	const lengths = files.map(({mark}) => Number(mark.size));
	const bytes = new Uint8Array(
		lengths.reduce((total, length) => total + length + digestBytes, 0),
	);
	const failed = new Map<number, ErrorInfo>();
	let start = 0;
	for (const [index, file] of files.entries()) {
		const into = bytes.subarray(start, start + lengths[index]!);
		start += into.length;
		try {
			readWhole(file, into);
			bytes.set(digest(into), start);
		} catch (error) {
			failed.set(index, toErrorInfo(toSourceError(error, file.path)));
		}

		start += digestBytes;
	}

	return {bytes, failed};
}

function readWhole(
	{path, mark, followsLink}: OfferedFile,
	into: Uint8Array,
): void {
	const look = followsLink ? statSync : lstatSync;
	const seen = look(path, exact);
	// Before it is opened: opening a device can do something.
	if (!seen.isFile()) throw notAFile(path);
	if (!isSameFile(seen, mark)) throw changed(path);
	const fd = openSync(path, openFlags(followsLink));
	try {
		for (let filled = 0; filled < into.length;) {
			const count = readSync(fd, into, filled, into.length - filled, filled);
			if (count === 0) throw changed(path);
			filled += count;
		}

		// Afterwards, so that all that was read is of the file that was offered.
		if (!isSameFile(fstatSync(fd, exact), mark)) throw changed(path);
	} finally {
		closeSync(fd);
	}
}

export function lookAt(paths: FileTasks['lookAt']['asked']): NamesLookedAt {
	const fields = new BigInt64Array(paths.length * lookFields);
	const failed = new Map<number, string>();
	for (const [index, path] of paths.entries()) {
		try {
			const status = lstatSync(path, exact);
			const isFile = status.isFile();
			if (isFile) accessSync(path, constants.R_OK);
			const kind = isFile ? 1n : status.isDirectory() ? 2n : 3n;
			const {dev, ino, size, mtimeNs} = status;
			fields.set([kind, dev, ino, size, mtimeNs], index * lookFields);
		} catch (error) {
			const errno = errnoOf(error) ?? 'unknown';
			if (errno !== 'ENOENT') failed.set(index, errno);
		}
	}

	return {fields, failed};
}
