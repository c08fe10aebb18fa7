/** What the editing keys do to a line; pure. By whole characters (graphemes), names and behaviour as in readline. */
import {cut, yank, yankPop} from './cuts.js';
import {boundaryAfter, boundaryBefore, graphemesOf} from './graphemes.js';
import {redo, replace, undo, withCaret, type Line} from './line.js';
import {
	columnOf,
	isInk,
	isWord,
	lineEnd,
	lineStart,
	placeBeside,
	runStart,
	wordEnd,
} from './line-places.js';

export type EditAction =
	| 'lineStart'
	| 'lineEnd'
	| 'left'
	| 'right'
	| 'wordLeft'
	| 'wordRight'
	| 'deleteLeft'
	| 'deleteRight'
	| 'deleteBlanks'
	| 'cutBlankLeft'
	| 'cutWordLeft'
	| 'cutWordRight'
	| 'cutToStart'
	| 'cutToEnd'
	| 'yank'
	| 'yankPop'
	| 'transposeCharacters'
	| 'transposeWords'
	| 'upperCaseWord'
	| 'lowerCaseWord'
	| 'capitalizeWord'
	| 'undo'
	| 'redo';

const before = ({text, caret}: Line) => boundaryBefore(text, caret);
const after = ({text, caret}: Line) => boundaryAfter(text, caret);

function remove(line: Line, start: number, end: number): Line {
	if (start >= end) return withCaret(line, line.caret);
	return replace(line, {start, end, text: '', last: {kind: 'deleting'}});
}

/** Behind the last line's start its break is cut, so that the key can be pressed again. */
function cutToStart(line: Line): Line {
	const start = lineStart(line);
	const {caret} = line;
	return cut(
		line,
		start === caret ? Math.max(0, start - 1) : start,
		caret,
		'left',
	);
}

function cutToEnd(line: Line): Line {
	const {caret, text} = line;
	const end = lineEnd(line);
	return cut(
		line,
		caret,
		end === caret ? Math.min(text.length, end + 1) : end,
		'right',
	);
}

function deleteBlanks(line: Line): Line {
	const {text, caret} = line;
	const start = /[ \t]*$/.exec(text.slice(0, caret))!.index;
	const [blanks] = /^[ \t]*/.exec(text.slice(caret))!;
	return replace(line, {start, end: caret + blanks.length, text: ''});
}

/** The character before the caret and the one after it; at a line's end the last two. */
function transposeCharacters(line: Line): Line {
	const {text} = line;
	const from = lineStart(line);
	const isAtEnd = line.caret === lineEnd(line);
	const middle = isAtEnd ? before(line) : line.caret;
	if (middle <= from) return withCaret(line, line.caret);
	const start = boundaryBefore(text, middle);
	const end = boundaryAfter(text, middle);
	const swapped = text.slice(middle, end) + text.slice(start, middle);
	return replace(line, {start, end, text: swapped});
}

/** The word before the caret and the one at or after it; behind the last word the last two. */
function transposeWords(line: Line): Line {
	const {text} = line;
	const secondEnd = wordEnd(line);
	const second = runStart({text, caret: secondEnd}, isWord);
	const first = runStart({text, caret: second}, isWord);
	const firstEnd = wordEnd({text, caret: first});
	if (first === second || second < firstEnd) return withCaret(line, line.caret);
	// Behind the last word stands nothing to swap but what follows it.
	const end = wordEnd({text, caret: second});
	const between = text.slice(firstEnd, second);
	const swapped =
		text.slice(second, end) + between + text.slice(first, firstEnd);
	return replace(line, {start: first, end, text: swapped});
}

const changeCase =
	(change: (word: string) => string) =>
	(line: Line): Line => {
		const {caret: start, text} = line;
		const end = wordEnd(line);
		return replace(line, {start, end, text: change(text.slice(start, end))});
	};

function capitalized(text: string): string {
	const characters = graphemesOf(text);
	const first = characters.findIndex(each => isWord(each));
	return characters
		.map((each, index) =>
			index === first ? each.toUpperCase() : each.toLowerCase(),
		)
		.join('');
}

const edits: Readonly<Record<EditAction, (line: Line) => Line>> = {
	lineStart: line => withCaret(line, lineStart(line)),
	lineEnd: line => withCaret(line, lineEnd(line)),
	left: line => withCaret(line, before(line)),
	right: line => withCaret(line, after(line)),
	wordLeft: line => withCaret(line, runStart(line, isWord)),
	wordRight: line => withCaret(line, wordEnd(line)),
	deleteLeft: line => remove(line, before(line), line.caret),
	deleteRight: line => remove(line, line.caret, after(line)),
	deleteBlanks,
	cutBlankLeft: line => cut(line, runStart(line, isInk), line.caret, 'left'),
	cutWordLeft: line => cut(line, runStart(line, isWord), line.caret, 'left'),
	cutWordRight: line => cut(line, line.caret, wordEnd(line), 'right'),
	cutToStart,
	cutToEnd,
	yank,
	yankPop,
	transposeCharacters,
	transposeWords,
	upperCaseWord: changeCase(word => word.toUpperCase()),
	lowerCaseWord: changeCase(word => word.toLowerCase()),
	capitalizeWord: changeCase(capitalized),
	undo,
	redo,
};

export function edit(line: Line, action: EditAction): Line {
	return edits[action](line);
}

export function isEditAction(action: string): action is EditAction {
	return Object.hasOwn(edits, action);
}

/** The caret in the line above (-1) or below (1), in its column; undefined where there is none. */
export function moveVertically(line: Line, by: 1 | -1): Line | undefined {
	const {last} = line;
	const column = last.kind === 'vertical' ? last.column : columnOf(line);
	const caret = placeBeside(line, by, column);
	return caret === undefined
		? undefined
		: withCaret(line, caret, {kind: 'vertical', column});
}
