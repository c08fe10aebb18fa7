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
		SELECT 'delete', id, text FROM row WHERE id IN (SELECT id FROM leaving)`,
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

	/** Pages of the index that are half empty become fewer. */
	const merge = database.prepare(
		`INSERT INTO found (found, rank) VALUES ('merge', -${limits.historyPagesFreed})`,
	);

	const shrink = () => {
		merge.run();
		database.exec(`PRAGMA incremental_vacuum(${limits.historyPagesFreed})`);
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
				const id = conversations.idOf(key);
				if (id === undefined) return 0;
				for (;;) {
					const count = remove(() => ofConversation.run(id));
					removed += count;
					if (count < limit) break;
				}

				// What belongs to others and was shown here, too.
				database.prepare('DELETE FROM placed WHERE conversation = ?').run(id);
			}

			database.exec('PRAGMA incremental_vacuum');
			database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
			return removed;
		},
		/** So many at once, oldest first; how many there were. */
		prune({maxAgeMs, maxBytes}: Retention, now: number): number {
			const old = remove(() => tooOld.run(now - maxAgeMs));
			if (old > 0) {
				shrink();
				return old;
			}

			if (usedBytes(database) <= maxBytes) return 0;
			const id = largest.get()?.['id'];
			const count = remove(() => ofConversation.run(Number(id ?? 0)));
			shrink();
			return count;
		},
	};
}
