import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect} from 'vitest';
import type {
	PartFile,
	ReceiveFolder,
	SafeName,
} from '../../source/engine/ports.js';
import {SocktermError, type ErrorInfo} from '../../source/errors.js';
import {createHasher} from '../../source/storage/hasher.js';
import {
	nodeFiles,
	type StorageFiles,
} from '../../source/storage/storage-files.js';

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

/** The path that a suggestion with slashes gets. */
export function planned(
	folder: ReceiveFolder,
	suggested: string,
	kind: 'file' | 'folder' = 'file',
): readonly SafeName[] {
	const [plan] = folder.planNames([{kind, path: suggested.split('/')}]);
	if (!plan?.ok) throw new Error(`refused: ${suggested}`);
	return plan.path;
}

/** A part in a delivery of its own, which is closed when the part has come to its end. */
export async function createPart(
	folder: ReceiveFolder,
	name: string,
	sizeBytes: number,
	mtimeMs = Date.UTC(2020, 0, 1),
): Promise<PartFile> {
	const delivery = folder.openDelivery();
	try {
		const path = planned(folder, name);
		const options = {kind: 'file', path, sizeBytes, mtimeMs} as const;
		const part = await delivery.createPart(options);
		return {
			write: bytes => {
				part.write(bytes);
			},
			queuedBytes: () => part.queuedBytes(),
			onProgress: callback => {
				part.onProgress(callback);
			},
			onFailed: callback => {
				part.onFailed(error => {
					const told = async () => {
						await delivery.close();
						callback(error);
					};

					void told();
				});
			},
			async publish(digest) {
				try {
					return await part.publish(digest);
				} finally {
					await delivery.close();
				}
			},
			async discard() {
				await part.discard();
				await delivery.close();
			},
		};
	} catch (error) {
		await delivery.close();
		throw error;
	}
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
	return (await part.publish(await blake3(bytes))).join('/');
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

export function systemError(code: string): Error {
	return Object.assign(new Error(code), {code});
}

type Call = keyof StorageFiles;

/**
 * The real calls, but `fails` may name an error for each one, by its name and
 * how many calls came before it. A failed `close` still closes, as in the system.
 */
export function faultyFiles(
	fails: (call: Call, index: number) => string | undefined,
): StorageFiles & {readonly calls: Call[]} {
	const calls: Call[] = [];
	const wrapped = {calls} as Record<string, unknown>;
	for (const [name, original] of Object.entries(nodeFiles)) {
		const call = name as Call;
		wrapped[name] = async (...parameters: unknown[]) => {
			const code = fails(call, calls.length);
			calls.push(call);
			const run = original as (...all: unknown[]) => Promise<unknown>;
			if (code === undefined) return run(...parameters);
			if (call === 'close') await run(...parameters);
			throw systemError(code);
		};
	}

	return wrapped as unknown as StorageFiles & {readonly calls: Call[]};
}
