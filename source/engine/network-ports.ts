/**
 * What the engine needs of the network. Part of `ports.ts`, and to be imported
 * from there. Adapters in `transport/` implement these; failures are thrown as
 * `SocktermError`. Callbacks are set once, before the first event can come.
 */
import type {ErrorInfo} from '../errors.js';
import type {PeerId} from './ids.js';

export interface Address {
	/** A numeric address, IPv4-mapped IPv6 given as IPv4. */
	readonly host: string;
	readonly port: number;
}

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
	/** SHA-256 of the certificate that a server showed, as hex pairs; missing where none was looked at. */
	readonly certificate?: string;
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
	/** Bytes that came to the other end and that the program there has not read; undefined where the system does not tell. Never rejects. */
	unreadBytes?(): Promise<number | undefined>;
	pause(): void;
	resume(): void;
	/** Sends what is queued, then that nothing more comes; reading goes on for as long as the other side sends. */
	endSending(): void;
	/** Sends what is queued, then closes. */
	end(): void;
	/** Closes now. */
	destroy(): void;
	/** Closes now, and lets the other side see that it broke off, where the transport can say so. */
	reset(): void;
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
	/** An address, a host name or the name of an interface. Missing: all interfaces, IPv6 and IPv4. */
	readonly host?: string;
	readonly port: number;
	readonly backlog?: number;
	/**
	 * What an accepted connection may be. `raw`: raw at once, whatever it sends; `tls`: a TLS
	 * handshake or nothing. Missing: what its first byte says.
	 */
	readonly classify?: 'raw' | 'tls';
	/** Asked of every address that connects: one that is not admitted is closed at once and `refused` (addressDenied). */
	readonly admits?: (host: string) => boolean;
}

export type DialPurpose = 'raw' | 'rawTls' | 'peer' | 'lane';

export interface DatagramHandlers {
	/** `from` is the same object for as long as the sender is the same. */
	received(bytes: Uint8Array, from: Address): void;
	failed(error: ErrorInfo): void;
	/** The interface of a joined group went away. It is watched for. */
	groupLost?(membership: Membership, error: ErrorInfo): void;
	/** A lost group is joined again. */
	groupRegained?(membership: Membership): void;
}

/** A multicast group on one interface. */
export interface Membership {
	readonly group: string;
	/** The interface's name; missing: the system's choice. */
	readonly on?: string;
}

export interface DatagramSocket extends BoundListener {
	/**
	 * Sends one datagram from the listening port; resolves when the system took it. `host` may
	 * be a name, a broadcast address, or a group with its interface (`group%nic`).
	 */
	send(bytes: Uint8Array, to: {host: string; port: number}): Promise<void>;
	/**
	 * Joins a multicast group on an interface, by its name or one of its addresses; gives the
	 * membership as it is called from now on. Joining again changes nothing. Throws notMulticast,
	 * noSuchInterface, interfaceLacksFamily, groupRefused, unreachable (another address family).
	 */
	join(wanted: Membership): Promise<Membership>;
	/** One that was never joined is left without a word. */
	leave(membership: Membership): Promise<void>;
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
	 * Dials one address. `raw` gives a plain connection, `rawTls` one inside TLS with any
	 * server (no ALPN, any certificate); `peer` and `lane` speak TLS with our ALPN or fail.
	 * Throws badAddress, hostUnknown, connectionRefused, connectTimedOut,
	 * unreachable, notSockterm, tlsFailed.
	 */
	dial(
		target: {readonly host: string; readonly port: number},
		purpose: 'raw' | 'rawTls',
		signal: AbortSignal,
	): Promise<Connection>;
	dial(
		target: {readonly host: string; readonly port: number},
		purpose: 'peer' | 'lane',
		signal: AbortSignal,
	): Promise<SecureConnection>;
}
