/** A sentence is read when it is said: one that a module keeps from its loading stays in the language of then. */
import {readdirSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {strings} from '../../source/strings/index.js';

const source = resolve(fileURLToPath(import.meta.url), '../../../source');

/** They begin to work when they are loaded. */
const programs = [
	'cli.tsx',
	'engine-worker.ts',
	'storage/file-worker.ts',
	'storage/history/history-worker.ts',
];

/** Tells of every sentence that is read. */
function watch(table: object, path: string, told: (path: string) => void) {
	for (const [key, value] of Object.entries(table)) {
		const name = path === '' ? key : `${path}.${key}`;
		if (typeof value === 'object' && !Array.isArray(value)) {
			watch(value as object, name, told);
			continue;
		}

		const {get} = Object.getOwnPropertyDescriptor(table, key)!;
		Object.defineProperty(table, key, {
			get() {
				told(name);
				return get!.call(table) as unknown;
			},
		});
	}
}

test('no module reads a sentence while it is loaded', async () => {
	const read: string[] = [];
	let loading = '';
	watch(strings, '', path => read.push(`${loading} reads strings.${path}`));
	expect(strings.appName).toBe('sockterm');
	expect(read.splice(0)).toEqual([' reads strings.appName']);

	const modules = readdirSync(source, {recursive: true, encoding: 'utf8'})
		.filter(name => /\.tsx?$/.test(name) && !programs.includes(name))
		.sort();
	expect(modules.length).toBeGreaterThan(300);
	for (const name of modules) {
		loading = name;
		await import(join(source, name));
	}

	expect(read).toEqual([]);
}, 120_000);
