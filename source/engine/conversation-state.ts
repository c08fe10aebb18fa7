/** What was said and what happened, as rows; part of `state.ts`, and to be imported from there. */
import type {ErrorInfo} from '../errors.js';
import type {BlockLog} from '../util/block-log.js';
import type {FrameEnding, Trust} from './events.js';
import type {KeptTransfer, TrustTurn} from './history/history-port.js';
import type {
	ConversationKey,
	MessageId,
	PeerKey,
	RoomKey,
	SafeText,
	TransferId,
} from './ids.js';
import type {Address} from './ports.js';
import type {FrameReads} from './streams/stream-state.js';

export interface Conversation {
	readonly key: ConversationKey;
	readonly rows: BlockLog<Row>;
	/** Messages ever received here: unread is this less what the reader has seen. */
	readonly received: number;
	/** Rows before this `order` were cleared, and do not come back when bytes are cut again. */
	readonly since: number;
}

/** `order` is that of the event it came with (of a frame: of the newest read when it ended): rows of a conversation stand in it. */
export type Row = {readonly at: number; readonly order: number} &
	/** A message in the bytes of a raw peer. */
	(
		| {
				readonly kind: 'frame';
				readonly peer: PeerKey;
				readonly name: SafeText;
				readonly trust: Trust;
				/** Whole: head, content and tail. */
				readonly bytes: Uint8Array;
				/** Bytes of the head, and of the tail. */
				readonly head: number;
				readonly tail: number;
				readonly ending: FrameEnding;
				/** Of its first byte, among all bytes received. */
				readonly offset: number;
				readonly reads: FrameReads;
				readonly past?: PastBytes;
		  }
		/** Bytes that we wrote and nobody typed as a line: exact bytes, a rule's answer, a repeat, a file. Of a relay: what the server said. */
		| {
				readonly kind: 'written';
				readonly peer: PeerKey;
				readonly bytes: Uint8Array;
				readonly offset: number;
				readonly note: SafeText | undefined;
				readonly past?: PastBytes;
		  }
		| {readonly kind: 'note'; readonly text: SafeText}
		| {
				readonly kind: 'received';
				readonly peer: PeerKey;
				readonly name: SafeText;
				readonly trust: Trust;
				readonly text: SafeText;
				readonly unfinished: boolean;
				/** The room that it was said in. */
				readonly room?: RoomKey;
				/** Who handed it on. */
				readonly by?: SafeText;
		  }
		| {
				readonly kind: 'room';
				readonly what: RoomTurn;
				readonly room: RoomKey;
				readonly name: SafeText;
				/** The topic. */
				readonly text?: SafeText;
				/** How many messages. */
				readonly count?: number;
		  }
		| {
				readonly kind: 'sent';
				/** What went to the one raw peer that it was for. */
				readonly bytes: Uint8Array | undefined;
				/** Whose conversation it was typed in. */
				readonly to: ConversationKey;
				readonly toName: SafeText | undefined;
				readonly message: MessageId;
				readonly text: SafeText;
				/** As it was kept: nobody else knows of it any more. */
				readonly fate?: Delivery;
		  }
		| {
				readonly kind: 'joined';
				readonly peer: PeerKey;
				readonly name: SafeText;
				readonly trust: Trust;
				readonly address: Address;
				/** Of a TLS server that is no peer: SHA-256, hex pairs. */
				readonly certificate?: string;
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
		| {
				readonly kind: 'problem';
				readonly error: ErrorInfo;
				/** Of a kind that floods: how often in a row, this is the last of them. */
				readonly count?: number;
		  }
		| {
				readonly kind: 'trust';
				readonly what: TrustTurn;
				readonly peer: PeerKey;
				readonly name: SafeText;
		  }
		// Of the history only.
		| ({
				readonly kind: 'moved';
				/** The other side said that it has it: plain ones say nothing. */
				readonly isConfirmed: boolean;
		  } & KeptTransfer)
		| {
				readonly kind: 'unkept';
				readonly messages: number;
				readonly sizeBytes: number;
		  }
	);

export type RoomTurn = 'came' | 'went' | 'topic' | 'missed' | 'invited';

/** Of bytes that were read from the history. */
export interface PastBytes {
	/** In which what is not UTF-8 was read then; it counts where the peer is not here. */
	readonly encoding: string;
	/** What there was before it was cut. */
	readonly wholeBytes?: number;
}

/** How many of a message's receivers have it; all counts are final when `pending` is 0. */
export interface Delivery {
	readonly pending: number;
	readonly delivered: number;
	readonly failed: number;
}
