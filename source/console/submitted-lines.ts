/** Lines that were sent from the composer, and come back when their command is refused. */
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
}

const pendingKept = 1000;

export function createSubmittedLines(ui: UiStore): SubmittedLines {
	const pending = new Map<number, Submitted>();
	let nextRef = 1;
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
	};
}
