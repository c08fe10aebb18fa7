/** Lines that were sent from the composer: the history, and what comes back when a command is refused. */
import type {Command, ConversationKey} from '../engine/index.js';
import type {UiStore} from './store.js';

interface Submitted {
	readonly conversation: ConversationKey;
	readonly line: string;
}

export interface SubmittedLines {
	/** Gives a command its number, and remembers the line that it came from. */
	tag(command: Command, from?: Submitted): Command;
	/** The line comes back, unless something else is being typed. */
	refused(ref: number): void;
	done(ref: number): void;
	remember(line: string): void;
	/** The line before (-1) or after (1) the one shown; undefined where there is none. `draft` is kept for the way back. */
	recall(by: 1 | -1, draft: string): string | undefined;
}

const remembered = 500;
const pendingKept = 1000;

export function createSubmittedLines(ui: UiStore): SubmittedLines {
	const pending = new Map<number, Submitted>();
	const history: string[] = [];
	let nextRef = 1;
	/** Index into `history`; its length while the line being typed is shown. */
	let position = 0;
	let unsent = '';
	return {
		tag(command, from) {
			if (command.ref !== undefined) return command;
			const ref = nextRef++;
			if (from) {
				pending.set(ref, from);
				const [oldest] = pending.keys();
				if (pending.size > pendingKept) pending.delete(oldest!);
			}

			return {...command, ref};
		},
		refused(ref) {
			const submitted = pending.get(ref);
			pending.delete(ref);
			if (!submitted) return;
			const {conversation, line: text} = submitted;
			if (!ui.getState().drafts.has(conversation)) {
				ui.dispatch({type: 'draft/changed', conversation, text});
			}
		},
		done(ref) {
			pending.delete(ref);
		},
		remember(line) {
			if (line !== '' && history.at(-1) !== line) history.push(line);
			if (history.length > remembered) history.shift();
			position = history.length;
		},
		recall(by, draft) {
			if (position === history.length) unsent = draft;
			const next = position + by;
			if (next < 0 || next > history.length) return undefined;
			position = next;
			return next === history.length ? unsent : history[next];
		},
	};
}
