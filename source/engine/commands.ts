/** What a front end can ask for: `noun/verb`, plain cloneable data. */
import type {
	ConversationKey,
	ListenerId,
	PartialId,
	PeerKey,
	TransferId,
} from './ids.js';

/** `peer` speaks sockterm over TLS or fails; `raw` is plain TCP. Never one for the other. */
export interface DialTarget {
	readonly kind: 'peer' | 'raw';
	readonly host: string;
	readonly port: number;
}

export type Command = (
	| {
			readonly type: 'listener/open';
			readonly kind: 'tcp' | 'udp';
			readonly host?: string;
			readonly port: number;
			readonly backlog?: number;
	  }
	| {readonly type: 'listener/close'; readonly listener: ListenerId}
	| {readonly type: 'peer/dial'; readonly target: DialTarget}
	| {readonly type: 'peer/disconnect'; readonly peer: PeerKey}
	| {readonly type: 'peer/reconnect'; readonly peer: PeerKey}
	/** Takes a peer that is gone off the list, with its conversation. */
	| {readonly type: 'peer/forget'; readonly peer: PeerKey}
	| {
			readonly type: 'peer/setEncoding';
			readonly peer: PeerKey;
			readonly encoding: string;
	  }
	| {
			readonly type: 'chat/send';
			readonly conversation: ConversationKey;
			readonly text: string;
	  }
	| {readonly type: 'chat/clear'; readonly conversation: ConversationKey}
	| {
			readonly type: 'datagram/send';
			readonly host: string;
			readonly port: number;
			readonly text: string;
			readonly encoding?: string;
	  }
	| {
			readonly type: 'transfer/offer';
			readonly peer: PeerKey;
			readonly paths: readonly string[];
	  }
	/** Offers what is read from this engine's input, under a name; its size is not known. */
	| {
			readonly type: 'transfer/offerInput';
			readonly peer: PeerKey;
			readonly name: string;
	  }
	| {
			readonly type: 'transfer/accept';
			readonly transfer: TransferId;
			/** Entries that are not wanted. */
			readonly skip?: readonly number[];
			/** Instead of the receive folder; made where it is missing. */
			readonly folder?: string;
	  }
	| {readonly type: 'transfer/decline'; readonly transfer: TransferId}
	| {readonly type: 'transfer/cancel'; readonly transfer: TransferId}
	/** Without a transfer: all that run. */
	| {readonly type: 'transfer/pause'; readonly transfer?: TransferId}
	| {readonly type: 'transfer/goOn'; readonly transfer?: TransferId}
	/** Offers again what did not arrive of a finished transfer that we sent. */
	| {readonly type: 'transfer/retry'; readonly transfer: TransferId}
	/** Among those that wait for their turn: −1 is earlier. */
	| {
			readonly type: 'transfer/move';
			readonly transfer: TransferId;
			readonly by: -1 | 1;
	  }
	/** At most so many bytes a second, for one transfer or for all together; without a number: no limit. */
	| {
			readonly type: 'transfer/limit';
			readonly transfer?: TransferId;
			readonly bytesPerSecond?: number;
	  }
	/** How many are sent at the same time. */
	| {readonly type: 'transfer/setAtOnce'; readonly count: number}
	/** Answered by `transfer/partialsListed`. */
	| {readonly type: 'transfer/listPartials'}
	| {readonly type: 'transfer/deletePartial'; readonly partial: PartialId}
	| {readonly type: 'self/setNick'; readonly nick: string}
	| {readonly type: 'practice/start'}
) & {
	/** Comes back in `command/refused` or `command/done`, so that a front end knows which line it was. */
	readonly ref?: number;
};
