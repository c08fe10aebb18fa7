/**
 * The folder where received files go. Only it and what it is made of (the
 * delivery, its folders and its part slots) create, link, rename or delete in
 * it. It decides whether there is room; what may be called how is decided by
 * `plan-names.ts`. Invariant: bytes promised to parts that are under way are not
 * promised twice.
 */
import {constants} from 'node:fs';
import {resolve} from 'node:path';
import type {ReceiveFolder} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {FolderDelivery} from './delivery.js';
import {createDirectory, type Directory} from './directory.js';
import {createFreeNames, type FreeNames} from './free-names.js';
import {planNames} from './plan-names.js';
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
	let openDeliveries = 0;
	let names: Promise<FreeNames> | undefined;

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
	};

	const claim = async (sizeBytes: number, root: Directory) => {
		const free = (await files.freeBytes(root.child('.'))) - claimedBytes();
		if (sizeBytes > free)
			throw new SocktermError('diskFull', {
				path,
				freeBytes: Math.max(0, free),
				neededBytes: sizeBytes,
			});
		const claimed = {
			missingBytes: () => sizeBytes,
			release() {
				claims.delete(claimed);
			},
		};
		claims.add(claimed);
		return claimed;
	};

	/** Listed once for all deliveries that overlap. `link` minds equal names only; `README` must not stand beside `readme` either. */
	const topNames = async (root: Directory) => {
		names ??= files.readdir(root.child('.')).then(createFreeNames);
		const listing = names;
		return listing.catch((error: unknown) => {
			if (names === listing) names = undefined;
			throw error;
		});
	};

	return {
		path,
		planNames,

		async freeBytes() {
			try {
				await prepare();
				return await files.freeBytes(path);
			} catch (cause) {
				throw new SocktermError('receiveFolderUnwritable', {path}, {cause});
			}
		},

		openDelivery() {
			openDeliveries++;
			const closed = () => {
				openDeliveries--;
				if (openDeliveries === 0) names = undefined;
			};

			return new FolderDelivery({
				files,
				path,
				prepare,
				claim,
				topNames,
				explain,
				closed,
			});
		},
	};
}
