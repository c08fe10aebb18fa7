import {cellWidth, takeCells} from '../../util/cells.js';
import {graphemesOf, snapToBoundary} from './graphemes.js';

export interface LineWindow {
	/** Where the visible part begins, in UTF-16 units. */
	readonly start: number;
	/** What is seen of the text before the caret and after it. */
	readonly before: string;
	readonly after: string;
	/** Cells of `before`: the caret's column. */
	readonly column: number;
}

/** Whole characters from the end of `text` that fit `width` cells. */
function takeCellsFromEnd(text: string, width: number): string {
	let cells = 0;
	let start = text.length;
	for (const character of graphemesOf(text).toReversed()) {
		cells += cellWidth(character);
		if (cells > width) break;
		start -= character.length;
	}

	return text.slice(start);
}

/**
 * The part of a line that fits `width` cells and holds the caret, which needs a cell
 * itself. It stays where it was (`previousStart`) while the caret is in it; when the
 * caret leaves it, it moves by a third, so that it does not move with every key.
 */
export function windowOf(
	line: {readonly text: string; readonly caret: number},
	width: number,
	previousStart: number,
): LineWindow {
	const {text, caret} = line;
	const room = Math.max(1, width - 1);
	const head = text.slice(0, caret);
	let start = Math.min(snapToBoundary(text, previousStart), caret);
	if (cellWidth(text) <= room) start = 0;
	else if (start > 0 && start >= caret) {
		start = caret - takeCellsFromEnd(head, Math.ceil(room / 3)).length;
	} else if (cellWidth(head.slice(start)) > room) {
		start = caret - takeCellsFromEnd(head, Math.ceil((room * 2) / 3)).length;
	}

	let before = text.slice(start, caret);
	// A cluster can measure more than its parts.
	if (cellWidth(before) > room) {
		before = takeCellsFromEnd(before, room);
		if (cellWidth(before) > room) before = '';
		start = caret - before.length;
	}

	const column = cellWidth(before);
	const after = takeCells(text.slice(caret), Math.max(0, width - column));
	return {start, before, after, column};
}
