/** Files to send and a folder to receive into, in memory, with the faults that disks have. */
import type {
	Delivery,
	FileSource,
	PartFile,
	ReceiveFolder,
	SafeName,
	SourceEntry,
	SourceReader,
} from '../../source/engine/ports.js';
import {SocktermError, type ErrorCode} from '../../source/errors.js';
import {limits} from '../../source/limits.js';
import {createHasher} from '../../source/storage/hasher.js';
import {planNames} from '../../source/storage/plan-names.js';
import {freeNameCandidates} from '../../source/storage/receive-name.js';
import {concatBytes, equalBytes} from '../../source/util/bytes.js';

/** Opens and closes; whoever passes waits while it is closed. */
class Gate {
	#opened = Promise.resolve();
	#open: () => void = () => undefined;

	set closed(isClosed: boolean) {
		this.#open();
		if (!isClosed) return;
		const {promise, resolve} = Promise.withResolvers<void>();
		this.#opened = promise;
		this.#open = resolve;
	}

	async pass(): Promise<void> {
		await this.#opened;
	}
}

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
}

export function createMemoryFiles(): MemoryFiles {
	const files = new Map<string, Held>();
	const folders = new Map<string, {entries: string[]; leftOut: number}>();
	const gate = new Gate();
	let openReaders = 0;

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
				const end = Math.min(position + limits.laneFrameBytes, bytes.length);
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

	const put = (path: string, bytes: Uint8Array) => {
		files.set(path, {bytes, version: (files.get(path)?.version ?? 0) + 1});
	};

	const nothing = {bytes: new Uint8Array(), version: 1};
	const entryOf = (path: string, components: readonly string[]) => {
		const offered = {...(files.get(path) ?? nothing)};
		return {
			kind: files.has(path) ? ('file' as const) : ('folder' as const),
			path: components,
			sizeBytes: offered.bytes.length,
			mtimeMs: 1_600_000_000_000,
			async open() {
				if (!files.has(path)) files.set(path, nothing);
				return read(path, offered);
			},
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

export interface MemoryFolder extends ReceiveFolder {
	/** What got its name, by path; an empty folder ends in a slash. */
	readonly saved: ReadonlyMap<string, Uint8Array>;
	/** Deliveries that are not closed. */
	openDeliveries(): number;
	/** Parts that are neither published nor discarded. */
	openParts(): number;
	/** Parts that were ever created. */
	partsCreated(): number;
	/** The most parts that were open at once. */
	mostOpenParts(): number;
	/** Makes parts of this name fail when `afterBytes` have been written to them. */
	failWrites(name: string, code: ErrorCode, afterBytes?: number): void;
	/** Makes parts of this name fail when they are created. */
	failCreation(name: string, code: ErrorCode): void;
	/** While held nothing written reaches the disk, and nothing is published. */
	holdDisk(isHeld: boolean): void;
	/** Free bytes, or what asking for them fails with. */
	free: number | ErrorCode;
}

class MemoryPart implements PartFile {
	readonly #finish: (bytes: Uint8Array) => readonly SafeName[];
	readonly #forget: () => void;
	readonly #fails: {code: ErrorCode; afterBytes: number} | undefined;
	readonly #gate: Gate;
	readonly #pieces: Uint8Array[] = [];
	#takenBytes = 0;
	#writtenBytes = 0;
	#error: SocktermError | undefined;
	#published: Promise<readonly SafeName[]> | undefined;
	#progressed: () => void = () => undefined;
	#failed: Parameters<PartFile['onFailed']>[0] = () => undefined;

	constructor(options: {
		finish: (bytes: Uint8Array) => readonly SafeName[];
		forget: () => void;
		fails: {code: ErrorCode; afterBytes: number} | undefined;
		gate: Gate;
	}) {
		this.#finish = options.finish;
		this.#forget = options.forget;
		this.#fails = options.fails;
		this.#gate = options.gate;
	}

	write(bytes: Uint8Array): void {
		if (this.#error) return;
		const lengthBytes = bytes.length;
		this.#takenBytes += lengthBytes;
		this.#pieces.push(Uint8Array.from(bytes));
		void this.#gate.pass().then(() => {
			this.#writtenBytes += lengthBytes;
			if (this.#fails && this.#writtenBytes > this.#fails.afterBytes) {
				this.#fail(new SocktermError(this.#fails.code));
			}

			this.#progressed();
		});
	}

	queuedBytes(): number {
		return this.#error ? 0 : this.#takenBytes - this.#writtenBytes;
	}

	onProgress(callback: () => void): void {
		this.#progressed = callback;
	}

	onFailed(callback: Parameters<PartFile['onFailed']>[0]): void {
		this.#failed = callback;
	}

	async publish(digest: Uint8Array): Promise<readonly SafeName[]> {
		this.#published ??= this.#publish(digest);
		return this.#published;
	}

	async discard(): Promise<void> {
		this.#error ??= new SocktermError('cancelled');
		await this.#published?.catch(() => undefined);
		this.#forget();
	}

	async #publish(digest: Uint8Array): Promise<readonly SafeName[]> {
		try {
			await this.#gate.pass();
			const bytes = concatBytes(this.#pieces);
			const hasher = await createHasher();
			hasher.update(bytes);
			if (this.#error) throw this.#error;
			if (!equalBytes(hasher.digest(), digest)) {
				throw new SocktermError('digestMismatch');
			}

			return this.#finish(bytes);
		} finally {
			this.#forget();
		}
	}

	#fail(error: SocktermError): void {
		if (this.#error) return;
		this.#error = error;
		this.#forget();
		this.#failed(error.info);
	}
}

export function createMemoryFolder(path = '/received'): MemoryFolder {
	const saved = new Map<string, Uint8Array>();
	const parts = new Set<symbol>();
	const writeFaults = new Map<string, {code: ErrorCode; afterBytes: number}>();
	const creationFaults = new Map<string, ErrorCode>();
	const gate = new Gate();
	let mostOpen = 0;
	let created = 0;
	let openDeliveries = 0;

	const isTaken = (name: string) =>
		[...saved.keys()].some(key => key === name || key.startsWith(`${name}/`));

	const freeName = (above: readonly SafeName[], name: SafeName) => {
		for (const candidate of freeNameCandidates(name)) {
			if (!isTaken([...above, candidate].join('/'))) return candidate;
		}

		throw new SocktermError('storageFailed');
	};

	const openDelivery = (): Delivery => {
		/** Of folders at the top, by the planned one. */
		const given = new Map<string, SafeName>();
		let isClosed = false;
		openDeliveries++;
		const folderFor = (planned: readonly SafeName[]): readonly SafeName[] => {
			const [top, ...rest] = planned;
			if (top === undefined) return [];
			const name = given.get(top) ?? freeName([], top);
			given.set(top, name);
			return [name, ...rest];
		};

		const finish = (
			kind: 'file' | 'folder',
			planned: readonly SafeName[],
			bytes: Uint8Array,
		) => {
			if (kind === 'folder') {
				const place = folderFor(planned);
				saved.set(`${place.join('/')}/`, bytes);
				return place;
			}

			const above = folderFor(planned.slice(0, -1));
			const place = [...above, freeName(above, planned.at(-1)!)];
			saved.set(place.join('/'), bytes);
			return place;
		};

		return {
			async createPart({kind, path: planned}) {
				const name = planned.join('/');
				const fault = creationFaults.get(name);
				if (fault) throw new SocktermError(fault, {path});
				if (isClosed) throw new Error('The delivery is closed.');
				const part = Symbol(name);
				parts.add(part);
				created++;
				mostOpen = Math.max(mostOpen, parts.size);
				return new MemoryPart({
					fails: writeFaults.get(name),
					gate,
					forget: () => parts.delete(part),
					finish: bytes => finish(kind, planned, bytes),
				});
			},
			async close() {
				if (!isClosed) openDeliveries--;
				isClosed = true;
			},
		};
	};

	return {
		path,
		saved,
		free: 1_000_000_000,
		openParts: () => parts.size,
		openDeliveries: () => openDeliveries,
		partsCreated: () => created,
		mostOpenParts: () => mostOpen,
		failWrites(name, code, afterBytes = 0) {
			writeFaults.set(name, {code, afterBytes});
		},
		failCreation(name, code) {
			creationFaults.set(name, code);
		},
		holdDisk(isHeld) {
			gate.closed = isHeld;
		},
		planNames,
		async freeBytes() {
			if (typeof this.free === 'number') return this.free;
			throw new SocktermError(this.free, {path});
		},
		openDelivery,
	};
}
