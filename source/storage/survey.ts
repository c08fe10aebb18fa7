/**
 * What is in the receive folder of what an offer would bring. Only looks, by
 * name and size; what is the same is decided by content once it is accepted.
 * Each folder is listed once, and only names that are there are looked at.
 */
import type {
	PeerId,
	PlannedEntry,
	Presence,
	SafeName,
} from '../engine/ports.js';
import {forEachAtOnce} from './at-once.js';
import {openDirectory, type Directory} from './directory.js';
import {usableBytes} from './held-content.js';
import {nameKey} from './receive-name.js';
import {
	byPath,
	candidatesFor,
	listBegun,
	listRemnants,
	pathKey,
} from './remnants.js';
import {
	findSimilar,
	listFolder,
	namesThere,
	type Listing,
} from './similar-file.js';
import type {StorageFiles} from './storage-files.js';
import {byTopFolder, findWholeFolder, isInFolder} from './whole-folder.js';

interface Item {
	readonly index: number;
	readonly entry: PlannedEntry;
}

export interface SurveyOptions {
	readonly files: StorageFiles;
	readonly root: Directory;
	/** The sub-folder, where it is there. */
	readonly parts: Directory | undefined;
	readonly peerId: PeerId;
	readonly entries: ReadonlyArray<PlannedEntry | undefined>;
}

const folderOf = ({kind, path}: PlannedEntry) =>
	kind === 'folder' ? path : path.slice(0, -1);

/** In the order of the entries. Throws what listing the receive folder throws. */
export async function surveyFolder(
	options: SurveyOptions,
): Promise<ReadonlyArray<Presence | undefined>> {
	const {files, root, parts, peerId, entries} = options;
	const presences: Array<Presence | undefined> = entries.map(() => undefined);
	const listing = await listFolder(files, root);
	const remnants = byPath(
		parts ? await listRemnants(files, parts) : [],
		peerId,
	);
	const begun = await findBegun(options);
	await addWhole(options, listing, begun);
	const groups = new Map<string, Item[]>();
	for (const [index, entry] of entries.entries()) {
		if (!entry) continue;
		const [best] = candidatesFor(remnants, entry);
		if (best) {
			const heldBytes = usableBytes(best.sizeBytes, entry.sizeBytes);
			presences[index] = {kind: 'partial', heldBytes};
			continue;
		}

		const isNew = isInFolder(entry) && !begun.has(entry.path[0]!);
		if (isNew) {
			if (listing.keys.has(nameKey(entry.path[0]!)))
				presences[index] = {kind: 'taken'};
			continue;
		}

		const key = pathKey(folderOf(entry));
		const group = groups.get(key) ?? [];
		if (group.length === 0) groups.set(key, group);
		group.push({index, entry});
	}

	const look = async (items: readonly Item[], place: Place) => {
		for (const [index, presence] of await lookAt(files, place, items))
			presences[index] = presence;
	};

	for (const items of groups.values()) {
		const [top, ...below] = folderOf(items[0]!.entry);
		if (top === undefined) {
			await look(items, {directory: root, listing});
			continue;
		}

		await descend(files, root, [begun.get(top)!, ...below], async directory =>
			look(items, {directory, listing: await listFolder(files, directory)}),
		);
	}

	return presences;
}

interface Place {
	readonly directory: Directory;
	readonly listing: Listing;
}

async function lookAt(
	files: StorageFiles,
	place: Place,
	items: readonly Item[],
): Promise<Array<readonly [number, Presence]>> {
	const found: Array<readonly [number, Presence]> = [];
	const used = new Set<SafeName>();
	await forEachAtOnce(items, async ({index, entry}) => {
		if (entry.kind === 'folder') return;
		const similar = await findSimilar(files, place, entry, name =>
			used.has(name),
		);
		if (similar !== undefined && !used.has(similar)) {
			used.add(similar);
			found.push([index, {kind: 'similar'}]);
		} else if (place.listing.keys.has(nameKey(entry.path.at(-1)!))) {
			found.push([index, {kind: 'taken'}]);
		}
	});
	return found;
}

/** Folders that this peer's broken transfers began and that are still there: the name given, by the planned one. */
async function findBegun(
	options: SurveyOptions,
): Promise<Map<SafeName, SafeName>> {
	const {files, root, parts, peerId, entries} = options;
	const found = new Map<SafeName, SafeName>();
	const there = new Map<string, SafeName>();
	for (const {journal} of parts ? await listBegun(files, parts) : []) {
		const {suggested, name, dev, ino} = journal;
		if (journal.peerId !== peerId || there.has(suggested)) continue;
		const status = await files.lstat(root.child(name)).catch(() => undefined);
		if (status?.dev === dev && status.ino === ino) there.set(suggested, name);
	}

	for (const entry of entries) {
		if (there.size === 0 || !entry || !isInFolder(entry)) continue;
		const name = there.get(entry.suggested[0]!);
		if (name !== undefined) found.set(entry.path[0]!, name);
	}

	return found;
}

/** Adds the folders that are here whole. */
async function addWhole(
	{files, root, entries}: SurveyOptions,
	listing: Listing,
	begun: Map<SafeName, SafeName>,
): Promise<void> {
	for (const [top, below] of byTopFolder(entries)) {
		if (begun.has(top)) continue;
		const names = namesThere(top, listing);
		const name = await findWholeFolder(files, root, names, below);
		if (name !== undefined) begun.set(top, name);
	}
}

/** Goes down from `from` without following a link; where that cannot be done nothing is looked at. */
async function descend(
	files: StorageFiles,
	from: Directory,
	path: readonly SafeName[],
	action: (directory: Directory) => Promise<void>,
): Promise<void> {
	const opened: Directory[] = [];
	try {
		let directory = from;
		for (const name of path) {
			directory = await openDirectory(files, name, directory);
			opened.push(directory);
		}

		await action(directory);
	} catch {
		// Not there, or not a folder: then it will be made.
	} finally {
		for (const directory of opened) await directory.close();
	}
}
