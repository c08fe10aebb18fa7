/**
 * The file of settings on disk. Decides where it is, when it is written first and how it
 * is changed; what stands in it is left to `settings/`. Invariants: what is there is never
 * replaced as a whole, and a change leaves it whole at every moment.
 */
import {closeSync, constants, fstatSync, openSync, readFileSync} from 'node:fs';
import {mkdir, readFile, realpath, stat} from 'node:fs/promises';
import {homedir} from 'node:os';
import {dirname, isAbsolute, join, resolve} from 'node:path';
import {limits} from './limits.js';
import {
	configTemplate,
	editConfig,
	noConfig,
	readConfig,
	settingOf,
	tomlValue,
	type Config,
	type Environment,
	type SettingName,
} from './settings/index.js';
import {errnoOf} from './storage/storage-errors.js';
import {writeWhole} from './storage/write-whole.js';
import {strings} from './strings/index.js';

export interface ConfigFile {
	readonly path: string;
	/** There was one when it was looked for. */
	readonly exists: boolean;
	readonly config: Config;
}

const words = strings.settings.problems;

export function configPath(
	flag: string | undefined,
	env: Environment = process.env,
): string {
	const named = flag ?? (env['SOCKTERM_CONFIG'] || undefined);
	if (named !== undefined) return resolve(named);
	const xdg = env['XDG_CONFIG_HOME'];
	// The XDG base directory specification: a relative path is to be ignored.
	const base = xdg && isAbsolute(xdg) ? xdg : join(homedir(), '.config');
	return join(base, 'sockterm', 'config.toml');
}

function readText(path: string): string | undefined {
	// Non-blocking, so that a FIFO in its place cannot hold us up.
	const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
	try {
		const status = fstatSync(file);
		const isOne = status.isFile() && status.size <= limits.configFileBytes;
		return isOne ? readFileSync(file, 'utf8') : undefined;
	} finally {
		closeSync(file);
	}
}

/** As people write it: `~/.config/sockterm/config.toml`. */
export function shownPath(path: string): string {
	const home = homedir();
	return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}

/** Never throws: what is wrong is a sentence among the problems. */
export function loadConfig(path: string): ConfigFile {
	const shown = shownPath(path);
	const without = (problem: string): ConfigFile => ({
		path,
		exists: true,
		config: {...noConfig, problems: [problem]},
	});
	try {
		const text = readText(path);
		return text === undefined
			? without(words.tooLong(shown))
			: {path, exists: true, config: readConfig(text, shown)};
	} catch (error) {
		const code = errnoOf(error) ?? 'unknown';
		return code === 'ENOENT'
			? {path, exists: false, config: noConfig}
			: without(words.unreadable(shown, code));
	}
}

/** Writes the first one. One that is there is left alone. Gives a sentence where that failed. */
export async function createConfig(path: string): Promise<string | undefined> {
	try {
		await mkdir(dirname(path), {recursive: true, mode: 0o700});
		await writeWhole(path, configTemplate(shownPath(path)), {isNew: true});
		return undefined;
	} catch (error) {
		const code = errnoOf(error) ?? 'unknown';
		return code === 'EEXIST'
			? undefined
			: words.unwritable(shownPath(path), code);
	}
}

/** Changes one line of it. Undefined as a value comments it out. Gives a sentence where that failed. */
export async function saveSetting(
	path: string,
	name: SettingName,
	value: string | undefined,
): Promise<string | undefined> {
	try {
		const problem = await createConfig(path);
		if (problem !== undefined) return problem;
		// Behind a link stands the real one, as with dotfiles that are kept elsewhere.
		const real = await realpath(path);
		const {mode, size} = await stat(real);
		if (size > limits.configFileBytes) return words.tooLong(shownPath(path));
		const written =
			value === undefined ? undefined : tomlValue(settingOf(name).kind, value);
		const text = await readFile(real, 'utf8');
		const changed = editConfig(text, name, written);
		if (changed !== text) {
			await writeWhole(real, changed, {mode: mode & 0o777});
		}

		return undefined;
	} catch (error) {
		return words.unwritable(shownPath(path), errnoOf(error) ?? 'unknown');
	}
}
