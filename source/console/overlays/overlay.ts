import type {PeerKey, TransferId} from '../../engine/index.js';

/** What stands in front of the panes; at most one. */
export type Overlay =
	| {readonly kind: 'filePicker'; readonly peer: PeerKey}
	| {readonly kind: 'connect'}
	/** `target` as `host:port`, where one was chosen. */
	| {readonly kind: 'datagram'; readonly target?: string}
	| {readonly kind: 'offer'; readonly transfer: TransferId}
	| {readonly kind: 'help'}
	| {readonly kind: 'quit'}
	| {readonly kind: 'limits'}
	| {readonly kind: 'listeners'};
