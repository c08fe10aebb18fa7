/** The panes of a console in the cells of a terminal model: whether remote text stays in its place. */
import type {Terminal as Model} from '@xterm/headless';

interface Rows {
	/** What stands in one cell. */
	cell(row: number, column: number): string;
	text(row: number, start: number, end: number): string;
	readonly count: number;
	readonly columns: number;
}

function rowsOf(model: Model): Rows {
	const {active} = model.buffer;
	const line = (row: number) => active.getLine(active.baseY + row);
	return {
		cell: (row, column) => line(row)?.getCell(column)?.getChars() ?? '',
		text: (row, start, end) =>
			line(row)?.translateToString(false, start, end) ?? '',
		count: model.rows,
		columns: model.cols,
	};
}

/** The rows between the header and the composer, and the columns of the corners in the first of them. */
const firstRow = 1;
const rowsBelow = 2;

interface Pane {
	readonly left: number;
	readonly right: number;
}

function panesOf({cell, columns}: Rows): Pane[] {
	const panes: Pane[] = [];
	let left = -1;
	for (let column = 0; column < columns; column++) {
		const corner = cell(firstRow, column);
		if (corner === '╭') left = column;
		else if (corner === '╮') panes.push({left, right: column});
	}

	return panes;
}

const isConversation = (rows: Rows) => (pane: Pane) =>
	/^ \[?All/.test(rows.text(firstRow, pane.left + 1, pane.right));

// The time, a glyph of ours in one cell, and a space; rows that follow have spaces and a rule.
const headRow = /^ \d\d:\d\d(?::\d\d)? [^\s\p{L}\p{N}] /u;
const ownRow = /^ \d\d:\d\d(?::\d\d)? {2,}you < /;
const hexHead = /^ \d\d:\d\d:\d\d\.\d{3} /;
const nextRow = /^ +┊ /;
const emptyRow = /^ +(?:── .*)?$/;
/** In the attacks: no clock says so. */
const forgedTime = /^ ?99:99/;

function isDamaged(text: string): boolean {
	if (forgedTime.test(text)) return true;
	return !(
		headRow.test(text) ||
		ownRow.test(text) ||
		hexHead.test(text) ||
		nextRow.test(text) ||
		emptyRow.test(text)
	);
}

/** Rows whose borders or gutter are not where they belong, as they look. */
export function damagedRows(model: Model): string[] {
	const rows = rowsOf(model);
	const panes = panesOf(rows);
	const conversation = panes.find(isConversation(rows));
	if (!conversation) return ['No conversation is shown.'];
	const ruleColumns = new Set<number>();
	const damaged: string[] = [];
	for (let row = firstRow + 1; row < rows.count - rowsBelow; row++) {
		const whole = `${row}: ${rows.text(row, 0, rows.columns)}`;
		const isStraight = panes.every(({left, right}) =>
			[left, right].every(column => /[│╭╮╰╯]/.test(rows.cell(row, column))),
		);
		if (!isStraight) damaged.push(whole);
		const isBottom = rows.cell(row, conversation.left) === '╰';
		if (isBottom) continue;
		const text = rows.text(row, conversation.left + 1, conversation.right);
		if (isDamaged(text)) damaged.push(whole);
		if (nextRow.test(text)) ruleColumns.add(text.indexOf('┊'));
	}

	// Rows that were said have one column for it, notes another, hex the third.
	return ruleColumns.size > 3
		? [...damaged, `rules at ${[...ruleColumns].join(', ')}`]
		: damaged;
}

/** What the conversation shows, row by row. */
export function conversationRows(model: Model): string[] {
	const rows = rowsOf(model);
	const pane = panesOf(rows).find(isConversation(rows));
	if (!pane) return [];
	const all = Array.from(
		{length: rows.count - rowsBelow - firstRow - 2},
		(_, at) => rows.text(at + firstRow + 1, pane.left + 1, pane.right),
	);
	return all;
}
