/**
 * Two ends of a byte stream in memory, with the order and the backpressure of
 * the real ones: bytes wait at the writer until the reader takes them.
 */
import {createHash} from 'node:crypto';
import type {
	Address,
	ConnectionHandlers,
	PeerId,
	SecureConnection,
} from '../../source/engine/ports.js';
import {errorInfo, SocktermError, type ErrorInfo} from '../../source/errors.js';

const highWaterBytes = 256 * 1024;
const lowWaterBytes = 64 * 1024;

export type Schedule = (task: () => void) => void;

interface Queued {
	readonly bytes: Uint8Array;
	readonly flushed: (() => void) | undefined;
}

export interface EndOptions {
	readonly schedule: Schedule;
	readonly local: Address;
	readonly remote: Address;
	/** Whom the other end proved to be; empty for raw connections. */
	readonly peerId: PeerId;
	/** The same at both ends. */
	readonly secret: string;
}

export class MemoryEnd implements SecureConnection {
	readonly remote: Address;
	readonly local: Address;
	readonly peerId: PeerId;
	/** Called once, when the other end has sent or ended and nobody has started this one: see `watch`. */
	onArrival: (() => void) | undefined;
	onClosed: (() => void) | undefined;
	readonly #schedule: Schedule;
	readonly #secret: string;
	#other!: MemoryEnd;
	#handlers: ConnectionHandlers | undefined;
	#phase: 'open' | 'sent' | 'ending' | 'gone' = 'open';
	#outbox: Queued[] = [];
	#outboxBytes = 0;
	#full = false;
	#paused = false;
	/** The other end knows that this one sends no more. */
	#endTold = false;
	#error: ErrorInfo | undefined;
	#isDetached = false;

	constructor(options: EndOptions) {
		this.remote = options.remote;
		this.local = options.local;
		this.peerId = options.peerId;
		this.#schedule = options.schedule;
		this.#secret = options.secret;
	}

	static join(one: MemoryEnd, two: MemoryEnd): void {
		one.#other = two;
		two.#other = one;
	}

	get isOpen(): boolean {
		return this.#phase !== 'gone';
	}

	start(handlers: ConnectionHandlers): void {
		if (this.#handlers) throw new Error('A connection is started once');
		this.#handlers = handlers;
		if (this.#phase === 'gone') {
			this.#schedule(() => {
				handlers.closed(this.#error);
			});
			return;
		}

		this.#other.#pumpSoon();
	}

	watch(arrived: () => void): void {
		this.onArrival = arrived;
		this.#other.#pumpSoon();
	}

	write(bytes: Uint8Array, flushed?: () => void): boolean {
		if (this.#phase !== 'open') return true;
		// As a system does: once it has taken the bytes, the writer may change its buffer.
		this.#outbox.push({bytes: Uint8Array.from(bytes), flushed});
		this.#outboxBytes += bytes.length;
		this.#full ||= this.#outboxBytes >= highWaterBytes;
		this.#pumpSoon();
		return !this.#full;
	}

	writeMany(pieces: readonly Uint8Array[], flushed?: () => void): boolean {
		for (const [index, piece] of pieces.entries()) {
			this.write(piece, index === pieces.length - 1 ? flushed : undefined);
		}

		return this.#phase === 'open' ? !this.#full : true;
	}

	queuedBytes(): number {
		return this.#outboxBytes;
	}

	pause(): void {
		this.#paused = true;
	}

	resume(): void {
		this.#paused = false;
		if (this.#phase !== 'gone') this.#other.#pumpSoon();
	}

	endSending(): void {
		if (this.#phase !== 'open') return;
		this.#phase = 'sent';
		this.#pumpSoon();
	}

	end(): void {
		if (this.#phase !== 'open' && this.#phase !== 'sent') return;
		this.#phase = 'ending';
		this.#pumpSoon();
	}

	destroy(): void {
		if (this.#phase === 'gone') return;
		this.close();
		this.#pumpSoon();
	}

	reset(): void {
		if (this.#phase === 'gone') return;
		this.close();
		this.#schedule(() => {
			this.#other.close(errorInfo('connectionReset'));
		});
	}

	exportKeyingMaterial(label: string, length: number): Uint8Array {
		if (this.#phase === 'gone') throw new SocktermError('notConnected');
		return createHash('shake256', {outputLength: length})
			.update(`${this.#secret}/${label}`)
			.digest();
	}

	/** Hears nothing from the other end any more, and what it writes goes nowhere. */
	detach(): void {
		this.#isDetached = true;
		this.#pumpSoon();
	}

	/** Is over at once; the handlers hear of it soon. */
	close(error?: ErrorInfo): void {
		if (this.#phase === 'gone') return;
		this.#phase = 'gone';
		this.#error = error;
		this.#outbox = [];
		this.#outboxBytes = 0;
		this.#schedule(() => {
			this.onClosed?.();
			this.#handlers?.closed(error);
		});
	}

	/** Whether a byte or the end is waiting for the other end. */
	get hasNews(): boolean {
		return this.#outbox.length > 0 || this.#phase !== 'open';
	}

	#pumpSoon(): void {
		this.#schedule(() => {
			this.#pump();
		});
	}

	#pump(): void {
		const other = this.#other;
		if (other.#isDetached) return;
		if (this.#isDetached) {
			for (const {bytes, flushed} of this.#outbox.splice(0)) {
				this.#outboxBytes -= bytes.length;
				flushed?.();
			}

			this.#full = false;
			// Nobody answers: it is over when its owner says so.
			if (this.#phase === 'ending') this.close();
			return;
		}

		if (other.#phase === 'gone') {
			if (this.#outbox.length > 0) this.close(errorInfo('connectionReset'));
			else if (this.#phase === 'ending') this.close();
			else {
				this.#hearEnd();
				if (this.#phase === 'sent') this.close();
			}

			return;
		}

		if (!other.#handlers) {
			const arrived = other.onArrival;
			if (!arrived || !this.hasNews) return;
			other.onArrival = undefined;
			arrived();
			return;
		}

		while (other.isReading && this.#outbox.length > 0) {
			const {bytes, flushed} = this.#outbox.shift()!;
			this.#outboxBytes -= bytes.length;
			flushed?.();
			if (bytes.length > 0) other.#handlers.data(bytes);
		}

		if (this.#full && this.#outboxBytes <= lowWaterBytes) {
			this.#full = false;
			if (this.#phase === 'open') this.#handlers?.drained();
		}

		const nothingMore = this.#outbox.length === 0 && this.#phase !== 'open';
		if (!nothingMore || !other.isReading) return;
		other.#hearEnd();
		if (this.#phase === 'gone') other.#pumpSoon();
		const isOver = this.#phase === 'ending' || this.#phase === 'sent';
		if (other.#endTold && this.#endTold && isOver) {
			this.close();
			other.close();
		}
	}

	get isReading(): boolean {
		return this.#phase !== 'gone' && !this.#paused && !!this.#handlers;
	}

	#hearEnd(): void {
		if (this.#other.#endTold || !this.isReading) return;
		this.#other.#endTold = true;
		this.#handlers?.ended();
	}
}
