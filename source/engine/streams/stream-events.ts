/** What happens to a raw conversation's bytes. */
import type {ErrorInfo} from '../../errors.js';
import type {
	FrameEnding,
	Framing,
	PackedCuts,
	Sending,
} from '../../protocol/framing.js';
import type {ConversationKey, MessageId, PeerKey, SafeText} from '../ids.js';

export type {FrameEnding};

export type StreamEventBody =
	/** One read (or none, where silence or the end cuts), and the frames that it completes. */
	| {
			readonly type: 'stream/received';
			readonly peer: PeerKey;
			readonly bytes: Uint8Array;
			readonly cuts: PackedCuts;
			/** Bytes that the message which is not finished will have, where that is known. */
			readonly unfinishedOf?: number;
			/** The other side has ended: what it says on another connection is no part of these frames. */
			readonly ended?: true;
	  }
	/** One write. With `message` it is what became of a line (`chat/sent`); else it makes a row of its own. */
	| {
			readonly type: 'stream/sent';
			readonly peer: PeerKey;
			readonly bytes: Uint8Array;
			readonly message?: MessageId;
			/** What stands in the row beside the bytes: a rule, a repeat, a file. */
			readonly note?: SafeText;
	  }
	/** The other side sends nothing more, and our side is not ended for that (`pipe` of the engine's options). */
	| {readonly type: 'stream/ended'; readonly peer: PeerKey}
	/** All that is held is cut again. */
	| {
			readonly type: 'stream/framingChanged';
			readonly peer: PeerKey;
			readonly framing: Framing;
	  }
	| {
			readonly type: 'stream/sendingChanged';
			readonly peer: PeerKey;
			readonly sending: Sending;
	  }
	/** No frame can be found any more, or something else is wrong with the bytes: a sentence in the conversation. */
	| {
			readonly type: 'stream/problem';
			readonly peer: PeerKey;
			readonly error: ErrorInfo;
	  }
	/** A note of ours in a conversation: a rule, a relay, a file. */
	| {
			readonly type: 'stream/noted';
			readonly conversation: ConversationKey;
			readonly text: SafeText;
	  }
	| {
			readonly type: 'stream/repeating';
			readonly peer: PeerKey;
			readonly what: SafeText;
			readonly everyMs: number;
			readonly sent: number;
			readonly count?: number;
	  }
	| {
			readonly type: 'stream/repeatEnded';
			readonly peer: PeerKey;
			readonly sent: number;
			readonly error?: ErrorInfo;
	  }
	| {
			readonly type: 'stream/fileProgressed';
			readonly peer: PeerKey;
			readonly name: SafeText;
			readonly sizeBytes: number;
			readonly sentBytes: number;
	  }
	| {
			readonly type: 'stream/fileEnded';
			readonly peer: PeerKey;
			readonly name: SafeText;
			readonly sentBytes: number;
			readonly error?: ErrorInfo;
	  };
