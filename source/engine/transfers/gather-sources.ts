/** What is behind the paths that are to be sent, as the entries of one offer that keeps the limits. */
import {utf8Bytes} from '../../util/bytes.js';
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import type {FileSource, SourceEntry} from '../ports.js';

export interface Sources {
	readonly files: readonly SourceEntry[];
	/** Links, devices, pipes and sockets in folders. */
	readonly leftOut: number;
	/** As they were named; none for what is piped in. */
	readonly paths: readonly string[];
	/** It is not all that is behind them. */
	readonly isPart?: true;
}

/** Throws fileMissing, fileUnreadable, notAFile, offerTooLarge. */
export async function gather(
	source: FileSource,
	paths: readonly string[],
): Promise<Sources> {
	const [first = ''] = paths;
	const files: SourceEntry[] = [];
	const folders = new Set<string>();
	let leftOut = 0;
	let nameBytes = 0;
	const check = () => {
		if (
			files.length > limits.entriesPerOffer ||
			nameBytes > limits.offerNameBytes
		) {
			throw new SocktermError('offerTooLarge', {
				path: paths.length === 1 ? first : '',
				entries: limits.entriesPerOffer,
				levels: limits.pathComponents,
				limitBytes: limits.offerNameBytes,
			});
		}
	};

	// One after the other: each looks at many files at once by itself.
	for (const path of paths) {
		const tree = await source.describe(path);
		leftOut += tree.leftOut;
		const rename = distinguish(tree.entries[0], folders);
		for (const found of tree.entries) {
			const entry = rename ? {...found, path: rename(found.path)} : found;
			for (const part of entry.path) nameBytes += utf8Bytes(part);
			files.push(entry);
		}

		check();
	}

	return {files, leftOut, paths};
}

/** Two folders of one name must not become one: the second is offered with a number. */
function distinguish(
	first: SourceEntry | undefined,
	folders: Set<string>,
): ((path: readonly string[]) => readonly string[]) | undefined {
	const [name] = first?.path ?? [];
	const isFolder = first?.kind === 'folder' || (first?.path.length ?? 0) > 1;
	if (name === undefined || !isFolder) return undefined;
	let free = name;
	for (let number = 1; folders.has(free); number++)
		free = `${name} (${number})`;
	folders.add(free);
	return free === name ? undefined : path => [free, ...path.slice(1)];
}
