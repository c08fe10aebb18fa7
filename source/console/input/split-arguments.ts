/**
 * Words of a line, as a shell would see them: separated by blanks, quotes keep
 * blanks together, a backslash takes the next character as it is (inside double
 * quotes only `"` and `\`). An open quote ends with the line.
 */
export interface Word {
	/** Quotes and backslashes resolved. */
	readonly text: string;
	/** Where it begins and ends in the line, quotes included. */
	readonly start: number;
	readonly end: number;
	/** The quote that is still open at its end. */
	readonly openQuote?: '"' | "'";
}

const isBlank = (character: string | undefined) =>
	character === ' ' || character === '\t';

export function splitArguments(line: string): Word[] {
	const words: Word[] = [];
	let index = 0;
	for (;;) {
		while (isBlank(line[index])) index++;
		if (index >= line.length) return words;
		const word = takeWord(line, index);
		words.push(word);
		index = word.end;
	}
}

function takeWord(line: string, start: number): Word {
	let text = '';
	let quote: '"' | "'" | undefined;
	let index = start;
	for (; index < line.length; index++) {
		const character = line[index]!;
		const next = line[index + 1];
		if (quote === undefined && isBlank(character)) break;
		if (character === quote) {
			quote = undefined;
		} else if (
			quote === undefined &&
			(character === '"' || character === "'")
		) {
			quote = character;
		} else if (
			character === '\\' &&
			next !== undefined &&
			isEscaped(next, quote)
		) {
			text += next;
			index++;
		} else {
			text += character;
		}
	}

	return {text, start, end: index, ...(quote ? {openQuote: quote} : {})};
}

// On its own a backslash is a character of a path on some systems: it escapes only what would be special.
function isEscaped(next: string, quote: '"' | "'" | undefined): boolean {
	if (quote === "'") return false;
	return quote === '"' ? /["\\]/.test(next) : /[\s"'\\]/.test(next);
}

/** Text as one word of a line: what is special gets a backslash, or stays inside the quote that is open. */
export function quoteArgument(text: string, openQuote?: '"' | "'"): string {
	if (openQuote === "'") {
		return `'${text.replaceAll("'", String.raw`'\''`)}`;
	}

	return openQuote === '"'
		? `"${text.replace(/["\\]/g, String.raw`\$&`)}`
		: text.replace(/[\s"'\\]/g, String.raw`\$&`);
}
