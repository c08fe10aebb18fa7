/** The console from its first frame to its last word. */
import {render} from 'ink';
import type {Command, Engine, TypedLinesPort} from '../engine/index.js';
import {toErrorInfo} from '../errors.js';
import {describeError} from '../strings/index.js';
import {presetSettings, type LiveSettings} from '../settings/index.js';
import {createActions} from './actions.js';
import {App} from './app.js';
import {createComposing} from './composing.js';
import type {ConsoleValue} from './console-context.js';
import {followEvents} from './follow-events.js';
import {createKeyPump} from './input/key-pump.js';
import {localAddresses} from './local-addresses.js';
import type {Overlay} from './overlays/overlay.js';
import {createPacedEngine} from './paced-engine.js';
import {createUiStore} from './store.js';
import {createSubmitLine} from './submit-line.js';
import {createSubmittedLines} from './submitted-lines.js';
import {summarize, type ConsoleSummary} from './summary.js';
import {
	guardTerminal,
	restoreTerminal,
	stopUntilContinued,
	type ConsoleEnd,
} from './terminal-guard.js';
import {applyKeys, followSettings, looksOf} from './settings-effects.js';
import {themeFor} from './theme.js';
import {createTicker} from './ticker.js';
import {createTypedLines, placeOf} from './typed-lines.js';

export interface ConsoleOptions {
	readonly engine: Engine;
	readonly version: string;
	/** Every default when missing. */
	readonly settings?: LiveSettings;
	/** The process's own when missing. */
	readonly stdin?: NodeJS.ReadStream;
	readonly stdout?: NodeJS.WriteStream;
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** Opened with the first frame. */
	readonly startOverlay?: Overlay;
	/** Where typed lines are kept; missing: they last as long as the program. */
	readonly typedLines?: TypedLinesPort;
	/** Addresses of this machine that others can type. */
	readonly addresses?: readonly string[];
	/** Ends it as quitting does. */
	readonly signal?: AbortSignal;
	/** Called after each frame with its cost in ms; for measuring. */
	readonly onFrame?: (costMs: number) => void;
	/** What Ctrl-Z does; the real thing when missing. */
	readonly stop?: (resumed: () => void) => void;
}

const framesPerSecond = 60;
/** Ink times the drawing of its tree; comparing it with the last frame and writing come on top. */
const wholeFrame = 1.5;
/** How long peers are given to hear a goodbye. */
const goodbyeMs = 2_000;

const signalNumbers: Partial<Record<NodeJS.Signals, number>> = {
	SIGHUP: 1,
	SIGINT: 2,
	SIGQUIT: 3,
	SIGTERM: 15,
};

function exitCodeOf(end: ConsoleEnd): number {
	if (end.kind === 'quit') return 0;
	if (end.kind === 'error') return 1;
	return 128 + (signalNumbers[end.signal] ?? 0);
}

const sizeOf = ({columns, rows}: NodeJS.WriteStream) => ({
	columns: columns || 80,
	rows: rows || 24,
});

/**
 * Shows the console until its user quits or a signal ends it. Gives the terminal
 * back, closes the engine, and prints what became of the transfers on the normal
 * screen. Throws what was thrown inside, after giving the terminal back.
 */
export async function runConsole(
	options: ConsoleOptions,
): Promise<ConsoleSummary> {
	const {engine, stdin = process.stdin, stdout = process.stdout} = options;
	const {settings: given = presetSettings(), env = process.env} = options;
	const settings: LiveSettings = {
		...given,
		problems: [...given.problems, ...applyKeys(given)],
	};
	let theme = themeFor(env, looksOf(settings));
	const paced = createPacedEngine(engine);
	const ui = createUiStore(sizeOf(stdout));
	if (options.startOverlay) {
		ui.dispatch({type: 'overlay/opened', overlay: options.startOverlay});
	}

	const {promise: ended, resolve: endWith} =
		Promise.withResolvers<ConsoleEnd>();
	const lines = createSubmittedLines(ui);
	const dispatch = (command: Command) => {
		engine.dispatch(lines.tag(command));
	};
	const actions = createActions({
		engine,
		paced,
		ui,
		theme: () => theme,
		dispatch,
		writeTerminal: sequence => stdout.write(sequence),
		quit: () => endWith({kind: 'quit'}),
	});
	const typedLines = createTypedLines({
		placeOf: conversation => placeOf(conversation, engine.getState()),
		port: options.typedLines,
		problem: error => actions.notify(describeError(toErrorInfo(error)), 'bad'),
	});
	const value: Omit<ConsoleValue, 'theme'> = {
		engine: paced,
		ui,
		settings,
		ticker: createTicker(),
		typedLines,
		actions,
		composing: createComposing({
			engine,
			ui,
			actions,
			typedLines,
			submit: createSubmitLine({
				engine,
				ui,
				lines,
				typedLines,
				actions,
				settings,
			}),
		}),
		addresses: options.addresses ?? localAddresses(),
		version: options.version,
		dispatch,
	};

	const stopFollowing = followEvents({
		engine,
		paced,
		ui,
		lines,
		history: actions.history,
	});
	const tree = () => (
		<App value={{...value, theme}} stop={options.stop ?? stopUntilContinued} />
	);
	let drawn = tree();
	let rerender: () => void = () => undefined;
	// Before Ink's own listener: what it draws at once must have the new size already.
	const onResize = () => {
		ui.dispatch({type: 'window/resized', ...sizeOf(stdout)});
		rerender();
	};
	stdout.on('resize', onResize);
	const guard = guardTerminal({stdin, stdout}, endWith);
	const pump = createKeyPump(stdin);
	const app = render(drawn, {
		stdin: pump.stdin,
		stdout,
		exitOnCtrlC: false,
		patchConsole: false,
		interactive: true,
		alternateScreen: true,
		incrementalRendering: true,
		maxFps: framesPerSecond,
		onRender({renderTime}) {
			const costMs = renderTime * wholeFrame;
			paced.frameDrawn(costMs);
			options.onFrame?.(costMs);
		},
	});
	rerender = () => {
		app.rerender(drawn);
	};
	const stopSettings = followSettings({
		settings,
		env,
		dispatch,
		notify: actions.notify,
		redraw() {
			theme = themeFor(env, looksOf(settings));
			drawn = tree();
			rerender();
		},
	});
	// A component that throws ends the app by itself.
	app.waitUntilExit().catch((error: unknown) => {
		endWith({kind: 'error', error});
	});

	options.signal?.addEventListener('abort', () => endWith({kind: 'quit'}));
	const end = await ended;
	stopFollowing();
	stopSettings();
	paced.close();
	stdout.off('resize', onResize);
	app.unmount();
	pump.close();
	restoreTerminal({stdin, stdout});
	const summary = summarize(engine.getState(), exitCodeOf(end));
	await inTime(Promise.all([engine.close(), typedLines.settled()]));
	guard.release();
	if (summary.lines.length > 0) stdout.write(`${summary.lines.join('\n')}\n`);
	if (end.kind === 'error') throw end.error;
	return summary;
}

async function inTime(work: Promise<unknown>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<void>(resolve => {
		timer = setTimeout(resolve, goodbyeMs);
	});
	await Promise.race([work, late]);
	clearTimeout(timer);
}
