/**
 * What the engine needs of the world. Adapters in `transport/` and `storage/`
 * implement these; tests implement them in memory. Failures are thrown as
 * `SocktermError`. Callbacks are set once, before the first event can come.
 */
import type {ErrorInfo} from '../errors.js';
import type {FileSource, ReceiveFolder, SourceEntry} from './file-ports.js';
import type {PeerId} from './ids.js';

export type * from './file-ports.js';
export type {PartialId, PeerId, SafeName, SafeText} from './ids.js';

export interface Address {
	/** A numeric address, IPv4-mapped IPv6 given as IPv4. */
	readonly host: string;
	readonly port: number;
}

// ── Time and chance ──────────────────────────────────────────────────────

export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Calls once after `delayMs`; the returned function cancels. */
	after(delayMs: number, callback: () => void): () => void;
}

export type RandomBytes = (length: number) => Uint8Array;

// ── Streams ──────────────────────────────────────────────────────────────

export interface ConnectionHandlers {
	data(bytes: Uint8Array): void;
	/** The other side will send nothing more. A connection whose end was seen can still be written to. */
	ended(): void;
	/** What was queued above the high-water mark has gone out. */
	drained(): void;
	/** Called exactly once, last. `error` is missing after an orderly close. */
	closed(error?: ErrorInfo): void;
}

/** One byte stream, TCP or TLS. Every method is safe after `closed`. */
export interface Connection {
	readonly remote: Address;
	readonly local: Address;
	/** Takes the handlers and starts reading. Call once. */
	start(handlers: ConnectionHandlers): void;
	/**
	 * Queues bytes (the caller gives them away); false when more should wait for `drained`.
	 * `flushed` is called once the system has taken them, and never where it does not.
	 */
	write(bytes: Uint8Array, flushed?: () => void): boolean;
	/** Like `write` for several pieces that belong together. */
	writeMany(pieces: readonly Uint8Array[], flushed?: () => void): boolean;
	/** Bytes accepted by `write` that the system has not taken yet. */
	queuedBytes(): number;
	pause(): void;
	resume(): void;
	/** Sends what is queued, then closes. */
	end(): void;
	/** Closes now. */
	destroy(): void;
}

/** A TLS 1.3 connection on which the other side proved its Ed25519 key. */
export interface SecureConnection extends Connection {
	readonly peerId: PeerId;
	/** RFC 8446 §7.5: both ends get the same `length` bytes for a label. */
	exportKeyingMaterial(label: string, length: number): Uint8Array;
}

/** What the first bytes of an accepted connection made of it. */
export type Classified =
	| {readonly kind: 'peer'; readonly connection: SecureConnection}
	| {readonly kind: 'lane'; readonly connection: SecureConnection}
	| {
			readonly kind: 'raw';
			/** True inside TLS without our ALPN (`openssl s_client`). */
			readonly tls: boolean;
			readonly connection: Connection;
	  };

/** An accepted TCP connection. Nothing is sent before it is known what it is. */
export interface Incoming {
	readonly remote: Address;
	readonly local: Address;
	/** Takes the handlers and starts looking at the first byte. Call once. */
	start(handlers: {
		classified(what: Classified): void;
		/** Closed before it was classified, or the TLS handshake failed. Never called after `classified`. */
		closed(error?: ErrorInfo): void;
	}): void;
	/** Makes a connection that has sent nothing yet raw (somebody wants to write to it): calls `classified`. */
	claimAsRaw(): void;
	destroy(): void;
}

export interface ListenerHandlers {
	incoming(incoming: Incoming): void;
	/** A connection beyond a limit was closed at once. */
	refused(remote: Address, error: ErrorInfo): void;
	/** The listener itself broke and is closed. */
	failed(error: ErrorInfo): void;
}

export interface BoundListener {
	/** Where it really listens; the port that the system chose when 0 was asked for. */
	readonly address: Address;
	close(): Promise<void>;
}

export interface TcpListenOptions {
	/** Missing: all interfaces, IPv6 and IPv4. */
	readonly host?: string;
	readonly port: number;
	readonly backlog?: number;
}

export type DialPurpose = 'raw' | 'peer' | 'lane';

export interface DatagramHandlers {
	received(bytes: Uint8Array, from: Address): void;
	failed(error: ErrorInfo): void;
}

export interface DatagramSocket extends BoundListener {
	/** Sends one datagram from the listening port; resolves when the system took it. `host` may be a name. */
	send(bytes: Uint8Array, to: {host: string; port: number}): Promise<void>;
	/** Datagrams that the kernel dropped for this socket so far; undefined where the system does not tell. */
	kernelDrops(): Promise<number | undefined>;
}

export interface Network {
	listenTcp(
		options: TcpListenOptions,
		handlers: ListenerHandlers,
	): Promise<BoundListener>;
	openUdp(
		options: {readonly host?: string; readonly port: number},
		handlers: DatagramHandlers,
	): Promise<DatagramSocket>;
	/**
	 * Dials one address. `raw` gives a plain connection; `peer` and `lane` speak TLS with
	 * our ALPN or fail. Throws badAddress, hostUnknown, connectionRefused, connectTimedOut,
	 * unreachable, notSockterm, tlsFailed.
	 */
	dial(
		target: {readonly host: string; readonly port: number},
		purpose: 'raw',
		signal: AbortSignal,
	): Promise<Connection>;
	dial(
		target: {readonly host: string; readonly port: number},
		purpose: 'peer' | 'lane',
		signal: AbortSignal,
	): Promise<SecureConnection>;
}

// ── All together ─────────────────────────────────────────────────────────

/** A practice peer inside the program, on real loopback sockets. */
export interface Practice {
	start(target: {
		/** Where this machine reaches its own listeners. */
		readonly tcp: Address;
		readonly udp: Address | undefined;
	}): Promise<void>;
	stop(): Promise<void>;
}

export interface Ports {
	readonly clock: Clock;
	readonly random: RandomBytes;
	readonly network: Network;
	readonly files: FileSource;
	readonly receiveFolder: ReceiveFolder;
	/** Another folder to receive into; nothing is touched before it is used. */
	readonly openFolder: (path: string) => ReceiveFolder;
	/** What is piped into this program, as a stream of this name; missing where it has a screen. */
	readonly input?: (name: string) => SourceEntry;
	readonly practice?: Practice;
}
