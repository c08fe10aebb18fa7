import type {Brand} from '../util/brand.js';

/** Text of a stranger that `sanitize.ts` made safe to show on one row. */
export type SafeText = Brand<string, 'SafeText'>;

/** A single path component that `storage/receive-name.ts` made safe to write. */
export type SafeName = Brand<string, 'SafeName'>;

/** A peer's raw Ed25519 public key (32 bytes) as 64 hex digits. */
export type PeerId = Brand<string, 'PeerId'>;

/** One row of the peers pane: `peer:…` (encrypted), `raw:…`, or `dial:…` until it is known who answers. */
export type PeerKey = Brand<string, 'PeerKey'>;

/** A room among verified peers: `#` and its name. No key of a peer begins so. */
export type RoomKey = `#${string}`;

/** A peer's conversation, a room's, or the one with everybody. */
export type ConversationKey = PeerKey | RoomKey | 'all';

/** Neither a room nor everybody. */
export const isPeerKey = (key: ConversationKey): key is PeerKey =>
	key !== 'all' && !isRoomKey(key);

export const isRoomKey = (key: ConversationKey): key is RoomKey =>
	key.startsWith('#');

/** 16 random bytes as 32 hex digits; chosen by the sender of the files. */
export type TransferId = Brand<string, 'TransferId'>;

/** Names what is left of a broken transfer in one receive folder: 32 hex digits. */
export type PartialId = Brand<string, 'PartialId'>;

export type ListenerId = Brand<string, 'ListenerId'>;

export type RuleId = Brand<string, 'RuleId'>;

/** Names a chat message on the wire, unique per sending engine. At most 40 characters. */
export type MessageId = Brand<string, 'MessageId'>;
