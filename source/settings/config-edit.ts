/**
 * Changes one setting in the text of the file and nothing else: the user's comments,
 * order and blanks stay as they are. Decides only where the line goes.
 */
import {readStatements} from './config-text.js';
import type {Kind} from './kinds.js';
import type {SettingName} from './table.js';

/** As TOML: numbers and switches bare, all else in quotes. */
export function tomlValue(kind: Kind, value: string): string {
	if (kind.type === 'switch') return String(value === 'on');
	const isNumber = kind.type === 'count' || kind.type === 'port';
	return isNumber && /^\d+$/.test(value) ? value : JSON.stringify(value);
}

const lineEndOf = (text: string) => (text.includes('\r\n') ? '\r\n' : '\n');

/** Where the setting stands, as numbers of lines from 0. */
function placeOf(text: string, name: SettingName) {
	const {statements} = readStatements(text);
	const found = statements.find(
		({path}) => path.length === 1 && path[0] === name,
	);
	return found && {start: found.line - 1, count: found.lines};
}

/** What stands behind the value in a line: blanks and a comment of the user's. */
function tailOf(line: string): string {
	// Only what is certainly no part of a text in quotes.
	const found = /^[^#"']*(?:"[^"\\]*"|'[^']*'|[^#"']*)(\s+#.*)$/.exec(line);
	return found?.[1] ?? '';
}

/** `value` is TOML already; undefined comments the line out. */
export function editConfig(
	text: string,
	name: SettingName,
	value: string | undefined,
): string {
	const end = lineEndOf(text);
	const lines = text.split(/\r?\n/);
	const place = placeOf(text, name);
	if (place) {
		const {start, count} = place;
		const old = lines.slice(start, start + count);
		const tail = count === 1 ? tailOf(old[0]!) : '';
		const replaced =
			value === undefined
				? old.map(line => `#${line}`)
				: [`${name} = ${value}${tail}`];
		lines.splice(start, count, ...replaced);
		return lines.join(end);
	}

	if (value === undefined) return text;
	const line = `${name} = ${value}`;
	// The template's own line, else in front of the first table: behind it a key is the table's.
	const firstTable = lines.findIndex(each => /^\s*\[/.test(each));
	const top = firstTable === -1 ? lines.length : firstTable;
	const commented = lines.findIndex(
		(each, index) => index < top && new RegExp(`^#\\s*${name}\\s*=`).test(each),
	);
	if (commented !== -1) lines[commented] = line;
	else if (firstTable !== -1) lines.splice(firstTable, 0, line, '');
	else if (lines.at(-1) === '') lines.splice(-1, 0, line);
	else lines.push(line, '');
	return lines.join(end);
}
