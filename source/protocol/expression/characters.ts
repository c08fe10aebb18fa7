/** The characters that an expression names: behind a backslash, or in brackets. */
import {
	digits,
	inverted,
	spaces,
	wordCharacters,
	type Ranges,
} from './character-set.js';
import type {Cursor} from './cursor.js';

const classEscapes: ReadonlyMap<string, Ranges> = new Map([
	['d', digits],
	['D', inverted(digits)],
	['w', wordCharacters],
	['W', inverted(wordCharacters)],
	['s', spaces],
	['S', inverted(spaces)],
]);

const controlEscapes: ReadonlyMap<string, number> = new Map([
	['t', 9],
	['n', 10],
	['v', 11],
	['f', 12],
	['r', 13],
	['0', 0],
]);

const syntaxCharacters = '^$\\.*+?()[]{}|/';
const hexEscape = /x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]{1,6})\}/iy;

/** What stands behind a backslash, in a class too. */
export function readEscape(cursor: Cursor): Ranges {
	const next = cursor.peek();
	if (next === undefined) throw cursor.problem('openEscape');
	const set = classEscapes.get(next);
	const control = controlEscapes.get(next);
	if (set ?? (control !== undefined || syntaxCharacters.includes(next))) {
		cursor.at++;
		const codePoint = control ?? next.codePointAt(0)!;
		return set ?? [[codePoint, codePoint]];
	}

	const hex = cursor.take(hexEscape);
	const codePoint = Number.parseInt(hex?.[1] ?? hex?.[2] ?? hex?.[3] ?? '', 16);
	if (codePoint <= 0x10_ff_ff) return [[codePoint, codePoint]];
	throw cursor.problem(/[1-9k]/.test(next) ? 'reference' : 'badEscape');
}

/** What stands in brackets. */
export function readClass(cursor: Cursor): {
	readonly ranges: Ranges;
	readonly isInverted: boolean;
} {
	const start = cursor.at++;
	const isInverted = cursor.eat('^');
	const ranges: Array<readonly [number, number]> = [];
	while (!cursor.eat(']')) {
		const first = readMember(cursor, start);
		const isRange =
			cursor.peek() === '-' && cursor.source[cursor.at + 1] !== ']';
		if (!isRange) {
			ranges.push(...first);
			continue;
		}

		cursor.at++;
		const last = readMember(cursor, start);
		const [[from, fromLast]] = first as [readonly [number, number]];
		const [[to, toLast]] = last as [readonly [number, number]];
		const isOfTwo =
			first.length === 1 && last.length === 1 && from === fromLast;
		if (!isOfTwo || to !== toLast || to < from)
			throw cursor.problem('badRange');
		ranges.push([from, to]);
	}

	return {ranges, isInverted};
}

function readMember(cursor: Cursor, start: number): Ranges {
	if (cursor.isAtEnd) {
		throw cursor.problem('openClass', start);
	}

	if (!cursor.eat('\\')) return cursor.literal();
	if (cursor.eat('b')) return [[8, 8]];
	return cursor.eat('-') ? [[0x2d, 0x2d]] : readEscape(cursor);
}
