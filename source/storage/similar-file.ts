/**
 * Looks for a file that may be what an entry would bring: of its name, or of one
 * of the numbers that the name gets, and of its size. Whether it is the same is
 * decided by content, elsewhere.
 */
import {constants} from 'node:fs';
import type {PlannedEntry, SafeName} from '../engine/ports.js';
import type {Directory} from './directory.js';
import {nameKey, numberedName} from './receive-name.js';
import type {StorageFiles} from './storage-files.js';

/** The names of one folder. */
export interface Listing {
	readonly names: ReadonlySet<string>;
	/** What others must not share with them. */
	readonly keys: ReadonlySet<string>;
}

export async function listFolder(
	files: StorageFiles,
	directory: Directory,
): Promise<Listing> {
	const names = await files.readdir(directory.child('.'));
	return {names: new Set(names), keys: new Set(names.map(nameKey))};
}

const numbersLookedAt = 8;

/** A name, and the numbered ones that are given where it is taken, as far as they are looked at. */
export const namesGiven = (name: SafeName): readonly SafeName[] =>
	Array.from({length: numbersLookedAt + 1}, (_, number) =>
		numberedName(name, number),
	);

/** Names that are there of those that the entry may have got. */
export const namesThere = (
	name: SafeName,
	{names, keys}: Listing,
): readonly SafeName[] =>
	// Numbers are given where the name itself is taken.
	keys.has(nameKey(name))
		? namesGiven(name).filter(candidate => names.has(candidate))
		: [];

/** Whether a file's time is the one that was offered in whole ms. Node sets times as seconds in a double: a little less than was asked for. */
export function isOfTime(mtimeNs: bigint, mtimeMs: number): boolean {
	const later = mtimeNs - BigInt(Math.trunc(mtimeMs)) * 1_000_000n;
	return later > -1_000n && later < 1_000_000n;
}

/** The name of it, one of the same time before others; undefined where there is none. Never rejects. */
export async function findSimilar(
	files: StorageFiles,
	place: {readonly directory: Directory; readonly listing: Listing},
	entry: PlannedEntry,
	isUsed: (name: SafeName) => boolean,
): Promise<SafeName | undefined> {
	const {directory, listing} = place;
	let found: SafeName | undefined;
	if (entry.kind !== 'file') return undefined;
	for (const name of namesThere(entry.path.at(-1)!, listing)) {
		if (isUsed(name)) continue;
		try {
			const path = directory.child(name);
			const status = await files.lstat(path);
			if (!status.isFile() || status.size !== BigInt(entry.sizeBytes)) continue;
			await files.access(path, constants.R_OK);
			if (isOfTime(status.mtimeNs, entry.mtimeMs)) return name;
			found ??= name;
		} catch {
			// It has gone, or is not for us: no help.
		}
	}

	return found;
}
