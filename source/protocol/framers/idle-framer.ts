/**
 * A message ends where nothing comes for a while. Decides by the times of the
 * reads alone; who never pauses is cut at the limit of a message.
 */
import {limits} from '../../limits.js';
import type {Framer} from '../framer.js';
import type {Cut} from '../framing.js';

export function createIdleFramer(gapMs: number): Framer {
	let pending = 0;
	let lastAtMs = 0;
	const take = (content: number, ending: Cut['ending']): Cut[] => {
		pending -= content;
		return content > 0 ? [{head: 0, content, tail: 0, ending}] : [];
	};

	const quiet = (atMs: number) =>
		atMs - lastAtMs >= gapMs ? take(pending, 'whole') : [];

	return {
		push(bytes, atMs) {
			if (bytes.length === 0) return [];
			const cuts = quiet(atMs);
			lastAtMs = atMs;
			pending += bytes.length;
			while (pending > limits.rawFrameBytes) {
				cuts.push(...take(limits.rawFrameBytes, 'forced'));
			}

			return cuts;
		},
		quietAfterMs: () => (pending > 0 ? gapMs : undefined),
		quiet,
		end: () => take(pending, 'end'),
		unfinished: () => ({bytes: pending}),
		problem: () => undefined,
	};
}
