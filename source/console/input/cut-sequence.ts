/** Where a control sequence in a terminal's input ends. */
import {beginsReplyString} from './terminal-replies.js';

const escape = '\u001B';
/** Longer than any key that a terminal sends. */
const maxSequence = 64;

/** One cut from the start of `text`: a key, something to drop, the beginning of an answer, or `undefined` where more must come. */
export type Cut =
	| {readonly end: number; readonly dropped?: true; readonly string?: true}
	| undefined;

export function isControl(code: number): boolean {
	return code < 0x20 || code === 0x7f;
}

function codePointLength(text: string, index: number): number {
	return text.codePointAt(index)! > 0xff_ff ? 2 : 1;
}

/** ECMA-48 §5.4: parameters, intermediates, a final byte. Also `ESC[[A` of the Linux console and `ESC[3$` of rxvt. */
function cutCsi(text: string, start: number): Cut {
	let index = start + 2;
	if (text[index] === 'M') return cutOldMouse(text, start);
	if (text[index] === '[') index++;
	for (; index < text.length; index++) {
		const code = text.charCodeAt(index);
		const isRxvtShift =
			code === 0x24 && index === start + 3 && /[235678]/.test(text[start + 2]!);
		if ((code >= 0x40 && code <= 0x7e) || isRxvtShift) return {end: index + 1};
		if (code < 0x20 || code > 0x3f) return {end: index, dropped: true};
		if (index - start > maxSequence) return {end: index, dropped: true};
	}

	return undefined;
}

/** `CSI M` and three characters: button, column, row (xterm's oldest mouse report). */
function cutOldMouse(text: string, start: number): Cut {
	let end = start + 3;
	for (let count = 0; count < 3; count++) {
		if (end >= text.length) return undefined;
		if (isControl(text.charCodeAt(end))) break;
		end += codePointLength(text, end);
	}

	return {end, dropped: true};
}

/** `ESC O`, maybe modifiers, a final letter. Anything else: it was Alt-O. */
function cutSs3(text: string, start: number): Cut {
	for (let index = start + 2; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code >= 0x40 && code <= 0x7e) return {end: index + 1};
		const isParameter = (code >= 0x30 && code <= 0x39) || code === 0x3b;
		if (!isParameter || index - start > maxSequence) return {end: start + 2};
	}

	return undefined;
}

/** Of the ESC at `start`. */
export function cutEscape(text: string, start: number): Cut {
	const next = text[start + 1];
	if (next === undefined) return undefined;
	// Two ESC in a row are the Esc key and the beginning of something else.
	if (next === escape) return {end: start + 1};
	if (next === '[') return cutCsi(text, start);
	if (next === 'O') return cutSs3(text, start);
	const isReply = beginsReplyString(text, start);
	if (isReply === undefined) return undefined;
	if (isReply) return {end: start + 2, string: true};
	return {end: start + 1 + codePointLength(text, start + 1)};
}
