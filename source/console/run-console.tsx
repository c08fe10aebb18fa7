/** The console from its first frame to its last word. */
import {render} from 'ink';
import type {Engine, TypedLinesPort} from '../engine/index.js';
import {presetSettings, type LiveSettings} from '../settings/index.js';
import {App} from './app.js';
import {followBell} from './bell.js';
import {exitCodeOf, inTime} from './console-end.js';
import {createConsoleParts} from './console-parts.js';
import type {WorkplaceOptions} from './workplace/keep-workplace.js';
import {createKeyPump} from './input/key-pump.js';
import type {Overlay} from './overlays/overlay.js';
import {createMouse, followMouse} from './mouse.js';
import {summarize, type ConsoleSummary} from './summary.js';
import {
	guardTerminal,
	restoreTerminal,
	stopUntilContinued,
	type ConsoleEnd,
} from './terminal-guard.js';
import {applyKeys, followSettings, looksOf} from './settings-effects.js';
import {themeFor} from './theme.js';

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
	/** What comes back after a restart; missing: nothing, and nothing is kept. */
	readonly workplace?: WorkplaceOptions;
	/** Addresses of this machine that others can type. */
	readonly addresses?: readonly string[];
	/** Ends it as quitting does. */
	readonly signal?: AbortSignal;
	/** Called after each frame with its cost in ms; for measuring. */
	readonly onFrame?: (costMs: number) => void;
	/** What Ctrl-Z does; the real thing when missing. */
	readonly stop?: (resumed: () => void) => void;
}

const eraseScreen = '\u001B[2J\u001B[H';
/** For what a person does; how often the rest is drawn says `paced-engine.ts`. */
const framesPerSecond = 120;
/** Ink times the drawing of its tree; comparing it with the last frame and writing come on top. */
const wholeFrame = 1.5;
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
	const {promise: ended, resolve: endWith} =
		Promise.withResolvers<ConsoleEnd>();
	let redraw: () => void = () => undefined;
	const parts = createConsoleParts({
		engine,
		settings,
		size: sizeOf(stdout),
		theme: () => theme,
		version: options.version,
		typedLines: options.typedLines,
		workplace: options.workplace,
		redraw: () => redraw(),
		writeTerminal: sequence => stdout.write(sequence),
		quit: () => endWith({kind: 'quit'}),
		...(options.addresses ? {addresses: options.addresses} : {}),
	});
	const {paced, ui, actions, dispatch, value, stopFollowing} = parts;
	if (options.startOverlay) {
		ui.dispatch({type: 'overlay/opened', overlay: options.startOverlay});
	}

	let rerender: () => void = () => undefined;
	let reporting: ReturnType<typeof followMouse> | undefined;
	const stop = (resumed: () => void) => {
		reporting?.pause();
		(options.stop ?? stopUntilContinued)(() => {
			reporting?.goOn();
			resumed();
		});
	};
	const tree = () => <App value={{...value, theme}} stop={stop} />;
	let drawn = tree();
	// Before Ink's own listener: what it draws at once must have the new size already.
	const onResize = () => {
		ui.dispatch({type: 'window/resized', ...sizeOf(stdout)});
		rerender();
	};
	stdout.on('resize', onResize);
	const guard = guardTerminal({stdin, stdout}, endWith);
	const write = (sequence: string) => stdout.write(sequence);
	const mouse = createMouse({ui, settings, moving: actions.moving});
	const pump = createKeyPump(
		stdin,
		() => {
			// The composer carries out each key at once, and nobody else listens then.
			const {focus, overlay} = ui.getState();
			return focus === 'composer' && !overlay;
		},
		mouse.report,
	);
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
	redraw = () => {
		stdout.write(eraseScreen);
		// It forgets what it drew last, and draws all.
		app.clear();
		rerender();
	};
	reporting = followMouse(settings, write);
	const stopBell = followBell({engine, ui, settings, write});
	// A component that throws ends the app by itself.
	app.waitUntilExit().catch((error: unknown) => {
		endWith({kind: 'error', error});
	});

	options.signal?.addEventListener('abort', () => endWith({kind: 'quit'}));
	const end = await ended;
	const kept = parts.closeWorkplace();
	stopFollowing();
	stopSettings();
	stopBell();
	reporting.stop();
	paced.close();
	stdout.off('resize', onResize);
	app.unmount();
	pump.close();
	restoreTerminal({stdin, stdout});
	const summary = summarize(engine.getState(), exitCodeOf(end));
	await inTime(Promise.all([engine.close(), value.typedLines.settled(), kept]));
	guard.release();
	if (summary.lines.length > 0) stdout.write(`${summary.lines.join('\n')}\n`);
	if (end.kind === 'error') throw end.error;
	return summary;
}
