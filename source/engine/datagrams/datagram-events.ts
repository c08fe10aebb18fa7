/** What happens to datagrams. */
import type {ErrorInfo} from '../../errors.js';
import type {SequenceMeter} from './datagram-commands.js';
import type {ListenerId} from '../ids.js';
import type {Address} from '../ports.js';

export interface DatagramCounts {
	readonly received: number;
	readonly shown: number;
	readonly droppedByUs: number;
	/** Missing where the system does not tell. */
	readonly droppedByKernel?: number;
	readonly sent: number;
}

/** What a meter has seen of one sender since it was set. */
export interface MeterCounts {
	readonly received: number;
	/** Numbers that were jumped over and have not come since. */
	readonly missing: number;
	readonly doubled: number;
	/** Came after a higher one, and had not come before. */
	readonly late: number;
	/** Payloads too short for the number. */
	readonly without: number;
	/** How often the sender began anew with other numbers; missing: never. */
	readonly restarted?: number;
	readonly last: bigint | undefined;
	/** Mean deviation of the time between arrivals, in ms, as RFC 3550 §6.4.1 smooths it. */
	readonly jitterMs: number;
}

/** One sender, as of the last count. */
export interface DatagramSource {
	readonly from: Address;
	readonly received: number;
	readonly receivedBytes: number;
	readonly lastAt: number;
	readonly meter?: MeterCounts;
}

export type DatagramEventBody =
	/** Whole. What it means as text is a view of it. */
	| {
			readonly type: 'datagram/received';
			readonly from: Address;
			readonly listener: ListenerId;
			readonly bytes: Uint8Array;
	  }
	| {
			readonly type: 'datagram/sent';
			readonly to: Address;
			readonly listener: ListenerId;
			readonly bytes: Uint8Array;
	  }
	| {
			readonly type: 'datagram/failed';
			readonly to: Address;
			readonly error: ErrorInfo;
	  }
	/** Once a second while anything changes; `perSecond` is what arrived in that second. */
	| ({
			readonly type: 'datagram/counted';
			readonly perSecond: number;
	  } & DatagramCounts)
	/** With the counts: senders that were heard since they were last told of, the busiest first; the others follow in the next seconds. */
	| {
			readonly type: 'datagram/sourcesCounted';
			readonly sources: readonly DatagramSource[];
			/** Senders that were forgotten for newer ones, ever. */
			readonly forgotten: number;
	  }
	| {
			readonly type: 'datagram/meterChanged';
			readonly meter?: SequenceMeter;
	  }
	| {readonly type: 'datagram/encodingChanged'; readonly encoding: string}
	| {
			readonly type: 'datagram/joined';
			readonly group: string;
			readonly on?: string;
			readonly listener: ListenerId;
	  }
	/** `error` where the interface went away; it is joined again when it is back. */
	| {
			readonly type: 'datagram/left';
			readonly group: string;
			readonly on?: string;
			readonly listener: ListenerId;
			readonly error?: ErrorInfo;
	  }
	| {readonly type: 'datagram/cleared'};
