/**
 * What happened: `noun/pastParticiple`, plain cloneable data. State is a fold of
 * these, and NDJSON is these. Text in them is `SafeText`.
 */
import type {ErrorInfo} from '../errors.js';
import type {DialTarget, ListenerOptions} from './commands.js';
import type {
	ConversationKey,
	ListenerId,
	MessageId,
	PeerId,
	PeerKey,
	SafeText,
} from './ids.js';
import type {Address} from './ports.js';
import type {DatagramEventBody} from './datagrams/datagram-events.js';
import type {HistoryEventBody} from './history/history-events.js';
import type {RoomEventBody} from './rooms/room-events.js';
import type {StreamEventBody} from './streams/stream-events.js';
import type {TransferEventBody} from './transfers/transfer-events.js';
import type {TrustEventBody} from './trust/trust-events.js';
import type {WorkbenchEventBody} from './workbench-events.js';

export type * from './datagrams/datagram-events.js';
export type * from './history/history-events.js';
export type * from './rooms/room-events.js';
export type * from './streams/stream-events.js';
export type * from './transfers/transfer-events.js';
export type * from './trust/trust-events.js';
export type * from './workbench-events.js';

export type Trust = 'PLAIN' | 'UNVERIFIED' | 'VERIFIED' | 'BLOCKED';
export type Direction = 'in' | 'out';

export type EventBody =
	| TransferEventBody
	| StreamEventBody
	| DatagramEventBody
	| WorkbenchEventBody
	| TrustEventBody
	| HistoryEventBody
	| RoomEventBody
	| {
			readonly type: 'self/changed';
			readonly nick: SafeText;
			readonly peerId: PeerId;
			readonly receiveFolder: string;
			/** How bytes of raw peers that are not UTF-8 are read, unless a peer has its own. */
			readonly fallbackEncoding?: string;
	  }
	| {
			readonly type: 'listener/bound';
			readonly listener: ListenerId;
			readonly kind: 'tcp' | 'tls' | 'udp';
			readonly host: string;
			readonly port: number;
			/** What else it was asked to be; missing: nothing out of the ordinary. */
			readonly options?: Partial<ListenerOptions>;
	  }
	| {
			readonly type: 'listener/failed';
			readonly kind: 'tcp' | 'tls' | 'udp';
			readonly port: number;
			readonly error: ErrorInfo;
	  }
	/** Its options are these now. */
	| {
			readonly type: 'listener/changed';
			readonly listener: ListenerId;
			readonly options: Partial<ListenerOptions>;
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
			/** Our end of the connection. */
			readonly local?: Address;
			readonly peerId?: PeerId;
			readonly target?: DialTarget;
			readonly replaces?: PeerKey;
			/** The listener that accepted it. */
			readonly listener?: ListenerId;
			/** SHA-256 of the certificate that a server showed us, which proves nothing by itself: hex pairs. */
			readonly certificate?: string;
			/** It is two connections that a relay has joined; `address` is the client's. */
			readonly relay?: {readonly server: Address};
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
			/** What is typed goes out in it. */
			readonly encoding: string;
			/** From now on its bytes that are not UTF-8, those held too, are read so; missing: as before. */
			readonly fallback?: string;
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
			/** What goes to the one raw peer that it is for. */
			readonly bytes?: Uint8Array;
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
