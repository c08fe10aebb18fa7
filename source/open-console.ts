/** Opens the console over an engine on its own thread. */
import {crashReport} from './crash-report.js';
import type {ConsoleRequest} from './request.js';
import {createConfig, saveSetting, shownPath} from './config-file.js';
import {runLinear} from './console/linear/run-linear.js';
import {runConsole} from './console/run-console.js';
import {isLinear} from './console/linear/is-linear.js';
import {startEngineThread} from './engine-thread.js';
import {openingCommands} from './opening-commands.js';
import type {ErrorInfo} from './errors.js';
import {createLiveSettings} from './settings/index.js';
import {openWorkplace} from './open-workplace.js';
import {collectWhenQuiet} from './quiet-heap.js';
import {createTypedLinesFile} from './storage/typed-lines.js';
import {describeError} from './strings/index.js';
import {createYoungHeapBound} from './young-heap.js';

/** Gives the exit code. */
export async function openConsole(
	{settings, listen, practice, file, resolved}: ConsoleRequest,
	version: string,
): Promise<number> {
	const unwritten = file.exists ? undefined : await createConfig(file.path);
	const {workplace, problem} = await openWorkplace(
		settings.stateFolder,
		resolved.fresh.value === 'on',
		listen,
	);
	const live = createLiveSettings({
		path: shownPath(file.path),
		problems: [
			...file.config.problems,
			...(unwritten === undefined ? [] : [unwritten]),
			...(problem === undefined ? [] : [problem]),
		],
		keys: file.config.keys,
		initial: name => resolved[name],
		save: async (name, value) => saveSetting(file.path, name, value),
	});
	const broken = new AbortController();
	let failure: ErrorInfo | undefined;
	const engine = startEngineThread(settings, error => {
		// Without an engine there is nothing to show: the sentence goes to the normal screen.
		failure ??= error;
		broken.abort();
	});
	for (const command of openingCommands(listen)) engine.dispatch(command);
	if (practice) engine.dispatch({type: 'practice/start'});
	collectWhenQuiet(() => engine.getState().peers.size);
	const run = isLinear(process.env, live.get('linear').value)
		? runLinear
		: runConsole;
	const {exitCode} = await run({
		engine,
		onFrame: createYoungHeapBound(),
		version,
		settings: live,
		workplace,
		...(settings.history
			? {typedLines: createTypedLinesFile(settings.stateFolder)}
			: {}),
		signal: broken.signal,
	}).catch((error: unknown) => {
		process.stderr.write(crashReport(error));
		return {exitCode: 1};
	});
	if (!failure) return exitCode;
	process.stderr.write(`${describeError(failure)}\n`);
	return 1;
}
