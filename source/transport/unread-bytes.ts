/**
 * How much of what we sent on a connection the program at its other end has not
 * read, where that program runs on this machine: `/proc/net/tcp` and `tcp6` on
 * Linux show the sockets of both ends; other systems do not tell, and neither
 * does a program elsewhere. What is still on its way counts as read.
 */
import {readFile} from 'node:fs/promises';
import {isIPv4} from 'node:net';
import type {SocketEnds} from './address.js';
import {procAddress} from './kernel-drops.js';

const procPort = (port: number) =>
	port.toString(16).toUpperCase().padStart(4, '0');

/**
 * The rx_queue column of the other end's socket, the one whose local address is
 * our remote one. Columns (Linux, net/ipv4/tcp_ipv4.c `get_tcp4_sock`): `sl local
 * rem st tx_queue:rx_queue …`, separated by spaces, numbers in hex.
 */
export function parseUnread(
	table: string,
	{remote, local}: SocketEnds,
	isMapped = false,
): number | undefined {
	const end = ({host, port}: SocketEnds['remote']) =>
		`${procAddress(isMapped ? `::ffff:${host}` : host)}:${procPort(port)}`;
	const wanted = ` ${end(remote)} ${end(local)} `;
	const at = table.indexOf(wanted);
	if (at < 0) return undefined;
	const [, unread] =
		/^\s*\S+\s+[\dA-F]+:([\dA-F]+)\s/.exec(
			table.slice(at + wanted.length, at + wanted.length + 40),
		) ?? [];
	return unread === undefined ? undefined : Number.parseInt(unread, 16);
}

/** Asks for one connection; undefined once the system does not tell. Never rejects. */
export function createUnreadReader(
	ends: SocketEnds,
): () => Promise<number | undefined> {
	// A program that takes both IPv4 and IPv6 has its socket among those of IPv6.
	const tables = isIPv4(ends.remote.host)
		? [
				{name: 'tcp', isMapped: false},
				{name: 'tcp6', isMapped: true},
			]
		: [{name: 'tcp6', isMapped: false}];
	let known: (typeof tables)[number] | undefined;
	return async () => {
		for (const table of known ? [known] : tables) {
			try {
				const text = await readFile(`/proc/net/${table.name}`, 'latin1');
				const unread = parseUnread(text, ends, table.isMapped);
				if (unread === undefined) continue;
				known = table;
				return unread;
			} catch {
				return undefined;
			}
		}

		return undefined;
	};
}
