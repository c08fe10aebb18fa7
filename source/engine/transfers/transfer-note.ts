/** What is kept of unfinished transfers with verified peers, so that they go on after a restart. */
import type {PeerId, TransferId} from '../ids.js';

interface Note {
	readonly transfer: TransferId;
	readonly peerId: PeerId;
	/** Of the entries (`protocol/offer-digest.ts`). */
	readonly digest: string;
	/** When it was accepted, in ms since 1970. */
	readonly at: number;
}

/** An offer to us that was approved. */
export interface IncomingNote extends Note {
	/** Entries that were not wanted. */
	readonly skip: readonly number[];
	/** Where it goes. */
	readonly folder: string;
}

/** An offer of ours that the other side has approved. */
export interface OutgoingNote extends Note {
	/** As they were named. */
	readonly paths: readonly string[];
	/** The program that has it in hand, as the port names itself. */
	readonly owner: string;
}

export interface TransferNotes {
	readonly incoming: readonly IncomingNote[];
	readonly outgoing: readonly OutgoingNote[];
}

/** Where they are kept. */
export interface NotesPort {
	/** This running program among others with the same state. */
	readonly owner: string;
	/** Whether a program that had something in hand is gone. */
	isGone(owner: string): boolean;
	/** Empty where nothing was kept yet. Throws notesUnusable; notesDamaged once it has been set aside. */
	load(): Promise<TransferNotes>;
	/** Resolves once it is durable. Throws notesUnusable; what was kept is untouched then. */
	save(notes: TransferNotes): Promise<void>;
}

export const noNotes: TransferNotes = {incoming: [], outgoing: []};
