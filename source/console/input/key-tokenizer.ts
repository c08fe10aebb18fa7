/**
 * Cuts what a terminal sends into keys. Decides where one key ends: a control
 * character, an escape sequence (CSI, SS3), an Alt key, a whole bracketed paste,
 * or one grapheme of text. Leaves to others what a key means, and the clock: it
 * says that something is pending, and the pump decides how long to wait.
 *
 * Invariants: nothing is dropped but a control sequence that broke off; the keys
 * do not depend on how the bytes were split over reads, save that the parts of a
 * composed character that arrive apart are separate keys.
 */
const escape = '\u001B';
const pasteStart = `${escape}[200~`;
const pasteEnd = `${escape}[201~`;
/** Longer than any key that a terminal sends. */
const maxSequence = 64;

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/**
 * What is unfinished: `escape` is an ESC that may be the key itself, `sequence`
 * the beginning of something that no person types, `paste` a paste still arriving.
 */
export type Pending = 'nothing' | 'escape' | 'sequence' | 'paste';

export interface KeyTokenizer {
	/** The keys completed by these bytes, in order, as the terminal sent them. */
	push(chunk: Uint8Array | string): string[];
	pending(): Pending;
	/** Ends what is pending: a lone ESC and ESC with one character are keys, a broken sequence is dropped. A paste goes on. */
	flush(): string[];
}

/** One cut from the start of `text`: a key, something to drop, or `undefined` where more must come. */
type Cut = {readonly end: number; readonly dropped?: true} | undefined;

function isControl(code: number): boolean {
	return code < 0x20 || code === 0x7f;
}

function codePointLength(text: string, index: number): number {
	return text.codePointAt(index)! > 0xff_ff ? 2 : 1;
}

/** ECMA-48 §5.4: parameters, intermediates, a final byte. Also `ESC[[A` of the Linux console and `ESC[3$` of rxvt. */
function cutCsi(text: string, start: number): Cut {
	let index = start + 2;
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

function cutEscape(text: string, start: number): Cut {
	const next = text[start + 1];
	if (next === undefined) return undefined;
	// Two ESC in a row are the Esc key and the beginning of something else.
	if (next === escape) return {end: start + 1};
	if (next === '[') return cutCsi(text, start);
	if (next === 'O') return cutSs3(text, start);
	return {end: start + 1 + codePointLength(text, start + 1)};
}

export function createKeyTokenizer(): KeyTokenizer {
	const decoder = new TextDecoder();
	let rest = '';
	/** Pieces of a paste whose end has not come; its start marker is the first. */
	let paste: string[] | undefined;
	/** The last characters of the paste so far: the end marker may be split. */
	let pasteTail = '';

	const takeText = (text: string, start: number, keys: string[]): number => {
		let end = start;
		while (end < text.length && !isControl(text.charCodeAt(end))) end++;
		for (const {segment} of graphemes.segment(text.slice(start, end))) {
			keys.push(segment);
		}

		return end;
	};

	/** Takes paste text; returns what stands behind the end marker, or undefined. */
	const takePaste = (text: string, keys: string[]): string | undefined => {
		const seen = pasteTail + text;
		const found = seen.indexOf(pasteEnd);
		if (found === -1) {
			paste!.push(text);
			pasteTail = seen.slice(-(pasteEnd.length - 1));
			return undefined;
		}

		const end = found + pasteEnd.length - pasteTail.length;
		keys.push([...paste!, text.slice(0, end)].join(''));
		paste = undefined;
		pasteTail = '';
		return text.slice(end);
	};

	const takeKeys = (input: string, keys: string[]): void => {
		let text = input;
		let index = 0;
		while (index < text.length) {
			if (!isControl(text.charCodeAt(index))) {
				index = takeText(text, index, keys);
				continue;
			}

			if (text[index] !== escape) {
				keys.push(text[index]!);
				index++;
				continue;
			}

			const cut = cutEscape(text, index);
			if (!cut) break;
			const sequence = text.slice(index, cut.end);
			index = cut.end;
			if (sequence === pasteStart) {
				paste = [pasteStart];
				const after = takePaste(text.slice(index), keys);
				if (after === undefined) return;
				text = after;
				index = 0;
			} else if (!cut.dropped) {
				keys.push(sequence);
			}
		}

		rest = text.slice(index);
	};

	return {
		push(chunk) {
			const keys: string[] = [];
			let text =
				typeof chunk === 'string'
					? chunk
					: decoder.decode(chunk, {stream: true});
			if (paste) {
				const after = takePaste(text, keys);
				if (after === undefined) return keys;
				text = after;
			}

			const whole = rest + text;
			rest = '';
			takeKeys(whole, keys);
			return keys;
		},
		pending() {
			if (paste) return 'paste';
			if (rest === '') return 'nothing';
			return rest === escape ? 'escape' : 'sequence';
		},
		flush() {
			const keys = rest !== '' && rest.length <= 2 ? [rest] : [];
			rest = '';
			return keys;
		},
	};
}
