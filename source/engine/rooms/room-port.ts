/** What rooms need of the world: signatures, and a place where logs are kept. */
import type {ErrorInfo} from '../../errors.js';
import type {
	RoomHeld,
	RoomMessageBody,
	RoomTopicBody,
} from '../../protocol/room-messages.js';
import type {PeerId} from '../ids.js';

/** Ed25519 (RFC 8032) with the key that our PeerId is. */
export interface Signing {
	/** 64 bytes. */
	sign(bytes: Uint8Array): Uint8Array;
	verify(author: PeerId, bytes: Uint8Array, signature: Uint8Array): boolean;
}

export interface KeptMember {
	readonly peerId: PeerId;
	readonly nick: string;
	readonly seenAt: number;
}

/** A room that we are in, as it is kept. */
export interface KeptRoom {
	readonly name: string;
	readonly topic?: RoomTopicBody;
	/** Of each stream what `messages` has of it without a gap, and how far it went. */
	readonly streams: readonly RoomHeld[];
	/** In the order in which they came. */
	readonly messages: readonly RoomMessageBody[];
	readonly members: readonly KeptMember[];
}

export interface RoomsPort {
	/** Never rejects. `problems`: roomsUnusable {path, what}; roomDamaged {path} for each that was set aside. */
	load(): Promise<{
		readonly rooms: readonly KeptRoom[];
		readonly problems: readonly ErrorInfo[];
	}>;
	/** Resolves once it is durable. Throws roomsUnusable; what was kept is untouched then. */
	save(room: KeptRoom): Promise<void>;
	/** Throws roomsUnusable. */
	remove(name: string): Promise<void>;
}
