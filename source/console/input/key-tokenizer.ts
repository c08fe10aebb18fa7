/**
 * Cuts what a terminal sends into keys. Decides where one key ends: a control
 * character, an escape sequence (CSI, SS3), an Alt key, a whole bracketed paste,
 * or one grapheme of text. Leaves to others what a key means, which sequences
 * nobody typed (`terminal-replies.ts`), and the clock: it says that something is
 * pending, and the pump decides how long to wait.
 *
 * Invariants: nothing is dropped but what a terminal reports by itself and a
 * control sequence that broke off; the keys do not depend on how the bytes were
 * split over reads, save that the parts of a composed character that arrive apart
 * are separate keys. Text of a paste is never a key, also where it holds the mark
 * that ends one: what comes close behind a paste waits until it is clear that no
 * second mark follows, and belongs to the paste if one does.
 */
import {cutEscape, isControl} from './cut-sequence.js';
import {
	pasteEnd,
	pasteOf,
	pasteStart,
	searchMarks,
	type MarkSearch,
} from './paste-marks.js';
import {
	createReplyString,
	isKeySequence,
	isMouseReport,
	type ReplyString,
} from './terminal-replies.js';

const escape = '\u001B';
const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/**
 * What is unfinished: `escape` is an ESC that may be the key itself, `sequence`
 * the beginning of something that no person types, `string` a terminal's answer
 * whose end has not come, `paste` a paste still arriving, `pasted` one that has
 * ended, if nothing comes close behind it.
 */
export type Pending =
	'nothing' | 'escape' | 'sequence' | 'string' | 'paste' | 'pasted';

export interface KeyTokenizer {
	/** The keys completed by these bytes, in order, as the terminal sent them. */
	push(chunk: Uint8Array | string): string[];
	pending(): Pending;
	/** Ends what is pending: a lone ESC and ESC with one character are keys, a broken sequence or answer is dropped. A paste goes on. */
	flush(): string[];
}

/** `onReport` gets what a terminal reports of its mouse, which is no key. */
export function createKeyTokenizer(
	onReport: (sequence: string) => void = () => undefined,
): KeyTokenizer {
	const decoder = new TextDecoder('utf-8', {ignoreBOM: true});
	let rest = '';
	let pasting: MarkSearch | undefined;
	let reply: ReplyString | undefined;
	/** What came close behind a paste. */
	let held: MarkSearch | undefined;

	const takeText = (text: string, start: number, keys: string[]): number => {
		let end = start;
		while (end < text.length && !isControl(text.charCodeAt(end))) end++;
		// Asking costs more than a character that stands alone.
		if (end - start === 1) {
			keys.push(text[start]!);
			return end;
		}

		for (const {segment} of graphemes.segment(text.slice(start, end))) {
			keys.push(segment);
		}

		return end;
	};

	/** Takes keys up to the beginning of a paste or an answer; returns what follows that. */
	const takeKeys = (text: string, keys: string[]): string | undefined => {
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
				pasting = searchMarks([pasteEnd]);
				return text.slice(index);
			}

			if (cut.string) {
				reply = createReplyString();
				return text.slice(index);
			}

			const isCsi = sequence.startsWith(`${escape}[`);
			if (!cut.dropped && (!isCsi || isKeySequence(sequence))) {
				keys.push(sequence);
			} else if (!cut.dropped && isMouseReport(sequence)) {
				onReport(sequence);
			}
		}

		rest = text.slice(index);
		return undefined;
	};

	const takePaste = (text: string, keys: string[]): string | undefined => {
		const found = pasting!.take(text);
		if (!found) return undefined;
		pasting = undefined;
		held = searchMarks([pasteStart, pasteEnd]);
		keys.push(pasteOf(found.before));
		return found.after;
	};

	/** Another mark: what stands before it was no typing. */
	const takeHeld = (text: string, keys: string[]): string | undefined => {
		const found = held!.take(text);
		if (!found) return undefined;
		const isEnd = found.mark === pasteEnd;
		held = isEnd ? searchMarks([pasteStart, pasteEnd]) : undefined;
		pasting = isEnd ? undefined : searchMarks([pasteEnd]);
		if (found.before !== '') keys.push(pasteOf(found.before));
		return found.after;
	};

	const takeReply = (text: string): string | undefined => {
		const after = reply!.take(text);
		if (after !== undefined) reply = undefined;
		return after;
	};

	const takeAll = (input: string, keys: string[]): void => {
		let text: string | undefined = input;
		while (text !== undefined && text !== '') {
			if (pasting) text = takePaste(text, keys);
			else if (held) text = takeHeld(text, keys);
			else if (reply) text = takeReply(text);
			else {
				const whole: string = rest + text;
				rest = '';
				text = takeKeys(whole, keys);
			}
		}
	};

	return {
		push(chunk) {
			const keys: string[] = [];
			takeAll(
				typeof chunk === 'string'
					? chunk
					: decoder.decode(chunk, {stream: true}),
				keys,
			);
			return keys;
		},
		pending() {
			if (pasting) return 'paste';
			if (held) return 'pasted';
			if (reply) return 'string';
			if (rest === '') return 'nothing';
			return rest === escape ? 'escape' : 'sequence';
		},
		flush() {
			const keys: string[] = [];
			if (held) {
				const typed = held.text();
				held = undefined;
				takeAll(typed, keys);
			} else {
				reply = undefined;
				if (rest !== '' && rest.length <= 2) keys.push(rest);
				rest = '';
			}

			return keys;
		},
	};
}
