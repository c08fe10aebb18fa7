import type {StyleName, Theme} from '../theme.js';
import {cellWidth, cutCells, steadyText} from '../../util/cells.js';

/** A piece of text with what it means. */
export type Span = readonly [text: string, style?: StyleName];
export type Spans = readonly Span[];

export function spansWidth(spans: Spans): number {
	let cells = 0;
	for (const [text] of spans) cells += cellWidth(text);
	return cells;
}

/**
 * Paints spans into exactly `width` cells: cut at the end, filled with spaces.
 * `right` spans stand at the right edge and are kept before the left ones.
 */
export function composeLine(
	theme: Theme,
	width: number,
	left: Spans,
	right: Spans = [],
): string {
	const rightCells = right.length > 0 ? spansWidth(right) + 1 : 0;
	const showsRight = rightCells > 0 && rightCells <= width;
	let room = width - (showsRight ? rightCells : 0);
	let line = '';
	for (const [text, style = 'plain'] of left) {
		if (room <= 0) break;
		const cut = cutCells(text, room, theme.glyphs.ellipsis);
		line += theme.paint(cut, style);
		room -= cellWidth(cut);
	}

	line += ' '.repeat(Math.max(0, room));
	if (showsRight) {
		line += ' ';
		for (const [text, style = 'plain'] of right) {
			line += theme.paint(steadyText(text), style);
		}
	}

	return line;
}

export interface FrameOptions {
	readonly width: number;
	readonly height: number;
	readonly title: Spans;
	/** At the right end of the top border. */
	readonly titleRight?: Spans;
	/** At the right end of the bottom border. */
	readonly footer?: Spans;
	/** At the left end of the bottom border. */
	readonly footerLeft?: Spans;
	readonly isFocused: boolean;
	/** Nothing of ours at the sides. */
	readonly isBare?: boolean;
	/** Already exactly `innerWidth(width)` cells wide. Missing ones are blank, more are left out. */
	readonly lines: readonly string[];
}

/** Cells inside a frame: borders, and one space of air at both sides. */
export const innerWidth = (width: number): number => Math.max(0, width - 4);
export const innerHeight = (height: number): number => Math.max(0, height - 2);

/** In the place of both borders and their air. */
const bareRest = ' '.repeat(4);

/** A pane with its border, as `height` lines of exactly `width` cells. */
export function drawFrame(theme: Theme, options: FrameOptions): string[] {
	const {width, height, isFocused, lines} = options;
	const {border} = theme.glyphs;
	const style: StyleName = isFocused ? 'frameFocused' : 'frame';
	const edge = theme.paint(border.vertical, style);
	const blank = ' '.repeat(innerWidth(width));
	const result = [
		drawEdge(theme, {
			width,
			style,
			start: border.topLeft,
			end: border.topRight,
			left: options.title,
			right: options.titleRight ?? [],
		}),
	];
	for (let index = 0; index < innerHeight(height); index++) {
		const line = lines[index] ?? blank;
		result.push(
			options.isBare ? `${line}${bareRest}` : `${edge} ${line} ${edge}`,
		);
	}

	result.push(
		drawEdge(theme, {
			width,
			style,
			start: border.bottomLeft,
			end: border.bottomRight,
			left: options.footerLeft ?? [],
			right: options.footer ?? [],
		}),
	);
	return result;
}

function drawEdge(
	theme: Theme,
	edge: {
		readonly width: number;
		readonly style: StyleName;
		readonly start: string;
		readonly end: string;
		readonly left: Spans;
		readonly right: Spans;
	},
): string {
	const {horizontal} = theme.glyphs.border;
	const {style} = edge;
	let room = edge.width - 2;
	const label = (spans: Spans): string => {
		// A space at both sides, and a piece of the border between labels.
		const available = room - 3;
		if (spans.length === 0 || available < 3) return '';
		let text = '';
		let cells = 0;
		for (const [part, partStyle = 'plain'] of spans) {
			const cut = cutCells(part, available - cells, theme.glyphs.ellipsis);
			text += theme.paint(cut, partStyle);
			cells += cellWidth(cut);
			if (cells >= available) break;
		}

		room -= cells + 2;
		return ` ${text} `;
	};

	const left = label(edge.left);
	const right = label(edge.right);
	const tail = right === '' ? 0 : 1;
	const rule = theme.paint(horizontal.repeat(Math.max(0, room - tail)), style);
	return (
		theme.paint(edge.start, style) +
		left +
		rule +
		right +
		theme.paint(horizontal.repeat(tail) + edge.end, style)
	);
}
