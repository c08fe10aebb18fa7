/**
 * What broken transfers left in a receive folder, as people see it and get rid
 * of it. Invariants: nothing is deleted that a living process uses, nor anything
 * of a name that is not ours; a part goes before its journal.
 */
import type {Partial, PartialId} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import type {Directory} from './directory.js';
import {usableBytes} from './held-content.js';
import {
	isUsed,
	readPartName,
	release,
	reserve,
	writePartName,
	type PartName,
} from './part-names.js';
import {removePartsFolder} from './parts-folder.js';
import {listBegun, listRemnants, listUnused, lookAtPart} from './remnants.js';
import {isSameFolder, notMadeYet} from './folder-mark.js';
import type {StorageFiles} from './storage-files.js';

/** Those of use that nobody uses, the newest first. */
export async function listPartials(
	files: StorageFiles,
	parts: Directory,
): Promise<Partial[]> {
	const remnants = await listRemnants(files, parts);
	return remnants.map(({id, journal, sizeBytes, at}) => ({
		id,
		peerId: journal.peerId,
		suggested: journal.suggested,
		sizeBytes: journal.sizeBytes,
		heldBytes: usableBytes(sizeBytes, journal.sizeBytes),
		at,
	}));
}

/** Throws noSuchPartial, also where somebody has begun to use it. */
export async function deletePartial(
	files: StorageFiles,
	parts: Directory | undefined,
	id: PartialId,
): Promise<void> {
	const names = parts ? await listUnused(files, parts, 'part') : [];
	const name = names.find(each => each.id === id);
	if (!parts || !name || !(await remove(files, parts, name)))
		throw new SocktermError('noSuchPartial');
}

/** Deletes what is too old or of no use. */
export async function sweepParts(
	files: StorageFiles,
	root: Directory,
	parts: Directory,
): Promise<void> {
	const oldest = Date.now() - limits.partialMs;
	for (const name of await listUnused(files, parts, 'part')) {
		const remnant = await lookAtPart(files, parts, name);
		if (!remnant || remnant.at < oldest) await remove(files, parts, name);
	}

	for (const name of await listAlone(files, parts))
		await remove(files, parts, name);
	const kept = new Set<PartialId>();
	for (const {id, journal, at} of await listBegun(files, parts)) {
		const status = await files
			.lstat(root.child(journal.name))
			.catch(() => undefined);
		const isThere =
			status !== undefined &&
			(isSameFolder(journal, notMadeYet) || isSameFolder(status, journal));
		if (isThere && at >= oldest) kept.add(id);
	}

	for (const name of await listUnused(files, parts, 'folder.json'))
		if (!kept.has(name.id)) await remove(files, parts, name);
	await removePartsFolder(files, root);
}

/** Journals without a part. Looked for twice: a part that is renamed meanwhile may be missing in one list. */
async function listAlone(
	files: StorageFiles,
	parts: Directory,
): Promise<PartName[]> {
	let found: PartName[] = [];
	for (let round = 0; round < 2; round++) {
		const names = (await files.readdir(parts.child('.')))
			.map(readPartName)
			.filter(name => name !== undefined);
		const withPart = new Set(
			names.filter(({kind}) => kind === 'part').map(({id}) => id),
		);
		const before = round === 0 ? undefined : new Set(found.map(({id}) => id));
		found = names.filter(
			name =>
				name.kind === 'json' &&
				!isUsed(name) &&
				// One on its way that nobody writes any more is no journal yet.
				(name.owner !== undefined || !withPart.has(name.id)) &&
				(!before || before.has(name.id)),
		);
	}

	return found;
}

/** False where somebody has taken it meanwhile. */
async function remove(
	files: StorageFiles,
	parts: Directory,
	name: PartName,
): Promise<boolean> {
	const {id, kind} = name;
	if (!reserve(id)) return false;
	try {
		await files.unlink(parts.child(writePartName(name)));
		if (kind === 'part') {
			const journal = writePartName({id, kind: 'json'});
			await files.unlink(parts.child(journal)).catch(() => undefined);
		}

		return true;
	} catch {
		return false;
	} finally {
		release(id);
	}
}
