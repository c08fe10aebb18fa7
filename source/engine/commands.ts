/** What a front end can ask for: `noun/verb`, plain cloneable data. */
import type {ConversationKey, ListenerId, PeerKey, TransferId} from './ids.js';

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
	| {readonly type: 'transfer/accept'; readonly transfer: TransferId}
	| {readonly type: 'transfer/decline'; readonly transfer: TransferId}
	| {readonly type: 'transfer/cancel'; readonly transfer: TransferId}
	| {readonly type: 'self/setNick'; readonly nick: string}
	| {readonly type: 'practice/start'}
) & {
	/** Comes back in `command/refused` or `command/done`, so that a front end knows which line it was. */
	readonly ref?: number;
};
