/** Datagrams as they are kept and counted. */
import type {ErrorInfo} from '../../errors.js';
import type {Log} from '../../util/log.js';
import type {PersistentMap} from '../../util/persistent-map.js';
import type {SequenceMeter} from './datagram-commands.js';
import type {DatagramCounts, DatagramSource} from './datagram-events.js';
import type {Direction} from '../events.js';
import type {ListenerId} from '../ids.js';
import type {Address} from '../ports.js';

export interface Datagrams extends DatagramCounts {
	readonly rows: Log<DatagramRow>;
	/** Arrivals in each of the last 60 counted seconds, newest last. */
	readonly perSecond: readonly number[];
	readonly lastCountedAt: number;
	/** By `host:port`. */
	readonly sources: PersistentMap<string, DatagramSource>;
	readonly sourcesForgotten: number;
	readonly meter: SequenceMeter | undefined;
	/** Of what is typed, and of payloads that are not UTF-8. */
	readonly encoding: string | undefined;
	readonly groups: readonly JoinedGroup[];
}

export interface JoinedGroup {
	readonly group: string;
	readonly on: string | undefined;
	readonly listener: ListenerId;
	/** Its interface is gone. */
	readonly error: ErrorInfo | undefined;
}

export interface DatagramRow {
	readonly at: number;
	readonly direction: Direction;
	readonly address: Address;
	readonly listener: ListenerId | undefined;
	/** Whole; empty where it failed. */
	readonly bytes: Uint8Array;
	readonly error: ErrorInfo | undefined;
}
