/**
 * What an accepted connection is, by its first byte:
 *
 *   0x16, ALPN control        a peer session
 *   0x16, ALPN lane           a lane of one
 *   0x16, no ALPN             raw, inside TLS
 *   anything else             raw, for good
 *   an end before any byte    raw (somebody who only listens)
 *   nothing yet               unknown, without limit, until it is claimed
 *
 * A listener may want less: `raw` takes every connection as raw before its first
 * byte; `tls` takes a handshake, begun within its time, and nothing else.
 *
 * Decides only that. Nothing is sent before it is known, a byte that was looked
 * at reaches the connection once, and exactly one of `classified` and `closed`
 * is called. The handshake's deadline runs from its first byte, where a handshake
 * is all that is taken from the accept.
 */
import type {Socket} from 'node:net';
import type {SecureContext, TLSSocket} from 'node:tls';
import type {Address, Classified, Incoming} from '../engine/ports.js';
import {
	errorInfo,
	toErrorInfo,
	type ErrorCode,
	type ErrorInfo,
} from '../errors.js';
import type {SocketEnds} from './address.js';
import {SocketConnection} from './connection.js';
import {createDeadline, type Deadline} from './deadline.js';
import {streamError} from './node-errors.js';
import {
	acceptTls,
	createRawTlsConnection,
	createSecureConnection,
} from './tls.js';

/** RFC 8446 §5.1: the content type of a handshake record. */
const handshakeRecord = 0x16;

export interface ClassifyOptions {
	readonly context: SecureContext;
	readonly protocols: {readonly control: string; readonly lane: string};
	readonly handshakeMs: number;
	/** Missing: by the first byte. */
	readonly only?: 'raw' | 'tls';
	/** A place among the open handshakes and its release, or undefined where all are taken. `evict`: another one has it. */
	readonly enterHandshake: (evict: () => void) => (() => void) | undefined;
}

type IncomingHandlers = Parameters<Incoming['start']>[0];

class IncomingConnection implements Incoming {
	readonly remote: Address;
	readonly local: Address;
	readonly #socket: Socket;
	readonly #ends: SocketEnds;
	readonly #options: ClassifyOptions;
	#stage: 'fresh' | 'watching' | 'handshaking' | 'failed' | 'done' = 'fresh';
	#destroyed = false;
	#handlers: IncomingHandlers | undefined;
	#claimed: boolean;
	/** Of the whole handshake, where nothing else is taken. */
	#deadline: Deadline | undefined;
	#error: ErrorInfo | undefined;
	#isCrowdedOut = false;

