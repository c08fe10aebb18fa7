/**
 * Waits for room on a full disk, for one part: tries again what failed for want
 * of it until it works or nobody wants it any more. Anything else that fails is
 * the caller's. Invariants: whoever watches hears of a full disk once, and once
 * when it goes on; after `end` nothing is tried.
 */
import {SocktermError, type ErrorInfo} from '../errors.js';
import {isDiskFull} from './storage-errors.js';

export interface RoomWaitOptions {
	/** What is missing, as diskFull. */
	readonly explain: (cause: unknown) => Promise<SocktermError>;
	readonly retryMs: number;
}

export class RoomWait {
	readonly #options: RoomWaitOptions;
	#blocked: ErrorInfo | undefined;
	#isEnded = false;
	#wake: () => void = () => undefined;
	#watch: (error: ErrorInfo | undefined) => void = () => undefined;

	constructor(options: RoomWaitOptions) {
		this.#options = options;
	}

	/** Told at once where it waits already. */
	watch(callback: (error: ErrorInfo | undefined) => void): void {
		this.#watch = callback;
		if (this.#blocked) callback(this.#blocked);
	}

	/** Runs one action at a time. Throws what it throws, and cancelled after `end`. */
	async run<Result>(action: () => Promise<Result>): Promise<Result> {
		for (;;) {
			if (this.#isEnded) throw new SocktermError('cancelled');
			try {
				const result = await action();
				this.#tell(undefined);
				return result;
			} catch (cause) {
				if (!isDiskFull(cause)) throw cause;
				const {info} = await this.#options.explain(cause);
				if (!this.#blocked && !this.#isEnded) this.#tell(info);
				await this.#sleep();
			}
		}
	}

	end(): void {
		this.#isEnded = true;
		this.#wake();
	}

	#tell(error: ErrorInfo | undefined): void {
		if (this.#blocked === error) return;
		this.#blocked = error;
		this.#watch(error);
	}

	async #sleep(): Promise<void> {
		if (this.#isEnded) return;
		await new Promise<void>(resolve => {
			const timer = setTimeout(resolve, this.#options.retryMs);
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}
}
