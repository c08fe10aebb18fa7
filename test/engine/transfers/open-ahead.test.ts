/** Which entries are opened before their turn, and that none stays open. */
import * as fc from 'fast-check';
import {expect, it} from 'vitest';
import {createOpenAhead} from '../../../source/engine/transfers/open-ahead.js';
import type {
	EntryKind,
	SourceEntry,
	SourceReader,
} from '../../../source/engine/ports.js';
import {limits} from '../../../source/limits.js';

/** Entries that count what is open of them. */
function entriesOf(
	sizes: readonly number[],
	kind: (index: number) => EntryKind = () => 'file',
) {
	const opened: number[] = [];
	const open = new Set<number>();
	const failing = new Set<number>();
	const entries = sizes.map((sizeBytes, index): SourceEntry => ({
		kind: kind(index),
		path: [`${index}`],
		sizeBytes,
		mtimeMs: 0,
		async open() {
			opened.push(index);
			await Promise.resolve();
			if (failing.has(index)) throw new Error(`broken ${index}`);
			open.add(index);
			return {
				async close() {
					open.delete(index);
				},
			} as SourceReader;
		},
		compare: async () => [],
	}));
	return {entries, opened, open, failing};
}

const small = (count: number) => Array.from({length: count}, () => 4096);
const all = (entries: readonly unknown[]) => entries.map((_, index) => index);

it('opens the next ones while one is sent, up to the limit, in their order', async () => {
	const {entries, opened, open} = entriesOf(small(200));
	const ahead = createOpenAhead(entries, all(entries));
	let most = 0;
	for (const index of entries.keys()) {
		const reader = await ahead.open(index);
		expect(open).toContain(index);
		most = Math.max(most, opened.length - index);
		expect(opened.length).toBeGreaterThan(Math.min(index + 1, 199));
		await reader.close();
	}

	expect(most).toBe(limits.entriesAhead + 1);
	expect(opened).toEqual(all(entries));
	await ahead.close();
	expect(open.size).toBe(0);
});

it('opens only what was ordered', async () => {
	const {entries, opened} = entriesOf(small(10));
	const ahead = createOpenAhead(entries, [1, 5, 9]);
	await (await ahead.open(1)).close();
	await ahead.close();
	expect(opened).toEqual([1, 5, 9]);
});

it('opens nothing behind a large file, and no large file ahead', async () => {
	const large = limits.aheadBytes;
	const {entries, opened} = entriesOf([large, 1, 1, large, 1]);
	const ahead = createOpenAhead(entries, all(entries));
	await ahead.open(0);
	expect(opened).toEqual([0]);
	await ahead.open(1);
	expect(opened).toEqual([0, 1, 2]);
	await ahead.open(2);
	await ahead.open(3);
	expect(opened).toEqual([0, 1, 2, 3]);
});

it('leaves a stream closed until its turn', async () => {
	const {entries, opened} = entriesOf(small(4), index =>
		index === 2 ? 'stream' : 'file',
	);
	const ahead = createOpenAhead(entries, all(entries));
	await ahead.open(0);
	await ahead.open(1);
	expect(opened).toEqual([0, 1]);
	await ahead.open(2);
	expect(opened).toEqual([0, 1, 2, 3]);
});

it('tells a failure to whoever asks for that entry, and to nobody else', async () => {
	const {entries, open, failing} = entriesOf(small(4));
	failing.add(1).add(3);
	const ahead = createOpenAhead(entries, all(entries));
	await (await ahead.open(0)).close();
	await expect(ahead.open(1)).rejects.toThrow('broken 1');
	await (await ahead.open(2)).close();
	await ahead.close();
	expect(open.size).toBe(0);
});

it('leaves nothing open, whichever are left out and whenever it is closed', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.boolean(), {maxLength: 120}),
			fc.nat(120),
			async (asked, end) => {
				const {entries, open, opened} = entriesOf(small(asked.length));
				const ahead = createOpenAhead(entries, all(entries));
				for (const [index, isAsked] of asked.slice(0, end).entries()) {
					if (!isAsked) continue;
					const reader = await ahead.open(index);
					expect(open).toContain(index);
					await reader.close();
				}

				await ahead.close();
				expect(open.size).toBe(0);
				expect(new Set(opened).size).toBe(opened.length);
			},
		),
		{numRuns: 50},
	);
});

it('opens nothing ahead any more once it is closed', async () => {
	const {entries, opened} = entriesOf(small(5));
	const ahead = createOpenAhead(entries, all(entries));
	await ahead.close();
	await ahead.open(0);
	expect(opened).toEqual([0]);
});
