/** Tells a folder of ours from another one of its name. */
import {SocktermError} from '../errors.js';
import type {Directory} from './directory.js';
import type {StorageFiles} from './storage-files.js';

export interface FolderMark {
	readonly dev: bigint;
	readonly ino: bigint;
}

/** Of a folder that is about to be made: it is ours if it is there, and empty. */
export const notMadeYet: FolderMark = {dev: 0n, ino: 0n};

export const isSameFolder = (left: FolderMark, right: FolderMark) =>
	left.dev === right.dev && left.ino === right.ino;

/** Throws receiveFolderUnwritable where it belongs to somebody else. */
export async function ownMark(
	files: StorageFiles,
	directory: Directory,
): Promise<FolderMark> {
	const {fd, path} = directory;
	const {dev, ino, uid} =
		fd === undefined ? await files.lstat(path) : await files.fstat(fd);
	const isOurs = fd === undefined || uid === BigInt(process.getuid?.() ?? 0);
	if (!isOurs) throw notOurs(directory);
	return {dev, ino};
}

/** Whether a folder, which was found to be `found`, is the one of a mark. */
export async function isMarked(
	files: StorageFiles,
	directory: Directory,
	found: FolderMark,
	mark: FolderMark,
): Promise<boolean> {
	if (!isSameFolder(mark, notMadeYet)) return isSameFolder(found, mark);
	return (await files.readdir(directory.child('.'))).length === 0;
}

export const notOurs = ({path}: Directory) =>
	new SocktermError('receiveFolderUnwritable', {path});
