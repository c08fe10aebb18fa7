/** Where the built program and the Python peers are, and the clean environment in which they run. */
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {startChild} from './child-program.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The built program of this checkout, or another one (an installed package) named by SOCKTERM_PROGRAM. */
export const socktermScript =
	process.env['SOCKTERM_PROGRAM'] ?? join(root, 'bin', 'sockterm.cjs');
export const peersFolder = join(root, 'test', 'peers');

/**
 * An environment with nothing of this machine's in it but the PATH: no CI variable (Ink draws
 * no frames under one), no colour setting, no configuration.
 */
export function cleanEnvironment(home: string): Record<string, string> {
	return {
		PATH: process.env['PATH'] ?? '',
		HOME: home,
		TERM: 'xterm-256color',
		COLORTERM: 'truecolor',
		LANG: 'C.UTF-8',
		PYTHONDONTWRITEBYTECODE: '1',
	};
}

/** `sockterm VERB …` with its own home. */
export function startVerb(
	home: string,
	args: readonly string[],
	cwd: string = home,
) {
	return startChild(process.execPath, [socktermScript, ...args], {
		env: cleanEnvironment(home),
		cwd,
	});
}

/** One of the Python programs in test/peers/. */
export function startPeer(
	home: string,
	script: string,
	args: ReadonlyArray<string | number> = [],
) {
	return startChild(
		'python3',
		[join(peersFolder, script), ...args.map(String)],
		{
			// Python may need variables of this machine to be found at all.
			env: {...process.env, PYTHONDONTWRITEBYTECODE: '1'},
			cwd: home,
		},
	);
}
