/**
 * Small files that are whole at every moment: written beside, made durable, given their
 * name, and the name made durable. Decides nothing about what is in them.
 */
import {randomBytes} from 'node:crypto';
import {link, open, rename, unlink} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {syncDirectory} from './directory.js';
import {nodeFiles} from './storage-files.js';

/** `isNew`: rejects with EEXIST where the name is taken. Readable by its owner alone unless `mode` says else. */
export async function writeWhole(
	path: string,
	text: string,
	{isNew = false, mode = 0o600}: {isNew?: boolean; mode?: number} = {},
): Promise<void> {
	const folder = dirname(path);
	const temporary = join(folder, `.state-${randomBytes(12).toString('hex')}`);
	const file = await open(temporary, 'wx', mode);
	try {
		try {
			await file.writeFile(text);
			await file.datasync();
		} finally {
			await file.close();
		}

		if (isNew) {
			await link(temporary, path);
			await unlink(temporary);
		} else {
			await rename(temporary, path);
		}

		await syncDirectory(nodeFiles, folder);
	} catch (error) {
		await unlink(temporary).catch(() => undefined);
		throw error;
	}
}
