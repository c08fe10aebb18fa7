/**
 * Adds rows to the history. Invariants: a batch is there whole or not at all; a
 * row is found by a search from the moment on in which it is there; what has a name
 * is there once, whichever run or program kept it.
 */
import type {DatabaseSync} from 'node:sqlite';
import type {HistoryEntry, NewRow} from '../../engine/ports.js';
import {limits} from '../../limits.js';
import {toData} from './row-data.js';
import {againTable} from './schema.js';

export interface HistoryRows {
	append(entries: readonly HistoryEntry[]): void;
}

/** Does all of it or nothing. */
export function inTransaction(database: DatabaseSync, work: () => void): void {
	database.exec('BEGIN IMMEDIATE');
	try {
		work();
		database.exec('COMMIT');
	} catch (error) {
		// A full disk has rolled back already.
		if (database.isTransaction) database.exec('ROLLBACK');
		throw error;
	}
}

export function conversationIds(database: DatabaseSync) {
	const find = database.prepare('SELECT id FROM conversation WHERE key = ?');
	const add = database.prepare(
		'INSERT INTO conversation (key) VALUES (?) ON CONFLICT DO NOTHING',
	);
	const idOf = (key: string): number | undefined => {
		const row = find.get(key);
		return row ? Number(row['id']) : undefined;
	};

	return {
		idOf,
		made(key: string): number {
			const there = idOf(key);
			if (there !== undefined) return there;
			add.run(key);
			return idOf(key)!;
		},
	};
}

export function runIdOf(database: DatabaseSync, run: string): number {
	database
		.prepare('INSERT INTO run (key) VALUES (?) ON CONFLICT DO NOTHING')
		.run(run);
	const row = database.prepare('SELECT id FROM run WHERE key = ?').get(run);
	return Number(row!['id']);
}

export function createHistoryRows(
	database: DatabaseSync,
	run: number,
): HistoryRows {
	const conversations = conversationIds(database);
	const insert = database.prepare(
		`INSERT INTO row (at, conversation, run, place, part, size, text, data, bytes, once)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
	);
	database.exec(againTable);
	const again = database.prepare(
		`INSERT OR REPLACE INTO again (conversation, row, place, part)
		SELECT ?, id, ?, ? FROM row WHERE once = ?`,
	);
	const index = database.prepare(
		'INSERT INTO found (rowid, text) SELECT id, text FROM searched WHERE id = ?',
	);
	const place = database.prepare(
		'INSERT INTO placed (conversation, row) VALUES (?, ?) ON CONFLICT DO NOTHING',
	);
	const weigh = database.prepare(
		'UPDATE conversation SET bytes = bytes + ? WHERE id = ?',
	);
	const decide = database.prepare(
		"UPDATE row SET data = json_set(data, '$.delivered', ?, '$.failed', ?) WHERE id = ?",
	);
	const see = database.prepare(
		`INSERT INTO peer (peer, name, firstAt, lastAt) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET lastAt = max(lastAt, excluded.lastAt)`,
	);

	/** Our messages whose fate may still come, oldest first. */
	const sent = new Map<string, number>();
	const remember = (message: string, id: number) => {
		sent.set(message, id);
		const [oldest] = sent.keys();
		if (sent.size > limits.outboxMessages) sent.delete(oldest!);
	};

	const add = ({keys, at, order, part, kept, text, once}: NewRow) => {
		const {data, bytes, size} = toData(kept, text);
		const home = conversations.made(keys[0]);
		const {changes, lastInsertRowid} = insert.run(
			at,
			home,
			run,
			order,
			part,
			size,
			text,
			data,
			bytes,
			once ?? null,
		);
		if (Number(changes) === 0) {
			again.run(home, order, part, once ?? null);
			return;
		}

		index.run(lastInsertRowid);
		weigh.run(size, home);
		for (const key of new Set(keys)) {
			place.run(conversations.made(key), lastInsertRowid);
		}

		if (kept.kind === 'sent') remember(kept.message, Number(lastInsertRowid));
	};

	return {
		append(entries) {
			inTransaction(database, () => {
				for (const entry of entries) {
					if (entry.what === 'row') {
						add(entry);
					} else if (entry.what === 'seen') {
						see.run(entry.peer, entry.name, entry.at, entry.at);
					} else {
						const id = sent.get(entry.message);
						if (id !== undefined) {
							decide.run(entry.delivered, entry.failed, id);
						}
					}
				}
			});
		},
	};
}
