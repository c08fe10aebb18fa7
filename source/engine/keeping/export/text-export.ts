/**
 * Rows as lines that people read: time, direction, name and text, with tabs between them.
 * Each line of a message is one of its own, with all of that in front.
 */
import {formatAddress} from '../../../util/address.js';
import {formatTimestamp} from '../../../util/timestamp.js';
import {linesOf} from '../../message-lines.js';
import type {KeptItem} from './kept-item.js';

/** Those that say in their own words what they are. */
const plainKinds = new Set([
	'frame',
	'written',
	'received',
	'sent',
	'datagram',
	'note',
]);

// What a plain peer sent is cut by its framing alone.
const messageKinds = new Set(['received', 'sent']);

/** With their ends; one, but for messages of several. Safe text has no tabs and no line ends. */
export function textLines(item: KeptItem): string {
	const {at, kind, direction = '--', name, room, address, text} = item;
	const peer = name ?? (address ? formatAddress(address) : '');
	const who = room === undefined || room === peer ? peer : `${room} ${peer}`;
	const from = kind === 'joined' && address ? `${formatAddress(address)} ` : '';
	const said = plainKinds.has(kind) ? text : `${kind} ${from}${text}`.trimEnd();
	const head = `${formatTimestamp(at)}\t${direction}\t${who}\t`;
	const lines = messageKinds.has(kind) ? linesOf(said) : [said];
	return lines.map(line => `${head}${line}\n`).join('');
}
