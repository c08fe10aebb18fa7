/**
 * Regular expressions on text of strangers. JavaScript's own can take hours over a
 * short line (`(a+)+b`); this one follows all ways through the expression at the same
 * time (Thompson 1968, with captures as in Pike's VM), so that the time is at most
 * the length of the text times that of the expression. Of several matches the
 * leftmost is found, and there the one that JavaScript prefers.
 */
import {wordCharacters, createSet} from './character-set.js';
import {makeProgram, type Program} from './program.js';
import {readExpression, type Assertion, type Node} from './syntax.js';

export interface Expression {
	/** The match and its groups; a group that took no part is undefined. Undefined: nothing matches. */
	match(text: string): ReadonlyArray<string | undefined> | undefined;
}

type Slots = ReadonlyArray<number | undefined>;

interface Thread {
	readonly at: number;
	readonly slots: Slots;
}

const word = createSet(wordCharacters, {ignoreCase: false});
const isWord = (text: string, at: number) =>
	at >= 0 && at < text.length && word.has(text.charCodeAt(at));

function holds(what: Assertion, text: string, place: number): boolean {
	switch (what) {
		case 'start': {
			return place === 0;
		}

		case 'end': {
			return place === text.length;
		}

		case 'boundary':
		case 'noBoundary': {
			const isBoundary = isWord(text, place - 1) !== isWord(text, place);
			return isBoundary === (what === 'boundary');
		}
	}
}

/** The text that every match begins with. */
function prefixOf(node: Node): string {
	if (node.kind === 'character') {
		const {only} = node.set;
		return only === undefined ? '' : String.fromCodePoint(only);
	}

	if (node.kind !== 'sequence') return '';
	let prefix = '';
	for (const each of node.nodes) {
		const part = each.kind === 'character' ? prefixOf(each) : '';
		if (part === '') break;
		prefix += part;
	}

	return prefix;
}

/** Follows the program through the text, all ways at the same time. */
class Run {
	readonly #program: Program;
	readonly #text: string;
	/** At which place a step was last reached: once is enough. */
	readonly #reached: Int32Array;
	found: Slots | undefined;

	constructor(program: Program, text: string) {
		this.#program = program;
		this.#text = text;
		this.#reached = new Int32Array(program.length).fill(-1);
	}

	/** The threads behind those that read this character, the preferred ones first. */
	step(threads: readonly Thread[], codePoint: number, next: number): Thread[] {
		const result: Thread[] = [];
		for (const {at, slots} of threads) {
			const each = this.#program[at]!;
			if (each.kind === 'match') {
				// What is less preferred does not matter any more.
				this.found = slots;
				break;
			}

			if (each.kind === 'character' && each.set.has(codePoint)) {
				this.follow(at + 1, slots, next, result);
			}
		}

		return result;
	}

	/** Goes on without reading, to the steps that read or match. */
	follow(start: number, slots: Slots, place: number, into: Thread[]): void {
		const waiting: Thread[] = [{at: start, slots}];
		for (let thread = waiting.pop(); thread; thread = waiting.pop()) {
			const {at} = thread;
			if (this.#reached[at] === place) continue;
			this.#reached[at] = place;
			const each = this.#program[at]!;
			switch (each.kind) {
				case 'split': {
					waiting.push(
						{at: each.second, slots: thread.slots},
						{at: each.first, slots: thread.slots},
					);
					break;
				}

				case 'jump': {
					waiting.push({at: each.to, slots: thread.slots});
					break;
				}

				case 'save': {
					const saved = thread.slots.with(each.slot, place);
					waiting.push({at: at + 1, slots: saved});
					break;
				}

				case 'clear': {
					const {from, to} = each;
					const cleared = thread.slots.map((slot, index) =>
						index >= from && index < to ? undefined : slot,
					);
					waiting.push({at: at + 1, slots: cleared});
					break;
				}

				case 'assertion': {
					if (holds(each.what, this.#text, place)) {
						waiting.push({at: at + 1, slots: thread.slots});
					}

					break;
				}

				case 'character':
				case 'match': {
					into.push(thread);
					break;
				}
			}
		}
	}
}

/** Throws badExpression {what, position}. */
export function createExpression(source: string): Expression {
	const {node, groups} = readExpression(source);
	const program = makeProgram(node);
	const prefix = prefixOf(node);
	const noSlots: Slots = Array.from({length: groups * 2}, () => undefined);

	const find = (text: string): Slots | undefined => {
		const run = new Run(program, text);
		let threads: Thread[] = [];
		for (let place = 0; ;) {
			if (threads.length === 0) {
				if (run.found) break;
				const begin = text.indexOf(prefix, place);
				if (begin === -1) break;
				place = begin;
			}

			// A match that begins later is the last choice.
			if (!run.found) run.follow(0, noSlots, place, threads);
			// Beyond the end nothing is read, but what matches there does.
			const codePoint = text.codePointAt(place) ?? -1;
			const next = place + (codePoint > 0xff_ff ? 2 : 1);
			threads = run.step(threads, codePoint, next);
			if (place >= text.length) break;
			place = next;
		}

		return run.found;
	};

	return {
		match(text) {
			const slots = find(text);
			if (!slots) return undefined;
			return Array.from({length: groups}, (_, group) => {
				const start = slots[group * 2];
				const end = slots[group * 2 + 1];
				return start === undefined || end === undefined
					? undefined
					: text.slice(start, end);
			});
		},
	};
}
