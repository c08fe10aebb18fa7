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

test('what a crowd leaves is collected once it is quiet, and not again', async () => {
	vi.useFakeTimers({toFake: ['setInterval']});
	collectWhenQuiet();
	makeGarbage();
	const full = usedBytes();
	// It was busy until now: the first look sees that, the second one that it is quiet.
	vi.advanceTimersByTime(5_000);
	vi.advanceTimersByTime(5_000);
	await vi.waitFor(() => {
		expect(full - usedBytes()).toBeGreaterThan(20_000_000);
	});
	let asked = 0;
	vi.clearAllTimers();
	collectWhenQuiet(async () => {
		asked++;
	});
	vi.advanceTimersByTime(60_000);
	expect(asked).toBe(0);
});
