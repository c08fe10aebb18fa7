/**
 * Stands between the terminal and Ink and hands it one key at a time, the next when
 * React has drawn its conclusions from the last (commit and effects).
 * Without it, widgets lose keys that arrive in one read. Keys for something that acts
 * on each at once need not wait for a frame: where `mayFollow` says so before a key and
 * after it, the next one follows it in the same turn.
 */
import {EventEmitter} from 'node:events';
import {toInkKey} from './ink-key.js';
import {
	createKeyTokenizer,
	type KeyTokenizer,
	type Pending,
} from './key-tokenizer.js';

/** How long what is pending waits for more, a paste for as long as it takes. */
const waitsMs: Readonly<Partial<Record<Pending, number>>> = {
	// Longer than the parts of one key are apart, too short to be felt.
	escape: 30,
	// On a slow line the parts of a sequence come one after the other.
	sequence: 250,
	// Longer still: the rest of an answer would be taken for typing.
	string: 1000,
	// Sooner nobody types after a paste.
	pasted: 100,
};

/** Others want a turn, too. */
const keysInATurn = 200;

export interface KeyPump {
	/** For Ink's `render`. */
	readonly stdin: NodeJS.ReadStream;
	/** Lets go of the terminal's stream, raw mode off. Keys not read yet are dropped. */
	close(): void;
}

/** What Ink uses of a terminal's input stream, and no more. */
class KeyStream extends EventEmitter {
	readonly #source: NodeJS.ReadStream;
	readonly #mayFollow: () => boolean;
	readonly #tokenizer: KeyTokenizer;
	readonly #take = (chunk: Uint8Array | string) => this.#taken(chunk);
	#keys: string[] = [];
	#next = 0;
	#current: string | undefined;
	#release: NodeJS.Immediate | undefined;
	#flush: NodeJS.Timeout | undefined;
	#giveUp: NodeJS.Immediate | undefined;
	#isReading = false;

	constructor(
		source: NodeJS.ReadStream,
		mayFollow: () => boolean,
		onReport: (sequence: string) => void,
	) {
		super();
		this.#tokenizer = createKeyTokenizer(onReport);
		this.#source = source;
		this.#mayFollow = mayFollow;
		this.on('newListener', event => {
			if (event === 'readable') this.#schedule();
		});
	}

	get isTTY(): boolean {
		return this.#source.isTTY;
	}

	get isRaw(): boolean {
		return this.#source.isRaw;
	}

	/** Raw mode means that somebody wants keys; without it the terminal's input is left alone, for a child program. */
	setRawMode(isRaw: boolean): this {
		this.#source.setRawMode?.(isRaw);
		if (isRaw) this.#start();
		else this.#stop();
		return this;
	}

	/** Keys are text already. */
	setEncoding(): this {
		return this;
	}

	ref(): this {
		this.#source.ref?.();
		return this;
	}

	unref(): this {
		this.#source.unref?.();
		return this;
	}

	/** The key that the last `readable` announced, once. */
	read(): string | null {
		const key = this.#current;
		this.#current = undefined;
		return key ?? null;
	}

	close(): void {
		this.#stop();
		clearImmediate(this.#release);
		this.#release = undefined;
		this.#keys = [];
		this.#next = 0;
	}

	#start(): void {
		if (this.#isReading) return;
		this.#isReading = true;
		this.#source.on('data', this.#take);
		this.#source.resume();
	}

	#stop(): void {
		if (!this.#isReading) return;
		this.#isReading = false;
		this.#source.off('data', this.#take);
		this.#source.pause();
		clearTimeout(this.#flush);
		clearImmediate(this.#giveUp);
	}

	#taken(chunk: Uint8Array | string): void {
		clearImmediate(this.#giveUp);
		for (const key of this.#tokenizer.push(chunk)) this.#keys.push(key);
		this.#schedule();
		this.#waitForMore();
	}

	#waitForMore(): void {
		clearTimeout(this.#flush);
		const waitMs = waitsMs[this.#tokenizer.pending()];
		if (waitMs === undefined) return;
		// What has arrived while we were busy is read before the time is up: a turn of
		// the event loop looks at its timers first.
		this.#flush = setTimeout(() => {
			this.#giveUp = setImmediate(() => {
				for (const key of this.#tokenizer.flush()) this.#keys.push(key);
				this.#schedule();
				// Behind a paste may stand the beginning of a key.
				this.#waitForMore();
			});
		}, waitMs);
	}

	#schedule(): void {
		if (this.#release || this.#next >= this.#keys.length) return;
		// React puts the effects of a key into the next turn: two turns, so that the next
		// key meets the listeners that the last one brought about.
		this.#release = setImmediate(() => {
			this.#release = setImmediate(() => {
				this.#release = undefined;
				// Between two components that listen, keys wait for the next one.
				if (this.listenerCount('readable') === 0) return;
				this.#releaseSome();
				this.#schedule();
			});
		});
	}

	/** One key, and those that need not wait for what it brings about. */
	#releaseSome(): void {
		for (let count = 0; count < keysInATurn; count++) {
			const could = this.#mayFollow();
			this.#releaseOne();
			const isLast = this.#next >= this.#keys.length || !this.#isReading;
			if (isLast || !could || !this.#mayFollow()) return;
		}
	}

	#releaseOne(): void {
		const key = this.#keys[this.#next++]!;
		if (this.#next === this.#keys.length) {
			this.#keys = [];
			this.#next = 0;
		}

		this.#current = toInkKey(key);
		this.emit('readable');
	}
}

/**
 * Puts a pump on a terminal's input and turns raw mode on at once: what is typed
 * before the first frame is neither echoed into it nor kept back until Enter. It
 * is read as soon as Ink asks for raw mode.
 */
export function createKeyPump(
	source: NodeJS.ReadStream,
	mayFollow: () => boolean = () => false,
	/** Gets what the terminal reports of its mouse. */
	onReport: (sequence: string) => void = () => undefined,
): KeyPump {
	const stream = new KeyStream(source, mayFollow, onReport);
	if (source.isTTY) source.setRawMode(true);
	return {
		// Ink asks for these few members only; a whole ReadStream would hide what is used.
		stdin: stream as unknown as NodeJS.ReadStream,
		close() {
			stream.close();
			if (source.isTTY && source.isRaw) source.setRawMode(false);
		},
	};
}
