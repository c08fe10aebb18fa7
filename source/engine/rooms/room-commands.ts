/** What a front end can ask of rooms. What is said in one is `chat/send`, with its key. */
import type {RoomKey} from '../ids.js';

export type RoomCommand =
	/** `#lab`, or without the sign. */
	| {readonly type: 'room/join'; readonly room: string}
	| {readonly type: 'room/leave'; readonly room: RoomKey}
	| {
			readonly type: 'room/setTopic';
			readonly room: RoomKey;
			readonly topic: string;
	  };
