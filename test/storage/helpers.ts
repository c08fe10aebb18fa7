import {readdirSync} from 'node:fs';
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect} from 'vitest';
import type {
	Delivery,
	EntryKind,
	PartFile,
	PeerId,
	PlannedEntry,
	Published,
	ReceiveFolder,
} from '../../source/engine/ports.js';
import {SocktermError, type ErrorInfo} from '../../source/errors.js';
import {limits} from '../../source/limits.js';
import {createHasher} from '../../source/storage/hasher.js';
import {
	nodeFiles,
	type StorageFiles,
} from '../../source/storage/storage-files.js';
import {equalBytes} from '../../source/util/bytes.js';

const folders: string[] = [];

afterEach(async () => {
	for (const folder of folders.splice(0))
		await rm(folder, {recursive: true, force: true});
});

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'sockterm-test-'));
	folders.push(folder);
	return folder;
}

/** The first `count` things that an iterator gives. */
export function firstOf<Item>(items: Iterator<Item>, count: number): Item[] {
	const first: Item[] = [];
	while (first.length < count) {
		const next = items.next();
		if (next.done) break;
		first.push(next.value);
	}

	return first;
}

/** Everything below a folder, hidden or not, sorted. */
export async function treeOf(folder: string): Promise<string[]> {
	return (await readdir(folder, {recursive: true})).sort();
}

export async function blake3(bytes: Uint8Array): Promise<Uint8Array> {
	const hasher = await createHasher();
	hasher.update(bytes);
	return hasher.digest();
}

export const peer = 'a1'.repeat(32) as PeerId;
export const otherPeer = 'b2'.repeat(32) as PeerId;

/** A moment at which no file of a test was made. */
export const sentAt = Date.UTC(2020, 0, 1);

/** How a suggestion with slashes would be written; one that ends in a slash is an empty folder. */
export function planned(
	folder: ReceiveFolder,
	suggested: string,
	sizeBytes: number,
	rest: {readonly mtimeMs?: number; readonly kind?: EntryKind} = {},
): PlannedEntry {
	const kind = suggested.endsWith('/') ? 'folder' : 'file';
	const entry = {
		kind,
		suggested: suggested.replace(/\/$/, '').split('/'),
		sizeBytes,
		mtimeMs: sentAt,
		...rest,
	} as const;
	const [plan] = folder.planNames([{kind: entry.kind, path: entry.suggested}]);
	if (!plan?.ok) throw new Error(`refused: ${suggested}`);
	return {...entry, path: plan.path};
}

/** A delivery of one entry. */
export function deliverOne(
	folder: ReceiveFolder,
	name: string,
	sizeBytes: number,
	rest: {readonly mtimeMs?: number; readonly kind?: EntryKind} = {},
): Delivery {
	return folder.openDelivery(peer, [planned(folder, name, sizeBytes, rest)]);
}

/** A part in a delivery of its own, which is closed when the part has come to its end. */
export async function createPart(
	folder: ReceiveFolder,
	name: string,
	sizeBytes: number,
	rest: {readonly mtimeMs?: number; readonly kind?: EntryKind} = {},
): Promise<PartFile> {
	const delivery = deliverOne(folder, name, sizeBytes, rest);
	try {
		return closing(await delivery.createPart(0, 0), delivery);
	} catch (error) {
		await delivery.close();
		throw error;
	}
}

/** The same part; its end is that of the delivery. */
export function closing(part: PartFile, delivery: Delivery): PartFile {
	const andClose = async <Result>(end: Promise<Result>) => {
		try {
			return await end;
		} finally {
			await delivery.close();
		}
	};

	return {
		write: bytes => part.write(bytes),
		skip: countBytes => part.skip(countBytes),
		queuedBytes: () => part.queuedBytes(),
		onProgress: callback => part.onProgress(callback),
		onBlocked: callback => part.onBlocked(callback),
		onFailed: callback => {
			part.onFailed(error => {
				const told = async () => {
					await delivery.close();
					callback(error);
				};

				void told();
			});
		},
		publish: async digest => andClose(part.publish(digest)),
		suspend: async () => andClose(part.suspend()),
		discard: async () => andClose(part.discard()),
	};
}

