/**
 * Everything that is named or deleted for one part file. The part lies in
 * `.sockterm-parts/` of the receive folder under a random name, which only its
 * owner can reach, until `place` gives it its own. Invariants: no file that
 * was there before is written, replaced or deleted; when `place` rejects, no
 * name was given; after `end` the part is gone, or nobody's.
 */
import {constants} from 'node:fs';
import type {PartialId, SafeName} from '../engine/ports.js';
import type {Directory} from './directory.js';
import {ownName, release, writePartName} from './part-names.js';
import {
	durably,
	errnoOf,
	isUnsupported,
	lacksHardLinks,
} from './storage-errors.js';
import type {StorageFiles} from './storage-files.js';
import type {TreeFolder} from './tree-folder.js';

export interface PartSlot {
	/** The part, open for reading and writing. */
	readonly fd: number;
	/** Bytes that were in it before. */
	readonly sizeBytes: number;
	/** Whether it can be found again. */
	readonly isJournalled: boolean;
	/** Makes durable what was written so far, and that it can be found. */
	sync(): Promise<void>;
	/** Gives the part the first free name and makes that durable; the path below the receive folder. */
	place(): Promise<readonly SafeName[]>;
	/** Closes the part; deletes it, unless it was placed or is to be kept. Never rejects; safe twice. */
	end(isKept: boolean): Promise<void>;
}

const createOnly =
	constants.O_WRONLY |
	constants.O_CREAT |
	constants.O_EXCL |
	constants.O_NOFOLLOW;

export interface SlotOptions {
	readonly files: StorageFiles;
	readonly parts: Directory;
	readonly id: PartialId;
	readonly fd: number;
	readonly sizeBytes: number;
	readonly isJournalled: boolean;
	readonly name: SafeName;
	/** The folder that it goes to; asked when the file is whole. */
	readonly target: () => Promise<TreeFolder>;
}

export function createPartSlot(options: SlotOptions): PartSlot {
	return new Slot(options);
}

class Slot implements PartSlot {
	readonly fd: number;
	readonly sizeBytes: number;
	readonly isJournalled: boolean;
	readonly #options: SlotOptions;
	/** Path of the part for system calls. */
	readonly #part: string;
	#canBeFound = false;
	#placed = false;
	#ending: Promise<void> | undefined;

	constructor(options: SlotOptions) {
		const {parts, id, fd, sizeBytes, isJournalled} = options;
		this.#options = options;
		this.fd = fd;
		this.sizeBytes = sizeBytes;
		this.isJournalled = isJournalled;
		this.#part = parts.child(ownName(id, 'part'));
	}

	async sync(): Promise<void> {
		const {files, parts} = this.#options;
		await durably(async () => {
			await files.fdatasync(this.fd);
			if (!this.isJournalled || this.#canBeFound) return;
			await this.#syncJournal();
			await parts.sync();
		});
		this.#canBeFound = true;
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

	async end(isKept: boolean): Promise<void> {
		this.#ending ??= this.#end(isKept);
		return this.#ending;
	}

	async #end(isWanted: boolean): Promise<void> {
		const {files, parts, id} = this.#options;
		const isKept =
			isWanted && this.isJournalled && !this.#placed && (await this.#isSafe());
		await files.close(this.fd).catch(() => undefined);
		const kept = parts.child(writePartName({id, kind: 'part'}));
		// Where it cannot be renamed it is nobody's when this process ends.
		if (isKept) await files.rename(this.#part, kept).catch(() => undefined);
		else if (!this.#placed)
			await files.unlink(this.#part).catch(() => undefined);
		if (!isKept && this.isJournalled)
			await files.unlink(this.#journal()).catch(() => undefined);
		release(id);
	}

	/** Bytes that could not be made durable would seem to be so when they are read again. */
	async #isSafe(): Promise<boolean> {
		try {
			await this.sync();
			return true;
		} catch {
			return false;
		}
	}

	#journal(): string {
		const {parts, id} = this.#options;
		return parts.child(writePartName({id, kind: 'json'}));
	}

	async #syncJournal(): Promise<void> {
		const {files} = this.#options;
		const fd = await files.open(
			this.#journal(),
			constants.O_RDWR | constants.O_NOFOLLOW,
		);
		try {
			await files.fsync(fd);
		} catch (error) {
			if (!isUnsupported(error)) throw error;
		} finally {
			await files.close(fd).catch(() => undefined);
		}
	}

	/** False where the name is taken. */
	async #giveName(path: string): Promise<boolean> {
		const {files} = this.#options;
		try {
			await files.link(this.#part, path);
		} catch (error) {
			if (errnoOf(error) === 'EEXIST') return false;
			if (!lacksHardLinks(error)) throw error;
			return this.#renameTo(path);
		}

		await files.unlink(this.#part);
		this.#placed = true;
		return true;
	}

	/**
	 * For file systems without hard links: takes the name with an empty file, then
	 * renames the part over it. Between the last look and the rename, somebody who
	 * replaces that empty file by his own loses it; a crash there leaves it, empty.
	 */
	async #renameTo(path: string): Promise<boolean> {
		const {files} = this.#options;
		let fd;
		try {
			fd = await files.open(path, createOnly, 0o600);
		} catch (error) {
			if (errnoOf(error) === 'EEXIST') return false;
			throw error;
		}

		try {
			if (!(await this.#isAt(path, fd))) return false;
			await files.rename(this.#part, path);
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
