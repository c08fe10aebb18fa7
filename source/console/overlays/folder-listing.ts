/** Reads folders for the picker: names at once, sizes and dates only for rows that are seen. */
import type {Dirent} from 'node:fs';
import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {strings} from '../../strings/index.js';

export interface FolderEntry {
	readonly name: string;
	/** Links count as what they lead to. `other`: a device, a pipe, a socket, a dead link. */
	readonly kind: 'folder' | 'file' | 'other';
}

export type FolderListing =
	| {readonly ok: true; readonly entries: readonly FolderEntry[]}
	| {readonly ok: false; readonly message: string};

export interface EntryDetails {
	readonly sizeBytes: number;
	readonly mtimeMs: number;
}

type Kinds = Pick<Dirent, 'isDirectory' | 'isFile'>;

const kindOf = (entry: Kinds): FolderEntry['kind'] =>
	entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other';

async function toEntry(folder: string, entry: Dirent): Promise<FolderEntry> {
	const {name} = entry;
	if (!entry.isSymbolicLink()) return {name, kind: kindOf(entry)};
	try {
		return {name, kind: kindOf(await stat(join(folder, name)))};
	} catch {
		return {name, kind: 'other'};
	}
}

const collator = new Intl.Collator(undefined, {numeric: true});

function compare(left: FolderEntry, right: FolderEntry): number {
	const isLeftFolder = left.kind === 'folder';
	return isLeftFolder === (right.kind === 'folder')
		? collator.compare(left.name, right.name)
		: isLeftFolder
			? -1
			: 1;
}

/** What a folder holds, folders first, then by name. A folder that cannot be read gives a sentence. */
export async function readFolder(folder: string): Promise<FolderListing> {
	try {
		const found = await readdir(folder, {withFileTypes: true});
		const entries = await Promise.all(
			found.map(async entry => toEntry(folder, entry)),
		);
		return {ok: true, entries: entries.sort(compare)};
	} catch (error) {
		const code =
			error instanceof Error && 'code' in error ? String(error.code) : '?';
		return {ok: false, message: sentenceFor(code, folder)};
	}
}

function sentenceFor(code: string, folder: string): string {
	const {picker} = strings.input;
	if (code === 'EACCES' || code === 'EPERM') {
		return picker.folderUnreadable(folder);
	}

	if (code === 'ENOENT') return picker.folderMissing(folder);
	return code === 'ENOTDIR'
		? picker.notAFolder(folder)
		: picker.folderFailed(folder, code);
}

/** Undefined where it is gone or may not be seen. */
export async function readDetails(
	path: string,
): Promise<EntryDetails | undefined> {
	try {
		const {size, mtimeMs} = await stat(path);
		return {sizeBytes: size, mtimeMs};
	} catch {
		return undefined;
	}
}
