/**
 * Which characters `sanitize.ts` treats alike, and how one that cannot be shown
 * is written. Nothing here looks at neighbours.
 *
 * The properties of Unicode are those of the running Node: what it does not know
 * as assigned is not shown.
 */

// Common characters that are always shown as they are and need no look at their neighbours.
export const unusual =
	/[^ -~\u00A0-\u00AC\u00AE-\u02FF\u0400-\u0482\u2010-\u2027\u2190-\u2426\u2500-\u27BF\u3000-\u3029\u3041-\u3096\u309B-\u30FF\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFF9D\uFFFD]/g;
const unseen =
	/[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/v;
const mark = /\p{M}/v;
export const joinable =
	/[[\p{L}\p{Extended_Pictographic}]--[\p{Cn}\p{Default_Ignorable_Code_Point}\p{Script=Hangul}]]/v;
export const pictograph = /\p{Extended_Pictographic}/v;
export const keycapBase = /[\d#*]/;
export const keycap = '\u20E3';

export type CharacterClass = 'unseen' | 'mark' | 'base';

const byUnit: Array<CharacterClass | undefined> = [];

/** Whether a character is shown as a token, stands on the one before, or stands alone. Remembered: a flood has few different ones. */
export function classOf(character: string): CharacterClass {
	const unit = character.length === 1 ? character.charCodeAt(0) : undefined;
	const known = unit === undefined ? undefined : byUnit[unit];
	if (known) return known;
	const found = unseen.test(character)
		? 'unseen'
		: mark.test(character)
			? 'mark'
			: 'base';
	if (unit !== undefined) byUnit[unit] = found;
	return found;
}

/** Where the run of common characters that begins at an index ends; the index itself where there is none. */
export function endOfUsual(text: string, at: number): number {
	if (classOfUnit(text.charCodeAt(at)) !== usual) return at;
	unusual.lastIndex = at;
	// No match is made of it: in hostile text there is one for every other character.
	return unusual.test(text) ? unusual.lastIndex - 1 : text.length;
}

/** Whether a code unit becomes a visible token (a tab spaces) whatever stands beside it. */
export const isAlwaysHidden = (unit: number): boolean =>
	classOfUnit(unit) === hidden;

const usual = 1;
const hidden = 2;
const other = 3;
/** By code unit; 0: not yet asked for. */
const unitClasses = new Uint8Array(0x1_00_00);

function classOfUnit(unit: number): number {
	return (unitClasses[unit] ||= findClass(String.fromCharCode(unit)));
}

function findClass(character: string): number {
	unusual.lastIndex = 0;
	if (!unusual.test(character)) return usual;
	const dependsOnNeighbours =
		isFirstHalf(character) ||
		isJoiner(character) ||
		isVariationSelector(character);
	return !dependsOnNeighbours && unseen.test(character) ? hidden : other;
}

/** Jamo join to syllables (Unicode 3.12): which part or parts of one a character is. */
export function jamoOf(
	character: string,
): 'L' | 'V' | 'T' | 'LV' | 'LVT' | undefined {
	const code = character.charCodeAt(0);
	const isIn = (from: number, to: number) => code >= from && code <= to;
	if (!(code >= 0x11_00)) return undefined;
	if (isIn(0x11_00, 0x11_5f) || isIn(0xa9_60, 0xa9_7c)) return 'L';
	if (isIn(0x11_60, 0x11_a7) || isIn(0xd7_b0, 0xd7_c6)) return 'V';
	if (isIn(0x11_a8, 0x11_ff) || isIn(0xd7_cb, 0xd7_fb)) return 'T';
	if (isIn(0xac_00, 0xd7_a3)) return (code - 0xac_00) % 28 === 0 ? 'LV' : 'LVT';
	return undefined;
}

/** ZERO WIDTH NON-JOINER and JOINER. */
export function isJoiner(character: string): boolean {
	return character === '\u200C' || character === '\u200D';
}

/** The selectors of text and emoji presentation. */
export function isVariationSelector(character: string): boolean {
	return character === '\uFE0E' || character === '\uFE0F';
}

/** The first half of a surrogate pair, alone. */
export function isFirstHalf(character: string): boolean {
	return character >= '\uD800' && character <= '\uDBFF';
}

/**
 * The character at an index, one or two code units. Not by `codePointAt`: in V8 13.6
 * (Node 24) it can read past the end of a string that was cut inside a pair.
 */
export function characterAt(text: string, index: number): string {
	const first = text[index]!;
	if (!isFirstHalf(first)) return first;
	const second = text[index + 1] ?? '';
	return second >= '\uDC00' && second <= '\uDFFF' ? first + second : first;
}

const tokens: string[] = [];

/** How a character that cannot be shown is written: a control picture where there is one, else its number. */
export function token(character: string): string {
	if (character.length > 1) return makeToken(character);
	const unit = character.charCodeAt(0);
	return (tokens[unit] ??= makeToken(character));
}

function makeToken(character: string): string {
	const code = character.codePointAt(0)!;
	if (code < 0x20) return String.fromCharCode(0x24_00 + code);
	if (code === 0x7f) return '\u2421';
	return `\\u{${code.toString(16).toUpperCase()}}`;
}
