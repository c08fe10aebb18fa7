/** Limits of reading and writing files; part of `limits.ts`. */
import {KiB, MiB} from './units.js';

export const diskLimits = {
	// Writing: a system call for each piece of a socket costs more than the copying;
	// a slow sender's bytes do not wait for a whole batch; numbered names come to an end.
	diskBatchBytes: 1 * MiB,
	diskFlushMs: 10,
	// Small files follow each other faster than a disk makes them durable; each open part holds descriptors.
	partsOpen: 16,
	freeNames: 10_000,
	// Data is made durable on the way, so that a crash of the machine costs little of it.
	durableBytes: 64 * MiB,
	durableMs: 2_000,
	// What is left of a broken transfer is kept for a week.
	partialMs: 7 * 24 * 60 * 60 * 1_000,
	// A full disk is looked at again this often.
	diskRetryMs: 1_000,
	// Folders of a tree stay open only while they are written to; a tree has more than the system gives descriptors.
	foldersOpen: 32,
	// Looking at the files of a folder: enough at once to keep the system's threads busy.
	looksAtOnce: 32,
	// With so many names the file thread is worth its start; other questions to it do not wait long.
	looksWorth: 1_000,
	looksBatch: 256,
	// Small files are read whole and many together; more ahead of the line would only hold memory.
	smallFileBytes: 64 * KiB,
	smallFilesBatch: 16,
	// With fewer at once a thread for them is not worth its start.
	smallFilesWorth: 8,
	// Small files that came whole wait in memory until the disk has them, many to a batch.
	smallSavesBatch: 16,
	smallPartsOpen: 64,
	// Begun and not settled: what the line brings faster than the disk takes it stays in the line.
	partsUnderWay: 64,
	// Free space is asked for again after so much, or so many bytes of small files.
	roomKnownMs: 250,
	roomKnownBytes: 16 * MiB,
	entriesAhead: 32,
	aheadBytes: 4 * MiB,
} as const;
