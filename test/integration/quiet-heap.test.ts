/** A heap that is quiet gives back what it needed for a moment; one that is in use is left alone. */
import {afterEach, expect, test, vi} from 'vitest';
import {getHeapStatistics} from 'node:v8';
import {collectWhenQuiet} from '../../source/quiet-heap.js';

afterEach(() => {
	vi.useRealTimers();
});

/** Kept until it is old, and then by nobody. */
function makeGarbage(): void {
	const made: unknown[] = [];
	for (let index = 0; index < 1_000_000; index++)
		made.push({index, list: [index]});
}

const usedBytes = () => getHeapStatistics().used_heap_size;

test('what a crowd leaves is collected once it is quiet', async () => {
	vi.useFakeTimers({toFake: ['setInterval']});
	let isBusy = true;
	collectWhenQuiet(
		() => 0,
		undefined,
		() => (isBusy ? 1 : 0),
	);
	makeGarbage();
	const full = usedBytes();
	// While it is busy it is not stopped for that.
	await vi.advanceTimersByTimeAsync(60_000);
	expect(full - usedBytes()).toBeLessThan(20_000_000);
	isBusy = false;
	vi.advanceTimersByTime(5_000);
	await vi.waitFor(() => {
		expect(full - usedBytes()).toBeGreaterThan(20_000_000);
	});
});

test('what starting left is collected once, and where nothing comes no more', async () => {
	vi.useFakeTimers({toFake: ['setInterval']});
	let asked = 0;
	let isBusy = true;
	collectWhenQuiet(
		() => 0,
		async () => {
			asked++;
		},
		() => (isBusy ? 1 : 0),
	);
	await vi.advanceTimersByTimeAsync(60_000);
	expect(asked).toBe(0);
	isBusy = false;
	await vi.advanceTimersByTimeAsync(60_000);
	expect(asked).toBe(1);
});

test('a crowd that leaves is worth it, though the heap was as large before', async () => {
	vi.useFakeTimers({toFake: ['setInterval']});
	let peers = 0;
	let asked = 0;
	collectWhenQuiet(
		() => peers,
		async () => {
			asked++;
		},
		() => 0,
	);
	peers = 2_000;
	await vi.advanceTimersByTimeAsync(60_000);
	const whileThere = asked;
	peers = 0;
	await vi.advanceTimersByTimeAsync(10_000);
	expect(asked).toBe(whileThere + 1);
	// Once is enough.
	await vi.advanceTimersByTimeAsync(60_000);
	expect(asked).toBe(whileThere + 1);
});
