/** Somebody who types, and how long each key takes to appear on the screen. */
import {setTimeout as delay} from 'node:timers/promises';
import type {SocktermConsole} from '../test/helpers/sockterm-side.js';

/** Types one key after another until `isOver`; ms from each key to the screen that shows it. */
export async function typeKeys(
	side: SocktermConsole,
	isOver: () => boolean,
): Promise<number[]> {
	const times: number[] = [];
	const letters = 'qzwvjkxy';
	let typed = '';
	while (!isOver()) {
		typed += letters[times.length % letters.length] ?? 'q';
		const startedAt = performance.now();
		const seen = side.waitFor(typed, 30_000);
		side.write(typed.at(-1) ?? '');
		await seen;
		times.push(performance.now() - startedAt);
		if (typed.length === 24) {
			const before = typed;
			// Ctrl-U empties the line.
			side.write('\u0015');
			await side.waitFor(text => !text.includes(before), 30_000);
			typed = '';
		}
		// A fast typist; not in step with frames.
		await delay(40 + (times.length % 7) * 9);
	}
	side.write('\u0015');
	return times;
}
