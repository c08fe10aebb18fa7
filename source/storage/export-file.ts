/**
 * A new file for what a person keeps. Decides that nothing which is there is
 * written over, whatever it is, and that a half-written file goes away again;
 * what stands in it is left to the engine.
 *
 * Invariants: only a file that was made here is written or removed; it can be
 * read by its owner alone, because others wrote to them in private.
 */
import {constants} from 'node:fs';
import {dirname} from 'node:path';
import {SocktermError} from '../errors.js';
import type {ExportFile, ExportFiles} from '../engine/ports.js';
import {durably, errnoOf, isDiskFull} from './storage-errors.js';
import {nodeFiles, writeAll, type StorageFiles} from './storage-files.js';

const ownerOnly = 0o600;

async function toExportError(
	files: StorageFiles,
	path: string,
	cause: unknown,
): Promise<SocktermError> {
	if (isDiskFull(cause)) {
		const freeBytes = await files.freeBytes(dirname(path)).catch(() => 0);
		return new SocktermError('diskFull', {path, freeBytes}, {cause});
	}

	const what =
		cause instanceof SocktermError
			? (cause.info.details['what'] ?? cause.info.code)
			: (errnoOf(cause) ?? 'unknown');
	return errnoOf(cause) === 'EEXIST'
		? new SocktermError('exportExists', {path}, {cause})
		: new SocktermError('exportFailed', {path, what}, {cause});
}

export function createExportFiles(
	files: StorageFiles = nodeFiles,
): ExportFiles {
	return {
		async create(path) {
			const orThrow = async <Value>(step: () => Promise<Value>) => {
				try {
					return await step();
				} catch (cause) {
					throw await toExportError(files, path, cause);
				}
			};

			const {O_WRONLY, O_CREAT, O_EXCL} = constants;
			const fd = await orThrow(async () =>
				files.open(path, O_WRONLY | O_CREAT | O_EXCL, ownerOnly),
			);
			return openedFile(files, {path, fd}, orThrow);
		},
	};
}

function openedFile(
	files: StorageFiles,
	{path, fd}: {readonly path: string; readonly fd: number},
	orThrow: <Value>(step: () => Promise<Value>) => Promise<Value>,
): ExportFile {
	let isOpen = true;
	const release = async () => {
		if (!isOpen) return;
		isOpen = false;
		await files.close(fd);
	};

	/** Somebody may have put another file in its place. */
	const isOurs = async () => {
		const [ours, there] = await Promise.all([
			files.fstat(fd),
			files.lstat(path),
		]);
		return ours.ino === there.ino && ours.dev === there.dev;
	};

	return {
		write: async bytes => orThrow(async () => writeAll(files, fd, bytes)),
		close: async () =>
			orThrow(async () => {
				await durably(async () => files.fsync(fd));
				await release();
			}),
		async discard() {
			try {
				if (isOpen && (await isOurs())) await files.unlink(path);
			} catch {
				// It is gone already, or nobody can remove it: nothing more can be done.
			}

			await release().catch(() => undefined);
		},
	};
}
