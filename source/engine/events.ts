/**
 * What happened: `noun/pastParticiple`, plain cloneable data. State is a fold of
 * these, and NDJSON is these. Text in them is `SafeText`.
 */
import type {ErrorInfo} from '../errors.js';
import type {DialTarget} from './commands.js';
import type {
	ConversationKey,
	ListenerId,
	MessageId,
	PeerId,
	PeerKey,
	SafeText,
} from './ids.js';
import type {Address} from './ports.js';
import type {TransferEventBody} from './transfer-events.js';

export type * from './transfer-events.js';

export type Trust = 'PLAIN' | 'UNVERIFIED' | 'VERIFIED' | 'BLOCKED';
export type Direction = 'in' | 'out';

export interface DatagramCounts {
	readonly received: number;
	readonly shown: number;
	readonly droppedByUs: number;
	/** Missing where the system does not tell. */
	readonly droppedByKernel?: number;
	readonly sent: number;
}

export type EventBody =
	| TransferEventBody
	| {
			readonly type: 'self/changed';
			readonly nick: SafeText;
			readonly peerId: PeerId;
			readonly receiveFolder: string;
	  }
	| {
			readonly type: 'listener/bound';
			readonly listener: ListenerId;
			readonly kind: 'tcp' | 'udp';
			readonly host: string;
			readonly port: number;
	  }
	| {
			readonly type: 'listener/failed';
			readonly kind: 'tcp' | 'udp';
			readonly port: number;
			readonly error: ErrorInfo;
	  }
	| {readonly type: 'listener/closed'; readonly listener: ListenerId}
	/** Somebody connected, or we began to dial. Nothing is known yet but the address. */
	| {
			readonly type: 'peer/appeared';
			readonly peer: PeerKey;
			readonly name: SafeText;
			readonly direction: Direction;
			readonly address?: Address;
			readonly target?: DialTarget;
	  }
	| {
			readonly type: 'peer/dialing';
			readonly peer: PeerKey;
			readonly attempt: number;
	  }
	/** The session is usable. `replaces` names the row that this one takes the place of. */
	| {
			readonly type: 'peer/connected';
			readonly peer: PeerKey;
			readonly kind: 'peer' | 'raw';
			readonly name: SafeText;
			readonly trust: Trust;
			/** A raw conversation inside TLS is encrypted and still PLAIN. */
			readonly encrypted: boolean;
			readonly direction: Direction;
			readonly address: Address;
			readonly peerId?: PeerId;
			readonly target?: DialTarget;
			readonly replaces?: PeerKey;
	  }
	/** The connection is gone and will be tried again at `nextAt`. */
	| {
			readonly type: 'peer/waiting';
			readonly peer: PeerKey;
			readonly attempt: number;
			readonly nextAt: number;
			readonly error?: ErrorInfo;
	  }
	/** The connection is gone for good (until somebody connects again). */
	| {
			readonly type: 'peer/left';
			readonly peer: PeerKey;
			readonly error?: ErrorInfo;
	  }
	| {readonly type: 'peer/forgotten'; readonly peer: PeerKey}
	| {
			readonly type: 'peer/renamed';
			readonly peer: PeerKey;
			readonly name: SafeText;
	  }
	| {
			readonly type: 'peer/encodingChanged';
			readonly peer: PeerKey;
			readonly encoding: string;
	  }
	/** Connections or handshakes beyond a limit, summed up; at most one a second. */
	| {
			readonly type: 'peer/refused';
			readonly count: number;
			readonly error: ErrorInfo;
	  }
	| {
			readonly type: 'chat/received';
			readonly peer: PeerKey;
			readonly text: SafeText;
			readonly sizeBytes: number;
			/** The end of the line had not come when it was shown. */
			readonly unfinished?: boolean;
	  }
	| {
			readonly type: 'chat/sent';
			readonly conversation: ConversationKey;
			/** Whom it went to: one, or everybody connected at that moment. */
			readonly peers: readonly PeerKey[];
			readonly message: MessageId;
			readonly text: SafeText;
	  }
	/** The other side has it (a peer's ACK), or the system took it (raw). */
	| {
			readonly type: 'chat/delivered';
			readonly peer: PeerKey;
			readonly message: MessageId;
	  }
	| {
			readonly type: 'chat/failed';
			readonly peer: PeerKey;
			readonly message: MessageId;
			readonly error: ErrorInfo;
	  }
	| {
			readonly type: 'chat/cleared';
			readonly conversation: ConversationKey;
	  }
	| {
			readonly type: 'datagram/received';
			readonly from: Address;
			readonly sizeBytes: number;
			/** Text where it is text; hex of the first bytes where it is none. */
			readonly content:
				| {readonly kind: 'text'; readonly text: SafeText}
				| {readonly kind: 'hex'; readonly text: string};
	  }
	| {
			readonly type: 'datagram/sent';
			readonly to: Address;
			readonly sizeBytes: number;
			readonly text: SafeText;
	  }
	| {
			readonly type: 'datagram/failed';
			readonly to: Address;
			readonly error: ErrorInfo;
	  }
	/** Once a second while anything changes; `perSecond` is what arrived in that second. */
	| ({
			readonly type: 'datagram/counted';
			readonly perSecond: number;
	  } & DatagramCounts)
	| {
			readonly type: 'practice/started';
	  }
	| {
			readonly type: 'command/refused';
			readonly ref: number;
			readonly command: string;
			readonly error: ErrorInfo;
	  }
	| {
			readonly type: 'command/done';
			readonly ref: number;
	  };

/** Every event has its time, in ms since 1970. */
export type EngineEvent = EventBody & {readonly at: number};
