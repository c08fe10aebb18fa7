/** The history on real files. */
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import type {HistoryEntry} from '../../source/engine/ports.js';
import {limits} from '../../source/limits.js';
import {bob, device, entry, said, sentRow} from '../helpers/history-entries.js';
import {end, folderPath, opened, series, textsOf} from './opened-history.js';

describe('pages', () => {
	test('go back from the end to the first row, each row once', () => {
		const {store} = opened();
		store.append(series(25));
		const seen: string[] = [];
		let page = store.page({key: bob, from: end, limit: 10});
		seen.unshift(...textsOf(page));
		while (page.hasOlder) {
			const id = page.rows[0]!.id;
			page = store.page({key: bob, from: {kind: 'before', id}, limit: 10});
			seen.unshift(...textsOf(page));
		}

		expect(seen).toEqual(series(25).map((_, index) => `line ${index}`));
	});

	test('leave out what is in memory, and only that', () => {
		const path = folderPath();
		opened(path, 'run 1').store.append(series(3));
		const {store} = opened(path, 'run 2');
		store.append(series(4, 10));
		const page = store.page({
			key: bob,
			from: end,
			upTo: {order: 12, part: 0},
			limit: 10,
		});
		expect(textsOf(page)).toEqual([
			'line 0',
			'line 1',
			'line 2',
			'line 10',
			'line 11',
		]);
		expect(page.rows.map(({isThisRun}) => isThisRun)).toEqual([
			false,
			false,
			false,
			true,
			true,
		]);
		const id = page.rows[3]!.id;
		const after = store.page({
			key: bob,
			from: {kind: 'after', id},
			upTo: {order: 12, part: 0},
			limit: 10,
		});
		expect(textsOf(after)).toEqual(['line 11']);
		expect(after.hasNewer).toBe(false);
	});

	test('hold what has a name once, and not where it has come again', () => {
		const path = folderPath();
		const named = (order: number, part = 0): HistoryEntry => {
			const row = said(`named ${order + part}`, {order});
			return {...row, part, once: `#lab/bob/1-${order + part}`} as HistoryEntry;
		};

		const first = opened(path, 'run 1').store;
		first.append([...series(1), named(1), named(2), named(3)]);
		const {store} = opened(path, 'run 2');
		// Restored together, at one place of this run; one of them was lost.
		store.append([named(2, 0), named(3, 0), named(4, 0)]);
		const page = (place: number) =>
			textsOf(
				store.page({
					key: bob,
					from: end,
					upTo: {order: place, part: 0},
					limit: 10,
				}),
			);
		expect(page(2)).toEqual(['line 0', 'named 1']);
		expect(page(3)).toEqual(['line 0', 'named 1', 'named 2']);
		expect(page(5)).toEqual([
			'line 0',
			'named 1',
			'named 2',
			'named 3',
			'named 4',
		]);
		// All does not hold what was restored.
		const {rows} = store.page({
			key: 'all',
			from: end,
			upTo: {order: 2, part: 0},
			limit: 10,
		});
		expect(rows).toHaveLength(4);
		expect(store.search({needle: 'named', limit: 10}).hits).toHaveLength(4);
	});

	test('around a row and around a date', () => {
		const {store} = opened();
		store.append(series(100));
		const {rows} = store.page({key: bob, from: end, limit: 50});
		const middle = rows[0]!;
		const around = store.page({
			key: bob,
			from: {kind: 'around', id: middle.id},
			limit: 10,
		});
		expect(textsOf(around)).toEqual(
			Array.from({length: 10}, (_, index) => `line ${45 + index}`),
		);
		expect(around.target).toBe(middle.id);
		expect(around).toMatchObject({hasOlder: true, hasNewer: true});
		const dated = store.page({
			key: bob,
			from: {kind: 'date', at: 20},
			limit: 4,
		});
		expect(textsOf(dated)).toEqual([
			'line 18',
			'line 19',
			'line 20',
			'line 21',
		]);
	});

	test('are bounded in bytes', () => {
		const {store} = opened();
		const bytes = new Uint8Array(limits.historyRowBytes);
		const frames = Array.from({length: 100}, (_, order) =>
			entry(
				{order, key: device},
				{
					kind: 'frame',
					name: '10.0.0.5',
					trust: 'PLAIN',
					bytes,
					head: 0,
					tail: 0,
					ending: 'whole',
					encoding: 'gb18030',
				},
				'x',
			),
		);
		store.append(frames);
		const page = store.page({key: device, from: end, limit: 100});
		expect(page.hasOlder).toBe(true);
		expect(page.rows.length * bytes.length).toBeLessThanOrEqual(
			limits.historyPageBytes + 2 * bytes.length,
		);
	});

	test('give back what was kept, bytes too', () => {
		const {store} = opened();
		const kept = {
			kind: 'frame',
			name: '10.0.0.5',
			trust: 'PLAIN',
			bytes: new Uint8Array([0, 255, 10]),
			head: 1,
			tail: 1,
			ending: 'quiet',
			encoding: 'gb18030',
		} as const;
		store.append([entry({order: 1, key: device, at: 99}, kept, 'text')]);
		const {rows} = store.page({key: 'all', from: end, limit: 9});
		expect(rows).toMatchObject([{key: device, at: 99, kept}]);
		expect(rows[0]!.kept).toEqual(kept);
	});

	test('know what became of a message', () => {
		const {store} = opened();
		store.append([sentRow('hi', 'm1', 1)]);
		store.append([{what: 'fate', message: 'm1', delivered: 1, failed: 0}]);
		const {rows} = store.page({key: bob, from: end, limit: 9});
		expect(rows[0]!.kept).toMatchObject({delivered: 1, failed: 0});
	});
});

