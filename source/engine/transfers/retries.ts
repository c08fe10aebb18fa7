/** What could be sent again of transfers that have finished: where it came from, and what did not arrive. */
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import type {Sources} from './gather-sources.js';
import type {TransferId} from '../ids.js';
import type {PeerEntry} from '../sessions/peer-table.js';
import type {Transfer} from '../state.js';

export interface Retryable {
	readonly entry: PeerEntry;
	readonly paths: readonly string[];
	/** Paths of entries, joined by `/`. */
	readonly missing: ReadonlySet<string>;
}

export interface Retries {
	/** `transfer` as it ended; nothing is remembered where everything arrived or came from a pipe. */
	remember(
		id: TransferId,
		entry: PeerEntry,
		sources: Sources,
		transfer: Transfer | undefined,
	): void;
	/** Throws nothingToRetry. */
	find(id: TransferId): Retryable;
	/** It was offered again. */
	forget(id: TransferId): void;
}

export function createRetries(): Retries {
	const retryable = new Map<TransferId, Retryable>();
	return {
		remember(id, entry, {files, paths}, transfer) {
			const missing = new Set<string>();
			for (const [index, {path}] of files.entries()) {
				const phase = transfer?.entries.get(index)?.phase;
				if (phase?.kind !== 'saved') missing.add(path.join('/'));
			}

			if (paths.length === 0 || missing.size === 0) return;
			retryable.set(id, {entry, paths, missing});
			const [oldest] = retryable.keys();
			if (oldest && retryable.size > limits.finishedTransfers) {
				retryable.delete(oldest);
			}
		},
		find(id) {
			const found = retryable.get(id);
			if (!found) throw new SocktermError('nothingToRetry');
			return found;
		},
		forget(id) {
			retryable.delete(id);
		},
	};
}
