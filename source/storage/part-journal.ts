/**
 * The small files that say what a part is, and which folder a transfer began. They
 * only help to find things again: what is used is decided by content. So whatever
 * is wrong with one makes it none. Invariants: reading never throws; writing
 * replaces the whole file or nothing.
 */
import {constants} from 'node:fs';
import * as v from 'valibot';
import type {PartialId, PeerId, SafeName} from '../engine/ports.js';
import {limits} from '../limits.js';
import type {Directory} from './directory.js';
import {ownName, writePartName} from './part-names.js';
import {readSafeName} from './receive-name.js';
import {writeAll, type StorageFiles} from './storage-files.js';

export interface PartJournal {
	readonly peerId: PeerId;
	/** The whole path as it was suggested. */
	readonly suggested: readonly string[];
	readonly sizeBytes: number;
	readonly mtimeMs: number;
}

export interface FolderJournal {
	readonly peerId: PeerId;
	/** The top component as it was suggested. */
	readonly suggested: string;
	/** The name that it got. */
	readonly name: SafeName;
	readonly dev: bigint;
	readonly ino: bigint;
}

const version = 1;
const component = v.pipe(v.string(), v.maxBytes(4 * limits.nameBytes));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const bigCount = v.pipe(
	v.string(),
	v.regex(/^\d{1,20}$/),
	v.transform(text => BigInt(text)),
);
const peerId = v.pipe(
	v.string(),
	v.regex(/^[\da-f]{64}$/),
	v.transform(text => text as PeerId),
);

const partSchema = v.object({
	version: v.literal(version),
	peerId,
	suggested: v.pipe(
		v.array(component),
		v.minLength(1),
		v.maxLength(limits.pathComponents),
	),
	sizeBytes: count,
	mtimeMs: v.pipe(v.number(), v.finite()),
});

const folderSchema = v.object({
	version: v.literal(version),
	peerId,
	suggested: component,
	// Only what this program would have written is a name.
	name: v.pipe(
		v.string(),
		v.transform(readSafeName),
		v.custom<SafeName>(name => name !== undefined),
	),
	dev: bigCount,
	ino: bigCount,
});

export const encodePartJournal = (journal: PartJournal): Uint8Array =>
	encode(journal);

export const encodeFolderJournal = (journal: FolderJournal): Uint8Array =>
	encode({...journal, dev: String(journal.dev), ino: String(journal.ino)});

/** Undefined for anything that is not one. */
export const decodePartJournal = (bytes: Uint8Array): PartJournal | undefined =>
	decode(partSchema, bytes);

export const decodeFolderJournal = (
	bytes: Uint8Array,
): FolderJournal | undefined => decode(folderSchema, bytes);

const encode = (fields: object) =>
	new TextEncoder().encode(JSON.stringify({version, ...fields}));

const decoder = new TextDecoder('utf-8', {fatal: true});

function decode<Schema extends v.GenericSchema>(
	schema: Schema,
	bytes: Uint8Array,
): v.InferOutput<Schema> | undefined {
	try {
		const result = v.safeParse(schema, JSON.parse(decoder.decode(bytes)));
		return result.success ? result.output : undefined;
	} catch {
		return undefined;
	}
}

// A path of the most components, each of the most bytes, written with escapes.
const mostBytes = 6 * 4 * limits.nameBytes * limits.pathComponents + 1_024;

/** The content of a small file of ours; undefined where it cannot be had. Never rejects. */
export async function readJournal(
	files: StorageFiles,
	parts: Directory,
	name: string,
): Promise<Uint8Array | undefined> {
	let fd;
	try {
		const flags =
			constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
		fd = await files.open(parts.child(name), flags);
		const status = await files.fstat(fd);
		if (!status.isFile() || status.size > BigInt(mostBytes)) return undefined;
		const bytes = new Uint8Array(Number(status.size));
		const length = await files.read(fd, bytes, 0);
		return bytes.subarray(0, length);
	} catch {
		return undefined;
	} finally {
		if (fd !== undefined) await files.close(fd).catch(() => undefined);
	}
}

/** Writes `<id>.json`, or puts it in place of the one that is there. */
export async function writePartJournal(
	files: StorageFiles,
	parts: Directory,
	id: PartialId,
	journal: PartJournal,
): Promise<void> {
	const own = parts.child(ownName(id, 'json'));
	await writeNew(files, own, encodePartJournal(journal));
	try {
		const name = writePartName({id, kind: 'json'});
		await files.rename(own, parts.child(name));
	} catch (error) {
		await files.unlink(own).catch(() => undefined);
		throw error;
	}
}

/** Writes a new file, or none. */
export async function writeNew(
	files: StorageFiles,
	path: string,
	bytes: Uint8Array,
): Promise<void> {
	const flags =
		constants.O_WRONLY |
		constants.O_CREAT |
		constants.O_EXCL |
		constants.O_NOFOLLOW;
	const fd = await files.open(path, flags, 0o600);
	try {
		await writeAll(files, fd, bytes);
	} catch (error) {
		await files.unlink(path).catch(() => undefined);
		throw error;
	} finally {
		await files.close(fd).catch(() => undefined);
	}
}
