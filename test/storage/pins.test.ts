import {
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
import type {PeerId, TrustBook} from '../../source/engine/ports.js';
import {SocktermError} from '../../source/errors.js';
import {limits} from '../../source/limits.js';
import {createPins} from '../../source/storage/pins.js';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';

const empty: TrustBook = {pins: [], blockedKeys: [], blockedAddresses: []};
const key = (digits: string) => digits.repeat(32) as PeerId;

const filled: TrustBook = {
	pins: [
		{peerId: key('0b'), petname: 'bob', addedAt: 1_700_000_000_000},
		{
			peerId: key('ca'),
			petname: '老张',
			addedAt: 1,
			target: {host: 'carol.example', port: 9090},
			host: '10.0.0.7',
			autoAccept: {bytes: 2e9, entries: 100, dayBytes: 2e10},
			granted: [{at: 1_700_000_000_000, bytes: 4_096}],
		},
	],
	blockedKeys: [key('ff')],
	blockedAddresses: ['10.0.0.9', 'fe80::/10'],
};

function opened() {
	const folder = createTemporaryFolder();
	onTestFinished(() => folder.remove());
	const path = join(folder.path, 'trust.json');
	return {folder: folder.path, path, pins: createPins(folder.path)};
}

async function codeOf(promise: Promise<unknown>) {
	const error: unknown = await promise.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	return error instanceof SocktermError ? error.info.code : error;
}

describe('pins', () => {
	test('are none where there is no file, and make none', async () => {
		const {pins, folder} = opened();
		expect(await pins.load()).toEqual(empty);
		expect(readdirSync(folder)).toEqual([]);
	});

	test('come back, for their owner alone, with nothing beside them', async () => {
		const {pins, folder, path} = opened();
		await pins.save(empty);
		await pins.save(filled);
		expect(await createPins(folder).load()).toEqual(filled);
		expect(readdirSync(folder)).toEqual(['trust.json']);
		expect(statSync(path).mode & 0o777).toBe(0o600);
	});

	const [bob] = filled.pins;
	const withPins = (...pins: object[]) =>
		JSON.stringify({...filled, version: 1, pins});
	test.each([
		['no JSON', '{"version":1,'],
		['nothing', ''],
		['something else', '[]'],
		['no version', JSON.stringify(filled)],
		['half a key', withPins({...bob, peerId: 'ab'})],
		['a key in capitals', withPins({...bob, peerId: key('AB')})],
		['a name of two words', withPins({...bob, petname: 'bob the'})],
		[
			'a name with a hidden character',
			withPins({...bob, petname: 'b\u200Bob'}),
		],
		['two of a key', withPins(bob!, {...bob, petname: 'other'})],
		['two of a name', withPins(bob!, {...bob, peerId: key('aa')})],
		['no block list', JSON.stringify({version: 1, pins: []})],
		[
			'too many',
			JSON.stringify({
				...empty,
				version: 1,
				blockedAddresses: Array.from({length: limits.blocked + 1}, () => '::1'),
			}),
		],
		['too much', ' '.repeat(limits.trustFileBytes + 1)],
	])('%s is set aside whole', async (_, text) => {
		const {pins, folder, path} = opened();
		for (const name of ['trust.json.corrupt', 'trust.json.corrupt-2']) {
			writeFileSync(path, text);
			expect(await codeOf(pins.load())).toBe('trustDamaged');
			expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
			expect(await pins.load()).toEqual(empty);
		}

		await pins.save(filled);
		expect(await pins.load()).toEqual(filled);
	});

	test('of a later version are left alone', async () => {
		const {pins, folder, path} = opened();
		const later = JSON.stringify({version: 2, everything: 'new'});
		writeFileSync(path, later);
		expect(await codeOf(pins.load())).toBe('trustUnusable');
		expect(readdirSync(folder)).toEqual(['trust.json']);
		expect(readFileSync(path, 'utf8')).toBe(later);
	});

	test('are no link and no folder', async () => {
		const first = opened();
		symlinkSync('/etc/hostname', first.path);
		expect(await codeOf(first.pins.load())).toBe('trustUnusable');
		const second = opened();
		mkdirSync(second.path);
		expect(await codeOf(second.pins.load())).toBe('trustDamaged');
	});

	test('that cannot be written are told', async () => {
		const {folder} = opened();
		const gone = createPins(join(folder, 'nowhere'));
		expect(await codeOf(gone.save(empty))).toBe('trustUnusable');
		expect(readdirSync(folder)).toEqual([]);
	});

	test('property: whatever stands in the file, it loads or is set aside', async () => {
		const {pins, path} = opened();
		await fc.assert(
			fc.asyncProperty(
				fc.oneof(fc.json(), fc.string({unit: 'binary'})),
				async text => {
					writeFileSync(path, text);
					const code = await codeOf(pins.load());
					expect([undefined, 'trustDamaged', 'trustUnusable']).toContain(code);
				},
			),
			{numRuns: 50},
		);
	});
});
