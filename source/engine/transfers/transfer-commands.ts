/** What can be asked of transfers. */
import type {PartialId, PeerKey, TransferId} from '../ids.js';

export type TransferCommand =
	| {
			readonly type: 'transfer/offer';
			readonly peer: PeerKey;
			readonly paths: readonly string[];
	  }
	/** Offers what is read from this engine's input, under a name; its size is not known. */
	| {
			readonly type: 'transfer/offerInput';
			readonly peer: PeerKey;
			readonly name: string;
	  }
	| {
			readonly type: 'transfer/accept';
			readonly transfer: TransferId;
			/** Entries that are not wanted. */
			readonly skip?: readonly number[];
			/** Instead of the receive folder; made where it is missing. */
			readonly folder?: string;
	  }
	| {readonly type: 'transfer/decline'; readonly transfer: TransferId}
	| {readonly type: 'transfer/cancel'; readonly transfer: TransferId}
	/** Without a transfer: all that run. */
	| {readonly type: 'transfer/pause'; readonly transfer?: TransferId}
	| {readonly type: 'transfer/goOn'; readonly transfer?: TransferId}
	/** Offers again what did not arrive of a finished transfer that we sent. */
	| {readonly type: 'transfer/retry'; readonly transfer: TransferId}
	/** Among those that wait for their turn: −1 is earlier. */
	| {
			readonly type: 'transfer/move';
			readonly transfer: TransferId;
			readonly by: -1 | 1;
	  }
	/** At most so many bytes a second, for one transfer or for all together; without a number: no limit. */
	| {
			readonly type: 'transfer/limit';
			readonly transfer?: TransferId;
			readonly bytesPerSecond?: number;
	  }
	/** How many are sent at the same time. */
	| {readonly type: 'transfer/setAtOnce'; readonly count: number}
	/** Answered by `transfer/partialsListed`. */
	| {readonly type: 'transfer/listPartials'}
	| {readonly type: 'transfer/deletePartial'; readonly partial: PartialId};
