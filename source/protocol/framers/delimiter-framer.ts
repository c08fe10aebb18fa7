/**
 * Messages with certain bytes behind them, of which the first occurrence counts.
 * Decides only where they are; a message in which they do not come is broken by
 * force, and that is told once.
 *
 * Invariants: any split of the same bytes gives the same cuts; time is linear in
 * the bytes (Knuth, Morris and Pratt, 1977); of the bytes nothing is held, for
 * what has matched so far is the beginning of the delimiter.
 */
import {limits} from '../../limits.js';
import type {Framer} from '../framer.js';
import type {Cut} from '../framing.js';

/** 1 to 64 bytes. */
export function createDelimiterFramer(delimiter: readonly number[]): Framer {
	const most = limits.rawLineBytes;
	const fallbacks = fallbacksOf(delimiter);
	const first = delimiter[0]!;
	/** Bytes of the message so far, those that match included. */
	let pending = 0;
	let matched = 0;
	let isUnseen = false;
	let isTold = false;

	const take = (content: number, tail: number, ending: Cut['ending']): Cut => {
		pending -= content + tail;
		return {head: 0, content, tail, ending};
	};

	const breakUp = (cuts: Cut[]) => {
		let content = pending - matched;
		for (; content > most; content -= most) {
			cuts.push(take(most, 0, 'forced'));
			isUnseen = true;
		}
	};

	return {
		push(bytes) {
			const cuts: Cut[] = [];
			for (let at = 0; at < bytes.length;) {
				if (matched === 0) {
					const found = bytes.indexOf(first, at);
					const next = found === -1 ? bytes.length : found;
					pending += next - at;
					at = next;
					breakUp(cuts);
					if (at === bytes.length) break;
				}

				const byte = bytes[at++]!;
				pending++;
				while (matched > 0 && byte !== delimiter[matched]) {
					matched = fallbacks[matched]!;
				}

				if (byte === delimiter[matched]) matched++;
				if (matched === delimiter.length) {
					matched = 0;
					cuts.push(
						take(pending - delimiter.length, delimiter.length, 'whole'),
					);
				}

				breakUp(cuts);
			}

			return cuts;
		},
		quietAfterMs: () => undefined,
		quiet: () => [],
		end() {
			matched = 0;
			return pending > 0 ? [take(pending, 0, 'end')] : [];
		},
		unfinished: () => ({bytes: pending}),
		problem() {
			if (!isUnseen || isTold) return undefined;
			isTold = true;
			return {code: 'delimiterUnseen', details: {limitBytes: most}};
		},
	};
}

/** For each length that matches: the next shorter one that still does. */
function fallbacksOf(delimiter: readonly number[]): number[] {
	const fallbacks = [0, 0];
	let shorter = 0;
	for (let length = 1; length < delimiter.length; length++) {
		while (shorter > 0 && delimiter[length] !== delimiter[shorter]) {
			shorter = fallbacks[shorter]!;
		}

		if (delimiter[length] === delimiter[shorter]) shorter++;
		fallbacks.push(shorter);
	}

	return fallbacks;
}
