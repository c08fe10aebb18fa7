/**
 * Opens a part in the sub-folder: a new one under a random name, or one of a
 * broken transfer that is ours now. Invariants: a part that may be kept has a
 * journal that says what it is; where this rejects, a new part is gone and an
 * old one is as it was, but for bytes that nobody wants.
 */
import {constants} from 'node:fs';
import type {PartialId, PeerId, PlannedEntry} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import type {Directory} from './directory.js';
import {writePartJournal} from './part-journal.js';
import {newPartId, ownName, release} from './part-names.js';
import {createPartSlot, type PartSlot} from './part-slot.js';
import type {PartsFolder} from './parts-folder.js';
import {isKept} from './remnants.js';
import type {StorageFiles} from './storage-files.js';
import type {TreeFolder} from './tree-folder.js';

export interface OpenPartOptions {
	readonly files: StorageFiles;
	readonly parts: PartsFolder;
	readonly entry: PlannedEntry;
	readonly peerId: PeerId;
	/** Of an old part: what of it is used; with 0 it begins anew. */
	readonly heldBytes: number;
	/** An old part that this process has taken over. */
	readonly id?: PartialId;
	/** The folder that it goes to; asked when the file is whole. */
	readonly target: () => Promise<TreeFolder>;
}

/** Throws what the system says. */
export async function openPart(options: OpenPartOptions): Promise<PartSlot> {
	const {parts, id} = options;
	if (id === undefined)
		return parts.use(async directory => create(options, directory));
	const directory = await parts.find();
	if (!directory) throw new SocktermError('storageFailed', {what: 'ENOENT'});
	return reopen(options, directory, id);
}

const createOnly =
	constants.O_RDWR |
	constants.O_CREAT |
	constants.O_EXCL |
	constants.O_NOFOLLOW;

async function create(
	options: OpenPartOptions,
	parts: Directory,
): Promise<PartSlot> {
	const {files} = options;
	const id = newPartId();
	const path = parts.child(ownName(id, 'part'));
	let fd: number | undefined;
	try {
		fd = await files.open(path, createOnly, 0o600);
		await describe(options, parts, id);
		return toSlot(options, parts, {id, fd, sizeBytes: 0});
	} catch (error) {
		if (fd !== undefined) {
			await files.close(fd).catch(() => undefined);
			await files.unlink(path).catch(() => undefined);
		}

		release(id);
		throw error;
	}
}

async function reopen(
	options: OpenPartOptions,
	parts: Directory,
	id: PartialId,
): Promise<PartSlot> {
	const {files, entry, heldBytes} = options;
	const path = parts.child(ownName(id, 'part'));
	const fd = await files.open(path, constants.O_RDWR | constants.O_NOFOLLOW);
	try {
		const {size} = await files.fstat(fd);
		const wanted = heldBytes === 0 ? 0 : entry.sizeBytes;
		const sizeBytes = Math.min(Number(size), wanted);
		await describe(options, parts, id);
		if (Number(size) > wanted) await files.ftruncate(fd, wanted);
		return toSlot(options, parts, {id, fd, sizeBytes});
	} catch (error) {
		await files.close(fd).catch(() => undefined);
		throw error;
	}
}

async function describe(
	{files, entry, peerId}: OpenPartOptions,
	parts: Directory,
	id: PartialId,
): Promise<void> {
	if (!isKept(entry)) return;
	const {suggested, sizeBytes, mtimeMs} = entry;
	const journal = {peerId, suggested, sizeBytes, mtimeMs};
	await writePartJournal(files, parts, id, journal);
}

const toSlot = (
	{files, entry, target}: OpenPartOptions,
	parts: Directory,
	part: {
		readonly id: PartialId;
		readonly fd: number;
		readonly sizeBytes: number;
	},
) =>
	createPartSlot({
		files,
		parts,
		...part,
		isJournalled: isKept(entry),
		name: entry.path.at(-1)!,
		target,
	});
