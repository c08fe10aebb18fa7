/**
 * What the engine needs of a history on disk. Rows stand in the order in which
 * they were appended, each under a number that grows; what is asked for after an
 * append sees it. Failures are thrown as `SocktermError`: historyUnusable {path, what},
 * historyNewer {path}, historyFailed {path, what}, historyFull {path}.
 */
import type {ErrorInfo} from '../../errors.js';
import type {Direction, FrameEnding, Trust} from '../events.js';
import type {RoomTurn} from '../conversation-state.js';
import type {Address} from '../network-ports.js';

/**
 * Names a conversation over restarts, by a scheme: `all`, `peer:<PeerId>`, `plain:host:port`,
 * `dial:raw:host:port` for what we connect to, `room:#name`, `udp`.
 */
export type HistoryKey = string;

/** The number of a row. */
export type HistoryId = number;

/** What a row keeps; texts are safe to show, errors are data. */
export type Kept =
	/** A message in the bytes of a plain peer; `encoding` of those that are not UTF-8. */
	| {
			readonly kind: 'frame';
			readonly name: string;
			readonly trust: Trust;
			readonly bytes: Uint8Array;
			readonly head: number;
			readonly tail: number;
			readonly ending: FrameEnding;
			readonly encoding: string;
			/** What it had before it was cut for being too long. */
			readonly wholeBytes?: number;
	  }
	| {
			readonly kind: 'written';
			readonly name: string;
			readonly bytes: Uint8Array;
			readonly encoding: string;
			readonly note?: string;
			readonly wholeBytes?: number;
	  }
	| {
			readonly kind: 'received';
			readonly name: string;
			readonly trust: Trust;
			readonly text: string;
			readonly unfinished?: true;
			/** Of what was said in a room: by whose key, and who handed it on. */
			readonly author?: string;
			readonly by?: string;
	  }
	/** What happened in a room. */
	| {
			readonly kind: 'room';
			readonly what: RoomTurn;
			readonly name: string;
			readonly text?: string;
			readonly count?: number;
	  }
	| {
			readonly kind: 'sent';
			readonly to: HistoryKey;
			readonly toName?: string;
			readonly text: string;
			readonly message: string;
			readonly receivers: number;
			readonly delivered: number;
			readonly failed: number;
	  }
	| {
			readonly kind: 'joined';
			readonly name: string;
			readonly trust: Trust;
			readonly address: Address;
	  }
	| {
			readonly kind: 'left';
			readonly name: string;
			readonly error?: ErrorInfo;
			readonly retrying: boolean;
	  }
	| {readonly kind: 'problem'; readonly error: ErrorInfo}
	| {readonly kind: 'note'; readonly text: string}
	| {readonly kind: 'trust'; readonly what: TrustTurn; readonly name: string}
	| ({readonly kind: 'transfer'} & KeptTransfer)
	| {
			readonly kind: 'datagram';
			readonly direction: Direction;
			readonly address: Address;
			readonly bytes: Uint8Array;
			readonly encoding: string;
			readonly wholeBytes?: number;
	  }
	/** More came than the history takes in that time. */
	| {
			readonly kind: 'unkept';
			readonly messages: number;
			readonly sizeBytes: number;
	  };

/** `verified`: a code was right; `blocked`: the key is not the one that was verified. */
export type TrustTurn = 'verified' | 'blocked';

export interface KeptTransfer {
	readonly name: string;
	readonly direction: Direction;
	/** Of its first entry. */
	readonly title: string;
	readonly entries: number;
	readonly sizeBytes: number;
	readonly outcome: 'saved' | 'failed' | 'declined' | 'cancelled';
	/** Where it went, of what came in. */
	readonly folder?: string;
	/** BLAKE3 of a transfer of one file. */
	readonly digest?: string;
}

/** A row on its way to the disk. */
export interface NewRow {
	/** The first is the one it belongs to; it is shown in all of them. */
	readonly keys: readonly [HistoryKey, ...HistoryKey[]];
	readonly at: number;
	/** Its place among those of this run: rows of one event share the order. */
	readonly order: number;
	readonly part: number;
	readonly kept: Kept;
	/** What a search looks at. */
	readonly text: string;
	/** Names what may come again: the row is kept once, and counts as in memory from where it came last. */
	readonly once?: string;
}

