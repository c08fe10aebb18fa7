import {isPeerKey} from '../../engine/index.js';
import type {CommandContext} from './context.js';
import {
	type ConversationKey,
	type EngineState,
	type Peer,
	isReachable,
} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {formatAddress} from '../../util/address.js';

export type PeerResult =
	| {readonly ok: true; readonly peer: Peer}
	| {readonly ok: false; readonly message: string};

const sentences = strings.input.peers;

const fold = (text: string) => text.normalize('NFC').toLowerCase();

/** By what a peer can be called: its name, its address, its host. */
function labelsOf(peer: Peer): string[] {
	const labels: string[] = [peer.name];
	const address = peer.target ?? peer.address;
	if (address) labels.push(formatAddress(address));
	if (peer.address) labels.push(formatAddress(peer.address), peer.address.host);
	return labels.map(label => fold(label));
}

/** Of several, those that can be written to; all where none can. */
function preferReachable(peers: readonly Peer[]): readonly Peer[] {
	const reachable = peers.filter(peer => isReachable(peer));
	return reachable.length > 0 ? reachable : peers;
}

/** The peer that a word means: a name or address, or the beginning of one, upper or lower case. */
export function findPeer(state: EngineState, word: string): PeerResult {
	const peers = state.peers.values();
	const wanted = fold(word);
	if (wanted === '') return {ok: false, message: sentences.missing};
	const matching = (fits: (label: string) => boolean) =>
		preferReachable(peers.filter(peer => labelsOf(peer).some(fits)));
	let found = matching(label => label === wanted);
	if (found.length === 0) found = matching(label => label.startsWith(wanted));
	const [peer] = found;
	if (!peer) return {ok: false, message: sentences.unknown(word)};
	if (found.length === 1) return {ok: true, peer};
	const names = found
		.slice(0, 3)
		.map(({name, address}) =>
			address ? `${name} (${formatAddress(address)})` : name,
		);
	return {ok: false, message: sentences.several(word, found.length, names)};
}

/** The named peer, or the one whose conversation is open. */
export function namedOrCurrent(
	word: string | undefined,
	context: Pick<CommandContext, 'state' | 'conversation'>,
): PeerResult {
	if (word !== undefined) return findPeer(context.state, word);
	const peer = peerOf(context.conversation, context.state);
	return peer ? {ok: true, peer} : {ok: false, message: sentences.sayWhich};
}

export function peerOf(
	conversation: ConversationKey,
	state: EngineState,
): Peer | undefined {
	return isPeerKey(conversation) ? state.peers.get(conversation) : undefined;
}

/** For completion: names that can be typed, each once. */
export function peerNames(
	state: EngineState,
	fits: (peer: Peer) => boolean = () => true,
): string[] {
	return [
		...new Set<string>(
			state.peers
				.values()
				.filter(peer => fits(peer))
				.map(({name}) => name),
		),
	];
}
