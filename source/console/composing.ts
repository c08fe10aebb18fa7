/**
 * What keys do to the line being typed. Each key is carried out at once on the
 * console's state, so that none is lost between two frames. While a completion
 * looks at the disk, keys wait for it.
 */
import type {Engine} from '../engine/index.js';
import {limits} from '../limits.js';
import {strings} from '../strings/index.js';
import type {Actions} from './actions.js';
import {createCompleting} from './completing.js';
import {insertLastWord} from './input/cuts.js';
import type {Action} from './input/keymap.js';
import {actionFor} from './input/keymap.js';
import {
	breakLine,
	insertText,
	pastedLines,
	replace,
	withCaret,
	withText,
	type Line,
} from './input/line.js';
import {edit, isEditAction, moveVertically} from './input/line-editor.js';
import {lineOf, type UiStore} from './store.js';
import type {TypedLines} from './typed-lines.js';

export interface Composing {
	/** A key, and what it types. */
	key(name: string, text: string): void;
	/** Long pastes are asked about. */
	paste(text: string): void;
	/** Puts a paste in at the caret, without a question. */
	insert(text: string): void;
	/** Puts a line in the place of what is typed; that can be undone. */
	replaceWith(text: string): void;
	/** Sends a paste as it is, with what is typed already. */
	sendPaste(text: string): void;
}

/** An odd number of backslashes: two are meant as they are. */
const endsOpen = (text: string) => /(?:^|[^\\])(?:\\\\)*\\$/.test(text);

const isCommandLine = (text: string) =>
	text.startsWith('/') && !text.startsWith('//');

const replaced = (line: Line, text: string) =>
	replace(line, {start: 0, end: line.text.length, text});

export function createComposing(options: {
	readonly engine: Pick<Engine, 'getState'>;
	readonly ui: UiStore;
	readonly actions: Actions;
	readonly typedLines: TypedLines;
	submit(line: string): void;
}): Composing {
	const {engine, ui, actions, typedLines, submit} = options;
	/** Keys that came during a completion; undefined: there is none. */
	let held: Array<() => void> | undefined;

	const current = () => {
		const state = ui.getState();
		return lineOf(state, state.conversation);
	};

	const change = (line: Line) => {
		const {conversation} = ui.getState();
		ui.dispatch({type: 'line/edited', conversation, line});
	};

	const release = () => {
		const waiting = held ?? [];
		held = undefined;
		while (waiting.length > 0) {
			// One of them may be a completion again.
			if (held) {
				(held as Array<() => void>).push(...waiting);
				return;
			}

			waiting.shift()!();
		}
	};

	const hold = (work: Promise<void>) => {
		held = [];
		void work.then(release, release);
	};

	const whenFree = (step: () => void) => {
		if (held) held.push(step);
		else step();
	};

	const completing = createCompleting({engine, ui, current, change, actions});

	const recall = (of: 'here' | 'all', by: 1 | -1) => {
		const line = current();
		const {conversation} = ui.getState();
		const found = typedLines.walk(conversation, of, by, line.text);
		change(
			found === undefined ? withCaret(line, line.caret) : withText(line, found),
		);
	};

	/** In a draft of several lines its own come first. */
	const upOrDown = (by: 1 | -1) => {
		const moved = moveVertically(current(), by);
		if (moved) change(moved);
		else recall('here', by);
	};

	const enter = () => {
		const line = current();
		const {text} = line;
		const {conversation, notations} = ui.getState();
		const isText = !notations.has(conversation) && !isCommandLine(text);
		const end = text.length;
		if (isText && line.caret === end && endsOpen(text)) {
			change(replace(line, {start: end - 1, end, text: '\n'}));
		} else {
			submit(text);
		}
	};

	const insert = (text: string) => {
		const line = current();
		const inserted = insertText(line, text, {isPaste: true, keepsBreaks: true});
		change(inserted);
		if (inserted.text.length >= limits.inputCharacters) {
			actions.notify(
				strings.input.composing.full(limits.inputCharacters),
				'bad',
			);
		}
	};

	const handlers: Partial<Record<Action, () => void>> = {
		submit: enter,
		newLine: () => change(breakLine(current())),
		historyOlder: () => upOrDown(-1),
		historyNewer: () => upOrDown(1),
		globalOlder: () => recall('all', -1),
		globalNewer: () => recall('all', 1),
		recallSearch: () =>
			ui.dispatch({type: 'overlay/opened', overlay: {kind: 'recall'}}),
		lastArgument: () =>
			change(insertLastWord(current(), index => typedLines.lastWordAt(index))),
		complete: () => hold(completing.complete(1)),
		completeBack: () => hold(completing.complete(-1)),
		interrupt() {
			const line = current();
			// So that it can be undone.
			if (line.text === '') actions.perform('interrupt');
			else change(replaced(line, ''));
		},
	};

	const perform = (name: string, text: string) => {
		const action = actionFor('composer', name) ?? actionFor('field', name);
		// A second Ctrl-C is what the first one's notice asks for.
		if (action !== 'interrupt') ui.dispatch({type: 'notice/cleared'});
		if (!action) {
			if (text !== '') change(insertText(current(), text));
		} else if (isEditAction(action)) change(edit(current(), action));
		else if (handlers[action]) handlers[action]();
		else actions.perform(action);
	};

	return {
		key: (name, text) => whenFree(() => perform(name, text)),
		paste(text) {
			whenFree(() => {
				if (pastedLines(text).length <= limits.pasteLines) insert(text);
				else {
					ui.dispatch({
						type: 'overlay/opened',
						overlay: {kind: 'paste', text},
					});
				}
			});
		},
		insert,
		replaceWith: text => change(replaced(current(), text)),
		sendPaste(text) {
			const isEmpty = current().text === '';
			insert(text);
			const line = current().text;
			// What was pasted is no command.
			submit(isEmpty && line.startsWith('/') ? `/${line}` : line);
		},
	};
}
