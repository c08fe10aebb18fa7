/**
 * Finds what broken transfers left in the sub-folder: parts with their journals,
 * and folders that were begun. It decides what is of use; nothing is changed.
 * Invariants: what a living process uses is not among it; what cannot be read is
 * left out, never an error.
 */
import type {BigIntStats} from 'node:fs';
import type {PartialId, PlannedEntry} from '../engine/ports.js';
import {limits} from '../limits.js';
import {forEachAtOnce} from './at-once.js';
import type {Directory} from './directory.js';
import {usableBytes} from './held-content.js';
import {
	decodeFolderJournal,
	decodePartJournal,
	readJournal,
	type FolderJournal,
	type PartJournal,
} from './part-journal.js';
import {
	isUsed,
	readPartName,
	writePartName,
	type PartKind,
	type PartName,
} from './part-names.js';
import {keptTime} from './received-attributes.js';
import type {StorageFiles} from './storage-files.js';

export interface Remnant<Journal = PartJournal> {
	readonly id: PartialId;
	readonly name: PartName;
	readonly journal: Journal;
	readonly sizeBytes: number;
	/** Last written, in ms since 1970. */
	readonly at: number;
}

const wholeMs = (ns: bigint) => Number(ns / 1_000_000n);

/** Just before it is named a part gets the sender's time: then the last change tells. */
function lastWritten(status: BigIntStats, journal: PartJournal): number {
	const at = wholeMs(status.mtimeNs);
	const isSenders = Math.abs(at - keptTime(journal.mtimeMs, at)) <= 1;
	return isSenders ? wholeMs(status.ctimeNs) : at;
}

/** A regular file of ours with no other name: one that has two was published, and must not be written to. */
function isOwnFile(status: BigIntStats): boolean {
	const uid = process.getuid?.();
	return (
		status.isFile() &&
		(uid === undefined || (status.uid === BigInt(uid) && status.nlink === 1n))
	);
}

/** Those of one kind that nobody uses. */
export async function listUnused(
	files: StorageFiles,
	parts: Directory,
	kind: PartKind,
): Promise<PartName[]> {
	const names = await files.readdir(parts.child('.'));
	return names
		.map(readPartName)
		.filter(
			name => name !== undefined && name.kind === kind && !isUsed(name),
		) as PartName[];
}

/** What one part is; undefined where it is of no use. Never rejects. */
export async function lookAtPart(
	files: StorageFiles,
	parts: Directory,
	name: PartName,
): Promise<Remnant | undefined> {
	const {id} = name;
	const written = writePartName({id, kind: 'json'});
	const bytes = await readJournal(files, parts, written);
	const journal = bytes && decodePartJournal(bytes);
	if (!journal) return undefined;
	try {
		const status = await files.lstat(parts.child(writePartName(name)));
		const sizeBytes = Number(status.size);
		const at = lastWritten(status, journal);
		return isOwnFile(status) && usableBytes(sizeBytes, journal.sizeBytes) > 0
			? {id, name, journal, sizeBytes, at}
			: undefined;
	} catch {
		return undefined;
	}
}

/** All parts of use, the newest first. */
export async function listRemnants(
	files: StorageFiles,
	parts: Directory,
): Promise<Remnant[]> {
	const found: Remnant[] = [];
	const names = await listUnused(files, parts, 'part');
	await forEachAtOnce(names, async name => {
		const remnant = await lookAtPart(files, parts, name);
		if (remnant) found.push(remnant);
	});
	return found.sort((left, right) => right.at - left.at);
}

/** Folders that were begun, the newest first; whether they are still there is not looked at. */
export async function listBegun(
	files: StorageFiles,
	parts: Directory,
): Promise<Array<Remnant<FolderJournal>>> {
	const found: Array<Remnant<FolderJournal>> = [];
	const names = await listUnused(files, parts, 'folder.json');
	await forEachAtOnce(names, async name => {
		const written = writePartName(name);
		const bytes = await readJournal(files, parts, written);
		const journal = bytes && decodeFolderJournal(bytes);
		const status = await files
			.lstat(parts.child(written))
			.catch(() => undefined);
		if (!journal || !status) return;
		const at = wholeMs(status.mtimeNs);
		found.push({id: name.id, name, journal, sizeBytes: 0, at});
	});
	return found.sort((left, right) => right.at - left.at);
}

/** A path as a key. */
export const pathKey = (path: readonly string[]) => JSON.stringify(path);

/** Parts of one peer by their suggested path. */
export function byPath(
	remnants: readonly Remnant[],
	peerId: string,
): Map<string, Remnant[]> {
	const found = new Map<string, Remnant[]>();
	for (const remnant of remnants) {
		if (remnant.journal.peerId !== peerId) continue;
		const key = pathKey(remnant.journal.suggested);
		const others = found.get(key);
		if (others) others.push(remnant);
		else found.set(key, [remnant]);
	}

	return found;
}

/** Whether a part of the entry is kept when its transfer breaks off. */
export const isKept = ({kind, sizeBytes}: PlannedEntry) =>
	kind === 'file' && sizeBytes >= limits.blockBytes;

/** Those that an entry can go on with, the likeliest first: of the same size and time, then the newest. */
export function candidatesFor(
	remnants: ReadonlyMap<string, readonly Remnant[]>,
	entry: PlannedEntry,
): Remnant[] {
	if (!isKept(entry)) return [];
	const isExact = ({journal}: Remnant) =>
		journal.sizeBytes === entry.sizeBytes && journal.mtimeMs === entry.mtimeMs;
	return (remnants.get(pathKey(entry.suggested)) ?? [])
		.filter(({sizeBytes}) => usableBytes(sizeBytes, entry.sizeBytes) > 0)
		.sort((left, right) => Number(isExact(right)) - Number(isExact(left)));
}
