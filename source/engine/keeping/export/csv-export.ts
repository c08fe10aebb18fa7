/**
 * Rows as comma-separated values (RFC 4180: CRLF, quotes doubled). Decides what
 * keeps a spreadsheet from taking a stranger's text for a formula: a quote mark
 * in front of what begins like one; and that a message is one row, with `␊` for its
 * line breaks: no line of the file begins with what a stranger wrote.
 */
import {formatAddress} from '../../../util/address.js';
import {toHex} from '../../../util/bytes.js';
import {formatTimestamp} from '../../../util/timestamp.js';
import type {KeptItem} from './kept-item.js';

// A blank in front does not stop every program from seeing a formula.
const formula = /^\s*[=+\-@＝＋－＠]/;
const mustBeQuoted = /[",;\t\r\n]|^\s|\s$/;

/** One field, of any text. */
export function csvField(text: string): string {
	const harmless = formula.test(text) ? `'${text}` : text;
	return mustBeQuoted.test(harmless)
		? `"${harmless.replaceAll('"', '""')}"`
		: harmless;
}

const csvRow = (fields: readonly string[]) =>
	`${fields.map(field => csvField(field)).join(',')}\r\n`;

export const csvHead = csvRow([
	'time',
	'kind',
	'direction',
	'name',
	'address',
	'bytes',
	'text',
	'hex',
	'room',
]);

export function csvLine(item: KeptItem): string {
	const {at, kind, direction = '', name = '', address, text, bytes} = item;
	const {room = ''} = item;
	return csvRow([
		formatTimestamp(at),
		kind,
		direction,
		name,
		address ? formatAddress(address) : '',
		bytes ? String(bytes.length) : '',
		text,
		bytes ? toHex(bytes) : '',
		room,
	]);
}
