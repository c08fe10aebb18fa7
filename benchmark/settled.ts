/** Waiting for a program to have come to rest, and what it holds then. */
import {readdirSync} from 'node:fs';
import {setTimeout as delay} from 'node:timers/promises';
import {residentBytes} from './measure.js';

/** Open descriptors of a process, where /proc tells. */
export function openDescriptors(pid: number): number {
	try {
		return readdirSync(`/proc/${pid}/fd`).length;
	} catch {
		return NaN;
	}
}

/** The least resident memory seen until it has not fallen for a while; NaN where nothing tells. */
export async function settledBytes(
	pid: number,
	{quietMs = 5_000, mostMs = 30_000} = {},
): Promise<number> {
	const startedAt = performance.now();
	let least = residentBytes(pid) ?? NaN;
	let fellAt = startedAt;
	for (;;) {
		await delay(250);
		const now = performance.now();
		const bytes = residentBytes(pid) ?? NaN;
		if (bytes < least) {
			// Less than a percent is noise.
			if (bytes < least * 0.99) fellAt = now;
			least = bytes;
		}

		if (!(now - fellAt < quietMs) || now - startedAt > mostMs) return least;
	}
}
