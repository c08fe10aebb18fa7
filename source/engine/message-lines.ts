/**
 * The lines of a message. Decides where one ends: at LF, which is its picture `␊` in
 * safe text, with or without CR before it. There is no other way to carry lines: safe
 * text stays text for one row everywhere (`sanitize.ts`), and who shows lines asks here.
 * Who writes the picture itself gets a line too, as with LF: no line of a stranger
 * begins without what the console puts in front of it.
 *
 * Invariants: each line is safe text; no more than the limit, the last one holds the rest.
 */
import {limits} from '../limits.js';

const lineFeed = '\u240A';
const lineBreak = /\u240D?\u240A/g;

/** Of safe text; at least one. A break at the very end begins none. */
export function linesOf(text: string): readonly string[] {
	if (!text.includes(lineFeed)) return [text];
	const lines: string[] = [];
	let start = 0;
	for (const {0: found, index} of text.matchAll(lineBreak)) {
		if (lines.length === limits.messageLines - 1) break;
		lines.push(text.slice(start, index));
		start = index + found.length;
	}

	const rest = text.slice(start);
	return rest === '' ? lines : [...lines, rest];
}
