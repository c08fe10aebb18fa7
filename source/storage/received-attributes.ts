/** The time and the mode that a received file gets. */
import {isUnsupported} from './storage-errors.js';
import type {StorageFiles} from './storage-files.js';

const dayMs = 86_400_000;

/** The sender's, unless it is before 1970 or in the future: that breaks tools that compare times. */
export function keptTime(mtimeMs: number, now: number): number {
	const kept = Math.min(Math.max(mtimeMs, 0), now + dayMs);
	return Number.isFinite(kept) ? kept : now;
}

export async function setAttributes(
	files: StorageFiles,
	fd: number,
	mtimeMs: number,
): Promise<void> {
	const now = Date.now();
	try {
		await files.futimes(fd, now, keptTime(mtimeMs, now));
		await files.fchmod(fd, 0o666 & ~process.umask());
	} catch (error) {
		// FAT and some network shares know neither; the bytes are what counts.
		if (!isUnsupported(error)) throw error;
	}
}
