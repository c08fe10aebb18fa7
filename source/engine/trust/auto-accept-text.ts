/** How much may come unasked, as people write it: `2GB 100 20GB` (of an offer: bytes, entries; of a day: bytes). */
import {limits} from '../../limits.js';
import {parseSize} from '../../util/quantities.js';
import {areUsable} from './auto-accept.js';
import type {AutoAccept} from './trust-commands.js';

/** What is not said is as `limits` says; of a day it is a multiple of one offer. Undefined where it means nothing. */
export function parseAutoAccept(
	words: readonly string[],
): AutoAccept | undefined {
	const [size, count, day, extra] = words;
	if (extra !== undefined) return undefined;
	const bytes = size === undefined ? limits.autoAcceptBytes : parseSize(size);
	if (bytes === undefined) return undefined;
	const entries =
		count === undefined
			? limits.autoAcceptEntries
			: /^\d{1,9}$/.test(count)
				? Number(count)
				: 0;
	const dayBytes =
		day === undefined ? bytes * limits.autoAcceptDayTimes : parseSize(day);
	const caps = {bytes, entries, dayBytes: dayBytes ?? 0};
	return areUsable(caps) ? caps : undefined;
}
