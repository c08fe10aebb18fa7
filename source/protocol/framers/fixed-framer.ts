/** Messages of one size. Decides nothing by what is in them. */
import type {Framer} from '../framer.js';
import type {Cut} from '../framing.js';

/** `size` in bytes, at least 1. */
export function createFixedFramer(size: number): Framer {
	let pending = 0;
	return {
		push(bytes) {
			const cuts: Cut[] = [];
			pending += bytes.length;
			for (; pending >= size; pending -= size) {
				cuts.push({head: 0, content: size, tail: 0, ending: 'whole'});
			}

			return cuts;
		},
		quietAfterMs: () => undefined,
		quiet: () => [],
		end() {
			const content = pending;
			pending = 0;
			return content > 0 ? [{head: 0, content, tail: 0, ending: 'end'}] : [];
		},
		unfinished: () =>
			pending > 0 ? {bytes: pending, of: size} : {bytes: pending},
		problem: () => undefined,
	};
}
