/**
 * The hidden sub-folder in which part files grow: of the same file system as
 * the names that they get, ours alone, there only as long as it is needed. It
 * is opened without following a link, and not used when it is somebody else's.
 */
import {SocktermError} from '../errors.js';
import {openDirectory, type Directory} from './directory.js';
import {partsFolderName} from './receive-name.js';
import {errnoOf} from './storage-errors.js';
import type {StorageFiles} from './storage-files.js';

/** Opens the sub-folder of `folder`, made where it is missing. */
export async function openPartsFolder(
	files: StorageFiles,
	folder: Directory,
): Promise<Directory> {
	try {
		await files.mkdir(folder.child(partsFolderName), 0o700);
	} catch (error) {
		if (errnoOf(error) !== 'EEXIST') throw error;
	}

	const parts = await openDirectory(files, partsFolderName, folder);
	if (parts.fd === undefined) return parts;
	try {
		const {uid, mode} = await files.fstat(parts.fd);
		if (uid !== BigInt(process.getuid?.() ?? 0))
			throw new SocktermError('receiveFolderUnwritable', {path: parts.path});
		if ((mode & 0o077n) !== 0n) await files.fchmod(parts.fd, 0o700);
		return parts;
	} catch (error) {
		await parts.close();
		throw error;
	}
}

/** Deletes the sub-folder where it is empty; nothing happens where it is not. */
export async function removePartsFolder(
	files: StorageFiles,
	folder: Directory,
): Promise<void> {
	await files.rmdir(folder.child(partsFolderName)).catch(() => undefined);
}
