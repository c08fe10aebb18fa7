/**
 * A folder held open. Where the system lets a descriptor stand in a path
 * (Linux), names below it are looked up from the folder itself, so that nobody
 * can swap a link for it between two calls; elsewhere by path.
 */
import {constants, existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {errnoOf, isUnsupported} from './storage-errors.js';
import type {StorageFiles} from './storage-files.js';

export interface Directory {
	/** As a person knows it. */
	readonly path: string;
	readonly fd: number | undefined;
	/** A path for system calls to one name in this folder. */
	child(name: string): string;
	/** Makes names durable; silent where the file system has no such call. */
	sync(): Promise<void>;
	/** Never rejects. */
	close(): Promise<void>;
}

const descriptorPaths =
	process.platform === 'linux' && existsSync('/proc/self/fd');

/** Opens a folder; with `below`, a name in another one that must not be a symlink. */
export async function openDirectory(
	files: StorageFiles,
	path: string,
	below?: Directory,
): Promise<Directory> {
	const shown = below ? join(below.path, path) : path;
	const fd =
		process.platform === 'win32'
			? undefined
			: await files.open(
					below?.child(path) ?? path,
					constants.O_RDONLY |
						constants.O_DIRECTORY |
						(below ? constants.O_NOFOLLOW : 0),
				);
	return {
		path: shown,
		fd,
		child: name =>
			descriptorPaths && fd !== undefined
				? `/proc/self/fd/${fd}/${name}`
				: join(shown, name),
		async sync() {
			if (fd === undefined) return;
			try {
				await files.fsync(fd);
			} catch (error) {
				if (!isUnsupported(error)) throw error;
			}
		},
		async close() {
			if (fd !== undefined) await files.close(fd).catch(() => undefined);
		},
	};
}

/**
 * Creates a folder with those above it, durably. Not by `mkdir`'s own
 * `recursive`: that never returns where a folder exists and takes nothing (/proc).
 */
export async function createDirectory(
	files: StorageFiles,
	path: string,
	mode = 0o777,
): Promise<void> {
	let made;
	try {
		made = await makeOne(files, path, mode);
	} catch (error) {
		const parent = dirname(path);
		if (errnoOf(error) !== 'ENOENT' || parent === path) throw error;
		await createDirectory(files, parent, mode);
		made = await makeOne(files, path, mode);
	}

	if (made) await syncDirectory(files, dirname(path));
}

/** False where the folder is there already, perhaps since a moment ago. */
async function makeOne(
	files: StorageFiles,
	path: string,
	mode: number,
): Promise<boolean> {
	try {
		await files.mkdir(path, mode);
		return true;
	} catch (error) {
		const isThere = errnoOf(error) === 'EEXIST' || errnoOf(error) === 'EISDIR';
		if (isThere && (await files.stat(path)).isDirectory()) return false;
		throw error;
	}
}

/** Makes the names in a folder durable. */
export async function syncDirectory(
	files: StorageFiles,
	path: string,
): Promise<void> {
	let directory;
	try {
		directory = await openDirectory(files, path);
	} catch (error) {
		// A folder that may be passed but not listed cannot be synced either.
		if (errnoOf(error) === 'EACCES') return;
		throw error;
	}

	try {
		await directory.sync();
	} finally {
		await directory.close();
	}
}
