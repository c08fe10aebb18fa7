/** Limits of the classic file assistant; part of `limits.ts`. */
import {KiB, MiB} from './units.js';

export const classicLimits = {
	// The classic file assistant. Its sender may be a person who types the name; what follows
	// it comes at once. Quiet for so long, name and size are whole. Name and size apart, and
	// writes that one segment of loopback carries, in multiples of what the course's receiver
	// reads: so it gets every byte, though it counts its reads. A segment is at most half of
	// its window (65,483 bytes), and two of them fit it: more would be cut at other lengths.
	classicAtOnce: 32,
	classicAskMs: 10 * 60 * 1_000,
	classicHeaderMs: 30_000,
	classicQuietMs: 150,
	classicStallMs: 60_000,
	classicTextBytes: 1 * KiB,
	classicBeyondBytes: 1 * MiB,
	classicAnswerMs: 10_000,
	classicGreetingMs: 2_000,
	classicPauseMs: 200,
	classicReadBytes: 2 * KiB,
	classicWriteBytes: 15 * 2 * KiB,
	classicWriteMs: 1,
	classicWritesUnseen: 2,
} as const;
