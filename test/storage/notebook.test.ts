import {
	chmodSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {Notebook} from '../../source/engine/ports.js';
import {SocktermError} from '../../source/errors.js';
import {limits} from '../../source/limits.js';
import {createNotebook} from '../../source/storage/notebook.js';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';

const empty: Notebook = {snippets: [], addresses: []};

const filled: Notebook = {
	snippets: [
		{name: 'ping', line: '01 03 $crc16/modbus', notation: 'hex', key: 1},
		{name: 'grüß', line: '你好\u0000"\\', notation: 'text'},
	],
	addresses: [
		{name: 'plc', target: {kind: 'raw', host: '10.0.0.5', port: 502}},
	],
};

function opened() {
	const folder = createTemporaryFolder();
	onTestFinished(() => folder.remove());
	const path = join(folder.path, 'notebook.json');
	return {folder: folder.path, path, notebook: createNotebook(folder.path)};
}

async function codeOf(promise: Promise<unknown>) {
	const error: unknown = await promise.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	return error instanceof SocktermError ? error.info.code : error;
}

describe('the notebook', () => {
	test('is empty where there is none, and makes no file', async () => {
		const {notebook, folder} = opened();
		expect(await notebook.load()).toEqual(empty);
		expect(readdirSync(folder)).toEqual([]);
	});

	test('comes back, for its owner alone, with nothing beside it', async () => {
		const {notebook, folder, path} = opened();
		await notebook.save(empty);
		await notebook.save(filled);
		expect(await createNotebook(folder).load()).toEqual(filled);
		expect(readdirSync(folder)).toEqual(['notebook.json']);
		expect(statSync(path).mode & 0o777).toBe(0o600);
	});

	test.each([
		['no JSON', '{"version":1,'],
		['nothing', ''],
		['something else', '[1,2]'],
		['a wrong entry', JSON.stringify({...filled, version: 1, snippets: [{}]})],
		[
			'a key that is none',
			JSON.stringify({
				version: 1,
				addresses: [],
				snippets: [{...filled.snippets[0], key: 10}],
			}),
		],
		[
			'too many',
			JSON.stringify({
				version: 1,
				addresses: [],
				snippets: Array.from(
					{length: limits.notebookItems + 1},
					() => filled.snippets[0],
				),
			}),
		],
	])('%s is set aside whole, and another beside it', async (_, text) => {
		const {notebook, folder, path} = opened();
		for (const name of ['notebook.json.corrupt', 'notebook.json.corrupt-2']) {
			writeFileSync(path, text);
			expect(await codeOf(notebook.load())).toBe('notebookDamaged');
			expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
			expect(await notebook.load()).toEqual(empty);
		}

		await notebook.save(filled);
		expect(await notebook.load()).toEqual(filled);
		expect(readdirSync(folder)).toHaveLength(3);
	});

	test('of a later version is left alone', async () => {
		const {notebook, folder, path} = opened();
		const later = JSON.stringify({version: 2, everything: 'new'});
		writeFileSync(path, later);
		expect(await codeOf(notebook.load())).toBe('notebookUnusable');
		expect(readdirSync(folder)).toEqual(['notebook.json']);
		expect(readFileSync(path, 'utf8')).toBe(later);
	});

	test('is no link and no folder', async () => {
		const first = opened();
		symlinkSync('/etc/hostname', first.path);
		expect(await codeOf(first.notebook.load())).toBe('notebookUnusable');
		const second = opened();
		mkdirSync(second.path);
		expect(await codeOf(second.notebook.load())).toBe('notebookDamaged');
	});

	test('that cannot be written keeps what was there', async () => {
		const {notebook, folder, path} = opened();
		await notebook.save(filled);
		const before = readFileSync(path, 'utf8');
		// The superuser may write anywhere: what is in the way is of the wrong kind.
		const gone = createNotebook(join(folder, 'nowhere'));
		expect(await codeOf(gone.save(empty))).toBe('notebookUnusable');
		if (process.getuid?.() !== 0) {
			chmodSync(folder, 0o500);
			expect(await codeOf(notebook.save(empty))).toBe('notebookUnusable');
			chmodSync(folder, 0o700);
		}

		expect(readFileSync(path, 'utf8')).toBe(before);
	});

	test('property: whatever stands in the file, it loads or is set aside', async () => {
		const {notebook, path} = opened();
		await fc.assert(
			fc.asyncProperty(
				fc.oneof(fc.json(), fc.string({unit: 'binary'})),
				async text => {
					writeFileSync(path, text);
					const code = await codeOf(notebook.load());
					expect([undefined, 'notebookDamaged', 'notebookUnusable']).toContain(
						code,
					);
				},
			),
			{numRuns: 50},
		);
	});
});
