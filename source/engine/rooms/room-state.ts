/** A room as it is shown; part of `state.ts`, and to be imported from there. */
import type {Trust} from '../events.js';
import type {PeerId, RoomKey, SafeText} from '../ids.js';
import type {RoomTopic} from './room-events.js';

export interface RoomMember {
	readonly peerId: PeerId;
	readonly name: SafeText;
	readonly trust: Trust;
	/** It is in the room, and connected to us. */
	readonly isHere: boolean;
	readonly seenAt: number;
}

export interface Room {
	readonly key: RoomKey;
	readonly topic: RoomTopic | undefined;
	/** In the order in which they came first. */
	readonly members: readonly RoomMember[];
}
