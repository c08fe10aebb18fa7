/**
 * What has become of the entries of one transfer: which are not settled, how many
 * arrived or failed, and so how it ends. Invariant: an entry is settled once.
 */
import type {ErrorInfo} from '../../errors.js';
import type {TransferOutcome} from '../events.js';

export interface TransferTally {
	/** Entries that are not settled; empty before it was accepted. */
	readonly pending: ReadonlySet<number>;
	want(entries: Iterable<number>): void;
	/** So many were refused by the other side. */
	refused(count: number, error: ErrorInfo): void;
	/** False where the entry is settled already, or was never wanted. */
	saved(entry: number): boolean;
	failed(entry: number, error: ErrorInfo): boolean;
	/** Fails all that are pending: gives them. */
	lose(error: ErrorInfo): readonly number[];
	/** Of entries that are settled. */
	settledBytes(): number;
	outcome(): TransferOutcome;
}

export function createTransferTally(
	/** Bytes of an entry. */
	sizeOf: (entry: number) => number,
): TransferTally {
	const pending = new Set<number>();
	let settledBytes = 0;
	let savedCount = 0;
	let failedCount = 0;
	let firstError: ErrorInfo | undefined;

	const settle = (entry: number): boolean => {
		if (!pending.delete(entry)) return false;
		settledBytes += sizeOf(entry);
		return true;
	};

	const failed: TransferTally['failed'] = (entry, error) => {
		if (!settle(entry)) return false;
		failedCount++;
		firstError ??= error;
		return true;
	};

	return {
		pending,
		want(entries) {
			for (const entry of entries) pending.add(entry);
		},
		refused(count, error) {
			failedCount += count;
			firstError ??= error;
		},
		saved(entry) {
			if (!settle(entry)) return false;
			savedCount++;
			return true;
		},
		failed,
		lose(error) {
			firstError ??= error;
			const lost = [...pending];
			for (const entry of lost) failed(entry, error);
			return lost;
		},
		settledBytes: () => settledBytes,
		outcome: () =>
			firstError
				? {
						kind: 'failed',
						saved: savedCount,
						failed: failedCount,
						error: firstError,
					}
				: {kind: 'saved', saved: savedCount},
	};
}
