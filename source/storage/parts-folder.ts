/**
 * The hidden sub-folder in which part files grow and broken ones are kept: of
 * the same file system as the names that they get, ours alone, there only as
 * long as something is in it. It is opened without following a link, and not
 * used when it is somebody else's.
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

	const {parts, mode} = await openOurs(files, folder);
	if (parts.fd === undefined || (mode & 0o077n) === 0n) return parts;
	try {
		await files.fchmod(parts.fd, 0o700);
		return parts;
	} catch (error) {
		await parts.close();
		throw error;
	}
}

/** Opens the sub-folder as it is; undefined where there is none that could be ours. */
export async function findPartsFolder(
	files: StorageFiles,
	folder: Directory,
): Promise<Directory | undefined> {
	try {
		return (await openOurs(files, folder)).parts;
	} catch (error) {
		const none = ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errnoOf(error) ?? '');
		if (none || error instanceof SocktermError) return undefined;
		throw error;
	}
}

async function openOurs(
	files: StorageFiles,
	folder: Directory,
): Promise<{readonly parts: Directory; readonly mode: bigint}> {
	const parts = await openDirectory(files, partsFolderName, folder);
	if (parts.fd === undefined) return {parts, mode: 0o700n};
	try {
		const {uid, mode} = await files.fstat(parts.fd);
		if (uid !== BigInt(process.getuid?.() ?? 0))
			throw new SocktermError('receiveFolderUnwritable', {path: parts.path});
		return {parts, mode};
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

// Another program may remove the sub-folder, empty, between our making and our using it.
const attempts = 16;

/** The sub-folder as one delivery uses it. */
export class PartsFolder {
	readonly #files: StorageFiles;
	readonly #root: () => Promise<Directory>;
	/** All that were opened: what lies in an earlier one is still used through it. */
	readonly #opened: Directory[] = [];
	#current: Promise<Directory> | undefined;
	/** It may be there, even where it could not be opened. */
	#mayBeThere = false;

	constructor(files: StorageFiles, root: () => Promise<Directory>) {
		this.#files = files;
		this.#root = root;
	}

	/** Runs `action` in it, again in a new one where the folder was removed meanwhile. */
	async use<Result>(
		action: (parts: Directory) => Promise<Result>,
	): Promise<Result> {
		for (let attempt = 1; ; attempt++) {
			const opening = (this.#current ??= this.#open());
			try {
				return await action(await opening);
			} catch (error) {
				if (this.#current === opening) this.#current = undefined;
				if (errnoOf(error) !== 'ENOENT' || attempt >= attempts) throw error;
			}
		}
	}

	/** Undefined where it is not there yet. */
	async find(): Promise<Directory | undefined> {
		if (this.#current) return this.#current;
		const found = await findPartsFolder(this.#files, await this.#root());
		if (found) {
			this.#opened.push(found);
			this.#current ??= Promise.resolve(found);
			this.#mayBeThere = true;
		}

		return found;
	}

	/** When nothing of ours is open in it: closes it, and removes it where it is empty. Never rejects. */
	async leave(): Promise<void> {
		if (!this.#mayBeThere) return;
		// Forgotten before anything is waited for: a descriptor that is closed here must not be used by the next part.
		const opened = this.#opened.splice(0);
		this.#current = undefined;
		this.#mayBeThere = false;
		await Promise.all(opened.map(async parts => parts.close()));
		const root = await this.#root().catch(() => undefined);
		if (root) await removePartsFolder(this.#files, root);
	}

	async #open(): Promise<Directory> {
		const root = await this.#root();
		this.#mayBeThere = true;
		const parts = await openPartsFolder(this.#files, root);
		this.#opened.push(parts);
		return parts;
	}
}
