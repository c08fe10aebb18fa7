/**
 * The one maker of `SafeText`: text of strangers (messages, nicks, names, error
 * texts, datagrams) as text that can stand on one row. Decides character by
 * character what is shown as it is and what becomes a visible token; decoding is
 * left to `protocol/text-decoding.ts`, wrapping and colour to the console.
 *
 * Invariants, each a property test: nothing is dropped, because dropping can join
 * the halves of an escape sequence; no C0, DEL or C1 in the output; output that
 * goes in again comes out the same; any split of the input gives the same output;
 * the text never merges with the character in front of it.
 */
import {
	characterAt,
	endOfUsual,
	isAlwaysHidden,
	classOf,
	isFirstHalf,
	isJoiner,
	isVariationSelector,
	jamoOf,
	joinable,
	keycap,
	keycapBase,
	pictograph,
	token,
	unusual,
} from './character-classes.js';
import type {SafeText} from './ids.js';

export interface SanitizeOptions {
	/** Cut, with an ellipsis, to this many Unicode characters. */
	readonly maxCharacters?: number;
	/** Whether joiners between letters or emoji stay: true for messages, false for names. */
	readonly joiners?: boolean;
}

export interface Sanitizer {
	/** What these characters become; the last ones may wait for what follows them. */
	push(text: string): string;
	/** What was waiting. */
	end(): string;
}

const maxMarks = 8;
/** As many as the longest emoji of Unicode (UTS #51) has: a longer chain counts two columns and may fill more. */
const maxJoinersInChain = 3;

class StreamingSanitizer implements Sanitizer {
	readonly #joiners: boolean;
	/** The last character that went out; nothing at the start. */
	#last = '';
	/** Combining marks since the last base. At the start there is no base, so the limit is reached. */
	#marks = maxMarks;
	/** What the marks stand on. */
	#base = '';
	#joinersInChain = 0;
	/** A joiner or variation selector whose fate the next character decides. */
	#waiting = '';
	/** The first half of a surrogate pair. */
	#half = '';

	constructor(joiners: boolean) {
		this.#joiners = joiners;
	}

	push(text: string): string {
		const input = this.#half + text;
		this.#half = '';
		let output = '';
		for (let at = 0; at < input.length;) {
			if (isAlwaysHidden(input.charCodeAt(at))) {
				// The commonest of what hurts: whatever stands beside it, it becomes the same.
				output += this.#settle('') + this.#showHidden(input[at]!);
				at++;
				continue;
			}

			const end = endOfUsual(input, at);
			if (end - at > 2) {
				// Only the ends of a run of common characters have neighbours that matter.
				output += this.#take(input[at]!) + input.slice(at + 1, end - 1);
				this.#last = '';
				at = end - 1;
			}

			const character = characterAt(input, at);
			at += character.length;
			if (at === input.length && isFirstHalf(character)) {
				this.#half = character;
			} else {
				output += this.#take(character);
			}
		}

		return output;
	}

	end(): string {
		const half = this.#half === '' ? '' : this.#take(this.#half);
		this.#half = '';
		return half + this.#settle('');
	}

	/** The output for one character, behind that for what waited for it. */
	#take(character: string): string {
		const settled = this.#settle(character);
		if (this.#mustWait(character)) {
			this.#waiting = character;
			return settled;
		}

		return settled + this.#show(character);
	}

	#mustWait(character: string): boolean {
		if (isJoiner(character)) {
			return (
				this.#joiners &&
				this.#joinersInChain < maxJoinersInChain &&
				joinable.test(this.#base)
			);
		}

		return isVariationSelector(character) && keycapBase.test(this.#last);
	}

	#settle(next: string): string {
		const waited = this.#waiting;
		if (waited === '') return '';
		this.#waiting = '';
		const joins = isJoiner(waited);
		if (joins ? !joinable.test(next) : next !== keycap) {
			return this.#asBase(token(waited));
		}

		if (joins) this.#joinersInChain++;
		this.#last = waited;
		return waited;
	}

	#show(character: string): string {
		if (isVariationSelector(character) && pictograph.test(this.#last)) {
			this.#last = character;
			return character;
		}

		const kind = classOf(character);
		if (kind === 'unseen') return this.#asBase(token(character));
		if (kind === 'mark') return this.#asMark(character);
		return this.#asBase(
			this.#joinsSyllable(character) ? token(character) : character,
		);
	}

	#showHidden(character: string): string {
		return this.#asBase(character === '\t' ? '    ' : token(character));
	}

	#asMark(character: string): string {
		if (this.#marks < maxMarks) {
			this.#marks++;
			this.#last = character;
			return character;
		}

		// A mark on the token would be one more on the pile: the limit stays reached.
		const shown = this.#asBase(token(character));
		this.#marks = maxMarks;
		return shown;
	}

	#asBase(shown: string): string {
		if (!isJoiner(this.#last)) this.#joinersInChain = 0;
		// Tokens and the spaces of a tab are longer than any character.
		this.#last = shown.length > 2 ? shown.at(-1)! : shown;
		this.#marks = 0;
		this.#base = this.#last;
		return shown;
	}

	/** Jamo that pile up to more, or stand for less, than the two columns of one syllable. */
	#joinsSyllable(character: string): boolean {
		const before = jamoOf(this.#last);
		switch (jamoOf(character)) {
			case 'L':
			case 'LV':
			case 'LVT': {
				return before === 'L';
			}

			case 'V': {
				return before !== 'L';
			}

			case 'T': {
				return before !== 'V' && before !== 'LV';
			}

			default: {
				return false;
			}
		}
	}
}

/** For text that comes in pieces; `toSafeText` is for all other. */
export function createSanitizer({
	joiners = true,
}: SanitizeOptions = {}): Sanitizer {
	return new StreamingSanitizer(joiners);
}

/** Any text as text for one row. Plain text costs one look at its characters. */
export function toSafeText(
	raw: string,
	{maxCharacters = Infinity, joiners = true}: SanitizeOptions = {},
): SafeText {
	// No character vanishes, so what stands behind the limit can be cut before it is looked at.
	const text =
		raw.length > 2 * maxCharacters + 2
			? raw.slice(0, 2 * maxCharacters + 2)
			: raw;
	unusual.lastIndex = 0;
	if (!unusual.test(text)) return cut(text, maxCharacters) as SafeText;
	const sanitizer = createSanitizer({joiners});
	const shown = sanitizer.push(text) + sanitizer.end();
	return cut(shown, maxCharacters) as SafeText;
}

/** Cuts between graphemes, so that no half of one is left. */
function cut(text: string, maxCharacters: number): string {
	if (text.length <= maxCharacters) return text;
	const lengthOf = (part: string) => Array.from(part).length;
	if (lengthOf(text) <= maxCharacters) return text;
	let kept = '';
	let length = 1;
	for (const {segment} of new Intl.Segmenter().segment(text)) {
		length += lengthOf(segment);
		if (length > maxCharacters) break;
		kept += segment;
	}

	// A joiner joined what is gone.
	return `${kept.replace(/[\u200C\u200D]+$/, '')}…`;
}
