import {homedir} from 'node:os';
import {resolve} from 'node:path';

/** `~` and `~/…` are the home folder. */
export function expandHome(path: string, home = homedir()): string {
	return path === '~' || path.startsWith('~/') ? home + path.slice(1) : path;
}

/** A path as a person types it, absolute; relative ones belong to the folder in which sockterm was started. */
export function toAbsolutePath(path: string): string {
	return resolve(expandHome(path));
}

/** Whether a typed text is meant as a path from the root or from home. */
export function isRootedPath(text: string): boolean {
	return text.startsWith('/') || text === '~' || text.startsWith('~/');
}
