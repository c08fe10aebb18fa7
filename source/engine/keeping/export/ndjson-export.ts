/** Rows as NDJSON: one object a line, versioned, with text and bytes in hex. */
import {toHex} from '../../../util/bytes.js';
import type {KeptItem} from './kept-item.js';

const version = 1;

/** One line with its end. */
export function ndjsonLine(item: KeptItem): string {
	const {at, kind, direction, name, room, address, text, bytes, facts} = item;
	const row = {
		v: version,
		at: new Date(at).toISOString(),
		type: kind,
		...(direction ? {direction} : {}),
		...(name === undefined ? {} : {name}),
		...(room === undefined ? {} : {room}),
		...(address ? {address} : {}),
		text,
		...(bytes ? {sizeBytes: bytes.length, hex: toHex(bytes)} : {}),
		...facts,
	};
	return `${JSON.stringify(row)}\n`;
}
