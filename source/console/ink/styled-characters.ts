/**
 * What Ink's output takes from its tokenizer, with a memory: Ink cuts every line of every
 * frame into styled characters anew, though most lines are those of the frame before. Ink
 * gives what `tokenize` makes to `styledCharsFromTokens` and to nobody else, so the first
 * does all of it. `scripts/build.mjs` puts this in the place of the package.
 */
import {
	styledCharsFromTokens as toStyledChars,
	tokenize as toTokens,
	type StyledChar,
} from '@alcalzone/ansi-tokenize';

export {styledCharsToString} from '@alcalzone/ansi-tokenize';

/** Of the lines that are remembered, with their styles: some screens of 120x40. */
const mostUnits = 65_536;
const mostKinds = 4_096;

/** Each kind of character once: a screen has thousands of them, and some hundred kinds. */
const kinds = new Map<string, StyledChar>();

function kindOf(character: StyledChar): StyledChar {
	const {value, styles} = character;
	const key = value + styles.map(({code}) => code).join('');
	const known = kinds.get(key);
	if (known) return known;
	if (kinds.size >= mostKinds) kinds.clear();
	kinds.set(key, character);
	return character;
}

let newer = new Map<string, readonly StyledChar[]>();
let older = new Map<string, readonly StyledChar[]>();
let units = 0;

/** The styled characters of a line, not to be changed by anybody. */
export function tokenize(line: string): readonly StyledChar[] {
	const recent = newer.get(line);
	if (recent) return recent;
	const styled = older.get(line) ?? toStyledChars(toTokens(line)).map(kindOf);
	if (units + line.length > mostUnits) {
		older = newer;
		newer = new Map();
		units = 0;
	}

	newer.set(line, styled);
	units += line.length + 1;
	return styled;
}

export const styledCharsFromTokens = (
	styled: readonly StyledChar[],
): readonly StyledChar[] => styled;
