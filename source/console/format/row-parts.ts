/** The two shapes of a conversation row: something said, and something that happened. Both keep a gutter of ours. */
import type {StyleName, Theme} from '../theme.js';
import {isAddressLike} from '../../util/address.js';
import {
	cellWidth,
	cutCellsAtStart,
	fitCells,
	wrapCells,
} from '../../util/cells.js';
import {formatClock, formatShortClock} from './clock-time.js';
import {composeLine, spansWidth, type Span, type Spans} from './lines.js';

export interface RowRoom {
	readonly theme: Theme;
	readonly width: number;
	/** Cells for names: the same for every row of a conversation, so that the texts stand in one column. */
	readonly nameWidth: number;
}

const wideFrom = 44;
const namedFrom = 26;
/** With less room the text goes before the mark. */
const leastTextWidth = 4;

/** Something that was said, and who said it to whom. */
export interface Message {
	readonly glyph: Span;
	readonly name: Span;
	readonly direction: Span;
	/** Words of ours in front of the text. */
	readonly prefix?: string;
	readonly text: string;
	readonly textStyle?: StyleName;
	/** At the right edge of the first line. */
	readonly mark?: Span;
}

function timeOf(at: number, width: number): Spans {
	if (width >= wideFrom) return [[formatClock(at), 'dim'], [' ']];
	return width >= namedFrom ? [[formatShortClock(at), 'dim'], [' ']] : [];
}

/** The head of a line and the same number of cells for those that follow. */
export function layoutMessage(
	{theme, width, nameWidth}: RowRoom,
	at: number,
	message: Message,
): string[] {
	const {glyphs} = theme;
	const {ellipsis} = glyphs;
	const [name, nameStyle] = message.name;
	const time = timeOf(at, width);
	const head: Span[] = [...time, message.glyph, [' ']];
	if (width >= namedFrom) {
		const cut = isAddressLike(name)
			? cutCellsAtStart(name, nameWidth, ellipsis)
			: name;
		const fitted = fitCells(cut, nameWidth, {align: 'right', ellipsis});
		head.push([fitted, nameStyle ?? 'plain']);
		head.push([' ']);
	}

	head.push(message.direction, [' ']);
	return flow(theme, width, {
		head,
		text: (message.prefix ?? '') + message.text,
		...(message.textStyle ? {textStyle: message.textStyle} : {}),
		...(message.mark ? {mark: message.mark} : {}),
	});
}

function flow(
	theme: Theme,
	width: number,
	content: {
		readonly head: Spans;
		readonly text: string;
		readonly textStyle?: StyleName;
		readonly mark?: Span;
	},
): string[] {
	const {head, textStyle = 'plain'} = content;
	const gutter = head.reduce((sum, [text]) => sum + cellWidth(text), 0);
	const wanted = content.mark ? cellWidth(content.mark[0]) + 1 : 0;
	const hasRoom = width - gutter - wanted >= leastTextWidth;
	const mark = hasRoom ? content.mark : undefined;
	const markWidth = mark ? wanted : 0;
	const textWidth = Math.max(1, width - gutter - markWidth);
	const rule: Spans = [
		[' '.repeat(Math.max(0, gutter - 2))],
		[theme.glyphs.continued.padEnd(2), 'dim'],
	];
	return wrapCells(content.text, textWidth).map((line, index) =>
		composeLine(
			theme,
			width,
			[...(index === 0 ? head : rule), [line, textStyle]],
			index === 0 && mark ? [mark] : [],
		),
	);
}

/** Cells in front of a note: time, glyph, space. */
export const noteGutter = (at: number, width: number) =>
	spansWidth(timeOf(at, width)) + 2;

/** A row of ours about something that happened: time, glyph, sentence. */
export function layoutNote(
	{theme, width}: RowRoom,
	at: number,
	glyph: Span,
	text: string,
	textStyle: StyleName,
): string[] {
	const head: Spans = [...timeOf(at, width), glyph, [' ']];
	return flow(theme, width, {head, text, textStyle});
}
