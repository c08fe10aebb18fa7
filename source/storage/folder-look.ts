/**
 * Looks at the names of a folder that is to be sent: what each one is, and
 * whether it may be read. Nothing is opened and no link followed. Many names are
 * looked at by the file thread where there is one, which is several times as fast.
 */
import {constants} from 'node:fs';
import {join} from 'node:path';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import type {Directory} from './directory.js';
import {lookFields, type NamesLookedAt} from './file-tasks.js';
import type {FileThread} from './file-thread.js';
import {markOf, type FileMark} from './source-file.js';
import {errnoOf} from './storage-errors.js';
import type {StorageFiles} from './storage-files.js';

export interface Look {
	readonly kind: 'file' | 'folder' | 'other';
	readonly mark: FileMark;
}

/** Undefined where a name has gone meanwhile, or cannot be said. */
export type Looks = ReadonlyArray<Look | undefined>;

/** Throws fileUnreadable with the path of what may not be read. */
export async function lookAtNames(
	files: StorageFiles,
	directory: Directory,
	names: readonly string[],
	thread?: FileThread,
): Promise<Looks> {
	const looks: Array<Look | undefined> = [];
	if (thread && names.length >= limits.looksWorth) {
		thread.start();
		while (looks.length < names.length) {
			const some = names.slice(looks.length, looks.length + limits.looksBatch);
			const looked = await thread
				.ask(
					'lookAt',
					some.map(name => directory.child(name)),
				)
				.catch(() => undefined);
			// The rest is looked at the ordinary way.
			if (!looked) break;
			looks.push(...toLooks(looked, directory, some));
		}
	}

	const rest = names.slice(looks.length);
	return [...looks, ...(await lookAtMany(files, directory, rest))];
}

function toLooks(
	{fields, failed}: NamesLookedAt,
	directory: Directory,
	names: readonly string[],
): Looks {
	for (const [index, errno] of failed)
		throw unreadable(join(directory.path, names[index]!), errno);
	const kinds = [undefined, 'file', 'folder', 'other'] as const;
	return names.map((_, index) => {
		const [code, dev, ino, size, mtimeNs] = fields.subarray(
			index * lookFields,
			(index + 1) * lookFields,
		) as Iterable<bigint> as [bigint, bigint, bigint, bigint, bigint];
		const kind = kinds[Number(code)];
		return kind && {kind, mark: {dev, ino, size, mtimeNs}};
	});
}

async function lookAtMany(
	files: StorageFiles,
	directory: Directory,
	names: readonly string[],
): Promise<Looks> {
	const found: Array<Look | undefined> = [];
	let next = 0;
	const look = async () => {
		while (next < names.length) {
			const index = next++;
			const name = names[index]!;
			found[index] = await readable(join(directory.path, name), async () =>
				lookAtOne(files, directory.child(name)),
			);
		}
	};

	const lookers = Math.min(limits.looksAtOnce, names.length);
	await Promise.all(Array.from({length: lookers}, look));
	return found;
}

async function lookAtOne(
	files: StorageFiles,
	path: string,
): Promise<Look | undefined> {
	try {
		const status = await files.lstat(path);
		const isFile = status.isFile();
		if (isFile) await files.access(path, constants.R_OK);
		const kind = isFile ? 'file' : status.isDirectory() ? 'folder' : 'other';
		return {kind, mark: markOf(status)};
	} catch (error) {
		if (errnoOf(error) === 'ENOENT') return undefined;
		throw error;
	}
}

/** A whole folder is not sent with a part of it missing in silence. */
export async function readable<Result>(
	path: string,
	action: () => Promise<Result>,
): Promise<Result> {
	try {
		return await action();
	} catch (cause) {
		throw unreadable(path, errnoOf(cause) ?? 'unknown', cause);
	}
}

const unreadable = (path: string, what: string, cause?: unknown) =>
	new SocktermError('fileUnreadable', {path, what}, {cause});
