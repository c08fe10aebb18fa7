/**
 * Looks at everything in a folder that is to be sent. It decides what belongs
 * to it: regular files, and folders in which there is nothing to send. Links,
 * devices, pipes and sockets are counted, not followed. Invariants: every folder
 * is opened from the one above without following a link; the order is that of
 * the names; nothing is opened but folders.
 */
import {constants, type BigIntStats} from 'node:fs';
import {join} from 'node:path';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {openDirectory, type Directory} from './directory.js';
import {errnoOf} from './storage-errors.js';
import type {StorageFiles} from './storage-files.js';

export interface FoundEntry {
	readonly kind: 'file' | 'folder';
	/** The name of the folder first. */
	readonly path: readonly string[];
	readonly shownPath: string;
	readonly status: BigIntStats;
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
): Promise<FoundTree> {
	const walk = new Walk(files, path);
	const status = await files.stat(path);
	await walk.enter(await openDirectory(files, path), [name], status);
	return walk;
}

class Walk implements FoundTree {
	readonly entries: FoundEntry[] = [];
	leftOut = 0;
	readonly #files: StorageFiles;
	readonly #root: string;

	constructor(files: StorageFiles, root: string) {
		this.#files = files;
		this.#root = root;
	}

	/** Takes the open folder over and closes it. */
	async enter(
		directory: Directory,
		path: readonly string[],
		status: BigIntStats,
	): Promise<void> {
		const {entries} = this;
		const countBefore = entries.length;
		try {
			const names = (
				await this.#read(directory.path, async () =>
					this.#files.readdir(directory.child('.')),
				)
			).sort();
			this.#checkLimits(path, names.length);
			const found = await this.#lookAt(directory, names);
			for (const [index, name] of names.entries()) {
				const each = found[index];
				if (each?.isFile()) {
					entries.push({
						kind: 'file',
						path: [...path, name],
						shownPath: join(directory.path, name),
						status: each,
					});
				} else if (each?.isDirectory()) {
					await this.#enterBelow(directory, [...path, name], each);
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
			entries.push({kind: 'folder', path, shownPath, status});
		}
	}

	async #enterBelow(
		above: Directory,
		path: readonly string[],
		status: BigIntStats,
	): Promise<void> {
		const name = path.at(-1)!;
		const directory = await this.#read(join(above.path, name), async () =>
			openDirectory(this.#files, name, above),
		);
		await this.enter(directory, path, status);
	}

	/** What each name is, if it may be read; undefined where it has gone, or has a name that cannot be said. */
	async #lookAt(
		directory: Directory,
		names: readonly string[],
	): Promise<ReadonlyArray<BigIntStats | undefined>> {
		const found: Array<BigIntStats | undefined> = [];
		let next = 0;
		const look = async () => {
			while (next < names.length) {
				const index = next++;
				const name = names[index]!;
				found[index] = await this.#read(join(directory.path, name), async () =>
					this.#lookAtOne(directory.child(name)),
				);
			}
		};

		const lookers = Math.min(limits.looksAtOnce, names.length);
		await Promise.all(Array.from({length: lookers}, look));
		return found;
	}

	async #lookAtOne(path: string): Promise<BigIntStats | undefined> {
		try {
			const status = await this.#files.lstat(path);
			if (status.isFile()) await this.#files.access(path, constants.R_OK);
			return status;
		} catch (error) {
			if (errnoOf(error) === 'ENOENT') return undefined;
			throw error;
		}
	}

	/** A whole folder is not sent with a part of it missing in silence. */
	async #read<Result>(
		path: string,
		action: () => Promise<Result>,
	): Promise<Result> {
		try {
			return await action();
		} catch (cause) {
			const what = errnoOf(cause) ?? 'unknown';
			throw new SocktermError('fileUnreadable', {path, what}, {cause});
		}
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
