/**
 * Everything that is named or deleted for one part file. The part lies in
 * `.sockterm-parts/` of the receive folder under a random name, which only its
 * owner can reach, until `place` gives it its own. Invariants: no file that
 * was there before is written, replaced or deleted; when `place` rejects, no
 * name was given; after `remove` the part is gone.
 */
import {constants} from 'node:fs';
import type {SafeName} from '../engine/ports.js';
import {errnoOf, lacksHardLinks} from './storage-errors.js';
import type {StorageFiles} from './storage-files.js';
import type {TreeFolder} from './tree-folder.js';

export interface PartSlot {
	/** The part, open for writing. */
	readonly fd: number;
	/** Gives the part the first free name and makes that durable; the path below the receive folder. */
	place(): Promise<readonly SafeName[]>;
	/** Closes the part, and deletes it where it was not placed. Never rejects; safe twice. */
	remove(): Promise<void>;
}

const createOnly =
	constants.O_WRONLY |
	constants.O_CREAT |
	constants.O_EXCL |
	constants.O_NOFOLLOW;

export interface SlotOptions {
	readonly files: StorageFiles;
	/** Path of the part for system calls. */
	readonly part: string;
	readonly fd: number;
	readonly name: SafeName;
	/** The folder that it goes to; asked when the file is whole. */
	readonly target: () => Promise<TreeFolder>;
	/** Called once when the part is no more; never rejects. */
	readonly release: () => Promise<void>;
}

export function createPartSlot(options: SlotOptions): PartSlot {
	return new Slot(options);
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

	async place(): Promise<readonly SafeName[]> {
		const {name, target} = this.#options;
		const folder = await target();
		const given = await folder.claim(name, async (candidate, directory) => {
			const path = directory.child(candidate);
			try {
				if (!(await this.#giveName(path))) return false;
				await folder.sync();
				return true;
			} catch (error) {
				// Named, but not known to be durable: then it is not named.
				await this.#deleteOwn(path, this.fd);
				throw error;
			}
		});
		folder.keep();
		return [...folder.path, given];
	}

	async remove(): Promise<void> {
		this.#removing ??= this.#remove();
		return this.#removing;
	}

	async #remove(): Promise<void> {
		const {files, part, release} = this.#options;
		await files.close(this.fd).catch(() => undefined);
		if (!this.#placed) await files.unlink(part).catch(() => undefined);
		await release();
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
