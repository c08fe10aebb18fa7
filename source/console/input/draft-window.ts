/** What is seen of a draft, which may have more and longer lines than there is room. */
import {cellWidth, steadyText, takeCells} from '../../util/cells.js';
import {lineStart} from './line-places.js';
import {windowOf} from './line-window.js';

export interface DraftWindow {
	readonly rows: readonly string[];
	/** The caret's row among them, and its cell. */
	readonly row: number;
	readonly column: number;
	/** How many lines stand above. */
	readonly top: number;
	/** Where the caret's line begins to be seen, in UTF-16 units. */
	readonly start: number;
	/** Lines in all. */
	readonly lines: number;
}

/** A mark with nothing to stand on would join the prompt in some terminals: it gets a circle, as in a table of characters. */
const drawn = (text: string) =>
	steadyText(/^\p{M}/u.test(text) ? `◌${text}` : text);

/** Each row fits `width` cells. The view stays where it was while the caret is in it; only the caret's line moves sideways. */
export function draftWindow(
	draft: {readonly text: string; readonly caret: number},
	room: {readonly width: number; readonly height: number},
	previous: {readonly top: number; readonly start: number},
): DraftWindow {
	const {width, height} = room;
	const all = draft.text.split('\n');
	const from = lineStart(draft);
	const at = draft.text.slice(0, from).split('\n').length - 1;
	const top = Math.max(
		0,
		Math.min(Math.max(previous.top, at - height + 1), at, all.length - height),
	);
	const line = {text: all[at]!, caret: draft.caret - from};
	const {start, before} = windowOf(line, width, previous.start);
	const head = drawn(before);
	const column = cellWidth(head);
	const after = line.text.slice(line.caret);
	const tail = takeCells(
		head === '' ? drawn(after) : steadyText(after),
		width - column,
	);
	const rows = all
		.slice(top, top + height)
		.map((text, index) =>
			top + index === at ? head + tail : takeCells(drawn(text), width),
		);
	return {rows, row: at - top, column, top, start, lines: all.length};
}
