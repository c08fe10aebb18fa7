/**
 * A Node socket, TCP or TLS, as the engine's `Connection`. Decides the order of
 * what the engine hears and how a connection ends; leaves what the bytes mean
 * and how much may be queued to the engine.
 *
 * Invariants: `closed` comes exactly once and last, whoever ended it; nothing is
 * read before `start`; every method does no harm after the end. `end()` waits
 * for the other side to finish too (closing with unread bytes would reset the
 * connection and could destroy what was just sent), but never for ever.
 */
import type {Socket} from 'node:net';
import type {Address, Connection, ConnectionHandlers} from '../engine/ports.js';
import {errorInfo, type ErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import type {SocketEnds} from './address.js';
import {streamError} from './node-errors.js';
import {SendQueue} from './send-queue.js';
import {createUnreadReader} from './unread-bytes.js';

export interface ConnectionOptions {
	readonly ends: SocketEnds;
	readonly lingerMs?: number;
	/** SHA-256 of the server's certificate, as hex pairs. */
	readonly certificate?: string;
	/** The TCP socket below a TLS one. */
	readonly carrier?: Socket;
}

const sliceBytes = 256 * 1024;

export class SocketConnection implements Connection {
	readonly remote: Address;
	readonly local: Address;
	readonly certificate?: string;
	readonly #socket: Socket;
	readonly #carrier: Socket;
	readonly #queue: SendQueue;
	readonly #lingerMs: number;
	readonly #unread: () => Promise<number | undefined>;
	#handlers: ConnectionHandlers | undefined;
	/** `sent`: we send nothing more, and read on without limit. */
	#phase: 'open' | 'sent' | 'ending' | 'destroyed' | 'closed' = 'open';
	#paused = false;
	/** What came in this turn of the event loop. */
	#turnBytes = 0;
	#waitsForTurn = false;
	#error: ErrorInfo | undefined;
	#linger: NodeJS.Timeout | undefined;

	/** The socket must not be flowing; what it has buffered already is read first. */
	constructor(socket: Socket, options: ConnectionOptions) {
		this.#socket = socket;
		this.#carrier = options.carrier ?? socket;
		this.remote = options.ends.remote;
		this.local = options.ends.local;
		this.#lingerMs = options.lingerMs ?? limits.lingerMs;
		this.#unread = createUnreadReader(options.ends);
		if (options.certificate !== undefined) {
			this.certificate = options.certificate;
		}

		this.#queue = new SendQueue(socket, sliceBytes, {
			progressed: () => {
				if (this.#phase === 'ending') this.#finish();
				else if (this.#phase === 'sent' && this.#queue.idle) socket.end();
			},
			drained: () => {
				if (this.#phase === 'open') this.#handlers?.drained();
			},
		});
		socket.on('error', error => {
			if (this.#phase !== 'destroyed') {
				this.#error ??= streamError(error, this.remote);
			}
		});
		socket.once('close', () => {
			this.#phase = 'closed';
			clearTimeout(this.#linger);
			this.#queue.clear();
			this.#handlers?.closed(this.#error);
		});
	}

	start(handlers: ConnectionHandlers): void {
		if (this.#handlers) return;
		this.#handlers = handlers;
		const socket = this.#socket;
		if (this.#phase === 'closed') {
			queueMicrotask(() => {
				handlers.closed(this.#error);
			});
			return;
		}

		const alive = () =>
			this.#phase === 'open' ||
			this.#phase === 'sent' ||
			this.#phase === 'ending';
		socket.on('data', (bytes: Uint8Array) => {
			if (!alive()) return;
			this.#countTurn(bytes.length);
			handlers.data(bytes);
		});
		const ended = () => {
			if (alive()) handlers.ended();
		};

		if (socket.readableEnded) queueMicrotask(ended);
		else socket.once('end', ended);
		if (this.#paused) socket.pause();
		else socket.resume();
	}

	write(bytes: Uint8Array, flushed?: () => void): boolean {
		return this.#phase === 'open' ? this.#queue.push([bytes], flushed) : true;
	}

	writeMany(pieces: readonly Uint8Array[], flushed?: () => void): boolean {
		return this.#phase === 'open' ? this.#queue.push(pieces, flushed) : true;
	}

	queuedBytes(): number {
		return this.#queue.queuedBytes;
	}

	async unreadBytes(): Promise<number | undefined> {
		return this.#unread();
	}

	pause(): void {
		this.#paused = true;
		if (this.#handlers) this.#socket.pause();
	}

	resume(): void {
		this.#paused = false;
		this.#flow();
	}

	endSending(): void {
		if (this.#phase !== 'open') return;
		this.#phase = 'sent';
		if (this.#queue.idle) this.#socket.end();
	}

	end(): void {
		if (this.#phase !== 'open' && this.#phase !== 'sent') return;
		this.#phase = 'ending';
		this.#finish();
	}

	destroy(): void {
		if (this.#phase === 'destroyed' || this.#phase === 'closed') return;
		this.#phase = 'destroyed';
		this.#queue.clear();
		this.#socket.destroy();
	}

	reset(): void {
		if (this.#phase === 'destroyed' || this.#phase === 'closed') return;
		this.#phase = 'destroyed';
		this.#queue.clear();
		this.#carrier.resetAndDestroy();
		this.#socket.destroy();
	}

	#flow(): void {
		const isHeld = this.#paused || this.#waitsForTurn;
		if (!isHeld && this.#handlers && this.#phase !== 'closed') {
			this.#socket.resume();
		}
	}

	/** Node reads a socket that is full many times in a row: others must not wait that long, a message behind eight files least of all. */
	#countTurn(bytes: number): void {
		if (this.#turnBytes === 0) {
			setImmediate(() => {
				this.#turnBytes = 0;
				this.#waitsForTurn = false;
				this.#flow();
			});
		}

		this.#turnBytes += bytes;
		if (this.#turnBytes < limits.turnBytes || this.#waitsForTurn) return;
		this.#waitsForTurn = true;
		this.#socket.pause();
	}

	/** While anything still goes out the linger starts anew. */
	#finish(): void {
		if (this.#queue.idle) this.#socket.end();
		clearTimeout(this.#linger);
		this.#linger = setTimeout(() => {
			if (this.#queue.idle) {
				this.destroy();
				return;
			}

			this.#error ??= errorInfo('slowReader', {
				host: this.remote.host,
				port: this.remote.port,
			});
			// An end would wait behind what is not read.
			this.reset();
		}, this.#lingerMs);
	}
}
