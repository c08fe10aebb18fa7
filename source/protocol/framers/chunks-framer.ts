/** Each read is a message. */
import type {Framer} from '../framer.js';

export function createChunksFramer(): Framer {
	return {
		push: bytes =>
			bytes.length === 0
				? []
				: [{head: 0, content: bytes.length, tail: 0, ending: 'whole'}],
		quietAfterMs: () => undefined,
		quiet: () => [],
		end: () => [],
		unfinished: () => ({bytes: 0}),
		problem: () => undefined,
	};
}
