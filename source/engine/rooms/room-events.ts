/** What happens in rooms. What we say there is `chat/sent`. */
import type {ErrorInfo} from '../../errors.js';
import type {Trust} from '../events.js';
import type {MessageId, PeerId, PeerKey, RoomKey, SafeText} from '../ids.js';

/** Who said it: verified here, or known by nothing but a key. */
export interface RoomAuthor {
	readonly author: PeerId;
	/** Its row in the list of peers, or a key that no row has. */
	readonly peer: PeerKey;
	/** A pet name, or what it calls itself. */
	readonly name: SafeText;
	readonly trust: Trust;
	/** Who brought it, where that was not the author. */
	readonly by?: SafeText;
}

export interface RoomSaid extends RoomAuthor {
	readonly text: SafeText;
	/** By the author's clock, and never later than now. */
	readonly sentAt: number;
	readonly stream: number;
	readonly seq: number;
	/** Said with our own key, by another run of this program. */
	readonly isOurs: boolean;
}

export interface RoomTopic {
	readonly text: SafeText;
	readonly name: SafeText;
	readonly setAt: number;
}

export type RoomEventBody =
	/** We are in it. `restored`: and were when the program ended; `said` is what was kept of it. */
	| {
			readonly type: 'room/joined';
			readonly room: RoomKey;
			readonly restored: boolean;
			readonly said: readonly RoomSaid[];
			readonly topic?: RoomTopic;
	  }
	| {readonly type: 'room/left'; readonly room: RoomKey}
	| ({readonly type: 'room/received'; readonly room: RoomKey} & RoomSaid)
	/** Of what somebody said before the next message nobody here has any more. */
	| ({
			readonly type: 'room/missed';
			readonly room: RoomKey;
			readonly messages: number;
	  } & RoomAuthor)
	/** It came, went, or is called something else. */
	| {
			readonly type: 'room/memberChanged';
			readonly room: RoomKey;
			readonly peerId: PeerId;
			readonly name: SafeText;
			readonly trust: Trust;
			readonly isHere: boolean;
			readonly seenAt: number;
	  }
	| ({
			readonly type: 'room/topicChanged';
			readonly room: RoomKey;
	  } & RoomTopic)
	/** A member went before it had this: nobody waits for it. */
	| {
			readonly type: 'room/released';
			readonly room: RoomKey;
			readonly peer: PeerKey;
			readonly message: MessageId;
	  }
	/** Somebody verified is in a room that we are not in; told once. */
	| {
			readonly type: 'room/invited';
			readonly room: RoomKey;
			readonly peer: PeerKey;
			readonly name: SafeText;
	  }
	/** What is kept of rooms could not be read or written. */
	| {readonly type: 'room/problem'; readonly error: ErrorInfo};