export type HistoryEntry =
	| ({readonly what: 'row'} & NewRow)
	/** What became of a message of this run that is kept already. */
	| {
			readonly what: 'fate';
			readonly message: string;
			readonly delivered: number;
			readonly failed: number;
	  }
	| {
			readonly what: 'seen';
			readonly peer: string;
			readonly name: string;
			readonly at: number;
	  };

/** A row as it was kept. */
export interface HistoryRow {
	readonly id: HistoryId;
	/** The conversation it belongs to. */
	readonly key: HistoryKey;
	readonly at: number;
	/** Rows of one start of the program have the same. */
	readonly run: number;
	readonly isThisRun: boolean;
	readonly order: number;
	readonly kept: Kept;
	readonly once?: string;
}

/** Rows of this run from here on are in memory and left out. */
export interface RunPlace {
	readonly order: number;
	readonly part: number;
}

export type PageStart =
	| {readonly kind: 'end'}
	| {readonly kind: 'before' | 'after' | 'around'; readonly id: HistoryId}
	/** The first row at or after a time, and what is around it. */
	| {readonly kind: 'date'; readonly at: number};

export interface PageQuery {
	readonly key: HistoryKey;
	readonly from: PageStart;
	/** Undefined: nothing is in memory. */
	readonly upTo?: RunPlace;
	readonly limit: number;
}

export type KeptSent = Extract<Kept, {kind: 'sent'}>;

export interface HistoryPage {
	/** Oldest first. */
	readonly rows: readonly HistoryRow[];
	readonly hasOlder: boolean;
	/** Between the newest of them and `upTo` there is more. */
	readonly hasNewer: boolean;
	/** Of `around` and `date`: the row that was meant. */
	readonly target?: HistoryId;
	/** Of `end`: our messages of earlier runs that are left out, for they are in memory again. */
	readonly again?: readonly KeptSent[];
}

export interface SearchQuery {
	readonly needle: string;
	/** Missing: everywhere. */
	readonly key?: HistoryKey;
	/** Only older ones. */
	readonly before?: HistoryId;
	readonly limit: number;
}

export interface HistoryHit {
	readonly id: HistoryId;
	readonly key: HistoryKey;
	readonly name: string;
	readonly at: number;
	readonly direction?: Direction;
	/** The text around the first place that was found. */
	readonly text: string;
}

export interface HistoryHits {
	/** Newest first. */
	readonly hits: readonly HistoryHit[];
	/** Where the next search goes on; missing: that was all. */
	readonly next?: HistoryId;
}

export interface Retention {
	readonly maxAgeMs: number;
	readonly maxBytes: number;
}

export interface HistoryStat {
	readonly path: string;
	readonly rows: number;
	readonly sizeBytes: number;
	readonly conversations: number;
	/** Peers that were ever seen. */
	readonly peers: number;
	readonly oldestAt?: number;
	readonly newestAt?: number;
	readonly retention: Retention;
}

export interface HistoryPort {
	/** What was chosen for good before, under what was asked for now. `setAside`: where a damaged file is now. */
	open(
		run: string,
		asked: Partial<Retention>,
	): Promise<{readonly setAside?: string}>;
	/** In order, all or nothing. */
	append(entries: readonly HistoryEntry[]): Promise<void>;
	page(query: PageQuery): Promise<HistoryPage>;
	search(query: SearchQuery): Promise<HistoryHits>;
	/** Missing: everything. How many rows are gone, from the file too. */
	clear(key?: HistoryKey): Promise<number>;
	stat(): Promise<HistoryStat>;
	/** From now on; `everyRun`: in later ones too. */
	retain(
		retention: Partial<Retention>,
		lasts: 'thisRun' | 'everyRun',
	): Promise<void>;
	/** Removes some of what is too old or too much; 0 once nothing is left to do. */
	prune(now: number): Promise<number>;
	/** Never rejects. */
	close(): Promise<void>;
}
