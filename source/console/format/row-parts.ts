/** The two shapes of a conversation row: something said, and something that happened. Both keep a gutter of ours. */
import type {StyleName, Theme} from '../theme.js';
import {isAddressLike} from '../../util/address.js';
import {cutCellsAtStart, fitCells, wrapCells} from '../../util/cells.js';
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
	/** Its lines end with LF, which no safe text holds. */
	readonly text: string;
	readonly textStyle?: StyleName;
	/** At the right edge of the first line. */
	readonly marks?: Spans;
	/** What is drawn in the place of each `markPlace` in the text. */
	readonly inText?: Span;
}

/** Stands in a text for a mark of ours: private use, which no text of a stranger holds. */
export const markPlace = '\uE000';

function timeOf({theme, width}: Pick<RowRoom, 'theme' | 'width'>, at: number) {
	if (theme.times === 'off' || width < namedFrom) return [];
	const isExact = theme.times === 'seconds' && width >= wideFrom;
	const time = isExact ? formatClock(at) : formatShortClock(at);
	return [[time, 'dim'], [' ']] as const satisfies Spans;
}

/** A name at the right edge of its column; the blanks in front of it are not painted. */
export function nameSpans(
	name: string,
	width: number,
	ellipsis: string,
	style: StyleName = 'plain',
): Spans {
	const fitted = fitCells(name, width, {align: 'right', ellipsis});
	const shown = fitted.replace(/^ +/, '');
	return [[' '.repeat(fitted.length - shown.length)], [shown, style]];
}

/** The head of a line and the same number of cells for those that follow. */
export function layoutMessage(
	room: RowRoom,
	at: number,
	message: Message,
): string[] {
	const {theme, width, nameWidth} = room;
	const {glyphs} = theme;
	const {ellipsis} = glyphs;
	const [name, nameStyle] = message.name;
	const time = timeOf(room, at);
	const head: Span[] = [...time, message.glyph, [' ']];
	if (width >= namedFrom) {
		const cut = isAddressLike(name)
			? cutCellsAtStart(name, nameWidth, ellipsis)
			: name;
		head.push(...nameSpans(cut, nameWidth, ellipsis, nameStyle), [' ']);
	}

	head.push(message.direction, [' ']);
	return flow(theme, width, {
		head,
		text: (message.prefix ?? '') + message.text,
		...(message.textStyle ? {textStyle: message.textStyle} : {}),
		...(message.marks && message.marks.length > 0
			? {marks: message.marks}
			: {}),
		...(message.inText ? {inText: message.inText} : {}),
	});
}

function flow(
	theme: Theme,
	width: number,
	content: {
		readonly head: Spans;
		readonly text: string;
		readonly textStyle?: StyleName;
		readonly marks?: Spans;
		readonly inText?: Span;
	},
): string[] {
	const {head, textStyle = 'plain', inText} = content;
	const gutter = spansWidth(head);
	const wanted = content.marks ? spansWidth(content.marks) + 1 : 0;
	const hasRoom = width - gutter - wanted >= leastTextWidth;
	const marks = hasRoom ? content.marks : undefined;
	const textWidth = Math.max(1, width - gutter - (marks ? wanted : 0));
	const textSpans = (line: string): Spans =>
		inText && line.includes(markPlace)
			? line
					.split(markPlace)
					.flatMap((part, index): Span[] => [
						...(index > 0 ? [inText] : []),
						[part, textStyle],
					])
			: [[line, textStyle]];
	const rule: Spans = [
		[' '.repeat(Math.max(0, gutter - 2))],
		[theme.glyphs.continued.padEnd(2), 'dim'],
	];
	const lines = content.text
		.split('\n')
		.flatMap(line => wrapCells(line, textWidth));
	return lines.map((line, index) =>
		composeLine(
			theme,
			width,
			[...(index === 0 ? head : rule), ...textSpans(line)],
			index === 0 && marks ? marks : [],
		),
	);
}

/** Cells in front of a note: time, glyph, space. */
export const noteGutter = (
	room: Pick<RowRoom, 'theme' | 'width'>,
	at: number,
) => spansWidth(timeOf(room, at)) + 2;

/** A row of ours about something that happened: time, glyph, sentence. */
export function layoutNote(
	room: RowRoom,
	at: number,
	glyph: Span,
	text: string,
	textStyle: StyleName,
): string[] {
	const {theme, width} = room;
	const head: Spans = [...timeOf(room, at), glyph, [' ']];
	return flow(theme, width, {head, text, textStyle});
}
