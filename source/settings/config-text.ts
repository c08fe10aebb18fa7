/**
 * The file of settings as text. Decides what each line of it says; a wrong one is told
 * with its number and passed over, and the others still count. Leaves where the file is,
 * and what a key or an action may be called, to others. Invariant: a statement is read
 * alone, so that nothing in one line changes what another one means.
 */
import {parse} from 'smol-toml';
import {limits} from '../limits.js';
import {strings} from '../strings/index.js';
import {nearestName} from '../util/nearest-name.js';
import {readValue} from './kinds.js';
import {findSetting, settingNames, type SettingName} from './table.js';

/** A key that the file gives another action: `[keys.panes] "ctrl+n" = "nextWithActivity"`. */
export interface KeyChange {
	readonly place: string;
	readonly key: string;
	/** Empty: the key does nothing there. */
	readonly action: string;
	/** 1 is the first. */
	readonly line: number;
}

export interface Config {
	readonly values: ReadonlyMap<SettingName, string>;
	readonly keys: readonly KeyChange[];
	/** Sentences, in the order of their lines. */
	readonly problems: readonly string[];
}

export const noConfig: Config = {values: new Map(), keys: [], problems: []};

interface Statement {
	readonly line: number;
	readonly lines: number;
	/** The tables around it, and its own key. */
	readonly path: readonly string[];
	readonly value: unknown;
}

/** The one key of what a statement alone was parsed to, as far as tables go. */
function pathOf(parsed: unknown): Pick<Statement, 'path' | 'value'> {
	const path: string[] = [];
	let value = parsed;
	while (isTable(value)) {
		const [entry, another] = Object.entries(value);
		if (!entry || another) break;
		path.push(entry[0]);
		[, value] = entry;
	}

	return {path, value};
}

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' &&
	value !== null &&
	Object.getPrototypeOf(value) === null;

function parsed(text: string): {readonly value: unknown} | undefined {
	try {
		return {value: parse(text)};
	} catch {
		return undefined;
	}
}

/** What may go on in the next line. */
const goesOn = /"""|'''|[[{,]\s*(?:#.*)?$/;

/** The statement that begins in a line, over several of them where it has to be. */
function statementAt(
	lines: readonly string[],
	index: number,
): Pick<Statement, 'lines' | 'path' | 'value'> | undefined {
	const most = goesOn.test(lines[index]!) ? limits.configStatementLines : 1;
	for (let count = 1; count <= most; count++) {
		if (index + count > lines.length) return undefined;
		const read = parsed(lines.slice(index, index + count).join('\n'));
		if (read) return {lines: count, ...pathOf(read.value)};
	}

	return undefined;
}

const isHeader = (line: string) => /^\s*\[/.test(line);
const isNothing = (line: string) => /^\s*(?:#|$)/.test(line);

export interface ReadStatements {
	readonly statements: readonly Statement[];
	/** Lines that are no TOML. */
	readonly bad: readonly number[];
}

/** Every `key = value` with where it stands; tables become parts of its path. */
export function readStatements(text: string): ReadStatements {
	const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
	const statements: Statement[] = [];
	const bad: number[] = [];
	let table: readonly string[] = [];
	for (let index = 0; index < lines.length;) {
		const line = index + 1;
		if (isNothing(lines[index]!)) {
			index++;
			continue;
		}

		const found = statementAt(lines, index);
		index += found?.lines ?? 1;
		if (!found) bad.push(line);
		else if (isHeader(lines[line - 1]!)) table = found.path;
		else statements.push({...found, line, path: [...table, ...found.path]});
	}

	return {statements, bad};
}

/** A value of the file as `/set` would be told it; undefined for what no setting is made of. */
function scalarText(value: unknown): string | undefined {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? value : undefined;
}

/** A value as a person would find it in the file, short. */
function shown(value: unknown): string {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

const keysTable = 'keys';

export function readConfig(text: string, file: string): Config {
	const words = strings.settings.problems;
	const values = new Map<SettingName, string>();
	const keys: KeyChange[] = [];
	const problems: Array<{readonly line: number; readonly text: string}> = [];
	const seen = new Map<string, number>();
	const {statements, bad} = readStatements(text);
	for (const line of bad) problems.push({line, text: words.syntax(file, line)});

	for (const {line, path, value} of statements) {
		const tell = (sentence: string) => problems.push({line, text: sentence});
		const name = path.join('.');
		const before = seen.get(JSON.stringify(path));
		if (before !== undefined) {
			tell(words.twice(file, line, name, before));
			continue;
		}

		seen.set(JSON.stringify(path), line);
		const [top = '', place = '', key = ''] = path;
		if (top === keysTable && path.length === 3 && typeof value === 'string') {
			keys.push({place, key, action: value, line});
			continue;
		}

		if (top === keysTable) {
			tell(words.keyShape(file, line, name));
			continue;
		}

		const setting = path.length === 1 ? findSetting(name) : undefined;
		if (!setting) {
			tell(words.unknown(file, line, name, nearestName(settingNames, name)));
			continue;
		}

		const given = scalarText(value);
		const read =
			given === undefined ? undefined : readValue(setting.kind, given);
		if (read === undefined) {
			tell(words.value(file, line, name, shown(value), setting.kind));
		} else values.set(setting.name, read);
	}

	problems.sort((left, right) => left.line - right.line);
	return {values, keys, problems: problems.map(each => each.text)};
}
