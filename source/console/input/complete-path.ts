import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {commonPrefix} from './graphemes.js';
import {expandHome, toAbsolutePath} from './user-path.js';

async function isFolder(path: string): Promise<boolean> {
	try {
		return (await stat(path)).isDirectory();
	} catch {
		return false;
	}
}

/**
 * Paths that begin with what was typed, in the same notation (`~` and relative
 * parts stay), folders with a slash at the end. Hidden names only where a dot was
 * typed. Empty where the folder cannot be read.
 */
export async function completePath(typed: string): Promise<string[]> {
	if (typed === '~') return ['~/'];
	const cut = typed.lastIndexOf('/') + 1;
	const folder = typed.slice(0, cut);
	const begun = typed.slice(cut);
	const place = folder === '' ? '.' : expandHome(folder);
	let entries;
	try {
		entries = await readdir(toAbsolutePath(place), {withFileTypes: true});
	} catch {
		return [];
	}

	const visible = entries.filter(
		({name}) =>
			(begun.startsWith('.') || !name.startsWith('.')) &&
			// No line can hold them; the file picker shows and sends them.
			!/\p{Cc}/u.test(name),
	);
	let found = visible.filter(({name}) => name.startsWith(begun));
	if (found.length === 0) {
		const wanted = begun.toLowerCase();
		found = visible.filter(({name}) => name.toLowerCase().startsWith(wanted));
	}

	const paths = found.map(async entry => {
		const isLinkToFolder =
			entry.isSymbolicLink() &&
			(await isFolder(join(toAbsolutePath(place), entry.name)));
		const slash = entry.isDirectory() || isLinkToFolder ? '/' : '';
		return folder + entry.name + slash;
	});
	return (await Promise.all(paths)).sort();
}

/** A typed path, longer by what all paths that begin with it share; undefined where that is nothing. */
export async function extendPath(
	typed: string,
	kind: 'all' | 'folders' = 'all',
): Promise<string | undefined> {
	const found = await completePath(typed);
	const paths =
		kind === 'all' ? found : found.filter(path => path.endsWith('/'));
	const shared = commonPrefix(paths);
	return shared.length > typed.length ? shared : undefined;
}
