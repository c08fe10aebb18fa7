/**
 * The folders of one delivery. Decides where each entry goes: a folder is made
 * when the first of what it holds is ready, under a free name, and never shared
 * with what was there before, unless this peer's broken transfer made it or all
 * of the offer is in it already.
 * Invariant: at the end no folder of its own is left empty unless an empty one
 * was sent, and none is open.
 */
import type {PlannedEntry, SafeName} from '../engine/ports.js';
import type {BegunFolders} from './begun-folders.js';
import {openDirectory, type Directory} from './directory.js';
import type {FreeNames} from './free-names.js';
import type {StorageFiles} from './storage-files.js';
import {namesGiven} from './similar-file.js';
import {TreeFolder} from './tree-folder.js';
import {byTopFolder, findWholeFolder, isInFolder} from './whole-folder.js';

export interface DeliveryFoldersOptions {
	readonly files: StorageFiles;
	readonly path: string;
	/** Makes sure that the receive folder is there and takes files. */
	readonly prepare: () => Promise<unknown>;
	readonly topNames: (root: Directory) => Promise<FreeNames>;
	readonly begun: BegunFolders;
	readonly entries: ReadonlyArray<PlannedEntry | undefined>;
	/** The others of the transfer. */
	readonly settled: readonly PlannedEntry[];
}

interface Opened {
	readonly directory: Directory;
	readonly root: TreeFolder;
}

interface Top {
	readonly suggested: string;
	readonly entries: readonly PlannedEntry[];
}

export class DeliveryFolders {
	readonly #options: DeliveryFoldersOptions;
	/** Made or found so far, those above before those below. */
	readonly #known: TreeFolder[] = [];
	readonly #folders = new Map<string, Promise<TreeFolder>>();
	readonly #found = new Map<string, Promise<TreeFolder | undefined>>();
	/** By the planned name. */
	readonly #tops = new Map<SafeName, Top>();
	readonly #topFolders = new Map<Top, TreeFolder>();
	/** Entries that have not arrived, in folders or not. */
	readonly #missing = new Set<PlannedEntry>();
	#opening: Promise<Opened> | undefined;
	#directory: Directory | undefined;

	constructor(options: DeliveryFoldersOptions) {
		this.#options = options;
		for (const entry of options.entries) {
			if (entry) this.#missing.add(entry);
		}

		for (const [name, entries] of byTopFolder(options.entries)) {
			const suggested = entries[0]!.suggested[0]!;
			this.#tops.set(name, {suggested, entries});
		}
	}

	/** The receive folder, open until `close`. */
	async directory(): Promise<Directory> {
		return (await this.#open()).directory;
	}

	/** The folder for a planned path, made with those above it where it is not yet. */
	async at(path: readonly SafeName[]): Promise<TreeFolder> {
		const name = path.at(-1);
		if (name === undefined) return (await this.#open()).root;
		return shared(this.#folders, path, async () => {
			const found = await this.find(path);
			if (found) return found;
			const above = await this.at(path.slice(0, -1));
			const top = path.length === 1 ? this.#tops.get(name) : undefined;
			const {begun} = this.#options;
			const folder = top
				? await above.makeFolder(name, async (given, mark) =>
						begun.record(top.suggested, given, mark),
					)
				: await above.makeFolder(name);
			this.#known.push(folder);
			if (top) this.#topFolders.set(top, folder);
			return folder;
		});
	}

	/** The folder that was there already; undefined where it has to be made. */
	async find(path: readonly SafeName[]): Promise<TreeFolder | undefined> {
		const name = path.at(-1);
		if (name === undefined) return (await this.#open()).root;
		return shared(this.#found, path, async () => {
			const folder =
				path.length === 1
					? await this.#findTop(name)
					: await (await this.find(path.slice(0, -1)))?.findFolder(name);
			if (folder) this.#known.push(folder);
			return folder;
		});
	}

	/** The entry has its name. */
	arrived(entry: PlannedEntry): void {
		this.#missing.delete(entry);
	}

	/** Never rejects. */
	async close(): Promise<void> {
		const {begun} = this.#options;
		const removed = new Set<TreeFolder>();
		for (const folder of this.#known.toReversed())
			if (await folder.removeUnlessKept()) removed.add(folder);
		for (const top of this.#tops.values()) {
			const folder = this.#topFolders.get(top);
			const isGone = !folder || removed.has(folder);
			// Until the whole transfer has arrived the sender may offer all of it again.
			if (this.#missing.size === 0 || isGone) await begun.forget(top.suggested);
		}

		if (this.#missing.size === 0) await this.#forgetSettled();

		await begun.close();
		await Promise.all(this.#known.map(async folder => folder.close()));
	}

	/** Records of folders that were finished before the rest of the transfer was. */
	async #forgetSettled(): Promise<void> {
		const {begun, settled} = this.#options;
		const finished = new Set<string>();
		for (const entry of settled) {
			if (isInFolder(entry)) finished.add(entry.suggested[0]!);
		}

		for (const {suggested} of this.#tops.values()) finished.delete(suggested);
		for (const suggested of finished) {
			await begun.resume(suggested, async name => name).catch(() => undefined);
			await begun.forget(suggested);
		}
	}

	/** After everything else. */
	async closeDirectory(): Promise<void> {
		await this.#directory?.close();
	}

	async #findTop(name: SafeName): Promise<TreeFolder | undefined> {
		const top = this.#tops.get(name);
		if (!top) return undefined;
		const {root} = await this.#open();
		const folder =
			(await this.#options.begun.resume(top.suggested, async (given, mark) =>
				root.findFolder(given, mark),
			)) ?? (await this.#findWhole(name, top.entries));
		if (folder) this.#topFolders.set(top, folder);
		return folder;
	}

	/** One that is here whole: sent before, and finished. */
	async #findWhole(
		name: SafeName,
		entries: readonly PlannedEntry[],
	): Promise<TreeFolder | undefined> {
		const {files, topNames} = this.#options;
		const {root, directory} = await this.#open();
		const isTaken = (await topNames(directory)).isTaken(name);
		const whole = isTaken
			? await findWholeFolder(files, directory, namesGiven(name), entries)
			: undefined;
		return whole === undefined ? undefined : root.findFolder(whole);
	}

	async #open(): Promise<Opened> {
		this.#opening ??= this.#openRoot().catch((error: unknown) => {
			this.#opening = undefined;
			throw error;
		});
		return this.#opening;
	}

	async #openRoot(): Promise<Opened> {
		const {files, path, prepare, topNames} = this.#options;
		await prepare();
		const directory = await openDirectory(files, path);
		this.#directory = directory;
		const tree = {files, topNames, idle: new Set<TreeFolder>()};
		return {directory, root: new TreeFolder(tree, directory)};
	}
}

/** Does it once for all who ask, and again only where it failed. */
async function shared<Result>(
	known: Map<string, Promise<Result>>,
	path: readonly SafeName[],
	make: () => Promise<Result>,
): Promise<Result> {
	const key = path.join('/');
	const before = known.get(key);
	if (before) return before;
	const making = make();
	known.set(key, making);
	making.catch(() => known.delete(key));
	return making;
}
