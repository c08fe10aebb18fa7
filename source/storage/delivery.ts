/**
 * The entries of one transfer on their way into the receive folder. It decides
 * where each one goes: folders are made when the first of what they hold is
 * ready, under a free name each, and never shared with what was there before.
 * Invariants: at the end no folder of its own is left empty unless an empty one
 * was sent, and nothing of it is open.
 */
import {randomBytes} from 'node:crypto';
import {constants} from 'node:fs';
import type {Delivery, PartFile, SafeName} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {openDirectory, type Directory} from './directory.js';
import {createFolderPart} from './folder-part.js';
import type {FreeNames} from './free-names.js';
import {createHasher} from './hasher.js';
import {createPartFile} from './part-file.js';
import {createPartSlot} from './part-slot.js';
import {openPartsFolder, removePartsFolder} from './parts-folder.js';
import {errnoOf} from './storage-errors.js';
import type {StorageFiles} from './storage-files.js';
import {TreeFolder} from './tree-folder.js';

export interface DeliveryOptions {
	readonly files: StorageFiles;
	readonly path: string;
	/** Makes sure that the receive folder is there and takes files. */
	readonly prepare: () => Promise<unknown>;
	/** Sets bytes aside that a part needs, or throws diskFull; the result gives them back. */
	readonly claim: (
		sizeBytes: number,
		root: Directory,
	) => Promise<{missingBytes: () => number; release: () => void}>;
	readonly topNames: (root: Directory) => Promise<FreeNames>;
	readonly explain: (
		cause: unknown,
		missingBytes: number,
	) => Promise<SocktermError>;
	readonly closed: () => void;
}

type PartOptions = Parameters<Delivery['createPart']>[0];

interface Opened {
	readonly directory: Directory;
	readonly root: TreeFolder;
}

const createOnly =
	constants.O_WRONLY |
	constants.O_CREAT |
	constants.O_EXCL |
	constants.O_NOFOLLOW;

// Another program may remove the sub-folder, empty, between our making and our using it.
const attempts = 16;

export class FolderDelivery implements Delivery {
	readonly #options: DeliveryOptions;
	/** Made so far, those above before those below. */
	readonly #made: TreeFolder[] = [];
	readonly #folders = new Map<string, Promise<TreeFolder>>();
	readonly #partsFolders: Directory[] = [];
	#parts: Promise<Directory> | undefined;
	#opened: Promise<Opened> | undefined;
	#directory: Directory | undefined;
	/** The sub-folder may be there, even where it could not be opened. */
	#hasParts = false;
	#users = 0;
	#unused: () => void = () => undefined;
	#closing: Promise<void> | undefined;

	constructor(options: DeliveryOptions) {
		this.#options = options;
	}

	async createPart(part: PartOptions): Promise<PartFile> {
		if (this.#closing) throw new SocktermError('cancelled');
		const {explain} = this.#options;
		this.#users++;
		try {
			return part.kind === 'folder'
				? await this.#createFolderPart(part.path)
				: await this.#createFilePart(part);
		} catch (cause) {
			this.#leave();
			throw await explain(cause, part.sizeBytes);
		}
	}

	async close(): Promise<void> {
		this.#closing ??= this.#close();
		return this.#closing;
	}

	async #createFilePart(part: PartOptions): Promise<PartFile> {
		const {files, explain, claim} = this.#options;
		const {path, sizeBytes, mtimeMs} = part;
		const {directory} = await this.#open();
		const claimed = await claim(sizeBytes, directory);
		try {
			const hasher = await createHasher();
			const opened = await this.#openPart(directory);
			const slot = createPartSlot({
				files,
				...opened,
				name: path.at(-1)!,
				target: async () => this.#folderAt(path.slice(0, -1)),
				release: async () => {
					claimed.release();
					await this.#release();
				},
			});
			const disk = {files, slot, hasher, sizeBytes, mtimeMs, explain};
			const file = createPartFile(disk);
			claimed.missingBytes = () => file.missingBytes();
			return file;
		} catch (error) {
			claimed.release();
			throw error;
		}
	}

	async #createFolderPart(path: readonly SafeName[]): Promise<PartFile> {
		await this.#open();
		return createFolderPart({
			hasher: await createHasher(),
			make: async () => {
				const folder = await this.#folderAt(path);
				folder.keep();
				return folder.path;
			},
			explain: async cause => this.#options.explain(cause, 0),
			release: async () => this.#release(),
		});
	}

	async #open(): Promise<Opened> {
		this.#opened ??= this.#openRoot().catch((error: unknown) => {
			this.#opened = undefined;
			throw error;
		});
		return this.#opened;
	}

	async #openRoot(): Promise<Opened> {
		const {files, path, prepare, topNames} = this.#options;
		await prepare();
		const directory = await openDirectory(files, path);
		this.#directory = directory;
		const tree = {files, topNames, idle: new Set<TreeFolder>()};
		return {directory, root: new TreeFolder(tree, directory)};
	}

	async #openPart(
		directory: Directory,
	): Promise<{readonly part: string; readonly fd: number}> {
		const {files} = this.#options;
		const name = `${randomBytes(16).toString('hex')}.part`;
		for (let attempt = 1; ; attempt++) {
			const opening = (this.#parts ??= this.#openParts(directory));
			try {
				const part = (await opening).child(name);
				return {part, fd: await files.open(part, createOnly, 0o600)};
			} catch (error) {
				if (this.#parts === opening) this.#parts = undefined;
				if (errnoOf(error) !== 'ENOENT' || attempt >= attempts) throw error;
			}
		}
	}

	async #openParts(directory: Directory): Promise<Directory> {
		this.#hasParts = true;
		const parts = await openPartsFolder(this.#options.files, directory);
		// Others may still use the one before: all are closed in the end.
		this.#partsFolders.push(parts);
		return parts;
	}

	/** The folder for a planned path, made with those above it where it is not yet. */
	async #folderAt(path: readonly SafeName[]): Promise<TreeFolder> {
		const name = path.at(-1);
		if (name === undefined) return (await this.#open()).root;
		const key = path.join('/');
		const known = this.#folders.get(key);
		if (known) return known;
		const making = (async () => {
			const above = await this.#folderAt(path.slice(0, -1));
			const folder = await above.makeFolder(name);
			this.#made.push(folder);
			return folder;
		})();
		this.#folders.set(key, making);
		// The next one that needs it tries again.
		making.catch(() => this.#folders.delete(key));
		return making;
	}

	/** A part is no more. After the last one the sub-folder goes, before anybody is told. */
	async #release(): Promise<void> {
		if (this.#users === 1) await this.#removeParts();
		this.#leave();
	}

	async #removeParts(): Promise<void> {
		const directory = this.#directory;
		const unused = this.#partsFolders.splice(0);
		if (!directory || !this.#hasParts) return;
		// Forgotten before anything is waited for: a descriptor that is closed here must not be used by the next part.
		this.#parts = undefined;
		this.#hasParts = false;
		await Promise.all(unused.map(async parts => parts.close()));
		await removePartsFolder(this.#options.files, directory);
	}

	#leave(): void {
		this.#users--;
		if (this.#users === 0) this.#unused();
	}

	async #close(): Promise<void> {
		const {closed} = this.#options;
		if (this.#users > 0) {
			await new Promise<void>(resolve => {
				this.#unused = resolve;
			});
		}

		for (const folder of this.#made.toReversed())
			await folder.removeUnlessKept();
		await Promise.all(this.#made.map(async folder => folder.close()));
		// It is still there where opening a part in it failed.
		await this.#removeParts();
		await this.#directory?.close();
		closed();
	}
}
