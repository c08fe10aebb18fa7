/**
 * The folder where received files go. It and `part-slot.ts` are the only modules
 * that create, link, rename or delete in it. It decides whether there is room
 * and hands out part files; what may be called how is `receive-name.ts`'s.
 * Invariant: bytes promised to parts that are under way are not promised twice.
 */
import {constants} from 'node:fs';
import {resolve} from 'node:path';
import type {ReceiveFolder} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {createDirectory, openDirectory} from './directory.js';
import {createHasher} from './hasher.js';
import {createPartFile} from './part-file.js';
import {createPartSlot} from './part-slot.js';
import {planName} from './receive-name.js';
import {toStorageError} from './storage-errors.js';
import {nodeFiles, type StorageFiles} from './storage-files.js';

/** The receive folder at `folderPath`; nothing is touched before the first call. */
export function createReceiveFolder(
	folderPath: string,
	files: StorageFiles = nodeFiles,
): ReceiveFolder {
	const path = resolve(folderPath);
	// One for each part under way: what it still needs.
	const claims = new Set<{missingBytes: () => number}>();

	const claimedBytes = () => {
		let bytes = 0;
		for (const claim of claims) bytes += claim.missingBytes();
		return bytes;
	};

	const explain = async (cause: unknown, neededBytes: number) =>
		toStorageError(cause, {
			path,
			neededBytes,
			freeBytes: async () => files.freeBytes(path),
		});

	const prepare = async () => {
		await createDirectory(files, path);
		await files.access(path, constants.W_OK | constants.X_OK);
		return files.freeBytes(path);
	};

	return {
		path,
		planName,

		async freeBytes() {
			try {
				return await prepare();
			} catch (cause) {
				throw new SocktermError('receiveFolderUnwritable', {path}, {cause});
			}
		},

		async createPart({name, sizeBytes, mtimeMs}) {
			const claim = {missingBytes: () => sizeBytes};
			const release = () => claims.delete(claim) && claims.size === 0;
			try {
				const freeBytes = (await prepare()) - claimedBytes();
				if (sizeBytes > freeBytes)
					throw new SocktermError('diskFull', {
						path,
						freeBytes: Math.max(0, freeBytes),
						neededBytes: sizeBytes,
					});
				claims.add(claim);
				const hasher = await createHasher();
				const folder = await openDirectory(files, path);
				const slot = await createPartSlot(files, folder, release);
				const part = createPartFile({
					files,
					slot,
					hasher,
					name,
					sizeBytes,
					mtimeMs,
					explain,
				});
				claim.missingBytes = () => part.missingBytes();
				return part;
			} catch (cause) {
				claims.delete(claim);
				throw await explain(cause, sizeBytes);
			}
		},
	};
}