describe('a search', () => {
	test('finds Chinese, by three characters and by two and one', () => {
		const {store} = opened();
		store.append([
			said('你好世界，再见', {order: 1}),
			said('Hello World', {order: 2}),
		]);
		for (const needle of ['好世界', '世界', '界', '再见']) {
			const {hits} = store.search({needle, limit: 9});
			expect(hits.map(({text}) => text)).toEqual(['你好世界，再见']);
		}

		for (const needle of ['hello w', 'LO', 'wOrLd']) {
			expect(store.search({needle, limit: 9}).hits).toHaveLength(1);
		}
	});

	test('takes nothing in the needle for an operator', () => {
		const {store} = opened();
		store.append([said('say "a AND b*" 100%_\\ now', {order: 1})]);
		for (const needle of ['"a AND b*"', '%_', '_\\', '"']) {
			expect(store.search({needle, limit: 9}).hits).toHaveLength(1);
		}

		for (const needle of ['a OR now', 'x%', 'a_', 'text:say']) {
			expect(store.search({needle, limit: 9}).hits).toHaveLength(0);
		}
	});

	test('goes on where it stopped, with and without the index', () => {
		const {store} = opened();
		store.append(series(30));
		for (const needle of ['line', 'li']) {
			const found: number[] = [];
			let before: number | undefined;
			do {
				const {hits, next} = store.search({
					needle,
					limit: 7,
					...(before === undefined ? {} : {before}),
				});
				found.push(...hits.map(({id}) => id));
				before = next;
			} while (before !== undefined);
			expect(found).toEqual(Array.from({length: 30}, (_, index) => 30 - index));
		}
	});

	test('finds one and two characters however long ago, wherever they stand, in any case', () => {
		const {store} = opened();
		const texts = ['好', 'ok', 'at the end 世', 'Ωmega ς', '世 first', 'ÀB'];
		store.append(texts.map((text, order) => said(text, {order})));
		store.append(series(limits.historyScanRows, texts.length));
		for (const [needle, ...expected] of [
			['好', '好'],
			['K', 'ok'],
			['OK', 'ok'],
			['世', '世 first', 'at the end 世'],
			[' 世', 'at the end 世'],
			['ωM', 'Ωmega ς'],
			['Σ', 'Ωmega ς'],
			['àb', 'ÀB'],
			['界'],
		] as const) {
			const {hits, next} = store.search({needle, limit: 9});
			expect(hits.map(({text}) => text)).toEqual(expected);
			expect(next).toBeUndefined();
		}

		// Part of what is found is in rows that were looked at.
		store.append([said('世界', {order: 1})]);
		const {hits} = store.search({needle: '世', limit: 2});
		expect(hits.map(({text}) => text)).toEqual(['世界', '世 first']);
		store.clear({key: bob});
		expect(store.search({needle: '世', limit: 9}).hits).toEqual([]);
	});

	test('finds what is frequent behind a flood that came last', () => {
		const {store} = opened();
		const rows = limits.historyScanRows;
		const frequent = Array.from({length: rows}, (_, order) =>
			said(`世 ${order}`, {order}),
		);
		store.append([...frequent, ...series(rows, rows)]);
		const {hits, next} = store.search({needle: '世', limit: 2});
		expect(hits.map(({text}) => text)).toEqual([
			`世 ${rows - 1}`,
			`世 ${rows - 2}`,
		]);
		expect(next).toBe(hits[1]?.id);
	});

	test('stays in a conversation', () => {
		const {store} = opened();
		store.append([
			said('same words', {order: 1}),
			said('same words', {order: 2, key: device}),
		]);
		const {hits} = store.search({needle: 'same', key: device, limit: 9});
		expect(hits.map(({key}) => key)).toEqual([device]);
	});
});

