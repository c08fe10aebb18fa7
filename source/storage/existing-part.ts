/**
 * An entry whose file is here already, whole: nothing comes, and at its end the
 * file is read again. Invariant: it is never written to, renamed or deleted.
 */
import {constants} from 'node:fs';
import type {PartFile, Published, SafeName} from '../engine/ports.js';
import {SocktermError, type ErrorInfo} from '../errors.js';
import {equalBytes} from '../util/bytes.js';
import type {Directory} from './directory.js';
import {hashWhole} from './held-content.js';
import {durably, errnoOf} from './storage-errors.js';
import type {StorageFiles} from './storage-files.js';
import type {TreeFolder} from './tree-folder.js';

export interface ExistingPartOptions {
	readonly files: StorageFiles;
	readonly folder: TreeFolder;
	readonly name: SafeName;
	readonly sizeBytes: number;
	readonly explain: (cause: unknown) => Promise<SocktermError>;
	/** Called once, at its end; never rejects. */
	readonly release: () => Promise<void>;
}

// Opening must not do anything to what is there.
const lookOnly =
	constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

export class ExistingPart implements PartFile {
	readonly #options: ExistingPartOptions;
	#skippedBytes = 0;
	#failure: SocktermError | undefined;
	#publishing: Promise<Published> | undefined;
	#ending: Promise<void> | undefined;
	#failed: (error: ErrorInfo) => void = () => undefined;

	constructor(options: ExistingPartOptions) {
		this.#options = options;
	}

	write(bytes: Uint8Array): void {
		if (bytes.length > 0) this.#fail();
	}

	skip(countBytes: number): void {
		this.#skippedBytes += countBytes;
		if (this.#skippedBytes > this.#options.sizeBytes) this.#fail();
	}

	queuedBytes(): number {
		return 0;
	}

	onProgress(): void {
		// Nothing is queued.
	}

	onFailed(callback: (error: ErrorInfo) => void): void {
		this.#failed = callback;
	}

	onBlocked(): void {
		// Nothing is written.
	}

	async publish(digest?: Uint8Array): Promise<Published> {
		this.#publishing ??= this.#publish(digest);
		return this.#publishing;
	}

	async suspend(): Promise<void> {
		await this.discard();
	}

	async discard(): Promise<void> {
		this.#failure ??= new SocktermError('cancelled');
		await this.#publishing?.catch(() => undefined);
		await this.#end();
	}

	async #publish(digest: Uint8Array | undefined): Promise<Published> {
		const {folder, name, sizeBytes, explain} = this.#options;
		try {
			if (!digest || this.#skippedBytes !== sizeBytes) throw changed();
			await folder.use(async directory => this.#check(directory, digest));
			await folder.sync();
			this.#throwFailure();
			folder.keep();
			return {path: [...folder.path, name], existed: true};
		} catch (cause) {
			this.#failure ??= await explain(cause);
			throw this.#failure;
		} finally {
			await this.#end();
		}
	}

	/** It is as durable afterwards as one that was received now. */
	async #check(directory: Directory, digest: Uint8Array): Promise<void> {
		const {files, name, sizeBytes} = this.#options;
		const path = directory.child(name);
		const fd = await files.open(path, lookOnly).catch((error: unknown) => {
			const isGone = ['ENOENT', 'ELOOP', 'ENXIO'].includes(
				errnoOf(error) ?? '',
			);
			throw isGone ? changed() : error;
		});
		try {
			const status = await files.fstat(fd);
			if (!status.isFile() || status.size !== BigInt(sizeBytes))
				throw changed();
			const isEnded = () => this.#failure !== undefined;
			const own = await hashWhole({files, fd, endBytes: sizeBytes, isEnded});
			this.#throwFailure();
			const {dev, ino, size} = await files.lstat(path);
			const isThere =
				dev === status.dev && ino === status.ino && size === status.size;
			if (!own || !equalBytes(own, digest) || !isThere) throw changed();
			// Windows makes durable only what may be written to.
			if (process.platform !== 'win32')
				await durably(async () => files.fdatasync(fd));
		} finally {
			await files.close(fd).catch(() => undefined);
		}
	}

	#throwFailure(): void {
		if (this.#failure) throw this.#failure;
	}

	#fail(): void {
		if (this.#failure) return;
		this.#failure = changed();
		this.#failed(this.#failure.info);
		if (!this.#publishing) void this.#end();
	}

	async #end(): Promise<void> {
		this.#ending ??= this.#options.release();
		return this.#ending;
	}
}

const changed = () => new SocktermError('digestMismatch');
