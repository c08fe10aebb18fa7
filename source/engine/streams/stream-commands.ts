/** What can be asked of a raw conversation. */
import type {Framing, Sending} from '../../protocol/framing.js';
import type {PeerKey} from '../ids.js';

/** How a line becomes bytes: `text` in the peer's encoding, `escapes` with `\\r \\n \\t \\xNN \\uNNNN` and tokens, `hex` as digits and tokens. */
export type ByteNotation = 'text' | 'escapes' | 'hex';

export type StreamCommand =
	| {
			readonly type: 'stream/setFraming';
			readonly peer: PeerKey;
			readonly framing: Framing;
	  }
	| {
			readonly type: 'stream/setSending';
			readonly peer: PeerKey;
			readonly sending: Sending;
	  }
	/** Exactly these bytes: no framing, no line ending is added. */
	| {
			readonly type: 'stream/send';
			readonly peer: PeerKey;
			readonly line: string;
			readonly notation: Exclude<ByteNotation, 'text'>;
	  }
	/** These very bytes; done (`command/done`) once more may follow. */
	| {
			readonly type: 'stream/write';
			readonly peer: PeerKey;
			readonly bytes: Uint8Array;
	  }
	/** We send nothing more; what the other side still sends is read. */
	| {readonly type: 'stream/end'; readonly peer: PeerKey}
	| {
			readonly type: 'stream/repeat';
			readonly peer: PeerKey;
			readonly line: string;
			readonly notation: ByteNotation;
			readonly everyMs: number;
			readonly count?: number;
	  }
	| {readonly type: 'stream/stopRepeat'; readonly peer: PeerKey}
	/** The bytes of a file, as they are. */
	| {
			readonly type: 'stream/sendFile';
			readonly peer: PeerKey;
			readonly path: string;
	  }
	| {readonly type: 'stream/stopFile'; readonly peer: PeerKey};
