/**
 * How much of a conversation is kept. A bucket for each: once it is empty nothing
 * is kept until it is half full again, so that a flood leaves stretches of what was
 * said with a number between them, and not one line of a thousand. What strangers
 * can begin anew as often as they like shares one bucket more.
 */
import {limits} from '../../limits.js';
import type {HistoryKey} from './history-port.js';

interface Bucket {
	/** How much larger it is than that of a conversation. */
	readonly factor: number;
	rows: number;
	bytes: number;
	at: number;
	isClosed: boolean;
}

export interface HistoryBudget {
	/** Whether a row of that size is kept. */
	take(key: HistoryKey, sizeBytes: number, at: number): boolean;
	/** Whether the next one might be. */
	isOpen(key: HistoryKey, at: number): boolean;
}

/** Those that are full are as good as new ones. */
const mostBuckets = 1_000;

/** Who came and went, transfers, trust: of everybody together. */
export const happenings: HistoryKey = 'happenings';

/** Of everybody who needs no key. */
const strangers: HistoryKey = 'strangers';

const isOfStranger = (key: HistoryKey) =>
	key.startsWith('plain:') || key.startsWith('dial:');

function refill(bucket: Bucket, at: number): void {
	const seconds = Math.max(0, at - bucket.at) / 1_000;
	const {factor} = bucket;
	const rows = limits.historyBurstRows * factor;
	const bytes = limits.historyBurstBytes * factor;
	bucket.at = at;
	bucket.rows = Math.min(
		rows,
		bucket.rows + seconds * limits.historyRowsPerSecond * factor,
	);
	bucket.bytes = Math.min(
		bytes,
		bucket.bytes + seconds * limits.historyBytesPerSecond * factor,
	);
	const isHalfFull = bucket.rows >= rows / 2 && bucket.bytes >= bytes / 2;
	if (isHalfFull) bucket.isClosed = false;
}

const isFull = ({rows, bytes, factor}: Bucket) =>
	rows >= limits.historyBurstRows * factor &&
	bytes >= limits.historyBurstBytes * factor;

export function createHistoryBudget(): HistoryBudget {
	const buckets = new Map<HistoryKey, Bucket>();
	let sweepAt = mostBuckets;

	const bucketOf = (key: HistoryKey, at: number): Bucket => {
		const held = buckets.get(key);
		if (held) {
			refill(held, at);
			return held;
		}

		if (buckets.size >= sweepAt) {
			for (const [each, bucket] of buckets) {
				refill(bucket, at);
				if (isFull(bucket)) buckets.delete(each);
			}

			// Of those that stay none is looked at again before there are as many more.
			sweepAt = Math.max(mostBuckets, 2 * buckets.size);
		}

		const factor = key === strangers ? limits.historyStrangersFactor : 1;
		const made = {
			factor,
			rows: limits.historyBurstRows * factor,
			bytes: limits.historyBurstBytes * factor,
			at,
			isClosed: false,
		};
		buckets.set(key, made);
		return made;
	};

	const bucketsOf = (key: HistoryKey, at: number): Bucket[] =>
		(isOfStranger(key) ? [key, strangers] : [key]).map(each =>
			bucketOf(each, at),
		);

	return {
		take(key, sizeBytes, at) {
			const taken = bucketsOf(key, at);
			for (const bucket of taken) {
				if (bucket.rows < 1 || bucket.bytes < sizeBytes) bucket.isClosed = true;
			}

			if (taken.some(({isClosed}) => isClosed)) return false;
			for (const bucket of taken) {
				bucket.rows--;
				bucket.bytes -= sizeBytes;
			}

			return true;
		},
		isOpen: (key, at) => bucketsOf(key, at).every(({isClosed}) => !isClosed),
	};
}
