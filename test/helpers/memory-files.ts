/** Files to send, in memory, with the faults that disks have. The folder to receive into has a file of its own. */
import type {
	FileSource,
	SourceEntry,
	SourceReader,
} from '../../source/engine/ports.js';
import {SocktermError} from '../../source/errors.js';
import {limits} from '../../source/limits.js';
import {
	createHasher,
	digestBytes,
	loadDigest,
	noneEqual,
} from '../../source/storage/hasher.js';
import {equalBytes} from '../../source/util/bytes.js';
import {Gate} from './gate.js';

export {createMemoryFolder, type MemoryFolder} from './memory-folder.js';

interface Held {
	bytes: Uint8Array;
	version: number;
}

export interface MemoryFiles extends FileSource {
	put(path: string, bytes: Uint8Array): void;
	/** Makes a folder of files and, where the bytes are undefined, empty folders; paths below it. */
	putFolder(
		path: string,
		tree: Readonly<Record<string, Uint8Array | undefined>>,
		leftOut?: number,
	): void;
	/** While held no reader gets anything. */
	holdReads(isHeld: boolean): void;
	/** Readers that are open. */
	openReaders(): number;
	/** Blocks that were read to be compared. */
	comparedBlocks(): number;
}

export function createMemoryFiles(): MemoryFiles {
	const files = new Map<string, Held>();
	const folders = new Map<string, {entries: string[]; leftOut: number}>();
	const gate = new Gate();
	let openReaders = 0;
	let compared = 0;

	const find = (path: string): Held => {
		const held = files.get(path);
		if (!held) throw new SocktermError('fileMissing', {path});
		return held;
	};

	const read = async (path: string, offered: Held): Promise<SourceReader> => {
		const {bytes, version} = offered;
		const changed = () => new SocktermError('sourceChanged', {path});
		if (find(path).version !== version) throw changed();
		const hasher = await createHasher();
		let position = 0;
		let isClosed = false;
		openReaders++;
		return {
			async read() {
				await gate.pass();
				const end = Math.min(position + limits.blockBytes, bytes.length);
				const chunk = bytes.slice(position, end);
				position = end;
				hasher.update(chunk);
				return chunk;
			},
			// What was read may be filled with anything afterwards: whoever still looks at it is caught.
			recycle(chunk) {
				chunk.fill(0xee);
			},
			async finish() {
				if (find(path).version !== version) throw changed();
				return hasher.digest();
			},
			async close() {
				if (!isClosed) openReaders--;
				isClosed = true;
			},
		};
	};

	const compare = async (
		path: string,
		{bytes, version}: Held,
		hashes: Uint8Array,
		isCancelled: () => boolean,
	): Promise<readonly boolean[]> => {
		if (find(path).version !== version)
			throw new SocktermError('sourceChanged', {path});
		const digest = await loadDigest();
		const equal = noneEqual(hashes);
		for (const index of equal.keys()) {
			await gate.pass();
			if (isCancelled()) break;
			const start = index * limits.blockBytes;
			if (start >= bytes.length) break;
			const given = hashes.subarray(
				index * digestBytes,
				(index + 1) * digestBytes,
			);
			if (given.every(byte => byte === 0)) continue;
			compared++;
			const block = bytes.subarray(start, start + limits.blockBytes);
			equal[index] = equalBytes(digest(block), given);
		}

		return equal;
	};

	const put = (path: string, bytes: Uint8Array) => {
		files.set(path, {bytes, version: (files.get(path)?.version ?? 0) + 1});
	};

	const nothing = {bytes: new Uint8Array(), version: 1};
	const entryOf = (path: string, components: readonly string[]) => {
		const isFile = files.has(path);
		const offered = {...(files.get(path) ?? nothing)};
		return {
			kind: isFile ? ('file' as const) : ('folder' as const),
			path: components,
			sizeBytes: offered.bytes.length,
			mtimeMs: 1_600_000_000_000,
			async open() {
				if (!files.has(path)) files.set(path, nothing);
				return read(path, offered);
			},
			compare: async (hashes, isCancelled) =>
				isFile
					? compare(path, offered, hashes, isCancelled)
					: noneEqual(hashes),
		} satisfies SourceEntry;
	};

	return {
		put,
		putFolder(path, tree, leftOut = 0) {
			folders.set(path, {entries: Object.keys(tree), leftOut});
			for (const [below, bytes] of Object.entries(tree)) {
				if (bytes) put(`${path}/${below}`, bytes);
			}
		},
		holdReads(isHeld) {
			gate.closed = isHeld;
		},
		openReaders: () => openReaders,
		comparedBlocks: () => compared,
		async describe(path) {
			const name = path.split('/').at(-1) ?? path;
			const folder = folders.get(path);
			if (folder) {
				const entries = folder.entries.map(below =>
					entryOf(`${path}/${below}`, [name, ...below.split('/')]),
				);
				return {entries, leftOut: folder.leftOut};
			}

			find(path);
			return {entries: [entryOf(path, [name])], leftOut: 0};
		},
	};
}
