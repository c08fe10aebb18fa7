/**
 * A small file on its way: kept in memory until all of it is here and verified,
 * then saved with others in one go. Where that cannot be, it goes the way of
 * other files, with the same bytes. Invariants: nothing is created before it is
 * whole; never more than the agreed size is held.
 */
import type {PartFile, Published, SafeName} from '../engine/ports.js';
import {SocktermError, type ErrorInfo} from '../errors.js';
import {releaseBytes} from '../util/bytes.js';
import {digestBytes} from './hasher.js';

export interface SmallPartOptions {
	readonly sizeBytes: number;
	/** Verifies and saves all of it, and gives its path; undefined where the ordinary way has to. Throws what is final. */
	readonly save: (
		bytes: Uint8Array,
		digest: Uint8Array,
	) => Promise<readonly SafeName[] | undefined>;
	/** Waits until another part may be open; what it gives ends that. */
	readonly takePlace: () => Promise<() => void>;
	/** A part of the ordinary kind for the same entry. */
	readonly openOrdinary: () => Promise<PartFile>;
	readonly explain: (cause: unknown) => Promise<SocktermError>;
	/** Called once, when nothing uses it any more; never rejects. */
	readonly release: () => Promise<void>;
}

const nothing = new Uint8Array();

export class SmallPart implements PartFile {
	readonly #options: SmallPartOptions;
	#bytes: Uint8Array = nothing;
	#position = 0;
	#failure: SocktermError | undefined;
	#ordinary: PartFile | undefined;
	#publishing: Promise<Published> | undefined;
	#ending: Promise<void> | undefined;
	#progressed: () => void = () => undefined;
	#failed: (error: ErrorInfo) => void = () => undefined;
	#blocked: (error: ErrorInfo | undefined) => void = () => undefined;

	constructor(options: SmallPartOptions) {
		this.#options = options;
	}

	write(bytes: Uint8Array): void {
		const {sizeBytes} = this.#options;
		if (bytes.length === 0 || this.#failure || this.#publishing) return;
		if (this.#position + bytes.length > sizeBytes) {
			this.#fail(new SocktermError('digestMismatch'));
			return;
		}

		if (this.#position === 0) this.#bytes = new Uint8Array(sizeBytes);
		this.#bytes.set(bytes, this.#position);
		this.#position += bytes.length;
	}

	/** Nothing of it is held. */
	skip(countBytes: number): void {
		if (countBytes > 0) this.#fail(new SocktermError('digestMismatch'));
	}

	queuedBytes(): number {
		return this.#ordinary ? this.#ordinary.queuedBytes() : this.#bytes.length;
	}

	onProgress(callback: () => void): void {
		this.#progressed = callback;
	}

	onFailed(callback: (error: ErrorInfo) => void): void {
		this.#failed = callback;
	}

	onBlocked(callback: (error: ErrorInfo | undefined) => void): void {
		this.#blocked = callback;
	}

	async publish(digest?: Uint8Array): Promise<Published> {
		this.#publishing ??= this.#publish(digest);
		return this.#publishing;
	}

	async suspend(): Promise<void> {
		await this.#cancel();
	}

	async discard(): Promise<void> {
		await this.#cancel();
	}

	async #cancel(): Promise<void> {
		this.#failure ??= new SocktermError('cancelled');
		await this.#ordinary?.discard();
		await this.#publishing?.catch(() => undefined);
		await this.#end();
	}

	async #publish(digest: Uint8Array | undefined): Promise<Published> {
		const {sizeBytes, save, explain} = this.#options;
		try {
			this.#throwFailure();
			if (this.#position !== sizeBytes || digest?.length !== digestBytes)
				throw new SocktermError('digestMismatch');
			const path = await save(this.#bytes, digest);
			if (path) return {path, existed: false};
			return await this.#publishOrdinarily(digest);
		} catch (cause) {
			this.#failure ??= await explain(cause);
			throw this.#failure;
		} finally {
			await this.#end();
			this.#progressed();
		}
	}

	async #publishOrdinarily(digest: Uint8Array): Promise<Published> {
		const leave = await this.#options.takePlace();
		try {
			this.#throwFailure();
			return await this.#passOn(digest);
		} finally {
			leave();
		}
	}

	async #passOn(digest: Uint8Array): Promise<Published> {
		const part = await this.#options.openOrdinary();
		this.#ordinary = part;
		if (this.#failure) {
			await part.discard();
			throw this.#failure;
		}

		part.onBlocked(this.#blocked);
		part.onProgress(this.#progressed);
		part.write(this.#bytes);
		return part.publish(digest);
	}

	#throwFailure(): void {
		if (this.#failure) throw this.#failure;
	}

	#fail(error: SocktermError): void {
		if (this.#failure || this.#publishing) return;
		this.#failure = error;
		this.#failed(error.info);
		void this.#end();
	}

	async #end(): Promise<void> {
		this.#ending ??= (async () => {
			const bytes = this.#bytes;
			this.#bytes = nothing;
			if (bytes.length > 0) releaseBytes(bytes);
			await this.#options.release();
		})();
		return this.#ending;
	}
}
