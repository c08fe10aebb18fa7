/**
 * Raw conversations and datagrams as a capture file. Decides which packets there
 * are, in which order, and what is noted beside them: the peer's name, the
 * framing, where frames begin and end. Encrypted peers have no bytes to show.
 */
import {isRoomKey} from '../../ids.js';
import {udpPacket, type Endpoint} from '../../../protocol/packet-headers.js';
import {
	enhancedPacket,
	interfaceDescription,
	linkTypeRaw,
	sectionHeader,
} from '../../../protocol/pcapng.js';
import type {ConversationKey} from '../../ids.js';
import type {EngineState, Peer, Piece, Stream} from '../../state.js';
import {connectionsOf} from './connections.js';
import {createFrameComments} from './frame-comments.js';
import {createTcpFlow, type TcpFlow} from './tcp-flow.js';

const application = 'sockterm';

function* fileHead(): Generator<Uint8Array> {
	yield sectionHeader(application);
	yield interfaceDescription(linkTypeRaw, application);
}

const nowhere: Endpoint = {host: '0.0.0.0', port: 0};

const isLoopback = (host: string) => host === '::1' || host.startsWith('127.');

/** Where a listener on all addresses was reached, as far as that is known. */
function ownEnd(remote: Endpoint, known: Endpoint | undefined): Endpoint {
	const port = known?.port ?? 0;
	const isEverywhere =
		!known ||
		known.host === '::' ||
		known.host === '0.0.0.0' ||
		known.host === '';
	if (!isEverywhere) return known;
	const isIpv6 = remote.host.includes(':');
	const none = isIpv6 ? '::' : '0.0.0.0';
	return {host: isLoopback(remote.host) ? remote.host : none, port};
}

interface Conversation {
	readonly peer: Peer;
	readonly stream: Stream;
}

/** The raw conversations that are meant: one, or all of them. */
export function rawConversations(
	state: EngineState,
	key: ConversationKey,
): readonly Conversation[] {
	if (isRoomKey(key)) return [];
	const peers = key === 'all' ? state.peers.values() : [state.peers.get(key)];
	return peers.flatMap(peer => {
		const stream = peer && state.streams.get(peer.key);
		return peer && stream ? [{peer, stream}] : [];
	});
}

interface Step {
	readonly order: number;
	packets(): Generator<Uint8Array>;
}

function stepsOf(state: EngineState, {peer, stream}: Conversation): Step[] {
	const rows = state.conversations.get(peer.key)?.rows.slice(0) ?? [];
	const commentsOf = createFrameComments(state, peer, stream);
	return connectionsOf(rows, stream).flatMap(connection => {
		const {joined, left, pieces, isWhole, isLast} = connection;
		const remote = joined?.address ?? peer.address ?? nowhere;
		const [first] = pieces;
		const last = pieces.at(-1)!;
		const firstOf = (direction: Piece['direction']) =>
			pieces.find(piece => piece.direction === direction)?.offset ?? 0;
		const start = {in: firstOf('in'), out: firstOf('out')};
		const flow: TcpFlow = createTcpFlow({
			remote,
			local: peer.relayedTo ?? ownEnd(remote, peer.local),
			direction: peer.relayedTo ? 'in' : peer.direction,
			start,
			// What was dropped counts; what belonged to another connection does not.
			base: isWhole ? start : {in: 0, out: 0},
		});
		const steps: Step[] = pieces.map(piece => ({
			order: piece.order,
			packets() {
				const end = piece.offset + piece.bytes.length;
				return flow.piece(piece, [
					`peer: ${peer.name}`,
					...(piece.direction === 'in' ? commentsOf(piece.offset, end) : []),
				]);
			},
		}));
		if (isWhole) {
			// Before the first piece, even where that is all that tells when it began.
			const {at, order} = joined ?? first!;
			steps.unshift({order: order - 0.5, packets: () => flow.open(at)});
		}

		const {lifecycle} = peer;
		const ended =
			left ??
			(isLast && lifecycle.phase === 'left'
				? {...lifecycle, order: last.order}
				: undefined);
		if (ended) {
			const {at, error} = ended;
			const how = error?.code === 'connectionReset' ? 'reset' : 'ended';
			steps.push({
				order: Math.max(ended.order, last.order) + 0.5,
				packets: () => flow.close(at, how),
			});
		}

		return steps;
	});
}

/** Pieces of the file, in order. */
export function* conversationCapture(
	state: EngineState,
	key: ConversationKey,
): Generator<Uint8Array> {
	yield* fileHead();
	const steps = rawConversations(state, key)
		.flatMap(conversation => stepsOf(state, conversation))
		.sort((left, right) => left.order - right.order);
	for (const step of steps) yield* step.packets();
}

/** Datagrams that could not be sent were no packets. */
export function* datagramsCapture(state: EngineState): Generator<Uint8Array> {
	yield* fileHead();
	const {rows} = state.datagrams;
	for (let index = 0; index < rows.length; index++) {
		const row = rows.at(index)!;
		if (row.error) continue;
		const {at, direction, address, bytes, listener} = row;
		const own = ownEnd(address, listener && state.listeners.get(listener));
		const [from, to] = direction === 'in' ? [address, own] : [own, address];
		yield enhancedPacket({at, direction, bytes: udpPacket(from, to, bytes)});
	}
}
