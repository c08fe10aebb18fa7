/**
 * Says how long to wait so that no more than a number of bytes move in a second.
 * Bytes are counted when they were moved: whoever asks moves first and waits
 * then. Without a limit nobody waits.
 */
import {limits} from '../../limits.js';
import type {Clock} from '../ports.js';

export interface RateLimiter {
	/** Bytes a second; undefined: no limit. Takes effect at once. */
	set(bytesPerSecond: number | undefined): void;
	/** Counts bytes that were moved. */
	count(bytes: number): void;
	/** How long to wait, in ms, before more are. */
	delayMs(): number;
	/** As much as may be moved in one piece without standing still for long after it. */
	pieceBytes(): number;
	/** Calls whenever the limit is set: who waits asks again. The returned function ends that. */
	watch(changed: () => void): () => void;
}

// What timers and the disk were late by may be caught up, but not more.
const slackMs = 250;
// Eight pieces a second keep the line even; smaller ones than this are mostly headers.
const piecesPerSecond = 8;
const smallestPieceBytes = 1024;

export function createRateLimiter(
	clock: Clock,
	bytesPerSecond?: number,
): RateLimiter {
	let rate = bytesPerSecond;
	let nextAt = 0;
	const watchers = new Set<() => void>();
	return {
		set(next) {
			rate = next;
			nextAt = 0;
			for (const changed of watchers) changed();
		},
		count(bytes) {
			if (rate === undefined) return;
			nextAt = Math.max(nextAt, clock.now() - slackMs) + (bytes * 1000) / rate;
		},
		delayMs: () => (rate === undefined ? 0 : Math.max(0, nextAt - clock.now())),
		pieceBytes() {
			if (rate === undefined) return limits.laneFrameBytes;
			const even = Math.floor(rate / piecesPerSecond);
			return Math.min(
				Math.max(even, smallestPieceBytes),
				limits.laneFrameBytes,
			);
		},
		watch(changed) {
			watchers.add(changed);
			return () => {
				watchers.delete(changed);
			};
		},
	};
}

/** Several limits at once: the strictest counts. */
export function combineLimiters(
	limiters: readonly RateLimiter[],
): Omit<RateLimiter, 'set'> {
	return {
		count(bytes) {
			for (const each of limiters) each.count(bytes);
		},
		// Asked for every piece of a file: no lists are made.
		delayMs() {
			let longest = 0;
			for (const each of limiters) longest = Math.max(longest, each.delayMs());
			return longest;
		},
		pieceBytes() {
			let smallest: number = limits.laneFrameBytes;
			for (const each of limiters)
				smallest = Math.min(smallest, each.pieceBytes());
			return smallest;
		},
		watch(changed) {
			const ends = limiters.map(each => each.watch(changed));
			return () => {
				for (const end of ends) end();
			};
		},
	};
}
