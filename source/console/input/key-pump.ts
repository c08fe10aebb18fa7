/**
 * Stands between the terminal and Ink and hands it one key at a time, the next when
 * React has drawn its conclusions from the last (commit and effects).
 * Without it, widgets lose keys that arrive in one read.
 */
import {EventEmitter} from 'node:events';
import {toInkKey} from './ink-key.js';
import {createKeyTokenizer} from './key-tokenizer.js';

/** How long an ESC waits for the rest of a sequence before it is the Esc key. */
const escapeWaitMs = 30;
/** How long a begun sequence may be on its way, on a slow line, before it is given up. */
const sequenceWaitMs = 250;

export interface KeyPump {
	/** For Ink's `render`. */
	readonly stdin: NodeJS.ReadStream;
	/** Lets go of the terminal's stream, raw mode off. Keys not read yet are dropped. */
	close(): void;
}

/** What Ink uses of a terminal's input stream, and no more. */
class KeyStream extends EventEmitter {
	readonly #source: NodeJS.ReadStream;
	readonly #tokenizer = createKeyTokenizer();
	readonly #take = (chunk: Uint8Array | string) => this.#taken(chunk);
	#keys: string[] = [];
	#next = 0;
	#current: string | undefined;
	#release: NodeJS.Immediate | undefined;
	#flush: NodeJS.Timeout | undefined;
	#isReading = false;

	constructor(source: NodeJS.ReadStream) {
		super();
		this.#source = source;
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
	}

	#taken(chunk: Uint8Array | string): void {
		clearTimeout(this.#flush);
		for (const key of this.#tokenizer.push(chunk)) this.#keys.push(key);
		this.#schedule();
		const pending = this.#tokenizer.pending();
		if (pending !== 'escape' && pending !== 'sequence') return;
		this.#flush = setTimeout(
			() => {
				for (const key of this.#tokenizer.flush()) this.#keys.push(key);
				this.#schedule();
			},
			pending === 'escape' ? escapeWaitMs : sequenceWaitMs,
		);
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
				this.#releaseOne();
				this.#schedule();
			});
		});
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
export function createKeyPump(source: NodeJS.ReadStream): KeyPump {
	const stream = new KeyStream(source);
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
