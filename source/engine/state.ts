/** The engine's state: a fold of events, immutable, the same on both sides of the thread boundary. */
import type {ErrorInfo} from '../errors.js';
import type {Log} from '../util/log.js';
import type {PersistentMap} from '../util/persistent-map.js';
import type {DialTarget} from './commands.js';
import type {DatagramCounts, Direction, PartialOffer, Trust} from './events.js';
import type {
	ConversationKey,
	ListenerId,
	MessageId,
	PeerId,
	PeerKey,
	SafeText,
	TransferId,
} from './ids.js';
import type {Address} from './ports.js';
import type {Transfer} from './transfer-state.js';

export * from './transfer-state.js';

export interface EngineState {
	readonly self: Self;
	readonly listeners: PersistentMap<ListenerId, Listener>;
	/** Listeners that could not be opened, newest last. */
	readonly failedListeners: readonly FailedListener[];
	readonly peers: PersistentMap<PeerKey, Peer>;
	readonly conversations: PersistentMap<ConversationKey, Conversation>;
	/** Peers that left, oldest first: beyond a limit the oldest are forgotten. */
	readonly departed: readonly PeerKey[];
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
}

export interface Self {
	readonly nick: string;
	readonly peerId?: PeerId;
	readonly receiveFolder: string;
}

export interface Listener {
	readonly id: ListenerId;
	readonly kind: 'tcp' | 'udp';
	readonly host: string;
	readonly port: number;
}

export interface FailedListener {
	readonly kind: 'tcp' | 'udp';
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
	readonly peerId: PeerId | undefined;
	readonly target: DialTarget | undefined;
	readonly encoding: string | undefined;
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

export interface Conversation {
	readonly key: ConversationKey;
	readonly rows: Log<Row>;
	/** Messages ever received here: unread is this less what the reader has seen. */
	readonly received: number;
}

export type Row = {readonly at: number} & (
	| {
			readonly kind: 'received';
			readonly peer: PeerKey;
			readonly name: SafeText;
			readonly trust: Trust;
			readonly text: SafeText;
			readonly unfinished: boolean;
	  }
	| {
			readonly kind: 'sent';
			/** Whose conversation it was typed in. */
			readonly to: ConversationKey;
			readonly toName: SafeText | undefined;
			readonly message: MessageId;
			readonly text: SafeText;
	  }
	| {
			readonly kind: 'joined';
			readonly peer: PeerKey;
			readonly name: SafeText;
			readonly trust: Trust;
			readonly address: Address;
	  }
	| {
			readonly kind: 'left';
			readonly peer: PeerKey;
			readonly name: SafeText;
			readonly error: ErrorInfo | undefined;
			/** It will be tried again. */
			readonly retrying: boolean;
	  }
	| {
			readonly kind: 'transfer';
			readonly transfer: TransferId;
			readonly peer: PeerKey;
			readonly name: SafeText;
	  }
	| {readonly kind: 'problem'; readonly error: ErrorInfo}
);

/** How many of a message's receivers have it; all counts are final when `pending` is 0. */
export interface Delivery {
	readonly pending: number;
	readonly delivered: number;
	readonly failed: number;
}

export interface Datagrams extends DatagramCounts {
	readonly rows: Log<DatagramRow>;
	/** Arrivals in each of the last 60 counted seconds, newest last. */
	readonly perSecond: readonly number[];
	readonly lastCountedAt: number;
}

export interface DatagramRow {
	readonly at: number;
	readonly direction: Direction;
	readonly address: Address;
	readonly sizeBytes: number;
	readonly kind: 'text' | 'hex' | 'problem';
	readonly text: string;
	readonly error?: ErrorInfo;
}
