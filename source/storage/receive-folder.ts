/**
 * The folder where received files go. Only it and what it is made of (the
 * delivery, its folders and its part slots) create, link, rename or delete in
 * it. What may be called how is decided by `plan-names.ts`, whether there is room
 * by `room-claims.ts`. Invariant: what only looks writes nothing.
 */
import {constants} from 'node:fs';
import {resolve} from 'node:path';
import type {ReceiveFolder} from '../engine/ports.js';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {FolderDelivery} from './delivery.js';
import {createDirectory, openDirectory, type Directory} from './directory.js';
import type {FileThread} from './file-thread.js';
import {createFreeNames, type FreeNames} from './free-names.js';
import {deletePartial, listPartials, sweepParts} from './partials.js';
import {findPartsFolder} from './parts-folder.js';
import {planNames} from './plan-names.js';
import {createRoomClaims} from './room-claims.js';
import {createSmallSaves} from './small-saves.js';
import {errnoOf, toStorageError} from './storage-errors.js';
import {nodeFiles, type StorageFiles} from './storage-files.js';
import type {StorageTiming} from './storage-timing.js';
import {surveyFolder} from './survey.js';

/** The receive folder at `folderPath`; nothing is touched before the first call. `thread` saves many small files, and does nothing else. */
export function createReceiveFolder(
	folderPath: string,
	files: StorageFiles = nodeFiles,
	timing: StorageTiming = limits,
	thread?: FileThread,
): ReceiveFolder {
	const path = resolve(folderPath);
	const room = createRoomClaims(files);
	const saves = thread && createSmallSaves(thread);
	let openDeliveries = 0;
	let names: Promise<FreeNames> | undefined;

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

	/** Listed once for all deliveries that overlap. `link` minds equal names only; `README` must not stand beside `readme` either. */
	const topNames = async (root: Directory) => {
		names ??= files.readdir(root.child('.')).then(createFreeNames);
		const listing = names;
		return listing.catch((error: unknown) => {
			if (names === listing) names = undefined;
			throw error;
		});
	};

	const unwritable = (cause: unknown) =>
		new SocktermError('receiveFolderUnwritable', {path}, {cause});

	/** With what is there already; `undefined` to the action where nothing is. */
	const look = async <Result>(
		action: (
			root: Directory | undefined,
			parts: Directory | undefined,
		) => Promise<Result>,
	): Promise<Result> => {
		const opened: Directory[] = [];
		try {
			const root = await openDirectory(files, path).catch((error: unknown) => {
				if (errnoOf(error) === 'ENOENT') return undefined;
				throw error;
			});
			if (root) opened.push(root);
			const parts = root && (await findPartsFolder(files, root));
			if (parts) opened.push(parts);
			return await action(root, parts);
		} catch (cause) {
			throw cause instanceof SocktermError ? cause : unwritable(cause);
		} finally {
			for (const directory of opened) await directory.close();
		}
	};

	return {
		path,
		planNames,

		async freeBytes() {
			try {
				await prepare();
				return await files.freeBytes(path);
			} catch (cause) {
				throw unwritable(cause);
			}
		},

		survey: async (peerId, entries) =>
			look(async (root, parts) =>
				root
					? surveyFolder({files, root, parts, peerId, entries})
					: entries.map(() => undefined),
			),

		openDelivery(peerId, entries, settled = []) {
			openDeliveries++;
			const closed = () => {
				openDeliveries--;
				if (openDeliveries === 0) names = undefined;
			};

			return new FolderDelivery({
				files,
				timing,
				path,
				peerId,
				entries,
				settled,
				prepare,
				room,
				saves,
				topNames,
				explain,
				closed,
			});
		},

		listPartials: async () =>
			look(async (_, parts) => (parts ? listPartials(files, parts) : [])),
		deletePartial: async id =>
			look(async (_, parts) => deletePartial(files, parts, id)),
		async sweep() {
			await look(async (root, parts) => {
				if (root && parts) await sweepParts(files, root, parts);
			}).catch(() => undefined);
		},
	};
}
