/**
 * What people type as bytes: text as it is, text with escapes, or hex digits, the
 * last two with tokens. Decides what is meant and where it is wrong; the encoding
 * of text, the counter and the time are left to whoever renders. Pure: any line
 * gives a template or a SocktermError with the `position` (from 0, in UTF-16
 * units) at which it cannot be read.
 */
import {SocktermError} from '../errors.js';
import {isTokenStart, readToken, type Token} from './byte-tokens.js';

export {renderByteTemplate, type RenderOptions} from './byte-rendering.js';
export {tokenNames} from './byte-tokens.js';

export type BytePart =
	| Token
	| {readonly kind: 'bytes'; readonly bytes: readonly number[]}
	/** Characters, which become bytes in the encoding of whoever they go to. */
	| {readonly kind: 'text'; readonly text: string};

export type ByteTemplate = readonly BytePart[];

/** Throws badHexDigit, halfByte, badEscape, unknownToken, unknownTokenFormat {position, …}. */
export function parseByteTemplate(
	line: string,
	notation: 'text' | 'escapes' | 'hex',
): ByteTemplate {
	if (notation === 'text')
		return line === '' ? [] : [{kind: 'text', text: line}];
	return notation === 'hex' ? parseHex(line) : parseEscapes(line);
}

/** Whether each rendering takes a number of its own. */
export const countsUp = (template: ByteTemplate): boolean =>
	template.some(({kind}) => kind === 'sequence');

/** Puts neighbours of one kind together. */
function createParts() {
	const parts: BytePart[] = [];
	let bytes: number[] | undefined;
	let text = '';
	const end = () => {
		if (bytes) parts.push({kind: 'bytes', bytes});
		if (text !== '') parts.push({kind: 'text', text});
		bytes = undefined;
		text = '';
	};

	return {
		byte(value: number) {
			if (text !== '') end();
			bytes ??= [];
			bytes.push(value);
		},
		text(characters: string) {
			if (bytes) end();
			text += characters;
		},
		token(token: Token) {
			end();
			parts.push(token);
		},
		done(): ByteTemplate {
			end();
			return parts;
		},
	};
}

const hexGap = /[\s,]+|0x(?=[\da-f])/iy;
const isHexDigit = (character: string | undefined) =>
	character !== undefined && /^[\da-f]$/i.test(character);

function parseHex(line: string): ByteTemplate {
	const parts = createParts();
	for (let at = 0; at < line.length;) {
		hexGap.lastIndex = at;
		const gap = hexGap.exec(line);
		const digit = line[at];
		const second = line[at + 1];
		if (gap) {
			at += gap[0].length;
		} else if (isTokenStart(line, at)) {
			const {token, end} = readToken(line, at, 'hex');
			parts.token(token);
			at = end;
		} else if (!isHexDigit(digit)) {
			throw new SocktermError('badHexDigit', {
				position: at,
				character: shownCharacter(line, at),
			});
		} else if (isHexDigit(second)) {
			parts.byte(Number.parseInt(line.slice(at, at + 2), 16));
			at += 2;
		} else {
			throw new SocktermError('halfByte', {position: at, digit: digit!});
		}
	}

	return parts.done();
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
	['r', '\r'],
	['n', '\n'],
	['t', '\t'],
	['0', '\0'],
	['\\', '\\'],
	['$', '$'],
]);

const byteEscape = /\\x([\da-f]{2})/iy;
const characterEscape = /\\u(?:([\da-f]{4})|\{([\da-f]{1,6})\})/iy;

function parseEscapes(line: string): ByteTemplate {
	const parts = createParts();
	for (let at = 0; at < line.length;) {
		if (isTokenStart(line, at)) {
			const {token, end} = readToken(line, at, 'escapes');
			parts.token(token);
			at = end;
			continue;
		}

		if (line[at] !== '\\') {
			parts.text(line[at]!);
			at++;
			continue;
		}

		const simple = simpleEscapes.get(line[at + 1] ?? '');
		byteEscape.lastIndex = at;
		characterEscape.lastIndex = at;
		const byte = byteEscape.exec(line);
		const character = characterEscape.exec(line);
		const code = Number.parseInt(character?.[1] ?? character?.[2] ?? '', 16);
		if (simple !== undefined) {
			parts.text(simple);
			at += 2;
		} else if (byte) {
			parts.byte(Number.parseInt(byte[1]!, 16));
			at += byte[0].length;
		} else if (character && code <= 0x10_ff_ff) {
			parts.text(String.fromCodePoint(code));
			at += character[0].length;
		} else {
			const escape = at + 1 < line.length ? shownCharacter(line, at + 1) : '';
			throw new SocktermError('badEscape', {
				position: at,
				escape: `\\${escape}`,
			});
		}
	}

	return parts.done();
}

/** A character for a sentence: by its number where it cannot be seen. */
function shownCharacter(line: string, at: number): string {
	const code = line.codePointAt(at)!;
	const character = String.fromCodePoint(code);
	return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)
		? character
		: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
