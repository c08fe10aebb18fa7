import * as native from '@napi-rs/blake-hash';
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	createHasher,
	createNativeDigest,
	createNativeHasher,
	createWasmDigest,
	createWasmHasher,
	loadDigest,
	noneEqual,
} from '../../source/storage/hasher.js';
import {toHex} from '../../source/util/bytes.js';

// From the test vectors of the BLAKE3 reference: bytes count 0, 1 … 250, 0, 1 …
const vectors: ReadonlyArray<readonly [number, string]> = [
	[0, 'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262'],
	[1, '2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213'],
	[1024, '42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7'],
	[1025, 'd00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444'],
	[31_744, '62b6960e1a44bcc1eb1a611a8d6235b6b4b78f32e7abc4fb4c6cdcce94895c47'],
];

const makers = [
	['native', async () => createNativeHasher(native)],
	['WebAssembly', createWasmHasher],
	['default', createHasher],
] as const;

describe.each(makers)('the %s hasher', (_, make) => {
	it.each(vectors)(
		'hashes %i bytes as BLAKE3 does',
		async (length, expected) => {
			const bytes = Uint8Array.from({length}, (_, index) => index % 251);
			const hasher = await make();
			hasher.update(bytes);
			expect(toHex(hasher.digest())).toBe(expected);
		},
	);

	it('gives the same digest for any split, also into views', async () => {
		const bytes = Uint8Array.from({length: 5000}, (_, index) => index % 251);
		const whole = await make();
		whole.update(bytes);
		const expected = toHex(whole.digest());
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.nat(bytes.length), {maxLength: 20}),
				async cuts => {
					const hasher = await make();
					const ends = [...cuts, bytes.length].sort((a, b) => a - b);
					let start = 0;
					for (const end of ends) {
						hasher.update(bytes.subarray(start, end));
						start = end;
					}

					expect(toHex(hasher.digest())).toBe(expected);
				},
			),
			{numRuns: 20},
		);
	});
});

const digests = [
	['native', async () => createNativeDigest(native)],
	['WebAssembly', createWasmDigest],
	['default', loadDigest],
] as const;

describe.each(digests)('the %s digest', (_, load) => {
	it('is BLAKE3, again and again, also of views', async () => {
		const digest = await load();
		for (const [length, expected] of [...vectors, ...vectors]) {
			const bytes = Uint8Array.from(
				{length: length + 2},
				(_, index) => (index + 250) % 251,
			);
			expect(toHex(digest(bytes.subarray(1, length + 1)))).toBe(expected);
		}
	});
});

it('has an answer for each hash, and none for a part of one', () => {
	expect(noneEqual(new Uint8Array(0))).toEqual([]);
	expect(noneEqual(new Uint8Array(95))).toEqual([false, false]);
});
