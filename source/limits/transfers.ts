/** Limits of offers and transfers, and of what goes on after a restart; part of `limits.ts`. */
import {KiB, MiB} from './units.js';

export const transferLimits = {
	// Offers and transfers.
	offersPending: 8,
	offersPerMinute: 10,
	// All that wait for an answer, with their names: one that is as large as an offer may be fits.
	offersPendingBytes: 4 * MiB,
	offerEntryBytes: 100,
	entriesPerOffer: 20_000,
	// Names of one offer, all pages together: they are held before anybody has accepted.
	offerNameBytes: 2 * MiB,
	nameBytes: 255,
	// A path with its folders: it must fit into SAVED with the number that it may get.
	pathBytes: 1_000,
	pathComponents: 64,
	laneFrameBytes: 1 * MiB,
	// What is compared when a transfer goes on: as much as a frame carries.
	blockBytes: 1 * MiB,
	laneChunksAhead: 4,
	diskQueueBytes: 8 * MiB,
	ticketMs: 30_000,
	// How many are sent at the same time, unless told otherwise; more only share the line.
	transfersAtOnce: 2,
	// How long a broken transfer waits for the other side to come back.
	comeBackMs: 10 * 60 * 1_000,
	progressMs: 250,
	stallMs: 3_000,
	// Unfinished transfers with verified peers that go on after a restart, each direction; how
	// much of each is kept: together less than half of the file.
	transfersNoted: 64,
	notedSkips: 1_000,
	notedPathBytes: 8 * KiB,
	notesFileBytes: 4 * MiB,
} as const;
