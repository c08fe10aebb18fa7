/**
 * What must hold of a receive folder whatever happened to the programs:
 *   - a name that was offered has the sender's bytes, whole, and no other name is there;
 *   - what the sender called delivered is there with the digest that it named;
 *   - nothing outside the receive folder has changed;
 *   - once all is delivered, nothing is left of parts, and every file and folder is there.
 * It only looks, with means of its own, and gives sentences about what is wrong.
 */
import {
	closeSync,
	existsSync,
	lstatSync,
	openSync,
	readdirSync,
	readSync,
	type Stats,
} from 'node:fs';
import {join, sep} from 'node:path';
import {Blake3Hasher} from '@napi-rs/blake-hash';

/** Where parts are kept while they are not whole. */
export const partsFolder = '.sockterm-parts';

/** BLAKE3 of a file, as 64 hex digits. */
export function digestOf(path: string): string {
	const hasher = new Blake3Hasher();
	const buffer = Buffer.allocUnsafe(4 * 1024 * 1024);
	const file = openSync(path, 'r');
	try {
		for (;;) {
			const count = readSync(file, buffer);
			if (count === 0) return hasher.digest('hex');
			hasher.update(buffer.subarray(0, count));
		}
	} finally {
		closeSync(file);
	}
}

/** Everything below a folder but for some names at its top: paths with `/`, in order. Links are not followed. */
export function treeOf(
	folder: string,
	except: readonly string[] = [],
): Map<string, Stats> {
	const found = new Map<string, Stats>();
	const walk = (below: string) => {
		const names = readdirSync(join(folder, below)).sort();
		for (const name of names) {
			const path = below === '' ? name : `${below}/${name}`;
			if (except.includes(path)) continue;
			const stats = lstatSync(join(folder, path.replaceAll('/', sep)));
			found.set(path, stats);
			if (stats.isDirectory()) walk(path);
		}
	};

	walk('');
	return found;
}

/** What a tree is like, a line for each thing in it: two that are equal hold the same. */
export function snapshotOf(
	folder: string,
	except: readonly string[] = [],
): string[] {
	return [...treeOf(folder, except)].map(([path, stats]) =>
		stats.isFile()
			? `${path} file ${stats.mode} ${digestOf(join(folder, path))}`
			: `${path} ${stats.isDirectory() ? 'folder' : 'other'} ${stats.mode}`,
	);
}

export interface Expected {
	readonly received: string;
	/** Digests by path below the receive folder. */
	readonly digests: ReadonlyMap<string, string>;
	/** Folders with nothing in them. */
	readonly emptyFolders: readonly string[];
	/** What the sender said is delivered: digests by the name that it got. */
	readonly delivered: ReadonlyMap<string, string>;
	/** Folders around it that nobody may touch, with their snapshots. */
	readonly around: ReadonlyArray<{
		readonly folder: string;
		readonly except: readonly string[];
		readonly before: readonly string[];
	}>;
}

/** Sentences about what must not be, at any moment. */
export function findViolations(expected: Expected): string[] {
	const {received, digests, emptyFolders, delivered, around} = expected;
	const violations: string[] = [];
	const folders = new Set([...foldersOf(digests.keys()), ...emptyFolders]);
	const seen = new Map<string, string>();
	for (const [path, stats] of treeOf(received, [partsFolder])) {
		if (stats.isDirectory()) {
			if (!folders.has(path)) violations.push(`folder ${path}: not offered`);
		} else if (stats.isFile()) {
			const digest = digestOf(join(received, path));
			seen.set(path, digest);
			const wanted = digests.get(path);
			if (wanted === undefined) {
				const twin = [...digests].find(([, other]) => other === digest);
				violations.push(
					`${path}: ${twin ? `doubles ${twin[0]}` : 'not offered'}`,
				);
			} else if (wanted !== digest) {
				violations.push(`${path}: not the sender's (${stats.size} bytes)`);
			}
		} else {
			violations.push(`${path}: neither a file nor a folder`);
		}
	}

	for (const [path, digest] of delivered) {
		const isFolder = folders.has(path) && existsSync(join(received, path));
		if (seen.get(path) !== digest && !isFolder) {
			violations.push(`${path}: delivered, but ${seen.get(path) ?? 'gone'}`);
		}
	}

	for (const {folder, except, before} of around) {
		const now = snapshotOf(folder, except);
		for (const line of symmetricDifference(before, now)) {
			violations.push(`outside the receive folder, in ${folder}: ${line}`);
		}
	}

	return violations;
}

/** Sentences about what is missing or left over where everything was delivered. */
export function findLeftovers({
	received,
	digests,
	emptyFolders,
}: Pick<Expected, 'received' | 'digests' | 'emptyFolders'>): string[] {
	const there = treeOf(received);
	const missing = [...digests.keys(), ...emptyFolders].filter(
		path => !there.has(path),
	);
	const left = [...there.keys()].filter(path =>
		path.startsWith(`${partsFolder}/`),
	);
	return [
		...missing.map(path => `${path}: missing at the end`),
		...left.map(path => `${path}: left over at the end`),
	];
}

/** All folders in which there are such paths. */
function foldersOf(paths: Iterable<string>): Set<string> {
	const folders = new Set<string>();
	for (const path of paths) {
		const parts = path.split('/');
		for (let count = 1; count < parts.length; count++) {
			folders.add(parts.slice(0, count).join('/'));
		}
	}

	return folders;
}

const symmetricDifference = (
	before: readonly string[],
	now: readonly string[],
) => [
	...before.filter(line => !now.includes(line)).map(line => `was ${line}`),
	...now.filter(line => !before.includes(line)).map(line => `is ${line}`),
];
