/**
 * A receive folder that is none: what is received goes to one output, in order
 * and one part at a time. It decides nothing about names and keeps nothing; that
 * one file only is taken is the front end's business. Invariants: what has been
 * written cannot be taken back, so after a part that was not published as a
 * whole nothing is written any more; a part is published only once the output
 * has taken all of it and its digest is that of the sender.
 */
import type {Writable} from 'node:stream';
import type {
	Delivery,
	PartFile,
	PlannedEntry,
	Published,
	ReceiveFolder,
} from '../engine/ports.js';
import {SocktermError, toErrorInfo, type ErrorInfo} from '../errors.js';
import {equalBytes} from '../util/bytes.js';
import {createHasher, type Hasher} from './hasher.js';
import {planNames} from './plan-names.js';
import {errnoOf} from './storage-errors.js';

/** What the parts of one output share. */
interface Outlet {
	readonly stream: Writable;
	/** Set once nothing may follow: it is broken, or holds half a file. */
	failure: SocktermError | undefined;
	/** Resolves when the part before is settled. */
	turn: Promise<void>;
}

const outputFailed = (cause: unknown) =>
	new SocktermError(
		'outputFailed',
		{what: errnoOf(cause) ?? 'it is closed'},
		{cause},
	);

class OutputPart implements PartFile {
	readonly #outlet: Outlet;
	readonly #hasher: Hasher;
	readonly #published: Published;
	readonly #leave: () => void;
	#writtenBytes = 0;
	#queuedBytes = 0;
	#error: SocktermError | undefined;
	#isSettled = false;
	#progressed: () => void = () => undefined;
	#failed: (error: ErrorInfo) => void = () => undefined;
	#idle: () => void = () => undefined;

	constructor(
		outlet: Outlet,
		hasher: Hasher,
		published: Published,
		leave: () => void,
	) {
		this.#outlet = outlet;
		this.#hasher = hasher;
		this.#published = published;
		this.#leave = leave;
	}

	write(bytes: Uint8Array): void {
		if (this.#error || this.#isSettled) return;
		const copy = Uint8Array.from(bytes);
		const {length} = copy;
		this.#hasher.update(copy);
		this.#queuedBytes += length;
		this.#writtenBytes += length;
		this.#outlet.stream.write(copy, error => {
			this.#queuedBytes -= length;
			if (error) this.#fail(outputFailed(error));
			this.#progressed();
			if (this.#queuedBytes === 0) this.#idle();
		});
	}

	skip(): void {
		this.#fail(new SocktermError('streamBroken'));
	}

	queuedBytes(): number {
		return this.#error ? 0 : this.#queuedBytes;
	}

	onProgress(callback: () => void): void {
		this.#progressed = callback;
	}

	onFailed(callback: (error: ErrorInfo) => void): void {
		this.#failed = callback;
	}

	onBlocked(): void {
		// A reader that does not read is not a full disk: it is waited for.
	}

	async publish(digest?: Uint8Array): Promise<Published> {
		try {
			if (this.#isSettled) throw new SocktermError('cancelled');
			await this.#drained();
			if (this.#error) throw this.#error;
			const own = this.#hasher.digest();
			if (digest && !equalBytes(own, digest)) {
				throw new SocktermError('digestMismatch', {
					name: this.#published.path.at(-1) ?? '',
				});
			}

			this.#isSettled = true;
			this.#leave();
			return digest ? this.#published : {...this.#published, digest: own};
		} catch (error) {
			this.#abandon();
			throw error;
		}
	}

	async suspend(): Promise<void> {
		this.#abandon();
	}

	async discard(): Promise<void> {
		this.#abandon();
	}

	async #drained(): Promise<void> {
		if (this.#queuedBytes === 0 || this.#error) return;
		await new Promise<void>(resolve => {
			this.#idle = resolve;
		});
	}

	/** Half of it is out, if any: then nothing can follow. */
	#abandon(): void {
		if (this.#isSettled) return;
		this.#isSettled = true;
		this.#error ??= new SocktermError('cancelled');
		if (this.#writtenBytes > 0) {
			this.#outlet.failure ??= new SocktermError('streamBroken');
		}

		this.#idle();
		this.#leave();
	}

	#fail(error: SocktermError): void {
		if (this.#error || this.#isSettled) return;
		this.#error = error;
		this.#outlet.failure ??= error;
		this.#failed(toErrorInfo(error));
		this.#idle();
	}
}

function openDelivery(
	outlet: Outlet,
	entries: ReadonlyArray<PlannedEntry | undefined>,
): Delivery {
	const open = new Set<Promise<void>>();
	return {
		held: async () => undefined,
		async createPart(entry) {
			const planned = entries[entry];
			const before = outlet.turn;
			const {promise, resolve: leave} = Promise.withResolvers<void>();
			outlet.turn = promise;
			open.add(promise);
			await before;
			try {
				if (outlet.failure) throw outlet.failure;
				if (planned?.kind === 'folder' || !planned) {
					throw new SocktermError('outputFailed', {what: 'not a file'});
				}

				const published = {path: planned.path, existed: false};
				return new OutputPart(outlet, await createHasher(), published, leave);
			} catch (error) {
				leave();
				throw error;
			}
		},
		async close() {
			await Promise.all(open);
		},
	};
}

/** Receives into an output such as stdout. Its failure (the reader is gone) fails the part that is under way. */
export function createStdoutFolder(stream: Writable): ReceiveFolder {
	const outlet: Outlet = {
		stream,
		failure: undefined,
		turn: Promise.resolve(),
	};
	// Each write is told of it, too.
	stream.on('error', error => {
		outlet.failure ??= outputFailed(error);
	});
	return {
		path: '/dev/stdout',
		planNames,
		freeBytes: async () => Number.MAX_SAFE_INTEGER,
		survey: async (_, entries) => entries.map(() => undefined),
		openDelivery: (_, entries) => openDelivery(outlet, entries),
		listPartials: async () => [],
		async deletePartial() {
			throw new SocktermError('noSuchPartial');
		},
		sweep: async () => undefined,
	};
}
