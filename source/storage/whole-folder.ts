/**
 * Whether a folder of an offer is here already, whole: every entry of it under
 * its name, with its size and its time, in one folder of the receive folder. Then
 * it is gone on with rather than made again; what is the same is decided by
 * content, as ever. Only looks, and stops at the first thing that is missing.
 */
import {constants} from 'node:fs';
import type {PlannedEntry, SafeName} from '../engine/ports.js';
import {limits} from '../limits.js';
import {openDirectory, type Directory} from './directory.js';
import {isOfTime} from './similar-file.js';
import type {StorageFiles} from './storage-files.js';

/** Whether the entry goes into a folder of its own transfer. */
export const isInFolder = ({kind, path}: PlannedEntry): boolean =>
	kind === 'folder' || path.length > 1;

/** The entries that go into folders, by the planned name of the one at the top. */
export function byTopFolder(
	entries: ReadonlyArray<PlannedEntry | undefined>,
): Map<SafeName, PlannedEntry[]> {
	const tops = new Map<SafeName, PlannedEntry[]>();
	for (const entry of entries) {
		if (!entry || !isInFolder(entry)) continue;
		const top = entry.path[0]!;
		const below = tops.get(top);
		if (below) below.push(entry);
		else tops.set(top, [entry]);
	}

	return tops;
}

/** The first of `names` that is whole; `entries`: all of the offer that are planned below one top folder. Never rejects. */
export async function findWholeFolder(
	files: StorageFiles,
	root: Directory,
	names: readonly SafeName[],
	entries: readonly PlannedEntry[],
): Promise<SafeName | undefined> {
	for (const name of names) {
		const isWhole = await holdsAll(files, root, name, entries).catch(
			() => false,
		);
		if (isWhole) return name;
	}

	return undefined;
}

async function holdsAll(
	files: StorageFiles,
	root: Directory,
	top: SafeName,
	entries: readonly PlannedEntry[],
): Promise<boolean> {
	const groups = new Map<string, PlannedEntry[]>();
	for (const entry of entries) {
		const key = entry.path.slice(1, -1).join('/');
		const group = groups.get(key);
		if (group) group.push(entry);
		else groups.set(key, [entry]);
	}

	for (const group of groups.values()) {
		const below = group[0]!.path.slice(1, -1);
		// An empty folder at the top is looked at from above it.
		const isTop = group[0]!.path.length === 1;
		const isThere = await within(
			files,
			root,
			isTop ? [] : [top, ...below],
			async directory =>
				allThere(files, directory, group, isTop ? top : undefined),
		);
		if (!isThere) return false;
	}

	return true;
}

async function allThere(
	files: StorageFiles,
	directory: Directory,
	entries: readonly PlannedEntry[],
	top: SafeName | undefined,
): Promise<boolean> {
	for (let at = 0; at < entries.length; at += limits.looksAtOnce) {
		const some = entries.slice(at, at + limits.looksAtOnce);
		const looks = await Promise.all(
			some.map(async entry =>
				isThere(files, directory.child(top ?? entry.path.at(-1)!), entry),
			),
		);
		if (looks.includes(false)) return false;
	}

	return true;
}

async function isThere(
	files: StorageFiles,
	path: string,
	{kind, sizeBytes, mtimeMs}: PlannedEntry,
): Promise<boolean> {
	const status = await files.lstat(path);
	if (kind === 'folder') return status.isDirectory();
	if (kind !== 'file' || !status.isFile()) return false;
	await files.access(path, constants.R_OK);
	return status.size === BigInt(sizeBytes) && isOfTime(status.mtimeNs, mtimeMs);
}

/** Goes down without following a link. */
async function within<Result>(
	files: StorageFiles,
	from: Directory,
	path: readonly SafeName[],
	action: (directory: Directory) => Promise<Result>,
): Promise<Result> {
	const [name, ...below] = path;
	if (name === undefined) return action(from);
	const directory = await openDirectory(files, name, from);
	try {
		return await within(files, directory, below, action);
	} finally {
		await directory.close();
	}
}
