/**
 * Everything that is created, named or deleted for one part file. The part lies
 * in `.sockterm-parts/` of the receive folder under a random name, which only
 * its owner can reach, until `place` gives it its own. Invariants: no file that
 * was there before is written, replaced or deleted; when `place` rejects, no
 * name was given; after `remove` the part is gone.
 */
import {randomBytes} from 'node:crypto';
import {constants} from 'node:fs';
import type {SafeName} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import type {Directory} from './directory.js';
import {openPartsFolder, removePartsFolder} from './parts-folder.js';
import {freeNameCandidates, nameKey} from './receive-name.js';
import {errnoOf, lacksHardLinks} from './storage-errors.js';
import type {StorageFiles} from './storage-files.js';

export interface PartSlot {
	/** The part, open for writing. */
	readonly fd: number;
	/** Gives the part the first free name and makes that durable. */
	place(name: SafeName): Promise<SafeName>;
	/** Closes everything, and deletes the part where it was not placed. Never rejects; safe twice. */
	remove(): Promise<void>;
}

const createOnly =
	constants.O_WRONLY |
	constants.O_CREAT |
	constants.O_EXCL |
	constants.O_NOFOLLOW;

// Another program may remove the sub-folder, empty, between our making and our using it.
const attempts = 16;

/**
 * A new part in `folder`, which it takes over and closes in the end. `release`
 * is called once when the part is no more, and tells whether it was the last.
 */
export async function createPartSlot(
	files: StorageFiles,
	folder: Directory,
	release: () => boolean,
): Promise<PartSlot> {
	const name = `${randomBytes(16).toString('hex')}.part`;
	for (let attempt = 1; ; attempt++) {
		let parts: Directory | undefined;
		try {
			parts = await openPartsFolder(files, folder);
			const part = parts.child(name);
			const fd = await files.open(part, createOnly, 0o600);
			return new Slot({files, folder, parts, part, fd, release});
		} catch (error) {
			await parts?.close();
			if (errnoOf(error) === 'ENOENT' && attempt < attempts) continue;
			if (release()) await removePartsFolder(files, folder);
			await folder.close();
			throw error;
		}
	}
}

interface SlotOptions {
	readonly files: StorageFiles;
	readonly folder: Directory;
	readonly parts: Directory;
	/** Path of the part for system calls. */
	readonly part: string;
	readonly fd: number;
	readonly release: () => boolean;
}

class Slot implements PartSlot {
	readonly fd: number;
	readonly #options: SlotOptions;
	#placed = false;
	#removing: Promise<void> | undefined;

	constructor(options: SlotOptions) {
		this.#options = options;
		this.fd = options.fd;
	}

	async place(name: SafeName): Promise<SafeName> {
		const {files, folder} = this.#options;
		// `link` minds equal names only; `README` must not stand beside `readme` either.
		const entries = await files.readdir(folder.child('.'));
		const taken = new Set(entries.map(nameKey));
		for (const candidate of freeNameCandidates(name)) {
			if (taken.has(nameKey(candidate))) continue;
			const path = folder.child(candidate);
			try {
				if (!(await this.#giveName(path))) continue;
				await folder.sync();
			} catch (error) {
				// Named, but not known to be durable: then it is not named.
				await this.#deleteOwn(path, this.fd);
				throw error;
			}

			return candidate;
		}

		throw new SocktermError('storageFailed', {what: 'EEXIST'});
	}

	async remove(): Promise<void> {
		this.#removing ??= this.#remove();
		return this.#removing;
	}

	async #remove(): Promise<void> {
		const {files, folder, parts, part, release} = this.#options;
		await files.close(this.fd).catch(() => undefined);
		if (!this.#placed) await files.unlink(part).catch(() => undefined);
		await parts.close();
		if (release()) await removePartsFolder(files, folder);
		await folder.close();
	}

	/** False where the name is taken. */
	async #giveName(path: string): Promise<boolean> {
		const {files, part} = this.#options;
		try {
			await files.link(part, path);
		} catch (error) {
			if (errnoOf(error) === 'EEXIST') return false;
			if (!lacksHardLinks(error)) throw error;
			return this.#renameTo(path);
		}

		await files.unlink(part);
		this.#placed = true;
		return true;
	}

	/**
	 * For file systems without hard links: takes the name with an empty file, then
	 * renames the part over it. Between the last look and the rename, somebody who
	 * replaces that empty file by his own loses it; a crash there leaves it, empty.
	 */
	async #renameTo(path: string): Promise<boolean> {
		const {files, part} = this.#options;
		let fd;
		try {
			fd = await files.open(path, createOnly, 0o600);
		} catch (error) {
			if (errnoOf(error) === 'EEXIST') return false;
			throw error;
		}

		try {
			if (!(await this.#isAt(path, fd))) return false;
			await files.rename(part, path);
		} catch (error) {
			await this.#deleteOwn(path, fd);
			throw error;
		} finally {
			await files.close(fd).catch(() => undefined);
		}

		this.#placed = true;
		return true;
	}

	/** Whether a name is that of the file open as `fd`. */
	async #isAt(path: string, fd: number): Promise<boolean> {
		const {files} = this.#options;
		const [there, own] = [await files.lstat(path), await files.fstat(fd)];
		return there.ino === own.ino && there.dev === own.dev;
	}

	async #deleteOwn(path: string, fd: number): Promise<void> {
		try {
			if (await this.#isAt(path, fd)) await this.#options.files.unlink(path);
		} catch {
			// It is not there, or cannot be removed: the first error is the one to tell.
		}
	}
}
