/**
 * Brings bytes to their places in a part: gathers pieces of a socket into blocks
 * (`block-queue.ts`) and writes one after the other. What fails is the owner's
 * business; a full disk is waited for. Invariants: one write at a time; after
 * `stop` none begins.
 */
import {limits} from '../limits.js';
import {createBlockQueue, type BlockQueue} from './block-queue.js';
import type {PartSlot} from './part-slot.js';
import type {RoomWait} from './room-wait.js';
import {writeSome, type StorageFiles} from './storage-files.js';

export interface PartWriterOptions {
	readonly files: StorageFiles;
	readonly room: RoomWait;
	/** Blocks are no larger. */
	readonly sizeBytes: number;
	/** Asked when there is something to write. */
	readonly slot: () => Promise<PartSlot>;
	/** Each block in order, while it is being written. */
	readonly hash: (bytes: Uint8Array) => void;
	readonly wrote: (countBytes: number) => void;
	/** Called with what a write threw; nothing is written after it. */
	readonly failed: (cause: unknown) => void;
}

export class PartWriter {
	readonly #options: PartWriterOptions;
	readonly #queue: BlockQueue;
	#endBytes = 0;
	#queuedBytes = 0;
	#isDraining = false;
	#isStopped = false;
	#writing: Promise<void> | undefined;
	#timer: NodeJS.Timeout | undefined;

	constructor(options: PartWriterOptions) {
		this.#options = options;
		const blockBytes = Math.min(options.sizeBytes, limits.diskBatchBytes);
		this.#queue = createBlockQueue(Math.max(1, blockBytes));
	}

	/** How far what was written goes. */
	get endBytes(): number {
		return this.#endBytes;
	}

	get queuedBytes(): number {
		return this.#queuedBytes;
	}

	push(bytes: Uint8Array): void {
		this.#queuedBytes += bytes.length;
		this.#queue.push(bytes);
		if (this.#queue.waitingBytes >= limits.diskBatchBytes) this.#flush();
		// So that a slow sender's bytes do not wait for a whole batch.
		else this.#flushSoon();
	}

	skip(countBytes: number): void {
		this.#queue.skip(countBytes);
	}

	/** Resolves when all is written, or will never be. Nothing may be pushed after it. */
	async drain(): Promise<void> {
		this.#isDraining = true;
		await this.#writing;
		this.#flush();
		await this.#writing;
	}

	/** Forgets what waits; resolves when nothing is being written. */
	async stop(): Promise<void> {
		this.#isStopped = true;
		clearTimeout(this.#timer);
		this.#queue.clear();
		await this.#writing;
	}

	#flushSoon(): void {
		this.#timer ??= setTimeout(() => this.#flush(), limits.diskFlushMs);
	}

	#flush(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (this.#queue.waitingBytes === 0 || this.#isStopped) return;
		this.#writing ??= this.#writeOut();
	}

	async #writeOut(): Promise<void> {
		const enough = () => (this.#isDraining ? 1 : limits.diskBatchBytes);
		try {
			const {fd} = await this.#options.slot();
			do {
				const block = this.#queue.take();
				if (!block) break;
				const {bytes, position} = block;
				await this.#writeBlock(fd, bytes, position);
				this.#queue.release(block);
				this.#queuedBytes -= bytes.length;
				this.#options.wrote(bytes.length);
			} while (!this.#isStopped && this.#queue.waitingBytes >= enough());
		} catch (cause) {
			this.#isStopped = true;
			this.#options.failed(cause);
		} finally {
			this.#writing = undefined;
			if (this.#queue.waitingBytes > 0 && !this.#isStopped) this.#flushSoon();
		}
	}

	async #writeBlock(
		fd: number,
		bytes: Uint8Array,
		position: number,
	): Promise<void> {
		const {files, room, hash} = this.#options;
		let done = 0;
		const written = room.run(async () => {
			while (done < bytes.length && !this.#isStopped) {
				const rest = bytes.subarray(done);
				done += await writeSome(files, fd, rest, position + done);
				this.#endBytes = Math.max(this.#endBytes, position + done);
			}
		});
		hash(bytes);
		await written;
	}
}
