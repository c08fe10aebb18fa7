/**
 * Opens the file of the history. Decides what becomes of a file that cannot be
 * one: it gets another name and a new one takes its place. Invariants: nothing is
 * deleted; a file of a later version is left as it is; only its owner can read
 * what is made here; other programs may have the same file open.
 */
import {chmodSync, closeSync, existsSync, openSync, renameSync} from 'node:fs';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import {isDamaged, toHistoryError} from './history-errors.js';
import {migrate, schemaVersion, versionOf} from './schema.js';

export interface OpenHistory {
	readonly database: DatabaseSync;
	readonly path: string;
	/** Where the file is that was damaged. */
	readonly setAside?: string;
}

export const historyName = 'history.db';

/** SQLite writes beside it under these names, too. */
const companions = ['-wal', '-shm'];

/** Damaged files that are kept side by side. */
const mostSetAside = 100;

export function setAside(path: string): string {
	let aside = `${path}.corrupt`;
	for (let number = 2; existsSync(aside) && number <= mostSetAside; number++) {
		aside = `${path}.corrupt-${number}`;
	}

	renameSync(path, aside);
	for (const companion of companions) {
		if (existsSync(path + companion)) {
			renameSync(path + companion, aside + companion);
		}
	}

	return aside;
}

function connect(path: string): DatabaseSync {
	// SQLite would make it with what the umask allows, and its companions like it.
	closeSync(openSync(path, 'a', 0o600));
	const database = new DatabaseSync(path, {timeout: limits.historyBusyMs});
	try {
		if (versionOf(database) > schemaVersion) {
			throw new SocktermError('historyNewer', {path});
		}

		migrate(database);
		database.exec('PRAGMA journal_mode = WAL');
		database.exec('PRAGMA synchronous = NORMAL');
		// What is cleared is gone from the file.
		database.exec('PRAGMA secure_delete = ON');
		database.exec(`PRAGMA cache_size = -${limits.historyCacheBytes / 1024}`);
		database.exec(`PRAGMA journal_size_limit = ${limits.historyJournalBytes}`);
		// Reads the tables: a file that is cut short shows itself.
		database.prepare('SELECT count(*) FROM conversation').get();
		database.prepare('SELECT id FROM row ORDER BY id DESC LIMIT 1').get();
	} catch (error) {
		database.close();
		throw error;
	}

	chmodSync(path, 0o600);
	return database;
}

/** The history of a state folder that exists. Throws historyUnusable {path, what}, historyNewer {path}, historyFull {path}. */
export function openHistory(stateFolder: string): OpenHistory {
	const path = join(stateFolder, historyName);
	try {
		try {
			return {database: connect(path), path};
		} catch (error) {
			if (!isDamaged(error)) throw error;
		}

		const aside = setAside(path);
		return {database: connect(path), path, setAside: aside};
	} catch (error) {
		throw toHistoryError(error, path, 'historyUnusable');
	}
}
