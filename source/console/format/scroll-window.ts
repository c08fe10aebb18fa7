/**
 * Which lines of a long list fit a pane. A position is the row at the bottom
 * and how many of its lines are hidden below the edge, so that rows which
 * arrive later change nothing. No position means: at the end, following.
 */
import type {LineList} from './line-list.js';

export interface Anchor {
	readonly row: number;
	readonly hiddenLines: number;
}

export interface RowSource {
	/** Id of the oldest row held, and the one that the next row will get. */
	readonly firstId: number;
	readonly nextId: number;
	linesOf(row: number): LineList;
}

export interface ScrollWindow {
	/** At most `height` lines, oldest first. */
	readonly lines: readonly string[];
	readonly hasMoreAbove: boolean;
	/** Rows wholly or partly below the window. */
	readonly rowsBelow: number;
}

/** Rows may have been dropped since the anchor was set. */
function clampAnchor(source: RowSource, anchor: Anchor): Anchor {
	if (anchor.row < source.firstId) {
		return {row: source.firstId, hiddenLines: 0};
	}

	if (anchor.row >= source.nextId) {
		return {row: source.nextId - 1, hiddenLines: 0};
	}

	const most = source.linesOf(anchor.row).length - 1;
	return {row: anchor.row, hiddenLines: Math.min(anchor.hiddenLines, most)};
}

export function windowAt(
	source: RowSource,
	anchor: Anchor | undefined,
	height: number,
): ScrollWindow {
	const above = upTo(source, anchor, height);
	// Rows became fewer or lower since: from the first line on, rather than half a pane.
	return anchor && above.lines.length < height
		? upTo(source, scrollToTop(source, height), height)
		: above;
}

/** As many lines as there are above a position. */
function upTo(
	source: RowSource,
	anchor: Anchor | undefined,
	height: number,
): ScrollWindow {
	const {firstId, nextId} = source;
	if (nextId === firstId || height <= 0) {
		return {lines: [], hasMoreAbove: false, rowsBelow: 0};
	}

	const {row: bottom, hiddenLines} = anchor
		? clampAnchor(source, anchor)
		: {row: nextId - 1, hiddenLines: 0};
	const groups: Array<readonly string[]> = [];
	let missing = height;
	let row = bottom;
	let cutAbove = false;
	for (; row >= firstId && missing > 0; row--) {
		const all = source.linesOf(row);
		const end = row === bottom ? all.length - hiddenLines : all.length;
		const start = Math.max(0, end - missing);
		cutAbove = start > 0;
		missing -= end - start;
		groups.push(all.slice(start, end));
	}

	return {
		lines: groups.toReversed().flat(),
		hasMoreAbove: cutAbove || row >= firstId,
		rowsBelow: nextId - 1 - bottom + (hiddenLines > 0 ? 1 : 0),
	};
}

/** Moves by lines, down when positive; undefined when the end is reached. Never beyond the first line. */
export function scrollBy(
	source: RowSource,
	anchor: Anchor | undefined,
	lines: number,
	height: number,
): Anchor | undefined {
	const {firstId, nextId} = source;
	if (nextId === firstId) return undefined;
	let {row, hiddenLines} = anchor
		? clampAnchor(source, anchor)
		: {row: nextId - 1, hiddenLines: 0};
	hiddenLines -= lines;
	while (hiddenLines < 0) {
		row++;
		if (row >= nextId) return undefined;
		hiddenLines += source.linesOf(row).length;
	}

	for (;;) {
		const count = source.linesOf(row).length;
		if (hiddenLines < count) break;
		if (row === firstId) {
			hiddenLines = count - 1;
			break;
		}

		hiddenLines -= count;
		row--;
	}

	const {lines: shown} = upTo(source, {row, hiddenLines}, height);
	if (shown.length < height && lines < 0) {
		return scrollBy(source, {row, hiddenLines}, height - shown.length, height);
	}

	return row === nextId - 1 && hiddenLines === 0
		? undefined
		: {row, hiddenLines};
}

/** The position that shows the first line at the top; undefined where everything fits. */
export function scrollToTop(
	source: RowSource,
	height: number,
): Anchor | undefined {
	let missing = height;
	for (let row = source.firstId; row < source.nextId; row++) {
		const count = source.linesOf(row).length;
		if (missing <= count) {
			const anchor = {row, hiddenLines: count - missing};
			const isEnd = row === source.nextId - 1 && anchor.hiddenLines === 0;
			return isEnd ? undefined : anchor;
		}

		missing -= count;
	}

	return undefined;
}
