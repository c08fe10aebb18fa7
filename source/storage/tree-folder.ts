/**
 * One folder of a delivery: the receive folder itself, or one that was made
 * below it. Gives names and makes folders. Invariants: every folder is reached
 * from the one above without following a link, and is the one that was made or
 * found here (by inode), whatever somebody put in its place; at most
 * `limits.foldersOpen` stay open unused; nothing that was there is reused but
 * folders that `delivery-folders.ts` found.
 */
import type {SafeName} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {openDirectory, type Directory} from './directory.js';
import {
	isMarked,
	isSameFolder,
	notMadeYet,
	notOurs,
	ownMark,
	type FolderMark,
} from './folder-mark.js';
import {createFreeNames, type FreeNames} from './free-names.js';
import {createSharedSync} from './shared-sync.js';
import {durably, errnoOf} from './storage-errors.js';
import type {StorageFiles} from './storage-files.js';

export interface Tree {
	readonly files: StorageFiles;
	/** Names of the receive folder; deliveries share them. */
	readonly topNames: (root: Directory) => Promise<FreeNames>;
	/** Open and not in use, least recent first. */
	readonly idle: Set<TreeFolder>;
}

interface Made extends FolderMark {
	readonly above: TreeFolder;
	readonly name: SafeName;
	/** It was there, with something in it perhaps. */
	readonly isFound: boolean;
}

export class TreeFolder {
	/** Below the receive folder. */
	readonly path: readonly SafeName[];
	/** Makes the names in it durable. */
	readonly sync: () => Promise<void>;
	readonly #tree: Tree;
	/** Missing for the receive folder. */
	readonly #made: Made | undefined;
	#handle: Promise<Directory> | undefined;
	#names: Promise<FreeNames> | undefined;
	#users = 0;
	#isKept = false;

	constructor(tree: Tree, directory: Directory, made?: Made) {
		this.#tree = tree;
		this.#made = made;
		this.#handle = Promise.resolve(directory);
		this.path = made ? [...made.above.path, made.name] : [];
		this.sync = createSharedSync(async () =>
			durably(async () => this.use(async open => open.sync())),
		);
	}

	/** Whether it was there before this delivery. */
	get isFound(): boolean {
		return this.#made?.isFound ?? false;
	}

	/** The folder is open while `action` runs. */
	async use<Result>(
		action: (directory: Directory) => Promise<Result>,
	): Promise<Result> {
		this.#users++;
		this.#tree.idle.delete(this);
		try {
			this.#handle ??= this.#open();
			return await action(await this.#handle);
		} finally {
			this.#users--;
			this.#rest();
		}
	}

	/** Gives free names to `create` until it takes one; false: it was taken meanwhile. */
	async claim(
		name: SafeName,
		create: (candidate: SafeName, directory: Directory) => Promise<boolean>,
	): Promise<SafeName> {
		return this.use(async directory => {
			const names = await this.#freeNames(directory);
			for (;;) {
				const candidate = names.take(name);
				if (candidate === undefined)
					throw new SocktermError('storageFailed', {what: 'EEXIST'});
				try {
					if (await create(candidate, directory)) return candidate;
				} catch (error) {
					names.giveBack(candidate);
					throw error;
				}
			}
		});
	}

	/** A new folder in it under the first free name, durably named; `record` may write down which one. */
	async makeFolder(
		name: SafeName,
		record: (name: SafeName, mark: FolderMark) => Promise<void> = async () =>
			undefined,
	): Promise<TreeFolder> {
		const {files} = this.#tree;
		let folder: TreeFolder | undefined;
		await this.claim(name, async (candidate, directory) => {
			const path = directory.child(candidate);
			// Before it is there: who is killed in between leaves a folder that is known.
			await record(candidate, notMadeYet);
			try {
				await files.mkdir(path, 0o777);
			} catch (error) {
				if (errnoOf(error) === 'EEXIST') return false;
				throw error;
			}

			let opened: Directory | undefined;
			try {
				opened = await openDirectory(files, candidate, directory);
				const mark = await ownMark(files, opened);
				await record(candidate, mark);
				await this.sync();
				const made = {above: this, name: candidate, isFound: false, ...mark};
				folder = new TreeFolder(this.#tree, opened, made);
				folder.#rest();
			} catch (error) {
				await opened?.close();
				await files.rmdir(path).catch(() => undefined);
				throw error;
			}

			return true;
		});
		return folder!;
	}

	/** A folder in it that is there and ours, the one of `mark` where that is known; undefined where there is none. */
	async findFolder(
		name: SafeName,
		mark?: FolderMark,
	): Promise<TreeFolder | undefined> {
		const {files} = this.#tree;
		return this.use(async directory => {
			let opened: Directory | undefined;
			try {
				opened = await openDirectory(files, name, directory);
				const found = await ownMark(files, opened);
				const isIt = !mark || (await isMarked(files, opened, found, mark));
				if (!isIt) throw notOurs(opened);
				const made = {above: this, name, isFound: true, ...found};
				const folder = new TreeFolder(this.#tree, opened, made);
				folder.keep();
				folder.#rest();
				return folder;
			} catch (error) {
				await opened?.close();
				const isNone = ['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES'].includes(
					errnoOf(error) ?? '',
				);
				if (isNone || error instanceof SocktermError) return undefined;
				throw error;
			}
		});
	}

	/** Something was put into it, or it was wanted empty: it stays. */
	keep(): void {
		if (this.#isKept) return;
		this.#isKept = true;
		this.#made?.above.keep();
	}

	/** Removes it where it is empty and nobody wants it so; true where it is no more. Never rejects. */
	async removeUnlessKept(): Promise<boolean> {
		const made = this.#made;
		if (this.#isKept || !made) return false;
		const {files} = this.#tree;
		try {
			return await made.above.use(async directory => {
				const path = directory.child(made.name);
				const isThere = isSameFolder(await files.lstat(path), made);
				if (isThere) await files.rmdir(path);
				return isThere;
			});
		} catch {
			// Somebody uses it, or has removed it himself.
			return false;
		}
	}

	/** Never rejects. */
	async close(): Promise<void> {
		const handle = this.#handle;
		this.#handle = undefined;
		this.#tree.idle.delete(this);
		const directory = await handle?.catch(() => undefined);
		await directory?.close();
	}

	#rest(): void {
		const {idle} = this.#tree;
		if (this.#users > 0 || !this.#made) return;
		idle.add(this);
		const [oldest] = idle;
		if (idle.size > limits.foldersOpen) void oldest?.close();
	}

	async #freeNames(directory: Directory): Promise<FreeNames> {
		if (!this.#made) return this.#tree.topNames(directory);
		// One made here is empty; what somebody puts there is met when a name is given.
		const listing = (this.#names ??= this.isFound
			? this.#tree.files.readdir(directory.child('.')).then(createFreeNames)
			: Promise.resolve(createFreeNames()));
		listing.catch(() => {
			this.#names = undefined;
		});
		return listing;
	}

	async #open(): Promise<Directory> {
		const made = this.#made!;
		const {files} = this.#tree;
		try {
			return await made.above.use(async above => {
				const directory = await openDirectory(files, made.name, above);
				try {
					if (!isSameFolder(await ownMark(files, directory), made))
						throw notOurs(directory);
					return directory;
				} catch (error) {
					await directory.close();
					throw error;
				}
			});
		} catch (error) {
			this.#handle = undefined;
			throw error;
		}
	}
}
