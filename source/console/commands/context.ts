import type {
	ByteNotation,
	Command,
	ConversationKey,
	EngineState,
} from '../../engine/index.js';
import type {LiveSettings} from '../../settings/index.js';
import type {strings} from '../../strings/index.js';
import type {CopyFormat} from '../format/copy-text.js';
import type {GotoTarget} from '../history-actions.js';
import type {Lens} from '../format/lens.js';
import type {PaneName} from '../layout.js';
import type {Overlay} from '../overlays/overlay.js';

/** What a line typed in the composer can do to the console itself. */
export interface ConsoleActions {
	openOverlay(overlay: Overlay): void;
	closeOverlay(): void;
	focusConversation(key: ConversationKey): void;
	focusPane(pane: PaneName): void;
	/** Goes to the transfers, all of them or those that failed. */
	showTransfers(which: 'all' | 'failed'): void;
	/** How the bytes of the open conversation are looked at; without `to` the other way. */
	look(which: keyof Lens, to?: boolean): void;
	/** Copies the newest message, or the lowest one that is seen; gives a sentence where that cannot be. */
	copy(format: CopyFormat): string | undefined;
	/** Searches, or shows only what fits; undefined: no more. Gives a sentence where the text says nothing that can be found. */
	find(what: 'search' | 'filter', text: string | undefined): string | undefined;
	/** Goes to a place in the open conversation; gives a sentence where that cannot be. */
	goTo(target: GotoTarget): string | undefined;
	/** Shows one sentence until the next key. */
	notify(text: string, tone?: 'good' | 'bad' | 'plain'): void;
	/** Asks first where a transfer runs. */
	quit(): void;
}

export interface CommandContext {
	readonly state: EngineState;
	/** The conversation on the screen. */
	readonly conversation: ConversationKey;
	/** How what is said there becomes bytes; missing: as text. */
	readonly notation?: ByteNotation;
	/** What holds, and how it is changed. */
	readonly settings: LiveSettings;
	dispatch(command: Command): void;
	readonly ui: ConsoleActions;
}

/** `command` is what was dispatched; a front end can follow it by its `ref`. `message` is a sentence. */
export type CommandResult =
	| {readonly ok: true; readonly command?: Command}
	| {readonly ok: false; readonly message: string};

/** What can be completed at a place of a command: words, and where it says so paths of files. */
export interface Candidates {
	readonly words?: readonly string[];
	/** `folders`: only those. */
	readonly paths?: boolean | 'folders';
}

export interface SlashCommand {
	readonly name: string;
	readonly aliases?: readonly string[];
	/** How it is written, without the slash: `connect host[:port]`. */
	readonly usage: string;
	/** Its line in the help: a key of `strings.input.commands`. */
	readonly summaryKey: SummaryKey;
	/**
	 * `args` are the words behind the name, quotes and escapes resolved. A returned `command` is
	 * dispatched by `runLine`.
	 */
	run(args: CommandArguments, context: CommandContext): CommandResult;
	/** What the argument at `index` could be (0 the first), with the words `before` it. */
	complete?(
		index: number,
		context: Pick<CommandContext, 'state'>,
		before: readonly string[],
	): Candidates;
}

export interface CommandArguments {
	readonly words: readonly string[];
	/** What stands behind the first `count` words, as it was typed: for text that is sent. */
	rest(count: number): string;
}

export type SummaryKey = keyof typeof strings.input.commands;

export const done: CommandResult = {ok: true};

export const failed = (message: string): CommandResult => ({
	ok: false,
	message,
});

export const withCommand = (command: Command): CommandResult => ({
	ok: true,
	command,
});
