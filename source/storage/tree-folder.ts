/**
 * One folder of a delivery: the receive folder itself, or one that was made
 * below it. Gives names and makes folders. Invariants: every folder is reached
 * from the one above without following a link, and is the one that was made
 * here (by inode), whatever somebody put in its place; at most
 * `limits.foldersOpen` stay open unused; nothing that was there is reused.
 */
import type {SafeName} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {openDirectory, type Directory} from './directory.js';
import {createFreeNames, type FreeNames} from './free-names.js';
import {createSharedSync} from './shared-sync.js';
import {errnoOf} from './storage-errors.js';
import type {StorageFiles} from './storage-files.js';

export interface Tree {
	readonly files: StorageFiles;
	/** Names of the receive folder; deliveries share them. */
	readonly topNames: (root: Directory) => Promise<FreeNames>;
	/** Open and not in use, least recent first. */
	readonly idle: Set<TreeFolder>;
}

interface Made {
	readonly above: TreeFolder;
	readonly name: SafeName;
	readonly dev: bigint;
	readonly ino: bigint;
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
	readonly #names = createFreeNames();
	#users = 0;
	#isKept = false;

	constructor(tree: Tree, directory: Directory, made?: Made) {
		this.#tree = tree;
		this.#made = made;
		this.#handle = Promise.resolve(directory);
		this.path = made ? [...made.above.path, made.name] : [];
		this.sync = createSharedSync(async () =>
			this.use(async open => open.sync()),
		);
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

	/** A new folder in it under the first free name, durably named. */
	async makeFolder(name: SafeName): Promise<TreeFolder> {
		const {files} = this.#tree;
		let folder: TreeFolder | undefined;
		await this.claim(name, async (candidate, directory) => {
			const path = directory.child(candidate);
			try {
				await files.mkdir(path, 0o777);
			} catch (error) {
				if (errnoOf(error) === 'EEXIST') return false;
				throw error;
			}

			let opened: Directory | undefined;
			try {
				opened = await openDirectory(files, candidate, directory);
				const {dev, ino, uid} = await statusOf(files, opened);
				if (opened.fd !== undefined && uid !== BigInt(process.getuid?.() ?? 0))
					throw notOurs(opened);
				await this.sync();
				const made = {above: this, name: candidate, dev, ino};
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

	/** Something was put into it, or it was wanted empty: it stays. */
	keep(): void {
		if (this.#isKept) return;
		this.#isKept = true;
		this.#made?.above.keep();
	}

	/** Removes it where it is empty and nobody wants it so. Never rejects. */
	async removeUnlessKept(): Promise<void> {
		const made = this.#made;
		if (this.#isKept || !made) return;
		const {files} = this.#tree;
		try {
			await made.above.use(async directory => {
				const path = directory.child(made.name);
				const {dev, ino} = await files.lstat(path);
				if (dev === made.dev && ino === made.ino) await files.rmdir(path);
			});
		} catch {
			// Somebody uses it, or has removed it himself.
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
		// Made here, so nothing is in it; what somebody puts there is met when a name is given.
		return this.#names;
	}

	async #open(): Promise<Directory> {
		const made = this.#made!;
		const {files} = this.#tree;
		try {
			return await made.above.use(async above => {
				const directory = await openDirectory(files, made.name, above);
				try {
					const {dev, ino} = await statusOf(files, directory);
					if (dev !== made.dev || ino !== made.ino) throw notOurs(directory);
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

const statusOf = async (files: StorageFiles, {fd, path}: Directory) =>
	fd === undefined ? files.lstat(path) : files.fstat(fd);

const notOurs = ({path}: Directory) =>
	new SocktermError('receiveFolderUnwritable', {path});
