/** The file of the history: who may read it, and what becomes of one that is damaged or of another version. */
import {
	chmodSync,
	existsSync,
	readdirSync,
	readFileSync,
	statSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {describe, expect, onTestFinished, test} from 'vitest';
import {limits} from '../../source/limits.js';
import {bob, said} from '../helpers/history-entries.js';
import {codeOf, end, folderPath, opened, series} from './opened-history.js';

describe('the file', () => {
	test('is for its owner alone, with all that stands beside it', () => {
		const {store, path} = opened();
		store.append(series(1));
		const names = readdirSync(path).filter(name => name.startsWith('history'));
		expect(names).toContain('history.db-wal');
		for (const name of names) {
			expect(statSync(join(path, name)).mode & 0o777).toBe(0o600);
		}
	});

	test('is set aside when it is no database, and never twice the same', () => {
		const path = folderPath();
		for (const number of ['', '-2']) {
			writeFileSync(join(path, 'history.db'), 'no database '.repeat(1000));
			const {store, setAside} = opened(path);
			expect(setAside).toBe(join(path, `history.db.corrupt${number}`));
			store.append(series(1));
			store.close(undefined);
			expect(readFileSync(setAside!, 'utf8')).toContain('no database');
		}
	});

	test('is set aside when it was cut short, and nothing else is touched', () => {
		const path = folderPath();
		for (const name of ['trust.json', 'identity.pem']) {
			writeFileSync(join(path, name), name);
		}

		const first = opened(path);
		first.store.append(series(2_000));
		first.store.close(undefined);
		truncateSync(first.file, 8192);
		const {store, setAside} = opened(path);
		expect(setAside).toBeDefined();
		store.append(series(1));
		expect(store.stat(undefined).rows).toBe(1);
		for (const name of ['trust.json', 'identity.pem']) {
			expect(readFileSync(join(path, name), 'utf8')).toBe(name);
		}
	});

	test('damaged while it is used is set aside, and the next call works', () => {
		const {store, file} = opened();
		for (let batch = 0; batch < 20; batch++) store.append(series(500));
		store.close(undefined);
		const whole = readFileSync(file);
		// All pages behind the tables' own are noise now.
		whole.fill(0x5a, 16 * 4096);
		writeFileSync(file, whole);
		const code = codeOf(() => {
			for (let index = 0; index < 3; index++) {
				store.page({key: bob, from: end, limit: 5000});
				store.search({needle: 'line', limit: 5000});
			}
		});
		expect(code).toBe('historyDamaged');
		expect(existsSync(`${file}.corrupt`)).toBe(true);
		store.append(series(1));
		expect(store.stat(undefined).rows).toBe(1);
	});

	test('of a later version is left alone', () => {
		const {store, path, file} = opened();
		store.close(undefined);
		const database = new DatabaseSync(file);
		database.exec('PRAGMA user_version = 99');
		database.close();
		const before = readFileSync(file);
		expect(codeOf(() => opened(path))).toBe('historyNewer');
		expect(readFileSync(file)).toEqual(before);
	});

	test('of version 1 is found in as a new one', () => {
		const {store, path, file} = opened();
		store.append([said('好', {order: 1}), ...series(limits.historyScanRows)]);
		store.close(undefined);
		const database = new DatabaseSync(file);
		database.exec(`
			DROP INDEX row_once;
			ALTER TABLE row DROP COLUMN once;
			DROP TABLE found;
			DROP VIEW searched;
			CREATE VIRTUAL TABLE found USING fts5(
				text, content='row', content_rowid='id', tokenize='trigram'
			);
			INSERT INTO found (found) VALUES ('rebuild');
			PRAGMA user_version = 1;
		`);
		database.close();
		const {store: later} = opened(path);
		for (const needle of ['好', 'line 77']) {
			const {hits} = later.search({needle, limit: 1});
			expect(hits).toHaveLength(1);
		}
	});

	test('that cannot be made is a sentence', () => {
		expect(codeOf(() => opened(join(folderPath(), 'missing')))).toBe(
			'historyUnusable',
		);
		const path = folderPath();
		chmodSync(path, 0o500);
		onTestFinished(() => chmodSync(path, 0o700));
		if (process.getuid?.() === 0) return;
		expect(codeOf(() => opened(path))).toBe('historyUnusable');
	});
});
