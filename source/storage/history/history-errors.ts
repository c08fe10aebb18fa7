/** Turns what SQLite and the system say into our codes: damaged, full, or the rest with its name. */
import {SocktermError} from '../../errors.js';
import {errnoOf} from '../storage-errors.js';

/** SQLite's primary result codes (https://sqlite.org/rescode.html). */
const codes = {corrupt: 11, full: 13, notADatabase: 26} as const;

const names: Readonly<Record<number, string>> = {
	5: 'SQLITE_BUSY',
	6: 'SQLITE_LOCKED',
	8: 'SQLITE_READONLY',
	10: 'SQLITE_IOERR',
	14: 'SQLITE_CANTOPEN',
};

/** The primary code is the low byte of the extended one. */
function sqliteCode(error: unknown): number | undefined {
	if (!(error instanceof Error) || !('errcode' in error)) return undefined;
	return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

/** What stands there cannot be read as a history, and never will be. */
export function isDamaged(error: unknown): boolean {
	const code = sqliteCode(error);
	return code === codes.corrupt || code === codes.notADatabase;
}

export function toHistoryError(
	cause: unknown,
	path: string,
	code: 'historyUnusable' | 'historyFailed',
): SocktermError {
	if (cause instanceof SocktermError) return cause;
	const sqlite = sqliteCode(cause);
	const errno = errnoOf(cause);
	if (sqlite === codes.full || errno === 'ENOSPC') {
		return new SocktermError('historyFull', {path}, {cause});
	}

	const named = sqlite === undefined ? undefined : names[sqlite];
	const what = named ?? (errno === 'ERR_SQLITE_ERROR' ? undefined : errno);
	return new SocktermError(
		code,
		{path, what: what ?? (cause instanceof Error ? cause.message : 'unknown')},
		{cause},
	);
}
