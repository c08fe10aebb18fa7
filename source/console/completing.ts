/** What Tab does in the composer: first what is clear, then one candidate after the other. */
import type {Engine} from '../engine/index.js';
import {limits} from '../limits.js';
import {strings} from '../strings/index.js';
import type {Actions} from './actions.js';
import {
	completeShared,
	findCandidates,
	putIn,
	type Candidates,
} from './input/completion.js';
import {replace, type Line} from './input/line.js';
import {visibleName} from './overlays/visible-name.js';
import type {UiStore} from './store.js';

export interface Completing {
	/** Shift-Tab goes back (-1) through the candidates. */
	complete(by: 1 | -1): Promise<void>;
}

type Place = Pick<Line, 'text' | 'caret'>;

/** Candidates that are gone through, while nothing else is typed. */
interface Cycle {
	/** What was typed, and what was made of it last. */
	readonly typed: Place;
	readonly shown: Place;
	readonly found: Candidates;
	readonly index: number | undefined;
}

const candidatesShown = 12;

const isSame = (left: Place, right: Place) =>
	left.text === right.text && left.caret === right.caret;

export function createCompleting(options: {
	readonly engine: Pick<Engine, 'getState'>;
	readonly ui: UiStore;
	readonly actions: Pick<Actions, 'notify'>;
	current(): Line;
	change(line: Line): void;
}): Completing {
	const {engine, ui, actions, current, change} = options;
	let cycle: Cycle | undefined;

	const put = (place: Place, isSameStep: boolean) => {
		const line = current();
		const {text, caret} = place;
		const end = line.text.length;
		change(replace(line, {start: 0, end, text, caret, isSameStep}));
	};

	/** The candidates, that which is shown in brackets and in sight. */
	const list = ({matches}: Candidates, index: number | undefined) => {
		const first = Math.max(
			0,
			Math.min((index ?? 0) - 2, matches.length - candidatesShown),
		);
		const shown = matches
			.slice(first, first + candidatesShown)
			.map((each, at) =>
				first + at === index ? `[${visibleName(each)}]` : visibleName(each),
			);
		actions.notify(strings.input.completion.several(shown, matches.length));
	};

	const next = ({typed, found, index}: Cycle, by: 1 | -1) => {
		const {length} = found.matches;
		const at =
			index === undefined
				? by === 1
					? 0
					: length - 1
				: (index + by + length) % length;
		const shown = putIn(typed, found, found.matches[at]!, false);
		put(shown, index !== undefined);
		cycle = {typed, shown, found, index: at};
		list(found, at);
	};

	const search = async (line: Line): Promise<Candidates | undefined> => {
		let timer: NodeJS.Timeout | undefined;
		const late = new Promise<undefined>(resolve => {
			timer = setTimeout(resolve, limits.completionMs, undefined);
		});
		const state = engine.getState();
		const found = findCandidates(line.text.slice(0, line.caret), {state});
		try {
			return await Promise.race([found, late]);
		} finally {
			clearTimeout(timer);
		}
	};

	return {
		async complete(by) {
			const line = current();
			if (cycle && isSame(cycle.shown, line)) {
				next(cycle, by);
				return;
			}

			cycle = undefined;
			const {conversation} = ui.getState();
			const found = await search(line);
			const isGone = ui.getState().conversation !== conversation;
			if (!found || found.matches.length === 0 || isGone) return;
			if (!isSame(line, current())) return;
			const shown = completeShared(line, found);
			put(shown, false);
			if (found.matches.length === 1) return;
			cycle = {typed: line, shown, found, index: undefined};
			list(found, undefined);
		},
	};
}
