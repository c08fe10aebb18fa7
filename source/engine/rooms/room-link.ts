/** A session that rooms may use: both sides name the feature, and we have verified its key. */
import type {PeerId} from '../ids.js';
import type {PeerEntry} from '../sessions/peer-table.js';
import type {PeerSession} from '../sessions/peer-session.js';

export interface RoomLink {
	readonly entry: PeerEntry;
	readonly session: PeerSession;
	readonly peerId: PeerId;
	/** Rooms that it says to be in. */
	theirs: ReadonlySet<string>;
}
