/**
 * The bytes of one file on their way to the disk: queued, gathered into large
 * writes, hashed, verified, made durable. What is created, named and deleted is
 * the slot's. Invariants: one write at a time and in order; the first failure is
 * kept and ends it; never more than the agreed size reaches the disk; a part
 * that is not published is deleted.
 *
 * Pieces of a socket are gathered into blocks (`block-queue.ts`), and a block
 * is hashed here while another thread of the pool writes it.
 */
import type {PartFile, SafeName} from '../engine/ports.js';
import {SocktermError, type ErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import {equalBytes} from '../util/bytes.js';
import {createBlockQueue, type BlockQueue} from './block-queue.js';
import type {Hasher} from './hasher.js';
import type {PartSlot} from './part-slot.js';
import {isUnsupported} from './storage-errors.js';
import {writeAll, type StorageFiles} from './storage-files.js';

export interface PartFileOptions {
	readonly files: StorageFiles;
	readonly slot: PartSlot;
	readonly hasher: Hasher;
	readonly sizeBytes: number;
	readonly mtimeMs: number;
	/** Turns a failure of the system into ours; `missingBytes` are not on the disk yet. */
	readonly explain: (
		cause: unknown,
		missingBytes: number,
	) => Promise<SocktermError>;
}

export interface DiskPart extends PartFile {
	/** Bytes of the agreed size that are not on the disk yet. */
	missingBytes(): number;
}

const dayMs = 86_400_000;

export function createPartFile(options: PartFileOptions): DiskPart {
	return new QueuedPart(options);
}

class QueuedPart implements DiskPart {
	readonly #options: PartFileOptions;
	readonly #queue: BlockQueue;
	#takenBytes = 0;
	#writtenBytes = 0;
	#draining = false;
	#writing: Promise<void> | undefined;
	#timer: NodeJS.Timeout | undefined;
	#failure: SocktermError | undefined;
	#publishing: Promise<readonly SafeName[]> | undefined;
	#removing: Promise<void> | undefined;
	#progressed: () => void = () => undefined;
	#failed: (error: ErrorInfo) => void = () => undefined;

	constructor(options: PartFileOptions) {
		this.#options = options;
		// A small file needs no large block.
		const blockBytes = Math.min(options.sizeBytes, limits.diskBatchBytes);
		this.#queue = createBlockQueue(Math.max(1, blockBytes));
	}

	write(bytes: Uint8Array): void {
		if (this.#failure || this.#draining || bytes.length === 0) return;
		this.#takenBytes += bytes.length;
		if (this.#takenBytes > this.#options.sizeBytes) {
			this.#fail(new SocktermError('digestMismatch'));
			return;
		}

		this.#queue.push(bytes);
		if (this.#queue.waitingBytes >= limits.diskBatchBytes) this.#flush();
		else this.#flushSoon();
	}

	queuedBytes(): number {
		return this.#failure ? 0 : this.#takenBytes - this.#writtenBytes;
	}

	missingBytes(): number {
		return this.#options.sizeBytes - this.#writtenBytes;
	}

	onProgress(callback: () => void): void {
		this.#progressed = callback;
	}

	onFailed(callback: (error: ErrorInfo) => void): void {
		this.#failed = callback;
	}

	async publish(digest: Uint8Array): Promise<readonly SafeName[]> {
		this.#publishing ??= this.#publish(digest);
		return this.#publishing;
	}

	async discard(): Promise<void> {
		// Nobody waits for what he discards, so nobody is told.
		this.#end(new SocktermError('cancelled'));
		await this.#publishing?.catch(() => undefined);
		await this.#remove();
	}

	/** So that a slow sender's bytes do not wait for a whole batch. */
	#flushSoon(): void {
		this.#timer ??= setTimeout(() => this.#flush(), limits.diskFlushMs);
	}

	#flush(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (this.#queue.waitingBytes === 0 || this.#failure) return;
		this.#writing ??= this.#writeOut();
	}

	async #writeOut(): Promise<void> {
		const {files, slot, hasher} = this.#options;
		try {
			do {
				const block = this.#queue.take();
				if (!block) break;
				const written = writeAll(files, slot.fd, block);
				hasher.update(block);
				await written;
				this.#writtenBytes += block.length;
				this.#queue.release(block);
				this.#progressed();
			} while (
				!this.#failure &&
				this.#queue.waitingBytes >= (this.#draining ? 1 : limits.diskBatchBytes)
			);
		} catch (cause) {
			this.#fail(await this.#explain(cause));
		} finally {
			this.#writing = undefined;
			if (this.#queue.waitingBytes > 0) this.#flushSoon();
		}
	}

	async #publish(digest: Uint8Array): Promise<readonly SafeName[]> {
		const {files, slot, hasher, sizeBytes, mtimeMs} = this.#options;
		try {
			this.#draining = true;
			await this.#writing;
			this.#flush();
			await this.#writing;
			this.#throwFailure();
			if (
				this.#takenBytes !== sizeBytes ||
				!equalBytes(hasher.digest(), digest)
			)
				throw new SocktermError('digestMismatch');
			await this.#setAttributes(mtimeMs);
			await files.fdatasync(slot.fd);
			const {size} = await files.fstat(slot.fd);
			if (size !== BigInt(sizeBytes))
				throw new SocktermError('storageFailed', {what: 'size'});
			this.#throwFailure();
			const published = await slot.place();
			await this.#remove();
			return published;
		} catch (cause) {
			this.#end(await this.#explain(cause));
			await this.#remove();
			throw this.#failure ?? cause;
		}
	}

	async #setAttributes(mtimeMs: number): Promise<void> {
		const {files, slot} = this.#options;
		const now = Date.now();
		// A time before 1970 or in the future breaks tools that compare times.
		const kept = Math.min(Math.max(mtimeMs, 0), now + dayMs);
		try {
			await files.futimes(slot.fd, now, Number.isFinite(kept) ? kept : now);
			await files.fchmod(slot.fd, 0o666 & ~process.umask());
		} catch (error) {
			// FAT and some network shares know neither; the bytes are what counts.
			if (!isUnsupported(error)) throw error;
		}
	}

	async #explain(cause: unknown): Promise<SocktermError> {
		return this.#options.explain(cause, this.missingBytes());
	}

	#throwFailure(): void {
		if (this.#failure) throw this.#failure;
	}

	#fail(error: SocktermError): void {
		if (this.#failure) return;
		this.#end(error);
		this.#failed(error.info);
		this.#progressed();
		void this.#remove();
	}

	/** Takes no more bytes and forgets those that wait. */
	#end(error: SocktermError): void {
		this.#failure ??= error;
		clearTimeout(this.#timer);
		this.#queue.clear();
	}

	async #remove(): Promise<void> {
		this.#removing ??= (async () => {
			await this.#writing;
			await this.#options.slot.remove();
		})();
		return this.#removing;
	}
}
