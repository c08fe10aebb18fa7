/**
 * What waits for the disk. Invariants: it is bounded in rows and bytes, and
 * whoever adds to it never waits; what does not fit is counted; entries leave in
 * the order in which they came.
 */
import {limits} from '../../limits.js';
import type {HistoryEntry} from './history-port.js';

export interface HistoryQueue {
	add(entries: readonly HistoryEntry[]): void;
	/** The oldest, so many as are written at once. */
	take(): HistoryEntry[];
	/** Everything that waits. */
	takeAll(): HistoryEntry[];
	readonly size: number;
	/** Counts one that could not be written. */
	lose(entry: HistoryEntry): void;
	/** Messages that did not fit, and their bytes, since the last call. */
	takeLost(): {readonly messages: number; readonly sizeBytes: number};
}

const weigh = (entry: HistoryEntry): number => {
	if (entry.what !== 'row') return 0;
	const {kept, text} = entry;
	return text.length * 2 + ('bytes' in kept ? kept.bytes.length : 0);
};

export function createHistoryQueue(): HistoryQueue {
	let entries: HistoryEntry[] = [];
	let bytes = 0;
	let lost = {messages: 0, sizeBytes: 0};

	const leave = (count: number) => {
		const taken = entries.slice(0, count);
		entries = entries.slice(count);
		for (const entry of taken) bytes -= weigh(entry);
		return taken;
	};

	const lose = (entry: HistoryEntry) => {
		if (entry.what !== 'row') return;
		const {kept} = entry;
		// A number of those that were left out before counts as that many.
		const isNumber = kept.kind === 'unkept';
		lost = {
			messages: lost.messages + (isNumber ? kept.messages : 1),
			sizeBytes: lost.sizeBytes + (isNumber ? kept.sizeBytes : weigh(entry)),
		};
	};

	return {
		lose,
		add(added) {
			for (const entry of added) {
				const weight = weigh(entry);
				const isFull =
					entries.length >= limits.historyQueueRows ||
					bytes + weight > limits.historyQueueBytes;
				if (!isFull) {
					entries.push(entry);
					bytes += weight;
				} else {
					lose(entry);
				}
			}
		},
		take: () => leave(limits.historyBatchRows),
		takeAll: () => leave(entries.length),
		get size() {
			return entries.length;
		},
		takeLost() {
			const counted = lost;
			lost = {messages: 0, sizeBytes: 0};
			return counted;
		},
	};
}
