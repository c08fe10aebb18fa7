/** The files that are sent while programs are killed: all edges of a block, some that take a while, and a tree. */
import {closeSync, mkdirSync, openSync, writeSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {limits} from '../../source/limits.js';
import {createNoise} from './seeded.js';
import {digestOf} from './transfer-invariants.js';

export interface SourceSet {
	/** What `send` is told to send. */
	readonly paths: readonly string[];
	/** BLAKE3 of each file by its path below the receive folder, with `/`. */
	readonly digests: ReadonlyMap<string, string>;
	/** Folders that are empty. */
	readonly emptyFolders: readonly string[];
	readonly totalBytes: number;
}

export interface SourceSizes {
	/** Files on their own, in bytes. */
	readonly bigBytes: readonly number[];
	/** Files in the tree; 0: there is none. */
	readonly small: number;
}

const {blockBytes} = limits;
const edgeBytes = [0, 1, blockBytes - 1, blockBytes, blockBytes + 1];

/** Makes the files below `folder`. */
export function makeSources(
	folder: string,
	seed: string,
	{bigBytes, small}: SourceSizes,
): SourceSet {
	const sizes = new Map<string, number>();
	for (const bytes of edgeBytes) sizes.set(`edge-${bytes}.bin`, bytes);
	for (const [index, bytes] of bigBytes.entries()) {
		sizes.set(`big-${index}.bin`, bytes);
	}

	for (let index = 0; index < small; index++) {
		const sub = ['', 'deep/deeper/', `many-${index % 7}/`][index % 3] ?? '';
		sizes.set(`tree/${sub}${index}.txt`, (index * 397) % 9000);
	}

	const digests = new Map<string, string>();
	for (const [path, bytes] of sizes) {
		const file = join(folder, path);
		mkdirSync(dirname(file), {recursive: true});
		writeNoise(file, `${seed} ${path}`, bytes);
		digests.set(path, digestOf(file));
	}

	const emptyFolders = small > 0 ? ['tree/empty'] : [];
	for (const path of emptyFolders) mkdirSync(join(folder, path));
	const names = new Set([...sizes.keys()].map(path => path.split('/')[0]));
	return {
		paths: [...names].map(name => join(folder, name ?? '')),
		digests,
		emptyFolders,
		totalBytes: [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0),
	};
}

function writeNoise(file: string, label: string, bytes: number): void {
	const noise = createNoise(label);
	const target = openSync(file, 'w');
	for (let left = bytes; left > 0; left -= blockBytes) {
		writeSync(target, noise(Math.min(left, blockBytes)));
	}

	closeSync(target);
}
