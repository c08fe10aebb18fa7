/** The raw peer that a command means. */
import {
	defaultSending,
	formatFraming,
	type EngineState,
	type Peer,
	type Sending,
} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {framingWords} from '../format/framing-words.js';
import {
	type CommandContext,
	type CommandResult,
	withCommand,
} from './context.js';
import {namedOrCurrent, peerNames, type PeerResult} from './find-peer.js';

/** The named one, or the one whose conversation is open; never an encrypted one, whose messages are whole already. */
export function rawPeer(
	word: string | undefined,
	context: Pick<CommandContext, 'state' | 'conversation'>,
): PeerResult {
	const found = namedOrCurrent(word, context);
	return found.ok && found.peer.kind === 'peer'
		? {ok: false, message: strings.stream.alwaysWhole(found.peer.name)}
		: found;
}

/** For completion. */
export const rawPeerNames = (state: EngineState): string[] =>
	peerNames(state, ({kind}) => kind !== 'peer');

/** Says how a message is sent from now on, and the command for it. */
export function setSending(
	peer: Peer,
	sending: Sending,
	{ui}: Pick<CommandContext, 'ui'>,
): CommandResult {
	const {framing, paceMs} = sending;
	ui.notify(
		strings.stream.framing.sendingSet(
			peer.name,
			formatFraming(framing),
			framingWords(framing, 'sent'),
			paceMs,
		),
	);
	return withCommand({type: 'stream/setSending', peer: peer.key, sending});
}

export const sendingOf = (state: EngineState, peer: Peer): Sending =>
	state.streams.get(peer.key)?.sending ?? defaultSending;
