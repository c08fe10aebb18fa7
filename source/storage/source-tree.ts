/**
 * Looks at everything in a folder that is to be sent. It decides what belongs
 * to it: regular files, and folders in which there is nothing to send. Links,
 * devices, pipes and sockets are counted, not followed. Invariants: every folder
 * is opened from the one above without following a link; the order is that of
 * the names; nothing is opened but folders.
 */
import {join} from 'node:path';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {openDirectory, type Directory} from './directory.js';
import type {FileThread} from './file-thread.js';
import {lookAtNames, readable} from './folder-look.js';
import {markOf, type FileMark} from './source-file.js';
import type {StorageFiles} from './storage-files.js';

export interface FoundEntry {
	readonly kind: 'file' | 'folder';
	/** The name of the folder first. */
	readonly path: readonly string[];
	readonly shownPath: string;
	readonly mark: FileMark;
}

export interface FoundTree {
	readonly entries: readonly FoundEntry[];
	readonly leftOut: number;
}

/**
 * Everything below the folder at `path` (a link there is followed), which is called
 * `name`. Throws offerTooLarge, fileUnreadable, or what the system says about the folder itself.
 */
export async function findTree(
	files: StorageFiles,
	path: string,
	name: string,
	thread?: FileThread,
): Promise<FoundTree> {
	const walk = new Walk(files, path, thread);
	const status = await files.stat(path);
	await walk.enter(await openDirectory(files, path), [name], markOf(status));
	return walk;
}

class Walk implements FoundTree {
	readonly entries: FoundEntry[] = [];
	leftOut = 0;
	readonly #files: StorageFiles;
	readonly #root: string;
	readonly #thread: FileThread | undefined;

	constructor(files: StorageFiles, root: string, thread?: FileThread) {
		this.#files = files;
		this.#root = root;
		this.#thread = thread;
	}

	/** Takes the open folder over and closes it. */
	async enter(
		directory: Directory,
		path: readonly string[],
		mark: FileMark,
	): Promise<void> {
		const {entries} = this;
		const countBefore = entries.length;
		try {
			const names = (
				await readable(directory.path, async () =>
					this.#files.readdir(directory.child('.')),
				)
			).sort();
			this.#checkLimits(path, names.length);
			const found = await lookAtNames(
				this.#files,
				directory,
				names,
				this.#thread,
			);
			for (const [index, name] of names.entries()) {
				const each = found[index];
				if (each?.kind === 'file') {
					entries.push({
						kind: 'file',
						path: [...path, name],
						shownPath: join(directory.path, name),
						mark: each.mark,
					});
				} else if (each?.kind === 'folder') {
					await this.#enterBelow(directory, [...path, name], each.mark);
				} else {
					this.leftOut++;
				}
			}
		} finally {
			await directory.close();
		}

		if (entries.length === countBefore) {
			this.#checkLimits(path, 1);
			const shownPath = directory.path;
			entries.push({kind: 'folder', path, shownPath, mark});
		}
	}

	async #enterBelow(
		above: Directory,
		path: readonly string[],
		mark: FileMark,
	): Promise<void> {
		const name = path.at(-1)!;
		const directory = await readable(join(above.path, name), async () =>
			openDirectory(this.#files, name, above),
		);
		await this.enter(directory, path, mark);
	}

	#checkLimits(path: readonly string[], more: number): void {
		if (
			this.entries.length + more > limits.entriesPerOffer ||
			path.length >= limits.pathComponents
		) {
			throw offerTooLarge(this.#root);
		}
	}
}

/** The sentence names every limit: which one it was helps nobody. */
export const offerTooLarge = (path: string) =>
	new SocktermError('offerTooLarge', {
		path,
		entries: limits.entriesPerOffer,
		levels: limits.pathComponents,
		limitBytes: limits.offerNameBytes,
	});
