/** Rows as lines that people read: time, direction, name and text, with tabs between them. */
import {formatAddress} from '../../../util/address.js';
import {formatTimestamp} from '../../../util/timestamp.js';
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

/** One line with its end. Safe text has no tabs and no line ends. */
export function textLine(item: KeptItem): string {
	const {at, kind, direction = '--', name, address, text} = item;
	const who = name ?? (address ? formatAddress(address) : '');
	const from = kind === 'joined' && address ? `${formatAddress(address)} ` : '';
	const said = plainKinds.has(kind) ? text : `${kind} ${from}${text}`.trimEnd();
	return `${formatTimestamp(at)}\t${direction}\t${who}\t${said}\n`;
}
