import type {
	ConversationKey,
	PeerKey,
	RoomKey,
	TransferId,
} from '../../engine/index.js';
import type {PaneName} from '../layout.js';

/** What stands in front of the panes; at most one. */
export type Overlay =
	| {readonly kind: 'filePicker'; readonly peer: PeerKey}
	| {readonly kind: 'connect'}
	/** `target` as `host:port`, where one was chosen. */
	| {readonly kind: 'datagram'; readonly target?: string}
	/** `unasked`: it opened by itself over the panes. */
	| {
			readonly kind: 'offer';
			readonly transfer: TransferId;
			readonly unasked?: true;
	  }
	| {readonly kind: 'pair'; readonly peer: PeerKey}
	| {readonly kind: 'framing'; readonly peer: PeerKey}
	| {readonly kind: 'encoding'; readonly of: PeerKey | 'datagrams'}
	/** A line in the composer's place. */
	| {
			readonly kind: 'find';
			readonly what: 'search' | 'filter';
			readonly pane: PaneName;
	  }
	/** In the composer's place: lines that were typed before. */
	| {readonly kind: 'recall'}
	/** More lines than go into the composer without a question. */
	| {readonly kind: 'paste'; readonly text: string}
	| {readonly kind: 'partials'}
	| {readonly kind: 'help'}
	| {readonly kind: 'jump'}
	| {readonly kind: 'quit'}
	| {readonly kind: 'limits'}
	| {readonly kind: 'settings'}
	| {readonly kind: 'snippets'}
	| {readonly kind: 'rules'}
	| {readonly kind: 'pins'}
	| {readonly kind: 'members'; readonly room: RoomKey}
	| {readonly kind: 'book'}
	| {readonly kind: 'listeners'}
	| {readonly kind: 'historyHits'; readonly needle: string}
	| {readonly kind: 'historyStats'}
	/** Asks before it is done. */
	| {readonly kind: 'clear'; readonly conversation: ConversationKey};

/** Those that are one line in the composer's place, with the panes in sight. */
export const isLineOverlay = (
	overlay: Overlay,
): overlay is Extract<Overlay, {readonly kind: 'find' | 'recall'}> =>
	overlay.kind === 'find' || overlay.kind === 'recall';
