/**
 * How much of what we sent on a connection the program at its other end has not
 * read, where that program runs on this machine: `/proc/net/tcp` and `tcp6` on
 * Linux show the sockets of both ends; other systems do not tell, and neither
 * does a program elsewhere. What is still on its way counts too.
 */
import {readFile} from 'node:fs/promises';
import {isIPv4} from 'node:net';
import type {Address} from '../engine/ports.js';
import type {SocketEnds} from './address.js';
import {procAddress} from './kernel-drops.js';

const procPort = (port: number) =>
	port.toString(16).toUpperCase().padStart(4, '0');

export interface SocketQueues {
	/** Sent, and not acknowledged by the other end. */
	readonly sentBytes: number;
	/** Received, and not read by its program. */
	readonly receivedBytes: number;
}

/**
 * The queues of the socket with these ends. Columns (Linux, net/ipv4/tcp_ipv4.c
 * `get_tcp4_sock`): `sl local rem st tx_queue:rx_queue …`, separated by spaces,
 * numbers in hex. `isMapped`: IPv4 ends of an IPv6 socket.
 */
export function parseQueues(
	table: string,
	{local, remote}: SocketEnds,
	isMapped = false,
): SocketQueues | undefined {
	const end = ({host, port}: Address) =>
		`${procAddress(isMapped ? `::ffff:${host}` : host)}:${procPort(port)}`;
	const wanted = ` ${end(local)} ${end(remote)} `;
	const at = table.indexOf(wanted);
	if (at < 0) return undefined;
	const [, sent, received] =
		/^\s*\S+\s+([\dA-F]+):([\dA-F]+)\s/.exec(
			table.slice(at + wanted.length, at + wanted.length + 40),
		) ?? [];
	return sent === undefined || received === undefined
		? undefined
		: {
				sentBytes: Number.parseInt(sent, 16),
				receivedBytes: Number.parseInt(received, 16),
			};
}

const readTable = async (name: string) =>
	readFile(`/proc/net/${name}`, 'latin1');

/** Asks for one connection; undefined once the system does not tell. Never rejects. */
export function createUnreadReader(
	ends: SocketEnds,
): () => Promise<number | undefined> {
	const ours = isIPv4(ends.remote.host) ? 'tcp' : 'tcp6';
	const theirs = {local: ends.remote, remote: ends.local};
	return async () => {
		try {
			const table = await readTable(ours);
			const sent = parseQueues(table, ends)?.sentBytes;
			let received = parseQueues(table, theirs)?.receivedBytes;
			// A program that takes both IPv4 and IPv6 has its socket among those of IPv6.
			if (received === undefined && ours === 'tcp') {
				const six = await readTable('tcp6');
				received = parseQueues(six, theirs, true)?.receivedBytes;
			}

			return sent === undefined || received === undefined
				? undefined
				: sent + received;
		} catch {
			return undefined;
		}
	};
}
