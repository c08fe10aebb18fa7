/**
 * How the file thread saves a batch of small files that are whole: every file is
 * verified and made durable before it gets its name, and its name before it
 * counts as saved. It does the good case only: what fails leaves no part and no
 * name, and is for the caller, who has the bytes still, to do the ordinary way.
 * Invariants: nothing that was there is written, replaced or deleted; after it
 * nothing is open.
 */
import {constants} from 'node:fs';
import {equalBytes} from '../util/bytes.js';
import {digestBytes, type Digest} from './hasher.js';
import {keptTime} from './received-attributes.js';
import {
	differs,
	fromColumns,
	type FilesToSave,
	type FileToSave,
	type SaveFailure,
	type SaveFailures,
} from './save-messages.js';
import {errnoOf, isUnsupported} from './storage-errors.js';
import type {SyncFiles} from './sync-files.js';

const createOnly =
	constants.O_WRONLY |
	constants.O_CREAT |
	constants.O_EXCL |
	constants.O_NOFOLLOW;

// Above it the disk works at each one, and does several at once faster.
const slowSyncMs = 0.2;

export async function saveFiles(
	system: SyncFiles,
	digest: Digest,
	asked: FilesToSave,
): Promise<SaveFailures> {
	const failed = new Map<number, SaveFailure>();
	const saves: Save[] = [];
	let start = 0;
	for (const file of fromColumns(asked)) {
		const index = saves.length;
		const save = new Save(system, file, failure => failed.set(index, failure));
		saves.push(save);
		const end = start + file.sizeBytes;
		const bytes = asked.bytes.subarray(start, end);
		start = end + digestBytes;
		if (equalBytes(digest(bytes), asked.bytes.subarray(end, start)))
			save.write(bytes);
		else save.fail(new Differs(), true);
	}

	await syncAll(saves);
	for (const save of saves) save.giveName();
	syncFolders(system, saves);
	for (const save of saves) save.close();
	return failed;
}

class Differs extends Error {
	readonly code = differs;
}

async function syncAll(saves: readonly Save[]): Promise<void> {
	let done = 0;
	for (let isSlow = false; done < saves.length && !isSlow; done++) {
		const startedAt = performance.now();
		saves[done]!.sync();
		isSlow = performance.now() - startedAt > slowSyncMs;
	}

	await Promise.all(saves.slice(done).map(async save => save.syncAside()));
}

function syncFolders(system: SyncFiles, saves: readonly Save[]): void {
	const folders = Map.groupBy(
		saves.filter(save => save.isNamed),
		({folderFd}) => folderFd,
	);
	for (const [fd, inFolder] of folders) {
		if (fd === undefined) continue;
		try {
			system.fsync(fd);
		} catch (error) {
			// Named, but not known to be durable: then it is not named.
			if (!isUnsupported(error))
				for (const save of inFolder) save.fail(error, true);
		}
	}
}

class Save {
	readonly folderFd: number | undefined;
	readonly #system: SyncFiles;
	readonly #file: FileToSave;
	readonly #failed: (failure: SaveFailure) => void;
	#fd: number | undefined;
	#isPartThere = false;
	#isNamed = false;
	#isLost = false;

	constructor(
		system: SyncFiles,
		file: FileToSave,
		failed: (failure: SaveFailure) => void,
	) {
		this.#system = system;
		this.#file = file;
		this.folderFd = file.folderFd;
		this.#failed = failed;
	}

	get isNamed(): boolean {
		return this.#isNamed;
	}

	write(bytes: Uint8Array): void {
		this.#try(() => {
			const {part, mtimeMs} = this.#file;
			const system = this.#system;
			const fd = system.open(part, createOnly, 0o666);
			this.#fd = fd;
			this.#isPartThere = true;
			for (let done = 0; done < bytes.length;) {
				const count = system.write(fd, bytes.subarray(done));
				if (count === 0) throw new Error('nothing was written');
				done += count;
			}

			const now = Date.now();
			try {
				system.futimes(fd, now, keptTime(mtimeMs, now));
			} catch (error) {
				if (!isUnsupported(error)) throw error;
			}
		});
	}

	sync(): void {
		this.#try(() => this.#system.fdatasync(this.#fd!), true);
	}

	async syncAside(): Promise<void> {
		if (this.#isLost) return;
		try {
			await this.#system.fdatasyncAside(this.#fd!);
		} catch (error) {
			this.fail(error, true);
		}
	}

	giveName(): void {
		this.#try(() => {
			const {part, target} = this.#file;
			this.#system.link(part, target);
			this.#isNamed = true;
			this.#system.unlink(part);
			this.#isPartThere = false;
		});
	}

	/** Takes back what was done of it. */
	fail(error: unknown, isFinal: boolean): void {
		if (this.#isLost) return;
		this.#isLost = true;
		const {part, target} = this.#file;
		if (this.#isNamed && this.#isAt(target)) this.#attempt(target);
		this.#isNamed = false;
		if (this.#isPartThere) this.#attempt(part);
		this.close();
		this.#failed({errno: errnoOf(error) ?? 'EIO', isFinal});
	}

	close(): void {
		const fd = this.#fd;
		this.#fd = undefined;
		if (fd === undefined) return;
		try {
			this.#system.close(fd);
		} catch {
			// All of it is on the disk.
		}
	}

	#try(action: () => void, isFinal = false): void {
		if (this.#isLost) return;
		try {
			action();
		} catch (error) {
			this.fail(error, isFinal);
		}
	}

	/** Whether a name is that of this file, not of one that somebody put there. */
	#isAt(path: string): boolean {
		try {
			const there = this.#system.lstat(path);
			const own = this.#system.fstat(this.#fd!);
			return there.ino === own.ino && there.dev === own.dev;
		} catch {
			return false;
		}
	}

	#attempt(path: string): void {
		try {
			this.#system.unlink(path);
		} catch {
			// A part is swept when this process has ended.
		}
	}
}
