/** A part file in memory, with the faults that disks have. */
import type {PartFile, Published} from '../../source/engine/ports.js';
import {
	errorInfo,
	SocktermError,
	type ErrorCode,
	type ErrorInfo,
} from '../../source/errors.js';
import {createHasher} from '../../source/storage/hasher.js';
import {concatBytes, equalBytes} from '../../source/util/bytes.js';
import type {Gate} from './gate.js';

export interface MemoryPartOptions {
	/** What `skip` passes over; of a file that is there, all of it. */
	readonly held: Uint8Array;
	readonly fails: {code: ErrorCode; afterBytes: number} | undefined;
	readonly gate: Gate;
	/** Where the disk is full: who wants to know when that changes. */
	readonly blocked: {isFull: boolean; readonly watchers: Set<() => void>};
	readonly wrote: (countBytes: number) => void;
	readonly finish: (bytes: Uint8Array) => Published;
	/** Called once, at its end; with what is kept of it. */
	readonly ended: (kept?: Uint8Array) => void;
}

export class MemoryPart implements PartFile {
	readonly #options: MemoryPartOptions;
	readonly #pieces: Uint8Array[] = [];
	#position = 0;
	#takenBytes = 0;
	#writtenBytes = 0;
	#error: SocktermError | undefined;
	#isEnded = false;
	#published: Promise<Published> | undefined;
	#progressed: () => void = () => undefined;
	#failed: (error: ErrorInfo) => void = () => undefined;

	constructor(options: MemoryPartOptions) {
		this.#options = options;
	}

	write(bytes: Uint8Array): void {
		if (this.#error) return;
		const {gate, fails} = this.#options;
		const lengthBytes = bytes.length;
		this.#position += lengthBytes;
		this.#takenBytes += lengthBytes;
		this.#options.wrote(lengthBytes);
		this.#pieces.push(Uint8Array.from(bytes));
		void gate.pass().then(() => {
			this.#writtenBytes += lengthBytes;
			if (fails && this.#writtenBytes > fails.afterBytes)
				this.#fail(new SocktermError(fails.code));
			this.#progressed();
		});
	}

	skip(countBytes: number): void {
		if (this.#error) return;
		const end = this.#position + countBytes;
		const {held} = this.#options;
		if (end > held.length) throw new Error('What is not held was skipped.');
		this.#pieces.push(held.slice(this.#position, end));
		this.#position = end;
	}

	queuedBytes(): number {
		return this.#error ? 0 : this.#takenBytes - this.#writtenBytes;
	}

	onProgress(callback: () => void): void {
		this.#progressed = callback;
	}

	onFailed(callback: (error: ErrorInfo) => void): void {
		this.#failed = callback;
	}

	onBlocked(callback: (error: ErrorInfo | undefined) => void): void {
		const {blocked} = this.#options;
		const tell = () => {
			if (this.#isEnded) blocked.watchers.delete(tell);
			else callback(blocked.isFull ? diskIsFull : undefined);
		};

		blocked.watchers.add(tell);
		if (blocked.isFull) tell();
	}

	async publish(digest?: Uint8Array): Promise<Published> {
		this.#published ??= this.#publish(digest);
		return this.#published;
	}

	async suspend(): Promise<void> {
		// What waits for the disk is lost; what was there and is not passed over yet still is there.
		const written = this.#position - this.#takenBytes + this.#writtenBytes;
		const came = concatBytes([new Uint8Array(), ...this.#pieces]);
		const bytes = concatBytes([
			came.subarray(0, written),
			this.#options.held.subarray(written),
		]);
		this.#error ??= new SocktermError('cancelled');
		await this.#published?.catch(() => undefined);
		this.#end(bytes);
	}

	async discard(): Promise<void> {
		this.#error ??= new SocktermError('cancelled');
		await this.#published?.catch(() => undefined);
		this.#end();
	}

	async #publish(digest: Uint8Array | undefined): Promise<Published> {
		await this.#options.gate.pass();
		const bytes = concatBytes([new Uint8Array(), ...this.#pieces]);
		const hasher = await createHasher();
		hasher.update(bytes);
		// Whoever ended it meanwhile decides what is kept.
		if (this.#error) throw this.#error;
		try {
			const own = hasher.digest();
			if (digest && !equalBytes(own, digest))
				throw new SocktermError('digestMismatch');
			return {
				...this.#options.finish(bytes),
				...(digest ? {} : {digest: own}),
			};
		} finally {
			this.#end();
		}
	}

	#fail(error: SocktermError): void {
		if (this.#error) return;
		this.#error = error;
		this.#end();
		this.#failed(error.info);
	}

	#end(kept?: Uint8Array): void {
		if (this.#isEnded) return;
		this.#isEnded = true;
		this.#options.ended(kept);
	}
}

const diskIsFull = errorInfo('diskFull', {
	path: '/received',
	freeBytes: 0,
	neededBytes: 1,
});
