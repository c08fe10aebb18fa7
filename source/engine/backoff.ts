/** How long to wait before the next attempt: 1, 2, 4 … 30 s, with jitter, so that two consoles do not march in step. */
import {limits} from '../limits.js';
import type {Ports} from './ports.js';

/** Before attempt 1, 2, 3 …; in ms. */
export function backoffMs(attempt: number, random: Ports['random']): number {
	const plain = limits.reconnectFirstMs * 2 ** Math.min(attempt - 1, 10);
	const jitter = ((random(1)[0]! / 255) * 2 - 1) * limits.reconnectJitter;
	return Math.round(Math.min(plain, limits.reconnectMaxMs) * (1 + jitter));
}

export interface Backoff {
	/** In ms; longer each time. */
	next(): number;
	/** It went well: begin again with the shortest. */
	reset(): void;
}

export function createBackoff({random}: Pick<Ports, 'random'>): Backoff {
	let attempt = 0;
	return {
		next: () => backoffMs(++attempt, random),
		reset() {
			attempt = 0;
		},
	};
}
