/**
 * One file on its way to the disk: written, hashed, verified, made durable,
 * named. What is created, named and deleted is the slot's. Invariants: the first
 * failure is kept and ends it; never more than the agreed size reaches the disk;
 * a part that was not published is deleted, or kept where it was suspended and
 * can be found again; its descriptor is closed when nothing uses it any more.
 *
 * A block is hashed here while another thread of the pool writes it. What is
 * passed over came earlier: then the digest is that of the whole file, read again.
 */
import type {PartFile, Published} from '../engine/ports.js';
import {SocktermError, type ErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import {equalBytes} from '../util/bytes.js';
import {createBackgroundSync, type BackgroundSync} from './background-sync.js';
import {hashWhole} from './held-content.js';
import type {PartFileOptions} from './part-file-options.js';
import type {PartSlot} from './part-slot.js';
import {PartWriter} from './part-writer.js';
import {setAttributes} from './received-attributes.js';
import {RoomWait} from './room-wait.js';

export class DiskPart implements PartFile {
	readonly #options: PartFileOptions;
	readonly #room: RoomWait;
	readonly #writer: PartWriter;
	readonly #background: BackgroundSync;
	#opening: Promise<PartSlot> | undefined;
	#slot: PartSlot | undefined;
	/** The place of the next byte. */
	#position = 0;
	#isDraining = false;
	#isSuspended = false;
	#failure: SocktermError | undefined;
	#publishing: Promise<Published> | undefined;
	#ending: Promise<void> | undefined;
	#progressed: () => void = () => undefined;
	#failed: ((error: ErrorInfo) => void) | undefined;

	constructor(options: PartFileOptions) {
		this.#options = options;
		const {files, timing, hasher, heldBytes} = options;
		const failed = (cause: unknown) => {
			if (cause instanceof SocktermError) this.#fail(cause);
			else void this.#explain(cause).then(error => this.#fail(error));
		};

		this.#room = new RoomWait({
			explain: async cause => this.#explain(cause),
			retryMs: timing.diskRetryMs,
		});
		this.#background = createBackgroundSync({
			sync: async () => this.#slot?.sync(),
			failed,
			everyBytes: timing.durableBytes,
			everyMs: timing.durableMs,
		});
		this.#writer = new PartWriter({
			files,
			room: this.#room,
			sizeBytes: options.sizeBytes ?? limits.diskBatchBytes,
			slot: async () => this.#opening!,
			hash: bytes => {
				if (heldBytes === 0) hasher.update(bytes);
			},
			wrote: countBytes => {
				if (this.#slot?.isJournalled) this.#background.wrote(countBytes);
				this.#progressed();
			},
			failed,
		});
	}

	/** Resolves when the part is open, or waits for room to be. Throws what opening it throws. */
	async start(): Promise<void> {
		const opening = this.#room.run(this.#options.open);
		this.#opening = opening;
		await new Promise<void>((resolve, reject) => {
			this.#room.watch(error => {
				if (error) resolve();
			});
			opening.then(slot => {
				this.#slot = slot;
				resolve();
			}, reject);
		});
		opening.catch(async (cause: unknown) =>
			this.#fail(await this.#explain(cause)),
		);
	}

	write(bytes: Uint8Array): void {
		if (bytes.length > 0 && this.#advance(bytes.length))
			this.#writer.push(bytes);
	}

	skip(countBytes: number): void {
		if (countBytes > 0 && this.#advance(countBytes))
			this.#writer.skip(countBytes);
	}

	queuedBytes(): number {
		return this.#failure ? 0 : this.#writer.queuedBytes;
	}

	/** Bytes of the agreed size that are not on the disk yet. */
	missingBytes(): number {
		const {sizeBytes = 0} = this.#options;
		return Math.max(0, sizeBytes - this.#endBytes);
	}

	onProgress(callback: () => void): void {
		this.#progressed = callback;
	}

	onFailed(callback: (error: ErrorInfo) => void): void {
		this.#failed = callback;
		const failure = this.#failure;
		if (failure && failure.info.code !== 'cancelled')
			queueMicrotask(() => callback(failure.info));
	}

	onBlocked(callback: (error: ErrorInfo | undefined) => void): void {
		this.#room.watch(callback);
	}

	async publish(digest?: Uint8Array): Promise<Published> {
		this.#publishing ??= this.#publish(digest);
		return this.#publishing;
	}

	async suspend(): Promise<void> {
		if (!this.#failure) this.#isSuspended = true;
		await this.#cancel();
	}

	async discard(): Promise<void> {
		this.#isSuspended = false;
		await this.#cancel();
	}

	/** Nobody waits for what he ends, so nobody is told. */
	async #cancel(): Promise<void> {
		this.#stop(new SocktermError('cancelled'));
		await this.#publishing?.catch(() => undefined);
		await this.#end();
	}

	/** How far the part on the disk goes. */
	get #endBytes(): number {
		return Math.max(this.#slot?.sizeBytes ?? 0, this.#writer.endBytes);
	}

	/** False where nothing is taken any more, or that would be too much. */
	#advance(countBytes: number): boolean {
		if (this.#failure || this.#isDraining) return false;
		this.#position += countBytes;
		const {sizeBytes = Number.MAX_SAFE_INTEGER} = this.#options;
		if (this.#position <= sizeBytes) return true;
		this.#fail(new SocktermError('digestMismatch'));
		return false;
	}

	async #publish(digest: Uint8Array | undefined): Promise<Published> {
		const {files, sizeBytes, mtimeMs} = this.#options;
		try {
			this.#isDraining = true;
			await this.#writer.drain();
			const slot = await this.#opening!;
			this.#throwFailure();
			const own = await this.#digest(slot);
			await this.#background.stop();
			this.#throwFailure();
			const isWhole = sizeBytes === undefined || this.#position === sizeBytes;
			if (!isWhole || !own || (digest && !equalBytes(own, digest)))
				throw new SocktermError('digestMismatch');
			await this.#room.run(async () => setAttributes(files, slot.fd, mtimeMs));
			await slot.sync();
			const {size} = await files.fstat(slot.fd);
			if (size !== BigInt(this.#position))
				throw new SocktermError('storageFailed', {what: 'size'});
			this.#throwFailure();
			const path = await this.#room.run(async () => slot.place());
			await this.#end();
			return {path, existed: false, ...(digest ? {} : {digest: own})};
		} catch (cause) {
			const error = await this.#explain(cause);
			if (error.info.code !== 'cancelled') this.#isSuspended = false;
			this.#stop(error);
			await this.#end();
			throw this.#failure ?? error;
		}
	}

	async #digest({fd}: PartSlot): Promise<Uint8Array | undefined> {
		const {files, hasher, heldBytes} = this.#options;
		if (heldBytes === 0) return hasher.digest();
		const isEnded = () => this.#failure !== undefined;
		return hashWhole({files, fd, endBytes: this.#position, isEnded});
	}

	async #explain(cause: unknown): Promise<SocktermError> {
		return this.#options.explain(cause, this.missingBytes());
	}

	#throwFailure(): void {
		if (this.#failure) throw this.#failure;
	}

	#fail(error: SocktermError): void {
		// What may be broken is not kept.
		if (error.info.code !== 'cancelled') this.#isSuspended = false;
		if (this.#failure) return;
		this.#stop(error);
		this.#failed?.(error.info);
		this.#progressed();
		// Whoever publishes uses the descriptor still, and ends it himself.
		if (!this.#publishing) void this.#end();
	}

	/** Takes no more bytes and forgets those that wait. */
	#stop(error: SocktermError): void {
		this.#failure ??= error;
		this.#room.end();
		void this.#writer.stop();
	}

	async #end(): Promise<void> {
		this.#ending ??= (async () => {
			await this.#writer.stop();
			await this.#background.stop();
			const slot = await this.#opening?.catch(() => undefined);
			const isOfUse = this.#endBytes >= limits.blockBytes;
			await slot?.end(this.#isSuspended && isOfUse);
			await this.#options.release({
				wasOpened: slot !== undefined,
				isSuspended: this.#isSuspended,
			});
		})();
		return this.#ending;
	}
}
