/** Who is trusted, who is kept out, and how somebody comes to be either. */
import type {PeerId, PeerKey} from '../ids.js';

/** A key that a ceremony has verified, under a name of our own. */
export interface Pin {
	readonly peerId: PeerId;
	/** One word, like no other one's. */
	readonly petname: string;
	/** In ms since 1970. */
	readonly addedAt: number;
	/** Where we last dialled it. */
	readonly target?: {readonly host: string; readonly port: number};
	/** From where it was last connected: a numeric address. */
	readonly host?: string;
	/** What is taken from it without asking; missing: nothing. */
	readonly autoAccept?: AutoAccept;
	/** What was taken so in the last day; each part of the day has its sum. */
	readonly granted?: readonly Grant[];
}

/** How much may come without anybody having been asked. */
export interface AutoAccept {
	/** Of one offer. */
	readonly bytes: number;
	readonly entries: number;
	/** Of all offers in any 24 hours. */
	readonly dayBytes: number;
}

export interface Grant {
	/** When its part of the day began, in ms since 1970. */
	readonly at: number;
	readonly bytes: number;
}

export interface TrustBook {
	readonly pins: readonly Pin[];
	readonly blockedKeys: readonly PeerId[];
	/** Addresses or ranges (`10.0.0.0/8`). */
	readonly blockedAddresses: readonly string[];
}

export const emptyTrustBook: TrustBook = {
	pins: [],
	blockedKeys: [],
	blockedAddresses: [],
};

/** A peer of the list: its key, or of a plain one its address. Or either by itself. */
export type BlockTarget =
	| {readonly peer: PeerKey}
	| {readonly peerId: PeerId}
	| {readonly address: string};

/**
 * Codes stand in commands alone: never in an event, an error or a log. `petname`: what the
 * peer is to be called once it is verified; missing: as it calls itself.
 */
export type TrustCommand =
	/** Our screen shows this code (`createPairingCode`) from now on, instead of any before. */
	| {
			readonly type: 'trust/showCode';
			readonly peer: PeerKey;
			readonly code: string;
			readonly petname?: string;
	  }
	/** Our screen shows no code any more. */
	| {readonly type: 'trust/hideCode'; readonly peer: PeerKey}
	/** What somebody here read on the other screen. */
	| {
			readonly type: 'trust/enterCode';
			readonly peer: PeerKey;
			readonly code: string;
			readonly petname?: string;
	  }
	/** What the peer is to be called once it is verified by the codes that are open now. */
	| {
			readonly type: 'trust/callPeer';
			readonly peer: PeerKey;
			readonly petname: string;
	  }
	/** Dials a verified peer where it was last: it is that key or nobody. */
	| {readonly type: 'trust/dial'; readonly petname: string}
	| {
			readonly type: 'trust/rename';
			readonly petname: string;
			readonly to: string;
	  }
	/** What is taken from it without asking; without caps nothing is. */
	| {
			readonly type: 'trust/autoAccept';
			readonly petname: string;
			readonly caps?: AutoAccept;
	  }
	| {readonly type: 'trust/unpair'; readonly petname: string}
	/** Cuts whoever it is, and lets it in no more. */
	| {readonly type: 'trust/block'; readonly target: BlockTarget}
	| {readonly type: 'trust/unblock'; readonly target: BlockTarget};
