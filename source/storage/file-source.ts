/**
 * Files that are to be sent: looked at when they are named, and remembered as
 * they were. It decides what an entry is and how it is opened; whether what is
 * read is still what was offered is decided where it is read
 * (`source-file.ts`). Invariants: only regular files are opened (a symlink that
 * the user names is followed, it is his; one inside a folder is not); nothing
 * is written.
 */
import {basename, resolve} from 'node:path';
import type {
	FileSource,
	SourceEntry,
	SourceReader,
	SourceTree,
} from '../engine/ports.js';
import {openReader} from './file-reader.js';
import type {FileThread} from './file-thread.js';
import {loadDigest, noneEqual} from './hasher.js';
import {createSmallFiles, type SmallFiles} from './small-files.js';
import {compareBlocks} from './source-compare.js';
import {
	markOf,
	notAFile,
	openRegular,
	toSourceError,
	type OfferedFile,
} from './source-file.js';
import {findTree, type FoundEntry} from './source-tree.js';
import {nodeFiles, type StorageFiles} from './storage-files.js';

/** Many small files go through `thread` where it is given, which is many times as fast. */
export function createFileSource(
	files: StorageFiles = nodeFiles,
	thread?: FileThread,
): FileSource {
	const small = thread && createSmallFiles(thread);
	const context = {files, thread, small};
	return {describe: async path => describe(context, resolve(path))};
}

interface Context {
	readonly files: StorageFiles;
	readonly thread: FileThread | undefined;
	readonly small: SmallFiles | undefined;
}

async function describe(context: Context, path: string): Promise<SourceTree> {
	const {files, thread} = context;
	const name = basename(path);
	// The root of the file system has no name to be sent under.
	if (name === '') throw notAFile(path);
	try {
		const status = await files.stat(path);
		if (status.isDirectory()) {
			const {entries, leftOut} = await findTree(files, path, name, thread);
			return {
				entries: entries.map(each => toEntry(context, each, false)),
				leftOut,
			};
		}
	} catch (error) {
		throw toSourceError(error, path);
	}

	// Opened and closed again: it shows now that it can be read, and a long queue holds no descriptors.
	const {fd, status} = await openRegular(files, path, true);
	await files.close(fd);
	const mark = markOf(status);
	const found = {kind: 'file', path: [name], shownPath: path, mark} as const;
	return {entries: [toEntry(context, found, true)], leftOut: 0};
}

function toEntry(
	{files, small}: Context,
	{kind, path, shownPath, mark}: FoundEntry,
	followsLink: boolean,
): SourceEntry {
	const mtimeMs = Number(mark.mtimeNs / 1_000_000n);
	if (kind === 'folder')
		return {kind, path, sizeBytes: 0, mtimeMs, ...nothingToRead};
	const file: OfferedFile = {
		path: shownPath,
		mark,
		followsLink,
	};
	return {
		kind,
		path,
		sizeBytes: Number(mark.size),
		mtimeMs,
		open: async () => (await small?.open(file)) ?? openReader(files, file),
		compare: async (hashes, isCancelled) =>
			compareBlocks(files, file, hashes, isCancelled),
	};
}

/** An empty folder: whether something has come into it meanwhile is not its own content. */
const nothingToRead: Pick<SourceEntry, 'open' | 'compare'> = {
	async open(): Promise<SourceReader> {
		const digest = await loadDigest();
		return {
			read: async () => new Uint8Array(),
			recycle: () => undefined,
			finish: async () => digest(new Uint8Array()),
			close: async () => undefined,
		};
	},
	compare: async hashes => noneEqual(hashes),
};
