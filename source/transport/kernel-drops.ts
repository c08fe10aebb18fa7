/**
 * How many datagrams the kernel dropped for one of our UDP sockets, from
 * `/proc/net/udp` and `udp6` on Linux; other systems do not tell. A socket is
 * found by its local address and port: ours are bound exclusively, so no other
 * has both.
 */
import {readFile} from 'node:fs/promises';
import {isIPv4} from 'node:net';
import {endianness} from 'node:os';
import type {Address} from '../engine/ports.js';

/** Sixteen-bit groups of a full IPv6 address without a zone. */
function ipv6Groups(host: string): number[] {
	const [text = ''] = host.split('%');
	// The URL parser writes an embedded IPv4 address as two groups.
	const plain = new URL(`http://[${text}]`).hostname.slice(1, -1);
	const [head = '', tail] = plain.split('::');
	const groups = (part: string) =>
		part === '' ? [] : part.split(':').map(group => Number.parseInt(group, 16));
	const front = groups(head);
	const back = groups(tail ?? '');
	const missing = Math.max(0, 8 - front.length - back.length);
	return [...front, ...Array.from({length: missing}, () => 0), ...back];
}

/** An address as the kernel prints it: each four bytes as one number of this machine's byte order. */
export function procAddress(
	host: string,
	order: 'LE' | 'BE' = endianness(),
): string {
	const bytes = isIPv4(host)
		? host.split('.').map(Number)
		: ipv6Groups(host).flatMap(group => [group >> 8, group & 255]);
	let text = '';
	for (let index = 0; index < bytes.length; index += 4) {
		const word = bytes.slice(index, index + 4);
		if (order === 'LE') word.reverse();
		for (const byte of word) text += byte.toString(16).padStart(2, '0');
	}

	return text.toUpperCase();
}

/**
 * The drops column of the socket with this local address. Columns (Linux,
 * net/ipv4/udp.c `udp4_format_sock`): `sl local rem st queues tr retrnsmt uid
 * timeout inode ref pointer drops`, separated by spaces.
 */
export function parseDrops(table: string, local: Address): number | undefined {
	const port = local.port.toString(16).toUpperCase().padStart(4, '0');
	const wanted = `${procAddress(local.host)}:${port}`;
	for (const line of table.split('\n')) {
		const columns = line.trim().split(/\s+/);
		if (columns[1] === wanted) {
			const drops = Number(columns.at(-1));
			return Number.isSafeInteger(drops) ? drops : undefined;
		}
	}

	return undefined;
}

/** Undefined where the system does not tell. */
export async function readKernelDrops(
	local: Address,
): Promise<number | undefined> {
	const name = isIPv4(local.host) ? 'udp' : 'udp6';
	try {
		return parseDrops(await readFile(`/proc/net/${name}`, 'latin1'), local);
	} catch {
		return undefined;
	}
}
