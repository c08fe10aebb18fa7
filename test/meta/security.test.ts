/** docs/security.md names what stands in the repository, and every defect that is put back. */
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {defects} from '../../scripts/defect-list.js';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'security.md'), 'utf8');
const named = [...page.matchAll(/`([^`\s]+)`/g)].map(([, name]) => name!);

test('every test that docs/security.md names exists', () => {
	const tests = named.filter(name => name.endsWith('.test.ts'));
	expect(tests.length).toBeGreaterThan(40);
	const missing = tests.filter(
		name => !name.includes('*') && !existsSync(join(root, 'test', name)),
	);
	expect(missing).toEqual([]);
});

test('every peer and every file of the source that it names exists', () => {
	const peers = named.filter(name => name.endsWith('.py'));
	const sources = named.filter(
		name => /\.tsx?$/.test(name) && !name.includes('.test.'),
	);
	const missing = [
		...peers.map(name => join('test', 'peers', 'hostile', name)),
		...sources
			.filter(name => !name.startsWith('scripts/'))
			.map(name => join('source', name)),
	].filter(path => !existsSync(join(root, path)));
	expect(missing).toEqual([]);
});

test('every defect stands there with the tests that catch it', () => {
	const missing = defects.filter(
		({name, tests}) =>
			!page.includes(name) ||
			tests.some(each => !page.includes(each.replace(/^test\//, ''))),
	);
	expect(missing).toEqual([]);
});

test('every defect is an edit that still applies', () => {
	for (const {name, file, find, put} of defects) {
		const source = readFileSync(join(root, file), 'utf8');
		expect(source.split(find), name).toHaveLength(2);
		expect(put, name).not.toBe(find);
	}
});
