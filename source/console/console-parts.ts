/** What a console is made of besides what shows it: the panes and the linear console share it. */
import type {Command, Engine, TypedLinesPort} from '../engine/index.js';
import {toErrorInfo} from '../errors.js';
import type {LiveSettings} from '../settings/index.js';
import {describeError} from '../strings/index.js';
import {createActions, type Actions} from './actions.js';
import {createComposing} from './composing.js';
import type {ConsoleValue} from './console-context.js';
import {followEvents} from './follow-events.js';
import {localAddresses} from './local-addresses.js';
import {createPacedEngine, type PacedEngine} from './paced-engine.js';
import {createUiStore, type UiStore} from './store.js';
import {createSubmitLine} from './submit-line.js';
import {createSubmittedLines} from './submitted-lines.js';
import type {Theme} from './theme.js';
import {createTicker} from './ticker.js';
import {createTypedLines, placeOf} from './typed-lines.js';
import {
	keepWorkplace,
	type KeptWorkplace,
	type WorkplaceOptions,
} from './workplace/keep-workplace.js';

export interface ConsolePartsOptions {
	readonly engine: Engine;
	readonly settings: LiveSettings;
	readonly size: {readonly columns: number; readonly rows: number};
	theme(): Theme;
	readonly version: string;
	/** Where typed lines are kept; undefined: they last as long as the program. */
	readonly typedLines: TypedLinesPort | undefined;
	/** What comes back after a restart; undefined: nothing, and nothing is kept. */
	readonly workplace: WorkplaceOptions | undefined;
	/** This machine's own when missing. */
	readonly addresses?: readonly string[];
	/** Draws everything anew. */
	redraw?(): void;
	/** Writes a control sequence of ours, which draws nothing. */
	writeTerminal?(sequence: string): void;
	quit(): void;
}

export interface ConsoleParts {
	readonly paced: PacedEngine;
	readonly ui: UiStore;
	readonly actions: Actions;
	/** Gives the command its number first. */
	dispatch(command: Command): void;
	/** For the components, but for the looks. */
	readonly value: Omit<ConsoleValue, 'theme'>;
	/** What Enter does with a line. */
	submit(line: string): void;
	readonly stopFollowing: () => void;
	/** Writes what is to come back; before the goodbyes: what they close was open until the end. */
	readonly closeWorkplace: () => Promise<void>;
}

export function createConsoleParts(options: ConsolePartsOptions): ConsoleParts {
	const {settings, theme, redraw, writeTerminal} = options;
	let workplace: KeptWorkplace | undefined;
	const engine: Engine = {
		...options.engine,
		dispatch(command) {
			workplace?.asked(command);
			options.engine.dispatch(command);
		},
	};
	const paced = createPacedEngine(engine);
	const ui = createUiStore(options.size);
	const lines = createSubmittedLines(ui);
	const dispatch = (command: Command) => {
		engine.dispatch(lines.tag(command));
	};
	const actions = createActions({
		engine,
		paced,
		ui,
		theme,
		dispatch,
		...(redraw ? {redraw} : {}),
		...(writeTerminal ? {writeTerminal} : {}),
		quit: options.quit,
	});
	const typedLines = createTypedLines({
		placeOf: conversation => placeOf(conversation, engine.getState()),
		port: options.typedLines,
		problem: error => actions.notify(describeError(toErrorInfo(error)), 'bad'),
	});
	const submit = createSubmitLine({
		engine,
		ui,
		lines,
		typedLines,
		actions,
		settings,
	});
	const {history} = actions;
	const stopFollowing = followEvents({engine, paced, ui, lines, history});
	workplace =
		options.workplace &&
		keepWorkplace({
			...options.workplace,
			engine: options.engine,
			ui,
			openConversation: actions.openConversation,
			notify: text => actions.notify(text, 'bad'),
		});
	return {
		submit,
		paced,
		ui,
		actions,
		dispatch,
		value: {
			engine: paced,
			ui,
			settings,
			ticker: createTicker(),
			typedLines,
			actions,
			composing: createComposing({engine, ui, actions, typedLines, submit}),
			addresses: options.addresses ?? localAddresses(),
			version: options.version,
			dispatch,
		},
		stopFollowing,
		closeWorkplace: async () => workplace?.close(),
	};
}