/** Receives a whole file in pieces of `pieceBytes`; gives the name it got. */
export async function receive(
	folder: ReceiveFolder,
	name: string,
	bytes: Uint8Array,
	pieceBytes = 16_384,
): Promise<string> {
	const part = await createPart(folder, name, bytes.length);
	for (let start = 0; start < bytes.length; start += pieceBytes)
		part.write(bytes.slice(start, start + pieceBytes));
	const {path} = await part.publish(await blake3(bytes));
	return path.join('/');
}

/** Breaks a transfer off when so much of it is on the disk. */
export async function leavePartial(
	folder: ReceiveFolder,
	name: string,
	sizeBytes: number,
	bytes: Uint8Array,
	mtimeMs = sentAt,
): Promise<void> {
	const part = await createPart(folder, name, sizeBytes, {mtimeMs});
	const written = new Promise<void>(resolve => {
		part.onProgress(() => {
			if (part.queuedBytes() === 0) resolve();
		});
	});
	part.write(bytes);
	await written;
	await part.suspend();
}

/** Moves one entry as a sender of `content` would, leaving out what is held; what it left out. */
export async function move(
	delivery: Delivery,
	entry: number,
	content: Uint8Array,
): Promise<{
	readonly heldBytes: number;
	readonly published: Published;
}> {
	const held = await delivery.held(entry);
	const hashes = held?.kind === 'partial' ? held.hashes : new Uint8Array();
	const pieces: Array<{bytes: Uint8Array; isHeld: boolean}> = [];
	let heldBytes = 0;
	for (let start = 0; start < content.length; start += limits.blockBytes) {
		const bytes = content.subarray(start, start + limits.blockBytes);
		const at = (start / limits.blockBytes) * 32;
		const hash = hashes.subarray(at, at + 32);
		const isHeld = equalBytes(hash, await blake3(bytes));
		if (isHeld) heldBytes += bytes.length;
		pieces.push({bytes, isHeld});
	}

	const part = await delivery.createPart(entry, heldBytes);
	for (const {bytes, isHeld} of pieces) {
		if (isHeld) part.skip(bytes.length);
		else part.write(bytes);
	}

	return {heldBytes, published: await part.publish(await blake3(content))};
}

/** The error that a promise was rejected with; fails where it was not, or not with ours. */
export async function errorOf(promise: Promise<unknown>): Promise<ErrorInfo> {
	const error: unknown = await promise.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	expect(error).toBeInstanceOf(SocktermError);
	return (error as SocktermError).info;
}

/** Fails where a file holds anything else; a matcher would take a second for a few MB. */
export async function expectContent(
	path: string,
	bytes: Uint8Array,
): Promise<void> {
	const actual = await readFile(path);
	expect(actual.length).toBe(bytes.length);
	expect(actual.equals(bytes)).toBe(true);
}

export function systemError(code: string): Error {
	return Object.assign(new Error(code), {code});
}

type Call = keyof StorageFiles;

/**
 * The real calls, but `fails` may name an error for each one, by its name, how
 * many calls came before it and how many of them of its name. A failed `close`
 * still closes, as in the system.
 */
export function faultyFiles(
	fails: (call: Call, index: number, nth: number) => string | undefined,
	base: StorageFiles = nodeFiles,
): StorageFiles & {readonly calls: Call[]} {
	const calls: Call[] = [];
	const counts = new Map<Call, number>();
	const wrapped = {calls} as Record<string, unknown>;
	for (const [name, original] of Object.entries(base)) {
		const call = name as Call;
		wrapped[name] = async (...parameters: unknown[]) => {
			const nth = counts.get(call) ?? 0;
			const code = fails(call, calls.length, nth);
			calls.push(call);
			counts.set(call, nth + 1);
			const run = original as (...all: unknown[]) => Promise<unknown>;
			if (code === undefined) return run(...parameters);
			if (call === 'close') await run(...parameters);
			throw systemError(code);
		};
	}

	return wrapped as unknown as StorageFiles & {readonly calls: Call[]};
}

/** Descriptors that this process has open. */
export const openDescriptors = () => readdirSync('/proc/self/fd').length;
