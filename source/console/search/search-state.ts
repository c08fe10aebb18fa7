/** What is searched for, what alone is shown, and how datagrams are looked at: part of the console's own state. */
import type {DatagramRow} from '../../engine/index.js';
import type {Log} from '../../util/log.js';
import type {Query} from './query.js';

/** The panes that show rows. */
export type RowPane = 'conversation' | 'datagrams';

export interface Finding {
	readonly search: Query | undefined;
	/** Where `n` goes on from: a row of one view (`view-key`). */
	readonly hit: Hit | undefined;
	readonly filters: Readonly<Record<RowPane, Query | undefined>>;
	/** Grows while rows are looked through. */
	readonly looked: number;
}

export interface Hit {
	/** A conversation's key, or `datagrams`. */
	readonly view: string;
	/** The row's id. */
	readonly row: number;
}

export interface DatagramLook {
	/** A line for each sender instead of one for each datagram. */
	readonly bySender: boolean;
	/** The sender under the cursor, as `host:port`. */
	readonly cursor: string | undefined;
	/** Only this one's datagrams. */
	readonly sender:
		{readonly address: string; readonly query: Query} | undefined;
	/** What is shown while the view stands still. */
	readonly paused: Log<DatagramRow> | undefined;
}

export type FindingAction =
	| {readonly type: 'search/set'; readonly search: Query | undefined}
	| {readonly type: 'search/hit'; readonly hit: Hit | undefined}
	| {readonly type: 'search/looked'}
	| {
			readonly type: 'filter/set';
			readonly pane: RowPane;
			readonly filter: Query | undefined;
	  };

export type DatagramLookAction =
	| {readonly type: 'senders/shown'; readonly bySender: boolean}
	| {readonly type: 'senders/moved'; readonly cursor: string}
	| {
			readonly type: 'senders/chosen';
			readonly sender: DatagramLook['sender'];
	  }
	| {
			readonly type: 'datagrams/paused';
			readonly rows: Log<DatagramRow> | undefined;
	  };

export const noFinding: Finding = {
	search: undefined,
	hit: undefined,
	filters: {conversation: undefined, datagrams: undefined},
	looked: 0,
};

export const plainDatagramLook: DatagramLook = {
	bySender: false,
	cursor: undefined,
	sender: undefined,
	paused: undefined,
};

export function reduceFinding(
	finding: Finding,
	action: FindingAction,
): Finding {
	switch (action.type) {
		case 'search/set': {
			return {...finding, search: action.search, hit: undefined};
		}

		case 'search/hit': {
			return {...finding, hit: action.hit};
		}

		case 'search/looked': {
			return {...finding, looked: finding.looked + 1};
		}

		case 'filter/set': {
			const filters = {...finding.filters, [action.pane]: action.filter};
			return {...finding, filters};
		}
	}
}

export function reduceDatagramLook(
	look: DatagramLook,
	action: DatagramLookAction,
): DatagramLook {
	switch (action.type) {
		case 'senders/shown': {
			// Back to all of them: one that was chosen is where the cursor is.
			const cursor = look.sender?.address ?? look.cursor;
			return {...look, bySender: action.bySender, cursor, sender: undefined};
		}

		case 'senders/moved': {
			return {...look, cursor: action.cursor};
		}

		case 'senders/chosen': {
			return {...look, bySender: false, sender: action.sender};
		}

		case 'datagrams/paused': {
			return {...look, paused: action.rows};
		}
	}
}
