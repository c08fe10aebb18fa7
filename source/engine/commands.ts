/** What a front end can ask for: `noun/verb`, plain cloneable data. */
import type {Framing} from '../protocol/framing.js';
import type {ChoiceCommand} from './choices.js';
import type {ClassicCommand} from './classic/classic-commands.js';
import type {DatagramCommand} from './datagrams/datagram-commands.js';
import type {ExportCommand} from './keeping/export-commands.js';
import type {HistoryCommand} from './history/history-commands.js';
import type {ConversationKey, ListenerId, PeerId, PeerKey} from './ids.js';
import type {NotebookCommand} from './keeping/notebook-commands.js';
import type {RelayCommand} from './relay/relay-commands.js';
import type {RoomCommand} from './rooms/room-commands.js';
import type {RuleCommand} from './rules/rule-commands.js';
import type {StreamCommand} from './streams/stream-commands.js';
import type {TransferCommand} from './transfers/transfer-commands.js';
import type {TrustCommand} from './trust/trust-commands.js';

/** `peer` speaks sockterm over TLS or fails; `raw` is plain TCP, `rawTls` any TLS server (`ncat --ssl`). Never one for the other. */
export interface DialTarget {
	readonly kind: 'peer' | 'raw' | 'rawTls';
	readonly host: string;
	readonly port: number;
	/** Of a `peer`: the only key that may answer. */
	readonly expect?: PeerId;
}

/** What a TCP listener does with a connection. */
export type ListenerPurpose =
	| {readonly kind: 'conversation'}
	/** The classic file assistant: one file, then it ends. */
	| {readonly kind: 'classic'}
	/** Each connection is joined to a new one there. */
	| {readonly kind: 'relay'; readonly target: DialTarget};

export interface ListenerOptions {
	/** `tls`: a handshake or nothing, then raw (or a peer, by its ALPN). */
	readonly kind: 'tcp' | 'tls' | 'udp';
	/** An address, a host name, or the name of an interface. */
	readonly host?: string;
	readonly port: number;
	readonly backlog?: number;
	/** TCP: every connection is raw from its first byte, whatever that is. */
	readonly raw?: boolean;
	readonly framing?: Framing;
	readonly encoding?: string;
	/** A raw connection on which nothing moves for so long is closed. */
	readonly idleMs?: number;
	/** Addresses or ranges (`10.0.0.0/8`): where there are any, only they; those denied never. */
	readonly allow?: readonly string[];
	readonly deny?: readonly string[];
	/** Missing: a conversation. */
	readonly purpose?: ListenerPurpose;
}

export type Command = (
	| StreamCommand
	| DatagramCommand
	| TransferCommand
	| ClassicCommand
	| ExportCommand
	| NotebookCommand
	| RelayCommand
	| RoomCommand
	| RuleCommand
	| TrustCommand
	| HistoryCommand
	| ChoiceCommand
	| PeerCommand
	| ({readonly type: 'listener/open'} & ListenerOptions)
	| {readonly type: 'listener/close'; readonly listener: ListenerId}
	/**
	 * `deny` keeps addresses or ranges out; `allow` lets denied ones in again, and others are
	 * from then on the only ones that come in; `reset` empties both lists.
	 */
	| {
			readonly type: 'listener/setAccess';
			/** Missing: every listener. */
			readonly listener?: ListenerId;
			readonly change: 'allow' | 'deny' | 'reset';
			readonly ranges: readonly string[];
	  }
	| {
			readonly type: 'chat/send';
			readonly conversation: ConversationKey;
			readonly text: string;
	  }
	| {readonly type: 'chat/clear'; readonly conversation: ConversationKey}
	| {readonly type: 'self/setNick'; readonly nick: string}
	| {readonly type: 'practice/start'}
) & {
	/** Comes back in `command/refused` or `command/done`, so that a front end knows which line it was. */
	readonly ref?: number;
};

export type PeerCommand =
	| {readonly type: 'peer/dial'; readonly target: DialTarget}
	| {readonly type: 'peer/disconnect'; readonly peer: PeerKey}
	| {readonly type: 'peer/reconnect'; readonly peer: PeerKey}
	/** Closes the connection at once and refuses its address for so long. */
	| {
			readonly type: 'peer/kick';
			readonly peer: PeerKey;
			readonly forMs: number;
	  }
	/** Takes a peer that is gone off the list, with its conversation. */
	| {readonly type: 'peer/forget'; readonly peer: PeerKey}
	| {
			readonly type: 'peer/setEncoding';
			readonly peer: PeerKey;
			readonly encoding: string;
	  };
