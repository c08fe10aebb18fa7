/**
 * The tables of the history and how they came about. Decides what a file of an
 * older version is turned into. Invariants: a migration is done whole or not at
 * all; a file of a later version is not touched.
 *
 *   run           one start of the program, by its instance
 *   conversation  by its key, with what its rows weigh
 *   row           what was kept; `text` is what is searched, `data` the rest as JSON,
 *                 `once` the name of what may come again
 *   placed        in which conversations a row is shown, in the order of rows
 *   searched      `row.text` and what stands for the two characters after its end
 *   found         the trigrams of `searched.text`: each character of a text begins one
 *   peer          keys that were seen, under which names, and when
 *   setting       what was chosen for good
 */
import type {DatabaseSync} from 'node:sqlite';

export const schemaVersion = 3;

/** Rows that came again in this run, and where: this connection's alone. */
export const againTable = `CREATE TEMP TABLE IF NOT EXISTS again (
	conversation INTEGER NOT NULL,
	row INTEGER NOT NULL,
	place INTEGER NOT NULL,
	part INTEGER NOT NULL,
	PRIMARY KEY (conversation, row)
) WITHOUT ROWID`;

const migrations: readonly string[] = [
	`
	CREATE TABLE run (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
	CREATE TABLE conversation (
		id INTEGER PRIMARY KEY,
		key TEXT NOT NULL UNIQUE,
		bytes INTEGER NOT NULL DEFAULT 0
	);
	CREATE TABLE row (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		at INTEGER NOT NULL,
		conversation INTEGER NOT NULL,
		run INTEGER NOT NULL,
		place INTEGER NOT NULL,
		part INTEGER NOT NULL,
		size INTEGER NOT NULL,
		text TEXT NOT NULL,
		data TEXT NOT NULL,
		bytes BLOB
	);
	CREATE INDEX row_at ON row (at);
	CREATE INDEX row_conversation ON row (conversation, id);
	CREATE TABLE placed (
		conversation INTEGER NOT NULL,
		row INTEGER NOT NULL,
		PRIMARY KEY (conversation, row)
	) WITHOUT ROWID;
	CREATE INDEX placed_row ON placed (row);
	CREATE VIRTUAL TABLE found USING fts5(
		text, content='row', content_rowid='id', tokenize='trigram'
	);
	CREATE TABLE peer (
		peer TEXT NOT NULL,
		name TEXT NOT NULL,
		firstAt INTEGER NOT NULL,
		lastAt INTEGER NOT NULL,
		PRIMARY KEY (peer, name)
	) WITHOUT ROWID;
	CREATE TABLE setting (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
	`,
	// Some ten seconds for a million rows, on the history's own thread.
	`
	CREATE VIEW searched AS SELECT id, text || char(3, 3) AS text FROM row;
	DROP TABLE found;
	CREATE VIRTUAL TABLE found USING fts5(
		text, content='searched', content_rowid='id', tokenize='trigram'
	);
	INSERT INTO found (found) VALUES ('rebuild');
	`,
	`
	ALTER TABLE row ADD COLUMN once TEXT;
	CREATE UNIQUE INDEX row_once ON row (once) WHERE once IS NOT NULL;
	`,
];

export function versionOf(database: DatabaseSync): number {
	const row = database.prepare('PRAGMA user_version').get();
	return Number(row?.['user_version'] ?? 0);
}

/** Brings the tables to this version; the file must not be of a later one. */
export function migrate(database: DatabaseSync): void {
	if (versionOf(database) === schemaVersion) return;
	// Before the first table, or it has no effect.
	database.exec('PRAGMA auto_vacuum = INCREMENTAL');
	database.exec('BEGIN IMMEDIATE');
	try {
		// Another program may have done it while this one waited.
		for (const migration of migrations.slice(versionOf(database))) {
			database.exec(migration);
		}

		database.exec(`PRAGMA user_version = ${schemaVersion}`);
		database.exec('COMMIT');
	} catch (error) {
		database.exec('ROLLBACK');
		throw error;
	}
}