	constructor(socket: Socket, ends: SocketEnds, options: ClassifyOptions) {
		this.#socket = socket;
		this.#ends = ends;
		this.#options = options;
		this.remote = ends.remote;
		this.local = ends.local;
		this.#claimed = options.only === 'raw';
		socket.on('error', this.#onError);
		socket.once('close', this.#onClose);
	}

	start(handlers: IncomingHandlers): void {
		if (this.#handlers) return;
		this.#handlers = handlers;
		if (this.#socket.destroyed) {
			queueMicrotask(this.#onClose);
			return;
		}

		this.#stage = 'watching';
		if (this.#claimed) {
			this.#becomeRaw();
			return;
		}

		if (this.#options.only === 'tls') this.#awaitHandshake();
		this.#socket.once('data', this.#onFirstBytes);
		this.#socket.once('end', this.#onEndWithoutBytes);
		this.#socket.resume();
	}

	claimAsRaw(): void {
		if (this.#options.only === 'tls') return;
		this.#claimed = true;
		if (this.#stage === 'watching') this.#becomeRaw();
	}

	destroy(): void {
		this.#destroyed = true;
		this.#socket.destroy();
	}

	readonly #onError = (error: unknown) => {
		this.#error ??= streamError(error, this.remote);
	};

	#awaitHandshake(): void {
		const deadline = createDeadline(this.#options.handshakeMs);
		this.#deadline = deadline;
		deadline.signal.addEventListener('abort', () => {
			if (this.#stage === 'watching') this.#fail('handshakeTimedOut');
		});
	}

	#fail(code: ErrorCode): void {
		const {host, port} = this.remote;
		this.#stage = 'failed';
		this.#error = errorInfo(code, {host, port});
		this.#unwatch();
		this.#socket.destroy();
	}

	readonly #onClose = () => {
		this.#deadline?.clear();
		// A handshake knows best why it failed, and says so a moment later.
		const waits = this.#stage === 'handshaking' || this.#stage === 'done';
		if (waits || !this.#handlers) return;
		this.#stage = 'done';
		this.#handlers.closed(this.#destroyed ? undefined : this.#error);
	};

	readonly #onFirstBytes = (bytes: Buffer) => {
		this.#socket.pause();
		this.#socket.unshift(bytes);
		if (bytes[0] === handshakeRecord) void this.#shakeHands();
		else if (this.#options.only === 'tls') this.#fail('notTls');
		else this.#becomeRaw();
	};

	readonly #onEndWithoutBytes = () => {
		if (this.#options.only === 'tls') this.destroy();
		else this.#becomeRaw();
	};

	#becomeRaw(): void {
		this.#socket.pause();
		this.#classify({
			kind: 'raw',
			tls: false,
			connection: new SocketConnection(this.#socket, {ends: this.#ends}),
		});
	}

	/** Lets go of the socket: from here on the connection watches it. */
	#classify(what: Classified): void {
		this.#stage = 'done';
		this.#unwatch();
		this.#socket.removeListener('error', this.#onError);
		this.#socket.removeListener('close', this.#onClose);
		this.#handlers?.classified(what);
	}

	#unwatch(): void {
		this.#socket.removeListener('data', this.#onFirstBytes);
		this.#socket.removeListener('end', this.#onEndWithoutBytes);
	}

	/** A reset tells the dialler that this was no answer: it may try again. */
	#crowdOut(): void {
		this.#isCrowdedOut = true;
		this.#error = errorInfo('tooManyConnections', {host: this.remote.host});
		this.#socket.resetAndDestroy();
	}

	/** Never rejects. */
	async #shakeHands(): Promise<void> {
		this.#stage = 'handshaking';
		this.#unwatch();
		const leave = this.#options.enterHandshake(() => {
			this.#crowdOut();
		});
		if (!leave) {
			this.#stage = 'failed';
			this.#crowdOut();
			return;
		}

		const {control, lane} = this.#options.protocols;
		const deadline =
			this.#deadline ?? createDeadline(this.#options.handshakeMs);
		try {
			const {tlsSocket, protocol} = await acceptTls(this.#socket, {
				context: this.#options.context,
				protocols: [control, lane],
				remote: this.remote,
				deadline,
			});
			// TLSSocket reports the errors of both from here on.
			this.#socket.on('error', () => undefined);
			this.#classify(this.#whatSpeaks(tlsSocket, protocol));
		} catch (error) {
			this.#stage = 'failed';
			if (!this.#isCrowdedOut) this.#error = toErrorInfo(error);
			this.#socket.destroy();
			if (this.#socket.closed) this.#onClose();
		} finally {
			deadline.clear();
			leave();
		}
	}

	/** Throws tlsFailed where a sockterm should have shown its key and has not. */
	#whatSpeaks(tlsSocket: TLSSocket, protocol: string | undefined): Classified {
		const {control, lane} = this.#options.protocols;
		if (protocol === control || protocol === lane) {
			const connection = createSecureConnection(
				tlsSocket,
				this.#socket,
				this.#ends,
			);
			return {kind: protocol === control ? 'peer' : 'lane', connection};
		}

		const connection = createRawTlsConnection(
			tlsSocket,
			this.#socket,
			this.#ends,
		);
		return {kind: 'raw', tls: true, connection};
	}
}

/** Takes a paused, accepted socket. */
export function classifyConnection(
	socket: Socket,
	ends: SocketEnds,
	options: ClassifyOptions,
): Incoming {
	return new IncomingConnection(socket, ends, options);
}
