/**
 * Turns what the system says (errno) into our codes, in one place. It decides
 * whose problem it is: a full disk, a folder that takes nothing, or the rest.
 */
import {SocktermError} from '../errors.js';

/** The symbolic errno of a thrown value, such as `ENOSPC`. */
export function errnoOf(error: unknown): string | undefined {
	if (!(error instanceof Error) || !('code' in error)) return undefined;
	return typeof error.code === 'string' ? error.code : undefined;
}

const noHardLinks = new Set([
	'EPERM',
	'ENOTSUP',
	'EOPNOTSUPP',
	'ENOSYS',
	'EMLINK',
]);

/** Whether `link` failed because the file system has no such thing. */
export const lacksHardLinks = (error: unknown) =>
	noHardLinks.has(errnoOf(error) ?? '');

const noSuchService = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Whether a call failed because the file system does not know it (fsync of a folder on some network shares). */
export const isUnsupported = (error: unknown) =>
	noSuchService.has(errnoOf(error) ?? '');

const full = new Set(['ENOSPC', 'EDQUOT']);
// EEXIST: a file stands where the folder should; ENOENT: the folder was removed.
const unwritable = new Set([
	'EACCES',
	'EEXIST',
	'ELOOP',
	'ENOENT',
	'ENOTDIR',
	'EPERM',
	'EROFS',
]);

/** Whether it may go on when somebody has made room. */
export const isDiskFull = (error: unknown) =>
	error instanceof SocktermError
		? error.info.code === 'diskFull'
		: full.has(errnoOf(error) ?? '');

/**
 * Runs an fsync or fdatasync. What it says went wrong went wrong for good: the
 * next one would say that all is well, so that even a full disk is not waited for.
 */
export async function durably(sync: () => Promise<void>): Promise<void> {
	try {
		await sync();
	} catch (cause) {
		if (cause instanceof SocktermError) throw cause;
		const what = errnoOf(cause) ?? 'unknown';
		throw new SocktermError('storageFailed', {what}, {cause});
	}
}

/** Any failure below the receive folder as diskFull, receiveFolderUnwritable or storageFailed. */
export async function toStorageError(
	cause: unknown,
	context: {
		readonly path: string;
		readonly neededBytes: number;
		readonly freeBytes: () => Promise<number>;
	},
): Promise<SocktermError> {
	if (cause instanceof SocktermError) return cause;
	const {path, neededBytes} = context;
	const errno = errnoOf(cause) ?? 'unknown';
	if (full.has(errno)) {
		const freeBytes = await context.freeBytes().catch(() => 0);
		return new SocktermError(
			'diskFull',
			{path, freeBytes, neededBytes},
			{cause},
		);
	}

	return unwritable.has(errno)
		? new SocktermError('receiveFolderUnwritable', {path}, {cause})
		: new SocktermError('storageFailed', {what: errno}, {cause});
}
