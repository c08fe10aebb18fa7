/** The engine's state: a fold of events, immutable, the same on both sides of the thread boundary. */
import type {ErrorInfo} from '../errors.js';
import type {Log} from '../util/log.js';
import type {PersistentMap} from '../util/persistent-map.js';
import type {DialTarget, ListenerOptions} from './commands.js';
import type {Conversation, Delivery} from './conversation-state.js';
import type {HistoryState, Past} from './history/history-state.js';
import type {Datagrams} from './datagrams/datagram-state.js';
import type {Direction, PartialOffer, Trust, TrustWarning} from './events.js';
import type {
	ConversationKey,
	ListenerId,
	MessageId,
	PeerId,
	PeerKey,
	RoomKey,
	RuleId,
	SafeText,
	TransferId,
} from './ids.js';
import type {Notebook} from './keeping/notebook-commands.js';
import type {Address} from './ports.js';
import type {Impairment, RelaySide} from './relay/relay-commands.js';
import type {Room} from './rooms/room-state.js';
import type {Rule} from './rules/rule-commands.js';
import type {Stream} from './streams/stream-state.js';
import type {Transfer} from './transfers/transfer-state.js';
import type {TrustBook} from './trust/trust-commands.js';

export type * from './conversation-state.js';
export type * from './datagrams/datagram-state.js';
export type * from './history/history-state.js';
export type * from './rooms/room-state.js';
export type * from './streams/stream-state.js';
export * from './transfers/transfer-state.js';

export interface EngineState {
	readonly self: Self;
	readonly listeners: PersistentMap<ListenerId, Listener>;
	/** Listeners that could not be opened, newest last. */
	readonly failedListeners: readonly FailedListener[];
	readonly peers: PersistentMap<PeerKey, Peer>;
	/** Those that we are in. */
	readonly rooms: PersistentMap<RoomKey, Room>;
	readonly conversations: PersistentMap<ConversationKey, Conversation>;
	/** Peers that left, oldest first: beyond a limit the oldest are forgotten. */
	readonly departed: readonly PeerKey[];
	/** What was read of the history, by conversation. */
	readonly past: PersistentMap<ConversationKey, Past>;
	readonly history: HistoryState;
	/** Of the newest messages sent; older ones are no longer told apart. */
	readonly deliveries: PersistentMap<MessageId, Delivery>;
	readonly deliveryOrder: Log<MessageId>;
	readonly datagrams: Datagrams;
	readonly transfers: PersistentMap<TransferId, Transfer>;
	/** Those that we send and that wait for their turn, the next one first. */
	readonly queue: readonly TransferId[];
	/** Bytes a second of all transfers together; undefined: no limit. */
	readonly rateLimit: number | undefined;
	/** As of the last time that somebody asked. */
	readonly partials: readonly PartialOffer[];
	readonly practice: boolean;
	/** Raw conversations as bytes; those of relays too. */
	readonly streams: PersistentMap<PeerKey, Stream>;
	/** Of relayed connections, by the direction towards a side. */
	readonly impairments: PersistentMap<
		PeerKey,
		Readonly<Record<RelaySide, Impairment>>
	>;
	readonly rules: PersistentMap<RuleId, Rule>;
	readonly notebook: Notebook;
	readonly trust: TrustState;
	/** Where the log goes; undefined: none is written. */
	readonly log: SafeText | undefined;
	/** Events folded so far: the `order` of what the next one adds. */
	readonly folded: number;
}

export interface Self {
	readonly nick: string;
	readonly peerId?: PeerId;
	readonly receiveFolder: string;
	/** How bytes that are not UTF-8 are read, for peers that have no encoding of their own. */
	readonly fallbackEncoding: string;
}

export interface TrustState {
	readonly book: TrustBook;
	/** Why that is empty, where it should not be. */
	readonly error: ErrorInfo | undefined;
	/** Codes that are worth something now. */
	readonly pairings: PersistentMap<PeerKey, Pairing>;
}

/** The code on our screen, and that on theirs, to be typed here. */
export interface Pairing {
	readonly ours?: ShownCode;
	readonly theirs?: ShownCode;
}

export interface ShownCode {
	readonly attemptsLeft: number;
	readonly expiresAt: number;
	readonly phase: 'open' | 'checking';
}

export interface Listener {
	readonly id: ListenerId;
	readonly kind: 'tcp' | 'tls' | 'udp';
	readonly host: string;
	readonly port: number;
	readonly options: Partial<ListenerOptions>;
}

export interface FailedListener {
	readonly kind: 'tcp' | 'tls' | 'udp';
	readonly port: number;
	readonly error: ErrorInfo;
}

export interface Peer {
	readonly key: PeerKey;
	/** `unknown` until the first byte (or the dial) decides. */
	readonly kind: 'unknown' | 'raw' | 'peer';
	readonly name: SafeText;
	readonly trust: Trust | undefined;
	readonly encrypted: boolean;
	readonly direction: Direction;
	readonly address: Address | undefined;
	/** Our end of the connection. */
	readonly local: Address | undefined;
	readonly peerId: PeerId | undefined;
	readonly target: DialTarget | undefined;
	/** Of what is typed to it: the one that it last used, or that was set; undefined: nothing tells yet. */
	readonly encoding: string | undefined;
	/** Of its bytes that are not UTF-8; undefined: that of `Self`. */
	readonly fallback: string | undefined;
	/** The listener that accepted it. */
	readonly listener: ListenerId | undefined;
	/** The other end of a relay; `address` is the client's. */
	readonly relayedTo: Address | undefined;
	/** It looks like a verified peer and is not. */
	readonly warning?: {
		readonly kind: TrustWarning;
		readonly petname: SafeText;
	};
	readonly lifecycle: PeerLifecycle;
}

export type PeerLifecycle =
	| {readonly phase: 'unclassified'; readonly since: number}
	| {readonly phase: 'dialing'; readonly attempt: number}
	| {readonly phase: 'ready'; readonly since: number}
	| {
			readonly phase: 'waiting';
			readonly attempt: number;
			readonly nextAt: number;
			readonly error: ErrorInfo | undefined;
	  }
	| {
			readonly phase: 'left';
			readonly at: number;
			readonly error: ErrorInfo | undefined;
	  };

/** It can be written to now. A silent newcomer can: writing makes it raw. */
export const isReachable = (peer: Peer): boolean =>
	peer.lifecycle.phase === 'ready' || peer.lifecycle.phase === 'unclassified';
