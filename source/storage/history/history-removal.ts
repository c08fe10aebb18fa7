/**
 * Takes rows out of the history: those of a conversation, those that are too old,
 * those that are too much. Decides which go first: where there is too much, the
 * oldest of the conversation that takes the most room, so that a flood cannot
 * push out what people said. Invariant: what is gone is gone from the index and
 * from the file, too.
 */
import type {DatabaseSync} from 'node:sqlite';
import type {Retention} from '../../engine/ports.js';
import {limits} from '../../limits.js';
import {conversationIds, inTransaction} from './history-rows.js';

export function usedBytes(database: DatabaseSync): number {
	const pragma = (name: string) =>
		Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
	return (
		(pragma('page_count') - pragma('freelist_count')) * pragma('page_size')
	);
}

export function createHistoryRemoval(database: DatabaseSync) {
	const conversations = conversationIds(database);
	database.exec(
		'CREATE TEMP TABLE IF NOT EXISTS leaving (id INTEGER PRIMARY KEY)',
	);
	const limit = limits.historyRowsRemoved;
	const ofConversation = database.prepare(
		`INSERT INTO leaving SELECT id FROM row WHERE conversation = ? ORDER BY id LIMIT ${limit}`,
	);
	const tooOld = database.prepare(
		`INSERT INTO leaving SELECT id FROM row WHERE at < ? ORDER BY at LIMIT ${limit}`,
	);
	const largest = database.prepare(
		'SELECT id FROM conversation ORDER BY bytes DESC LIMIT 1',
	);
	const steps = [
		`INSERT INTO found (found, rowid, text)
		SELECT 'delete', id, text FROM searched WHERE id IN (SELECT id FROM leaving)`,
		`UPDATE conversation SET bytes = bytes - coalesce((
			SELECT sum(size) FROM row
			WHERE row.conversation = conversation.id AND row.id IN (SELECT id FROM leaving)
		), 0) WHERE id IN (
			SELECT conversation FROM row WHERE id IN (SELECT id FROM leaving)
		)`,
		'DELETE FROM placed WHERE row IN (SELECT id FROM leaving)',
		'DELETE FROM row WHERE id IN (SELECT id FROM leaving)',
		'DELETE FROM leaving',
	].map(sql => database.prepare(sql));

	/** Removes what `choose` puts into `leaving`; how many rows. */
	const remove = (choose: () => unknown): number => {
		let count = 0;
		inTransaction(database, () => {
			choose();
			const row = database.prepare('SELECT count(*) AS n FROM leaving').get();
			count = Number(row?.['n'] ?? 0);
			if (count > 0) for (const step of steps) step.run();
		});
		return count;
	};

	const kept = database.prepare(
		'SELECT coalesce(sum(bytes), 0) AS n FROM conversation',
	);
	const total = database.prepare('SELECT total_changes() AS n');
	const merge = database.prepare(
		`INSERT INTO found (found, rank) VALUES ('merge', -${limits.historyPagesFreed})`,
	);

	/** Takes what was removed out of the index, a little at a time; whether there was anything to do. */
	const tidy = (): boolean => {
		const before = Number(total.get()?.['n']);
		merge.run();
		database.exec(`PRAGMA incremental_vacuum(${limits.historyPagesFreed})`);
		// SQLite's documentation of "merge": a change of less than 2 means that nothing was left to do.
		return Number(total.get()?.['n']) - before >= 2;
	};

	/** Costs half a millisecond a row, in place of a mark in the index that a later merge takes out. */
	const setSecure = (isSecure: boolean) => {
		database.exec(
			`INSERT INTO found (found, rank) VALUES ('secure-delete', ${isSecure ? 1 : 0})`,
		);
	};

	const clearOne = (key: string): number => {
		const id = conversations.idOf(key);
		if (id === undefined) return 0;
		let removed = 0;
		setSecure(true);
		try {
			const count = remove(() => ofConversation.run(id));
			removed += count;
			if (count < limit) return removed;
		} finally {
			setSecure(false);
		}

		for (;;) {
			const count = remove(() => ofConversation.run(id));
			removed += count;
			if (count < limit) break;
		}

		// The whole index is written anew: some seconds for a million rows.
		database.exec("INSERT INTO found (found) VALUES ('optimize')");
		return removed;
	};

	return {
		clear(key: string | undefined): number {
			let removed = 0;
			if (key === undefined) {
				inTransaction(database, () => {
					const row = database.prepare('SELECT count(*) AS n FROM row').get();
					removed = Number(row?.['n'] ?? 0);
					database.exec(
						`INSERT INTO found (found) VALUES ('delete-all');
						DELETE FROM placed; DELETE FROM row; DELETE FROM peer;
						UPDATE conversation SET bytes = 0;`,
					);
				});
			} else {
				removed = clearOne(key);
				// What belongs to others and was shown here, too.
				const id = conversations.idOf(key) ?? 0;
				database.prepare('DELETE FROM placed WHERE conversation = ?').run(id);
			}

			database.exec('PRAGMA incremental_vacuum');
			database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
			return removed;
		},
		/** So many at once, oldest first; 0 once nothing is left to do. */
		prune({maxAgeMs, maxBytes}: Retention, now: number): number {
			const old = remove(() => tooOld.run(now - maxAgeMs));
			if (old > 0) {
				tidy();
				return old;
			}

			if (Number(kept.get()?.['n']) > maxBytes) {
				const id = Number(largest.get()?.['id'] ?? 0);
				const count = remove(() => ofConversation.run(id));
				tidy();
				return count;
			}

			// What was removed is still in the index.
			return usedBytes(database) > maxBytes && tidy() ? 1 : 0;
		},
	};
}