describe('what is cleared', () => {
	test('is gone from pages, searches and the file', () => {
		const {store, file} = opened();
		const word = 'unmistakable-word';
		store.append([
			said(word, {order: 1}),
			said('other', {order: 2, key: device}),
		]);
		expect(store.clear({key: bob})).toBe(1);
		expect(store.page({key: bob, from: end, limit: 9}).rows).toEqual([]);
		expect(textsOf(store.page({key: 'all', from: end, limit: 9}))).toEqual([
			'other',
		]);
		expect(store.search({needle: word, limit: 9}).hits).toEqual([]);
		store.close(undefined);
		const whole = readFileSync(file).toString('latin1');
		expect(whole).toContain('other');
		expect(whole).not.toContain(word);
		expect(whole).not.toContain('unmist');
	});

	test('may be everything', () => {
		const {store, file} = opened();
		store.append([
			said('unmistakable', {order: 1}),
			said('undeniable', {order: 2, key: device}),
			{what: 'seen', peer: 'b0', name: 'unforgettable', at: 1},
		]);
		expect(store.clear({})).toBe(2);
		expect(store.stat(undefined)).toMatchObject({rows: 0, peers: 0});
		store.append(series(1));
		expect(store.search({needle: 'line', limit: 9}).hits).toHaveLength(1);
		store.close(undefined);
		const whole = readFileSync(file).toString('latin1');
		for (const word of ['unmist', 'undeni', 'unforg']) {
			expect(whole).not.toContain(word);
		}
	});
});

describe('retention', () => {
	test('by age', () => {
		const {store} = opened(undefined, 'run', {maxAgeMs: 50});
		store.append(series(100));
		while (store.prune({now: 100}) > 0);
		const page = store.page({key: bob, from: end, limit: 200});
		expect(textsOf(page)[0]).toBe('line 50');
		expect(store.search({needle: 'line 49', limit: 9}).hits).toEqual([]);
	});

	test('by size takes from the largest conversation first', () => {
		const maxBytes = 2_000_000;
		const {store} = opened(undefined, 'run', {maxBytes});
		store.append(series(100));
		const long = 'x'.repeat(500);
		for (let batch = 0; batch < 10; batch++) {
			store.append(
				Array.from({length: 500}, (_, index) =>
					said(`${long} ${index}`, {order: batch, key: device}),
				),
			);
		}

		expect(store.stat(undefined).sizeBytes).toBeGreaterThan(maxBytes);
		while (store.prune({now: 100}) > 0);
		expect(store.stat(undefined).sizeBytes).toBeLessThanOrEqual(maxBytes);
		const page = store.page({key: bob, from: end, limit: 200});
		expect(page.rows).toHaveLength(100);
	});

	test('that was chosen counts in later runs, under what is asked for', () => {
		const path = folderPath();
		const first = opened(path).store;
		first.retain({retention: {maxAgeMs: 7}, lasts: 'everyRun'});
		first.retain({retention: {maxAgeMs: 9}, lasts: 'thisRun'});
		first.close(undefined);
		expect(opened(path).store.stat(undefined).retention).toEqual({
			maxAgeMs: 7,
			maxBytes: limits.historyBytes,
		});
		const asked = {maxAgeMs: 9};
		expect(
			opened(path, 'run', asked).store.stat(undefined).retention.maxAgeMs,
		).toBe(9);
	});
});
