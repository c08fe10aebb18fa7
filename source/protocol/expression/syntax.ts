/**
 * Reads regular expressions as JavaScript writes them (with its flag `u`), as far as
 * they can be matched in a time that grows only with the length of the text: no
 * references to groups (`\1`) and no looking around (`(?=…)`). Pure; throws
 * SocktermError badExpression {what, position}.
 */
import {limits} from '../../limits.js';
import {
	createSet,
	lineEnds,
	type CharacterSet,
	type Ranges,
} from './character-set.js';
import {readClass, readEscape} from './characters.js';
import {Cursor} from './cursor.js';

export type Node =
	| {readonly kind: 'character'; readonly set: CharacterSet}
	| {readonly kind: 'assertion'; readonly what: Assertion}
	| {readonly kind: 'sequence'; readonly nodes: readonly Node[]}
	| {readonly kind: 'choice'; readonly nodes: readonly Node[]}
	| {readonly kind: 'group'; readonly index: number; readonly node: Node}
	| {
			readonly kind: 'repeat';
			readonly node: Node;
			readonly min: number;
			/** Undefined: any number of times. */
			readonly max: number | undefined;
			readonly isLazy: boolean;
			/** Groups inside it: from, and up to but without. */
			readonly groups: readonly [number, number];
	  };

export type Assertion = 'start' | 'end' | 'boundary' | 'noBoundary';

const deepest = 50;
const quantifier = /(?:([*+?])|\{(\d{1,4})(?:(,)(\d{1,4})?)?\})(\?)?/y;
const groupHead = /\(\?(?:<([A-Za-z_]\w*)>|(i)?:)/y;

class Reader {
	groups = 1;
	readonly #cursor: Cursor;
	#ignoreCase = false;
	#depth = 0;
	#atoms = 0;

	constructor(source: string) {
		this.#cursor = new Cursor(source);
	}

	whole(): Node {
		const node = this.#choice();
		if (!this.#cursor.isAtEnd) throw this.#cursor.problem('unopened');
		return node;
	}

	#choice(): Node {
		const nodes = [this.#sequence()];
		while (this.#cursor.eat('|')) nodes.push(this.#sequence());
		return nodes.length === 1 ? nodes[0]! : {kind: 'choice', nodes};
	}

	#sequence(): Node {
		const nodes: Node[] = [];
		for (;;) {
			const next = this.#cursor.peek();
			if (next === undefined || next === '|' || next === ')') {
				return {kind: 'sequence', nodes};
			}

			const groupsBefore = this.groups;
			nodes.push(this.#repeated(this.#atom(next), groupsBefore));
		}
	}

	#repeated(node: Node, groupsBefore: number): Node {
		const at = this.#cursor.at;
		const found = this.#cursor.take(quantifier);
		if (!found) return node;
		if (node.kind === 'assertion')
			throw this.#cursor.problem('nothingToRepeat', at);
		const [, sign, least, comma, most, lazy] = found;
		const min = sign ? (sign === '+' ? 1 : 0) : Number(least);
		const max = sign
			? sign === '?'
				? 1
				: undefined
			: comma
				? most === undefined
					? undefined
					: Number(most)
				: min;
		if (max !== undefined && max < min)
			throw this.#cursor.problem('badRepeat', at);
		return {
			kind: 'repeat',
			node,
			min,
			max,
			isLazy: lazy !== undefined,
			groups: [groupsBefore, this.groups],
		};
	}

	#atom(next: string): Node {
		// Each is a step at least: what is too long is not read to its end.
		if (++this.#atoms > limits.expressionSteps)
			throw this.#cursor.problem('tooLong', 0);
		switch (next) {
			case '(': {
				return this.#group();
			}

			case '[': {
				const {ranges, isInverted} = readClass(this.#cursor);
				return this.#characters(ranges, isInverted);
			}

			case '.': {
				this.#cursor.at++;
				return this.#characters(lineEnds, true);
			}

			case '^':
			case '$': {
				this.#cursor.at++;
				return {kind: 'assertion', what: next === '^' ? 'start' : 'end'};
			}

			case '\\': {
				this.#cursor.at++;
				return this.#escaped();
			}

			case '*':
			case '+':
			case '?':
			case '{':
			case '}':
			case ']': {
				throw this.#cursor.problem('nothingToRepeat');
			}

			default: {
				return this.#characters(this.#cursor.literal());
			}
		}
	}

	#characters(ranges: Ranges, isInverted = false): Node {
		const ignoreCase = this.#ignoreCase;
		return {
			kind: 'character',
			set: createSet(ranges, {ignoreCase, isInverted}),
		};
	}

	#escaped(): Node {
		const next = this.#cursor.peek();
		if (next === 'b' || next === 'B') {
			this.#cursor.at++;
			return {
				kind: 'assertion',
				what: next === 'b' ? 'boundary' : 'noBoundary',
			};
		}

		return this.#characters(readEscape(this.#cursor));
	}

	#group(): Node {
		const start = this.#cursor.at;
		const head = this.#cursor.take(groupHead);
		if (!head) {
			this.#cursor.at++;
			if (this.#cursor.peek() === '?') {
				throw this.#cursor.problem('looksAround', start);
			}
		}

		if (++this.#depth > deepest) throw this.#cursor.problem('tooDeep', start);
		const isCapture = !head || head[1] !== undefined;
		const index = isCapture ? this.groups++ : 0;
		const outer = this.#ignoreCase;
		if (head?.[2]) this.#ignoreCase = true;
		const node = this.#choice();
		this.#ignoreCase = outer;
		if (!this.#cursor.eat(')')) throw this.#cursor.problem('openGroup', start);
		this.#depth--;
		return isCapture ? {kind: 'group', index, node} : node;
	}
}

/** The parts of an expression, and how many groups it has with itself as number 0. */
export function readExpression(source: string): {
	readonly node: Node;
	readonly groups: number;
} {
	const reader = new Reader(source);
	const node = reader.whole();
	return {node, groups: reader.groups};
}
