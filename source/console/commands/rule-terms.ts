/**
 * The terms of a rule's line: bare words, "quoted text" and /expressions/. A
 * backslash stays where it is, because what it means is the answer's or the
 * expression's to say; only in front of the closing sign it keeps that from closing.
 */
export interface Term {
	readonly kind: 'word' | 'quoted' | 'expression';
	/** Without its quotes or slashes. */
	readonly text: string;
	/** What stands right behind an expression. */
	readonly flags: string;
	/** Where it ends in the line. */
	readonly end: number;
	/** Its closing sign is missing. */
	readonly isOpen: boolean;
}

const shapes = {
	'"': /"((?:[^"\\]|\\[^])*)("?)/y,
	'/': /\/((?:[^/\\]|\\[^])*)(\/?)(\S*)/y,
};

/** The term at `start` or behind the blanks there; undefined at the end of the line. */
export function readTerm(line: string, start: number): Term | undefined {
	const at = start + /^\s*/.exec(line.slice(start))![0].length;
	if (at >= line.length) return undefined;
	const sign = line[at]!;
	if (sign !== '"' && sign !== '/') {
		const [text] = /^\S+/.exec(line.slice(at))!;
		return {
			kind: 'word',
			text,
			flags: '',
			end: at + text.length,
			isOpen: false,
		};
	}

	const shape = shapes[sign];
	shape.lastIndex = at;
	const [found = '', inside = '', close = '', flags = ''] =
		shape.exec(line) ?? [];
	return {
		kind: sign === '"' ? 'quoted' : 'expression',
		text: sign === '"' ? inside.replaceAll(String.raw`\"`, '"') : inside,
		flags,
		end: at + found.length,
		isOpen: close === '',
	};
}
