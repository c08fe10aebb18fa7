/** Limits of the history; part of `limits.ts`. */
import {KiB, MiB} from './units.js';

export const historyLimits = {
	// The history on disk. What waits for a slow disk is bounded; what a person says in an hour fits.
	historyDays: 365,
	historyBytes: 512_000_000,
	historyBatchMs: 200,
	historyBatchRows: 500,
	historyQueueRows: 5_000,
	historyQueueBytes: 16 * MiB,
	// Of a conversation: a device that says something a hundred times a second is kept whole, a flood is not.
	historyBurstRows: 1_000,
	historyRowsPerSecond: 100,
	historyBurstBytes: 4 * MiB,
	historyBytesPerSecond: 256 * KiB,
	// Of all plain conversations together, so much more: a new connection must be no new allowance.
	historyStrangersFactor: 5,
	// A message of a plain peer; the datagrams of all senders.
	historyRowBytes: 64 * KiB,
	historyDatagramBytes: 2 * KiB,
	// A page is read while somebody scrolls: it must cross the threads within a frame or two.
	historyPageRows: 200,
	historyPageBytes: 2 * MiB,
	historyOpeningRows: 100,
	historyRowsHeld: 2_000,
	historyConversationsHeld: 8,
	// A search: so many hits a page. What has less than a page of them in so many rows is so rare
	// that the index tells all of it at once; looking at them takes some milliseconds.
	historyHits: 100,
	historyScanRows: 5_000,
	historyExcerptCharacters: 160,
	// Another program writes: nobody waits for the thread that waits.
	historyBusyMs: 5_000,
	historyRetryMs: 10_000,
	historyPruneFirstMs: 5_000,
	historyPruneMs: 10 * 60 * 1_000,
	historyRowsRemoved: 500,
	historyPagesFreed: 100,
	historyCacheBytes: 4 * MiB,
	historyJournalBytes: 4 * MiB,
} as const;
