/** Where a frame stands among reads: sticky and split packets at a glance. */
import type {FrameReads} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import type {Theme} from '../theme.js';
import type {Spans} from './lines.js';

/** Of the line without its name: below, what was said needs the room. */
const wordsFrom = 45;

/** `read 7, 2 of 3 ┤`, `reads 7 to 9`; in a narrow pane `7 2/3 ┤`, `7-9`. */
export function readMark(
	{first, last, index, count}: FrameReads,
	{glyphs}: Theme,
	room: number,
): Spans {
	const words = strings.stream;
	const isWide = room >= wordsFrom;
	const which = (isWide ? words.reads : words.readsShort)(first, last);
	const bracket =
		index === 1
			? glyphs.readFirst
			: index === count
				? glyphs.readLast
				: glyphs.readMiddle;
	// Sticky is worth more attention than what came alone.
	return count === 1
		? [[`${which}  `, first === last ? 'dim' : 'warning']]
		: [
				[
					`${which}${(isWide ? words.ofRead : words.ofReadShort)(index, count)} `,
					'warning',
				],
				[bracket, 'accent'],
			];
}
