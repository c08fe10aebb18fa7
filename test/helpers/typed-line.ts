/** A line of the composer, run on a state: what it gives, dispatches and does to the console. */
import {
	runLine,
	type CommandContext,
	type CommandResult,
} from '../../source/console/commands/index.js';
import type {
	ByteNotation,
	Command,
	ConversationKey,
	EngineState,
} from '../../source/engine/index.js';
import {
	presetSettings,
	type LiveSettings,
} from '../../source/settings/index.js';

export function runTyped(
	line: string,
	conversation: ConversationKey,
	state: EngineState,
	notation: ByteNotation = 'text',
	settings: LiveSettings = presetSettings(),
): {
	readonly result: CommandResult;
	readonly dispatched: readonly Command[];
	/** Calls of the console, as a name and arguments in JSON. */
	readonly ui: readonly string[];
} {
	const dispatched: Command[] = [];
	const ui: string[] = [];
	const note =
		(name: string) =>
		(...args: readonly unknown[]) => {
			ui.push([name, ...args.map(arg => JSON.stringify(arg))].join(' '));
		};
	const context: CommandContext = {
		settings,
		state,
		conversation,
		notation,
		dispatch: command => dispatched.push(command),
		ui: {
			openOverlay: note('openOverlay'),
			closeOverlay: note('closeOverlay'),
			focusConversation: note('focusConversation'),
			focusPane: note('focusPane'),
			showTransfers: note('showTransfers'),
			look: note('look'),
			copy(format) {
				note('copy')(format);
				return undefined;
			},
			find(what, text) {
				note('find')(what, text);
				return undefined;
			},
			goTo(target) {
				note('goTo')(target);
				return undefined;
			},
			notify: note('notify'),
			quit: note('quit'),
		},
	};
	return {result: runLine(line, context), dispatched, ui};
}
