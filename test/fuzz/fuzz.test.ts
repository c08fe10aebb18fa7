/** 50,000 streams of chance and 50,000 that were legal, through everything that reads what strangers send. */
import {afterAll, describe, expect, test} from 'vitest';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';
import {fuzz, FuzzFailure} from './fuzz.js';
import {allTargets} from './targets/all.js';
import {writeIn} from './targets/files.js';

const folder = createTemporaryFolder();
writeIn(folder.path);
afterAll(() => {
	folder.remove();
});

const seed = Number(process.env['SOCKTERM_FUZZ_SEED'] ?? Date.now() % 2 ** 31);

test(`seed ${seed}: whatever comes, nobody is harmed`, async () => {
	const {streams} = await fuzz({
		seed,
		streams: 100_000,
		targets: allTargets,
	});
	// Each has had its turns.
	expect([...streams.keys()].sort()).toEqual(
		allTargets.map(({name}) => name).sort(),
	);
	for (const count of streams.values()) expect(count).toBeGreaterThan(500);
});

describe('the fuzzer finds', () => {
	const failureOf = async (read: (pieces: readonly Uint8Array[]) => unknown) =>
		fuzz({
			seed: 1,
			streams: 5_000,
			targets: [
				{
					name: 'broken',
					weight: 1,
					legal: () => new TextEncoder().encode('abcdefgh'),
					read,
				},
			],
		}).then(
			() => '',
			(error: unknown) => (error instanceof FuzzFailure ? error.message : ''),
		);

	test('what throws, and makes it small', async () => {
		const message = await failureOf(pieces => {
			if (Buffer.concat(pieces).includes('cdc')) throw new TypeError('oh');
		});
		expect(message).toContain('--seed 1 --from');
		expect(message).toContain('(hex): 636463\n');
		expect(message).toContain('TypeError: oh');
	});

	test('what depends on the split', async () => {
		expect(await failureOf(pieces => pieces[0]?.[0])).toContain(
			'another result in another split',
		);
	});

	test('the same again from its seed', async () => {
		const read = (pieces: readonly Uint8Array[]) => {
			if (Buffer.concat(pieces).includes('hgf')) throw new Error('oh');
		};

		expect(await failureOf(read)).toBe(await failureOf(read));
	});
});
