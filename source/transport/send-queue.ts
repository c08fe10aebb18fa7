/**
 * Bytes on their way into a socket. Decides how much goes to Node at once, when
 * a writer should wait, and when it may go on. Order is kept; small pieces are
 * joined and large ones are cut to slices, one slice under way at a time.
 *
 * Node copies together what is written in several pieces, so a large piece is a
 * write of its own. Slices of 256 KiB suit TLS: each write is a system call and
 * wakes the reader, and of larger ones OpenSSL's output is no longer in the
 * processor's cache when the kernel copies it.
 */
import type {Writable} from 'node:stream';

const KiB = 1024;
/** A piece that costs more to copy than to write alone. */
const aloneBytes = 128 * KiB;
/** A writer waits from here … */
const highWaterBytes = 256 * KiB;
/** … to here, so that the socket never runs dry while it prepares more. */
const lowWaterBytes = 64 * KiB;

interface Piece {
	bytes: Uint8Array;
	readonly flushed: (() => void) | undefined;
}

export interface SendQueueEvents {
	/** The system took a slice. */
	progressed(): void;
	/** The queue fell to the low-water mark after a `push` had said false. */
	drained(): void;
}

export class SendQueue {
	readonly #sink: Writable;
	readonly #sliceBytes: number;
	readonly #events: SendQueueEvents;
	#pieces: Piece[] = [];
	#next = 0;
	#queuedBytes = 0;
	#busy = false;
	#full = false;

	constructor(sink: Writable, sliceBytes: number, events: SendQueueEvents) {
		this.#sink = sink;
		this.#sliceBytes = sliceBytes;
		this.#events = events;
	}

	/** Bytes that the system has not taken yet, those under way included. */
	get queuedBytes(): number {
		return this.#queuedBytes;
	}

	get idle(): boolean {
		return !this.#busy && this.#next === this.#pieces.length;
	}

	/** False when more should wait for `drained`. `flushed` is called once the system has all of them. */
	push(pieces: readonly Uint8Array[], flushed?: () => void): boolean {
		for (const [index, bytes] of pieces.entries()) {
			const last = index === pieces.length - 1;
			this.#pieces.push({bytes, flushed: last ? flushed : undefined});
			this.#queuedBytes += bytes.length;
		}

		this.#send();
		this.#full ||= this.#queuedBytes >= highWaterBytes;
		return !this.#full;
	}

	/** Forgets everything; nothing is called any more. */
	clear(): void {
		this.#pieces = [];
		this.#next = 0;
		this.#queuedBytes = 0;
	}

	#send(): void {
		if (this.#busy || this.#next === this.#pieces.length) return;
		this.#busy = true;
		const {batch, flushed, sentBytes} = this.#takeSlice();
		const done = (error?: Error | null) => {
			if (error) return;
			this.#busy = false;
			this.#queuedBytes = Math.max(0, this.#queuedBytes - sentBytes);
			for (const callback of flushed) callback();
			if (this.#full && this.#queuedBytes <= lowWaterBytes) {
				this.#full = false;
				this.#events.drained();
			}

			this.#send();
			this.#events.progressed();
		};

		const last = batch.pop();
		if (!last) {
			process.nextTick(done);
			return;
		}

		this.#sink.cork();
		for (const bytes of batch) this.#sink.write(bytes);
		this.#sink.write(last, done);
		this.#sink.uncork();
	}

	#takeSlice() {
		const batch: Uint8Array[] = [];
		const flushed: Array<() => void> = [];
		let room = this.#sliceBytes;
		while (room > 0 && this.#next < this.#pieces.length) {
			const piece = this.#pieces[this.#next]!;
			const part = piece.bytes.subarray(0, room);
			const isLarge = part.length >= aloneBytes;
			// Several pieces in one write are copied together by Node: a large one goes alone.
			if (isLarge && batch.length > 0) break;
			if (part.length > 0) batch.push(part);
			room -= part.length;
			if (part.length === piece.bytes.length) {
				if (piece.flushed) flushed.push(piece.flushed);
				this.#next++;
			} else {
				piece.bytes = piece.bytes.subarray(part.length);
			}

			if (isLarge) break;
		}

		if (this.#next === this.#pieces.length || this.#next >= 1024) {
			this.#pieces = this.#pieces.slice(this.#next);
			this.#next = 0;
		}

		return {batch, flushed, sentBytes: this.#sliceBytes - room};
	}
}
