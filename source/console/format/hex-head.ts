/** The line above bytes in hex: exactly when, how much later than what came before, who, how much. */
import {isAddressLike} from '../../util/address.js';
import {cellWidth, cutCellsAtStart} from '../../util/cells.js';
import {formatDelta, formatExactClock} from './clock-time.js';
import {composeLine, spansWidth, type Span, type Spans} from './lines.js';
import {nameSpans, type RowRoom} from './row-parts.js';

export interface HexHead {
	readonly at: number;
	readonly previousAt: number | undefined;
	/** Where there is room. */
	readonly who?: {readonly glyph: Span; readonly name: Span};
	readonly direction: Span;
	/** Words of ours in front of the facts. */
	readonly prefix: string;
	/** The most important first: what does not fit is left out. */
	readonly facts: readonly string[];
	readonly marks: Spans;
}

const namedFrom = 56;
const deltaFrom = 36;
const timedFrom = 26;
const deltaCells = 8;

export function hexHead(
	{theme, width, nameWidth}: RowRoom,
	content: HexHead,
): string {
	const {at, previousAt, prefix} = content;
	const {ellipsis} = theme.glyphs;
	const head: Span[] = [];
	if (width >= timedFrom) head.push([formatExactClock(at), 'dim'], [' ']);
	if (width >= deltaFrom) {
		const delta = previousAt === undefined ? '' : formatDelta(at - previousAt);
		head.push([delta.padStart(deltaCells), 'dim'], [' ']);
	}

	if (width >= namedFrom && content.who) {
		const {glyph, name} = content.who;
		const [text, style] = name;
		const cut = isAddressLike(text)
			? cutCellsAtStart(text, nameWidth, ellipsis)
			: text;
		head.push(glyph, [' ']);
		head.push(...nameSpans(cut, nameWidth, ellipsis, style), [' ']);
	}

	head.push(content.direction, [' '], [prefix, 'dim']);
	const [first = '', ...others] = content.facts;
	const markCells = spansWidth(content.marks) + 1;
	let room = width - spansWidth(head) - cellWidth(first);
	head.push([first, 'dim']);
	const marks = room >= markCells ? content.marks : [];
	room -= marks.length > 0 ? markCells : 0;
	for (const fact of others) {
		const text = `  ${fact}`;
		if (cellWidth(text) > room) continue;
		head.push([text, 'dim']);
		room -= cellWidth(text);
	}

	return composeLine(theme, width, head, marks);
}
