import type {PeerKey, TransferId} from '../../engine/index.js';

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
	| {readonly kind: 'partials'}
	| {readonly kind: 'help'}
	| {readonly kind: 'quit'}
	| {readonly kind: 'limits'}
	| {readonly kind: 'listeners'};
