/**
 * One file that is to be sent, opened. It decides whether what is opened is
 * still the file that was offered, and reads it block by block. Invariants: only
 * regular files are opened, links only where the user named one; at most the
 * offered size is read; nothing is written.
 */
import {constants, type BigIntStats} from 'node:fs';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {errnoOf} from './storage-errors.js';
import type {StorageFiles} from './storage-files.js';

/** What makes it the same file that it was. */
export type FileMark = Pick<BigIntStats, 'dev' | 'ino' | 'size' | 'mtimeNs'>;

/** A file as it was offered. */
export interface OfferedFile {
	readonly path: string;
	readonly mark: FileMark;
	/** The user named it: it may be a link. */
	readonly followsLink: boolean;
}

export const markOf = ({dev, ino, size, mtimeNs}: BigIntStats): FileMark => ({
	dev,
	ino,
	size,
	mtimeNs,
});

export const isSameFile = (left: FileMark, right: FileMark) =>
	left.ino === right.ino &&
	left.dev === right.dev &&
	left.size === right.size &&
	left.mtimeNs === right.mtimeNs;

export const openFlags = (followsLink: boolean) =>
	constants.O_RDONLY |
	constants.O_NONBLOCK |
	(followsLink ? 0 : constants.O_NOFOLLOW);

/** Opens what is at a path now. Throws fileMissing, fileUnreadable, notAFile. */
export async function openRegular(
	files: StorageFiles,
	path: string,
	followsLink: boolean,
): Promise<{fd: number; status: BigIntStats}> {
	const look = followsLink ? files.stat : files.lstat;
	try {
		// Looked at first: opening a device can do something.
		if (!(await look(path)).isFile()) throw notAFile(path);
		const fd = await files.open(path, openFlags(followsLink));
		try {
			const status = await files.fstat(fd);
			if (!status.isFile()) throw notAFile(path);
			return {fd, status};
		} catch (error) {
			await files.close(fd).catch(() => undefined);
			throw error;
		}
	} catch (error) {
		throw toSourceError(error, path);
	}
}

/** Opens the file that was offered; throws sourceChanged where it is another one now, and as `openRegular`. */
export async function openOffered(
	files: StorageFiles,
	{path, mark, followsLink}: OfferedFile,
): Promise<number> {
	const {fd, status} = await openRegular(files, path, followsLink);
	if (isSameFile(status, mark)) return fd;
	await files.close(fd).catch(() => undefined);
	throw changed(path);
}

/** How long the block at a position is; 0 at the end. */
export const blockLength = (sizeBytes: number, position: number) =>
	Math.min(limits.blockBytes, sizeBytes - position);

/** Fills all of `into` from a position of an open file. Throws sourceChanged where it ends before, and what the system says. */
export async function fill(
	files: StorageFiles,
	fd: number,
	path: string,
	into: Uint8Array,
	position: number,
): Promise<Uint8Array> {
	for (let filled = 0; filled < into.length;) {
		const rest = filled === 0 ? into : into.subarray(filled);
		const count = await files.read(fd, rest, position + filled);
		if (count === 0) throw changed(path);
		filled += count;
	}

	return into;
}

export const notAFile = (path: string) => new SocktermError('notAFile', {path});
export const changed = (path: string, cause?: unknown) =>
	new SocktermError('sourceChanged', {path}, {cause});

/** What the system says of a file that is to be sent, as ours. */
export function toSourceError(error: unknown, path: string): SocktermError {
	if (error instanceof SocktermError) return error;
	const errno = errnoOf(error) ?? 'unknown';
	return errno === 'ENOENT' || errno === 'ENOTDIR'
		? new SocktermError('fileMissing', {path}, {cause: error})
		: new SocktermError('fileUnreadable', {path, what: errno}, {cause: error});
}
