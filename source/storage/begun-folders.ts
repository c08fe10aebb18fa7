/**
 * Which top folders of a delivery are this peer's from before, and the records
 * by which the next delivery finds those that were not finished. Invariants: a
 * record is used by one delivery at a time; it is there before anything is in
 * its folder, and until all of it has arrived.
 */
import type {PartialId, PeerId, SafeName} from '../engine/ports.js';
import type {Directory} from './directory.js';
import type {FolderMark} from './folder-mark.js';
import {encodeFolderJournal, writeNew} from './part-journal.js';
import {
	newPartId,
	ownName,
	release,
	reserve,
	writePartName,
} from './part-names.js';
import type {PartsFolder} from './parts-folder.js';
import {listBegun} from './remnants.js';
import type {StorageFiles} from './storage-files.js';

const kind = 'folder.json';

export interface BegunFoldersOptions {
	readonly files: StorageFiles;
	readonly parts: PartsFolder;
	readonly peerId: PeerId;
}

interface Begun extends FolderMark {
	readonly id: PartialId;
	readonly name: SafeName;
}

type Left = Awaited<ReturnType<typeof listBegun>>[number];

export class BegunFolders {
	readonly #options: BegunFoldersOptions;
	/** Those in use, by their suggested name. */
	readonly #records = new Map<string, PartialId>();
	/** Those that were there when the first one was looked for. */
	#left: ReturnType<typeof listBegun> | undefined;

	constructor(options: BegunFoldersOptions) {
		this.#options = options;
	}

	/** Takes over what is known of a folder; `accept` says whether it is still there. */
	async resume<Folder>(
		suggested: string,
		accept: (name: SafeName, mark: FolderMark) => Promise<Folder | undefined>,
	): Promise<Folder | undefined> {
		const {files, parts, peerId} = this.#options;
		const directory = await parts.find();
		if (!directory) return undefined;
		// Listed once: thousands of top folders must not cost their square.
		this.#left ??= listBegun(files, directory);
		const left = await this.#left.catch((error: unknown) => {
			this.#left = undefined;
			throw error;
		});
		for (const {id, name, journal} of left) {
			if (journal.peerId !== peerId || journal.suggested !== suggested)
				continue;
			const from = directory.child(writePartName(name));
			if (!(await this.#take(directory, {id, ...journal}, from))) continue;
			const folder = await accept(journal.name, journal).catch(
				async (error: unknown) => {
					await this.#giveBack(directory, id);
					throw error;
				},
			);
			if (folder) {
				this.#records.set(suggested, id);
				await this.#dropOthers(directory, left, {id, journal});
				return folder;
			}

			// Its folder is gone, so nobody can go on with it.
			await this.#drop(directory, id);
		}

		return undefined;
	}

	/** Writes down that a folder was begun. */
	async record(
		suggested: string,
		name: SafeName,
		{dev, ino}: FolderMark,
	): Promise<void> {
		const {files, parts, peerId} = this.#options;
		// What was written down before it was made, or for an attempt that failed.
		const before = this.#records.get(suggested);
		const id = newPartId();
		const journal = {peerId, suggested, name, dev, ino};
		try {
			await parts.use(async directory => {
				const path = directory.child(ownName(id, kind));
				await writeNew(files, path, encodeFolderJournal(journal));
			});
		} catch (error) {
			release(id);
			throw error;
		}

		// The new one is there already: at no moment is there none.
		if (before !== undefined) await this.forget(suggested);
		this.#records.set(suggested, id);
	}

	/** Its folder is finished, or gone. Never rejects. */
	async forget(suggested: string): Promise<void> {
		const {files} = this.#options;
		await this.#end(suggested, async (directory, id) =>
			files.unlink(directory.child(ownName(id, kind))),
		);
	}

	/** Leaves the others to the next delivery. Never rejects. */
	async close(): Promise<void> {
		for (const suggested of this.#records.keys())
			await this.#end(suggested, async (directory, id) =>
				this.#giveBack(directory, id),
			);
	}

	/** Who was killed while he wrote one down anew has left two for one folder. */
	async #dropOthers(
		directory: Directory,
		left: readonly Left[],
		kept: Pick<Left, 'id' | 'journal'>,
	): Promise<void> {
		for (const {id, name, journal} of left) {
			const isSame =
				journal.peerId === kept.journal.peerId &&
				journal.suggested === kept.journal.suggested &&
				journal.name === kept.journal.name;
			if (!isSame || id === kept.id) continue;
			const from = directory.child(writePartName(name));
			if (await this.#take(directory, {id, ...journal}, from))
				await this.#drop(directory, id);
		}
	}

	/** Deletes one that was taken. Never rejects. */
	async #drop(directory: Directory, id: PartialId): Promise<void> {
		const path = directory.child(ownName(id, kind));
		await this.#options.files.unlink(path).catch(() => undefined);
		release(id);
	}

	async #end(
		suggested: string,
		action: (directory: Directory, id: PartialId) => Promise<void>,
	): Promise<void> {
		const id = this.#records.get(suggested);
		if (id === undefined) return;
		this.#records.delete(suggested);
		try {
			const directory = await this.#options.parts.find();
			if (directory) await action(directory, id);
		} catch {
			// Nobody's, when this process has ended: then it is swept.
		} finally {
			release(id);
		}
	}

	async #take(
		directory: Directory,
		{id}: Begun,
		from: string,
	): Promise<boolean> {
		if (!reserve(id)) return false;
		try {
			await this.#options.files.rename(
				from,
				directory.child(ownName(id, kind)),
			);
			return true;
		} catch {
			release(id);
			return false;
		}
	}

	async #giveBack(directory: Directory, id: PartialId): Promise<void> {
		const {files} = this.#options;
		const free = directory.child(writePartName({id, kind}));
		await files
			.rename(directory.child(ownName(id, kind)), free)
			.catch(() => undefined);
		release(id);
	}
}
