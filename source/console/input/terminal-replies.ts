/**
 * What a terminal sends that is no key: answers to questions (of a program that
 * ran before us: we ask nothing) and reports of the mouse and the focus. Decides
 * which sequences these are; cutting them out is left to `key-tokenizer.ts`.
 *
 * One form has two meanings: `CSI 1;3R` is Alt-F3, and the cursor's place in the
 * first row. It is taken for the key, as in every program with function keys.
 */
const escape = '\u001B';

// Behind `CSI`: cursor and editing keys, F1 to F4, back-tab, numbered keys, kitty's notation;
// those of the Linux console (`[[A`) and of rxvt (`[a`, `[3$`, `[3^`, `[3@`).
const keySequence =
	/^(?:\[[A-E]|[a-d]|[235678]\$|\d+[\^@]|[\d:;]*[A-FHPQSZu~]|(?:1;(?:[2-9]|1[0-6]))?R)$/;
const strayPasteMark = /^20[01]~$/;

/** Of a whole CSI sequence: whether somebody pressed a key. Everything else was not typed. */
export function isKeySequence(sequence: string): boolean {
	const body = sequence.slice(2);
	return keySequence.test(body) && !strayPasteMark.test(body);
}

// SGR form (xterm's mode 1006): button; column; row, M for a press and m for a release.
const mouseReport = /^<\d{1,3};\d{1,5};\d{1,5}[Mm]$/;

/** Of a whole CSI sequence: whether it says what the mouse did. */
export const isMouseReport = (sequence: string): boolean =>
	mouseReport.test(sequence.slice(2));

/** How an answer in a string goes on behind its introducer. Other characters are typed after Alt-], Alt-P and Alt-_. */
const stringBodies: ReadonlyMap<string, RegExp> = new Map([
	// OSC: colours, clipboard, titles and icon names.
	[']', /[\dILl]/],
	// DCS: version, settings (DECRQSS), capabilities, unit id.
	['P', /[\d!$+>]/],
	// APC: kitty's graphics.
	['_', /G/],
]);

/** Whether `ESC`, at `start`, begins an answer in a string; undefined where the next character decides. */
export function beginsReplyString(
	text: string,
	start: number,
): boolean | undefined {
	const body = stringBodies.get(text[start + 1]!);
	if (!body) return false;
	const next = text[start + 2];
	return next === undefined ? undefined : body.test(next);
}

/** Takes an answer in a string away, however many reads it fills. */
export interface ReplyString {
	/** What goes on to be keys, or undefined while the string lasts. */
	take(text: string): string | undefined;
}

const bell = '\u0007';
const cancel = '\u0018';
const substitute = '\u001A';
const stringEnding = new RegExp(`[${bell}${cancel}${substitute}${escape}]`);

/** Ended by BEL or ST; CAN and SUB break off, and so does an ESC that is no ST: it begins something else. */
export function createReplyString(): ReplyString {
	let sawEscape = false;
	return {
		take(text) {
			const seen = sawEscape ? escape + text : text;
			sawEscape = false;
			const ending = stringEnding.exec(seen);
			if (!ending) return undefined;
			const end = ending.index;
			if (seen[end] !== escape) return seen.slice(end + 1);
			const next = seen[end + 1];
			sawEscape = next === undefined;
			if (sawEscape) return undefined;
			return seen.slice(next === '\\' ? end + 2 : end);
		},
	};
}
