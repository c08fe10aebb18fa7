import {
	scrollBy,
	type Anchor,
	type RowSource,
} from '../format/scroll-window.js';

/** Whether all of a row's lines are in the window. */
function isInWindow(
	source: RowSource,
	anchor: Anchor,
	row: number,
	height: number,
): boolean {
	const isBelow =
		row > anchor.row || (row === anchor.row && anchor.hiddenLines > 0);
	if (isBelow) return false;
	let lines = -anchor.hiddenLines;
	for (let at = anchor.row; at >= row && lines <= height; at--) {
		lines += source.linesOf(at).length;
	}

	return lines <= height;
}

/** Where a row is in sight, and stays: as it is where it is seen already, else with the row in the middle. */
export function revealed(
	source: RowSource,
	anchor: Anchor | undefined,
	row: number,
	height: number,
): Anchor {
	const end: Anchor = {row: source.nextId - 1, hiddenLines: 0};
	const here = anchor ?? end;
	if (isInWindow(source, here, row, height)) return here;
	const middle = Math.floor(height / 2);
	return scrollBy(source, {row, hiddenLines: 0}, middle, height) ?? end;
}
