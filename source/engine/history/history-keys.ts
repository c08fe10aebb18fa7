/** Which name a conversation has over restarts. */
import {formatAddress} from '../../util/address.js';
import {isPeerKey, type ConversationKey, type PeerKey} from '../ids.js';
import type {EngineState, Peer} from '../state.js';
import type {HistoryKey} from './history-port.js';

type Known = Pick<Peer, 'peerId' | 'target' | 'address'>;

/** A key, what we dialled, or where a plain connection came from. Undefined while nothing is known. */
export function historyKeyOf({
	peerId,
	target,
	address,
}: {
	readonly [Field in keyof Known]?: Known[Field] | undefined;
}): HistoryKey | undefined {
	if (peerId) return `peer:${peerId}`;
	if (target?.expect) return `peer:${target.expect}`;
	if (target) return `dial:${target.kind}:${formatAddress(target)}`;
	return address && `plain:${formatAddress(address)}`;
}

export function conversationKeyOf(
	{peers}: Pick<EngineState, 'peers'>,
	conversation: ConversationKey,
): HistoryKey | undefined {
	if (conversation === 'all') return 'all';
	// A room keeps its own last messages.
	const peer = isPeerKey(conversation) ? peers.get(conversation) : undefined;
	return peer && historyKeyOf(peer);
}

/** Where a row of a peer stands: its conversation, and All. */
export function keysOf(
	{peers}: Pick<EngineState, 'peers'>,
	peer: PeerKey,
): readonly [HistoryKey, ...HistoryKey[]] | undefined {
	const known = peers.get(peer);
	const key = known && historyKeyOf(known);
	return key === undefined ? undefined : [key, 'all'];
}

/** Datagrams, whoever sent them. */
export const datagramKey: HistoryKey = 'udp';
