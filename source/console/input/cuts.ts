/** What is cut and put back. Cuts in a row, with no other key between them, are one. */
import {limits} from '../../limits.js';
import {replace, withCaret, type Line} from './line.js';

/** Takes out what stands between two places and keeps it. */
export function cut(
	line: Line,
	start: number,
	end: number,
	direction: 'left' | 'right',
): Line {
	const last = {kind: 'cut'} as const;
	// A key that found nothing to cut does not end a row of cuts.
	if (start >= end) {
		return withCaret(
			line,
			line.caret,
			line.last.kind === 'cut' ? last : undefined,
		);
	}

	const piece = line.text.slice(start, end);
	const [newest = '', ...older] = line.cuts;
	const cuts =
		line.last.kind === 'cut'
			? [direction === 'left' ? piece + newest : newest + piece, ...older]
			: [piece, ...line.cuts].slice(0, limits.cutsKept);
	return {...replace(line, {start, end, text: '', last}), cuts};
}

/** Puts the newest cut in. */
export function yank(line: Line): Line {
	const {caret: start, cuts} = line;
	const [text] = cuts;
	if (text === undefined) return withCaret(line, start);
	const last = {kind: 'yank', start, index: 0} as const;
	return replace(line, {start, end: start, text, last});
}

/** Right after a `yank`: the cut before that one instead, after the oldest the newest again. */
export function yankPop(line: Line): Line {
	const {cuts, caret, last} = line;
	if (last.kind !== 'yank') return withCaret(line, caret);
	const {start} = last;
	const index = (last.index + 1) % cuts.length;
	return replace(line, {
		start,
		end: caret,
		text: cuts[index]!,
		last: {kind: 'yank', start, index},
		isSameStep: true,
	});
}

/** Puts in the last word of an earlier line; again right after that: of the one before it. `wordAt(0)` is the newest. */
export function insertLastWord(
	line: Line,
	wordAt: (index: number) => string | undefined,
): Line {
	const {caret, last} = line;
	const isAgain = last.kind === 'lastWord';
	const start = isAgain ? last.start : caret;
	const index = isAgain ? last.index + 1 : 0;
	const text = wordAt(index);
	if (text === undefined) return line;
	return replace(line, {
		start,
		end: caret,
		text,
		last: {kind: 'lastWord', start, index},
		isSameStep: isAgain,
	});
}
