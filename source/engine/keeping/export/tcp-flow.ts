/**
 * One raw conversation as the packets that could have carried it. Decides the
 * handshake, the sequence numbers, where a piece is cut into segments and how it
 * ends; the headers are left to `protocol/packet-headers.ts`.
 *
 * Invariants: sequence numbers follow the bytes of each direction, those that are
 * no longer held included; where some are not, nothing pretends to be the
 * beginning.
 */
import {limits} from '../../../limits.js';
import {
	tcpPacket,
	type Endpoint,
	type TcpFields,
} from '../../../protocol/packet-headers.js';
import {enhancedPacket} from '../../../protocol/pcapng.js';
import type {Direction} from '../../events.js';
import type {Piece} from '../../state.js';

export interface TcpFlow {
	/** A moment in time for what follows. */
	open(at: number): Generator<Uint8Array>;
	piece(piece: Piece, comments: readonly string[]): Generator<Uint8Array>;
	/** `reset`: the other side broke it off. */
	close(at: number, how: 'ended' | 'reset'): Generator<Uint8Array>;
}

export interface TcpFlowOptions {
	readonly remote: Endpoint;
	readonly local: Endpoint;
	/** Who connected: `in` the other side. */
	readonly direction: Direction;
	/** Bytes of each direction before the first ones that are held. */
	readonly start: Readonly<Record<Direction, number>>;
	/** Bytes of each direction that are not of this connection. */
	readonly base: Readonly<Record<Direction, number>>;
}

const synOptions = {segmentBytes: limits.exportSegmentBytes, windowScale: 14};

const other = (direction: Direction): Direction =>
	direction === 'in' ? 'out' : 'in';

export function createTcpFlow(options: TcpFlowOptions): TcpFlow {
	const {remote, local, direction: client, start, base} = options;
	/** The next number of each direction; the SYN is number 0. */
	const next = {in: start.in - base.in + 1, out: start.out - base.out + 1};
	const packet = (
		at: number,
		direction: Direction,
		fields: Partial<TcpFields> & Pick<TcpFields, 'flags'>,
		payload?: Uint8Array,
		comments: readonly string[] = [],
	): Uint8Array => {
		const [from, to] = direction === 'in' ? [remote, local] : [local, remote];
		return enhancedPacket({
			at,
			direction,
			comments,
			bytes: tcpPacket(
				from,
				to,
				{
					sequence: next[direction],
					acknowledged: next[other(direction)],
					...fields,
				},
				payload,
			),
		});
	};

	return {
		*open(at) {
			const options = synOptions;
			const server = other(client);
			yield packet(at, client, {
				flags: ['SYN'],
				sequence: 0,
				acknowledged: 0,
				options,
			});
			yield packet(at, server, {
				flags: ['SYN', 'ACK'],
				sequence: 0,
				acknowledged: 1,
				options,
			});
			yield packet(at, client, {flags: ['ACK']});
		},
		*piece({at, direction, bytes, offset}, comments) {
			next[direction] = offset - base[direction] + 1;
			const most = limits.exportSegmentBytes;
			for (let start = 0; start < bytes.length; start += most) {
				const payload = bytes.subarray(start, start + most);
				const isLast = start + most >= bytes.length;
				yield packet(
					at,
					direction,
					{flags: isLast ? ['PSH', 'ACK'] : ['ACK']},
					payload,
					start === 0 ? comments : [],
				);
				next[direction] += payload.length;
			}
		},
		*close(at, how) {
			if (how === 'reset') {
				yield packet(at, 'in', {flags: ['RST', 'ACK']});
				return;
			}

			yield packet(at, 'in', {flags: ['FIN', 'ACK']});
			next.in++;
			yield packet(at, 'out', {flags: ['FIN', 'ACK']});
			next.out++;
			yield packet(at, 'in', {flags: ['ACK']});
		},
	};
}
