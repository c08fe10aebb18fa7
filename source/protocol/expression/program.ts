/**
 * Makes of an expression's parts the steps that the matcher takes. A count is written
 * out (`a{3}` is `aaa`), so the steps are limited. Pure.
 */
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import type {CharacterSet} from './character-set.js';
import type {Assertion, Node} from './syntax.js';

export type Step =
	| {readonly kind: 'character'; readonly set: CharacterSet}
	| {readonly kind: 'assertion'; readonly what: Assertion}
	/** Goes on at both places; what comes of `first` is preferred. */
	| {kind: 'split'; first: number; second: number}
	| {kind: 'jump'; to: number}
	/** Remembers the place in the text. */
	| {readonly kind: 'save'; readonly slot: number}
	/** Forgets the places of groups: a repeat begins anew. */
	| {readonly kind: 'clear'; readonly from: number; readonly to: number}
	| {readonly kind: 'match'};

export type Program = readonly Step[];

/** Throws badExpression {what: 'tooLong'}. */
export function makeProgram(node: Node): Program {
	const steps: Step[] = [];
	const add = <Each extends Step>(step: Each): Each => {
		if (steps.length >= limits.expressionSteps) {
			throw new SocktermError('badExpression', {what: 'tooLong', position: 0});
		}

		steps.push(step);
		return step;
	};

	const split = (isLazy: boolean) => {
		const step = add({kind: 'split' as const, first: 0, second: 0});
		const inside = steps.length;
		return {
			at: inside - 1,
			/** Where it goes on when it has had enough. */
			leaveTo(outside: number) {
				step.first = isLazy ? outside : inside;
				step.second = isLazy ? inside : outside;
			},
		};
	};

	const repeat = (of: Extract<Node, {kind: 'repeat'}>) => {
		const {node: inner, min, max, isLazy, groups} = of;
		const [from, to] = groups;
		const once = () => {
			if (to > from) add({kind: 'clear', from: from * 2, to: to * 2});
			emit(inner);
		};

		for (let count = 0; count < min; count++) once();
		if (max === undefined) {
			const loop = split(isLazy);
			once();
			add({kind: 'jump', to: loop.at});
			loop.leaveTo(steps.length);
			return;
		}

		const options = [];
		for (let count = min; count < max; count++) {
			options.push(split(isLazy));
			once();
		}

		for (const option of options) option.leaveTo(steps.length);
	};

	const choice = (nodes: readonly Node[]) => {
		const jumps = [];
		for (const [index, each] of nodes.entries()) {
			if (index === nodes.length - 1) {
				emit(each);
				break;
			}

			const other = split(false);
			emit(each);
			jumps.push(add({kind: 'jump' as const, to: 0}));
			other.leaveTo(steps.length);
		}

		for (const jump of jumps) jump.to = steps.length;
	};

	const emit = (each: Node): void => {
		switch (each.kind) {
			case 'character':
			case 'assertion': {
				add(each);
				break;
			}

			case 'sequence': {
				for (const part of each.nodes) emit(part);
				break;
			}

			case 'choice': {
				choice(each.nodes);
				break;
			}

			case 'group': {
				add({kind: 'save', slot: each.index * 2});
				emit(each.node);
				add({kind: 'save', slot: each.index * 2 + 1});
				break;
			}

			case 'repeat': {
				repeat(each);
				break;
			}
		}
	};

	add({kind: 'save', slot: 0});
	emit(node);
	add({kind: 'save', slot: 1});
	add({kind: 'match'});
	return steps;
}
