import {isPeerKey} from '../../engine/index.js';
import {
	type ByteNotation,
	type ConversationKey,
	type EngineState,
	previewBytes,
} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import {type CommandResult, failed, withCommand} from './context.js';
import {type PeerResult, namedOrCurrent} from './find-peer.js';

/** What sends a typed line to a conversation in its notation; a sentence where the line cannot be read. */
export function sendTyped(
	line: string,
	notation: ByteNotation,
	to: {readonly state: EngineState; readonly conversation: ConversationKey},
): CommandResult {
	const {conversation} = to;
	if (notation === 'text') {
		return withCommand({type: 'chat/send', conversation, text: line});
	}

	if (!isPeerKey(conversation)) return failed(strings.input.bytes.choosePeer);
	const found = plainPeer(undefined, to);
	if (!found.ok) return failed(found.message);
	const {encoding} = found.peer;
	const preview = previewBytes(line, notation, {encoding, nowMs: Date.now()});
	return preview.kind === 'error'
		? failed(describeError(preview.error))
		: withCommand({type: 'stream/send', peer: conversation, line, notation});
}

/** The named peer, or the one whose conversation is open, where exact bytes can go to it. */
export function plainPeer(
	word: string | undefined,
	context: {
		readonly state: EngineState;
		readonly conversation: ConversationKey;
	},
): PeerResult {
	const found = namedOrCurrent(word, context);
	if (!found.ok || found.peer.kind !== 'peer') return found;
	return {
		ok: false,
		message: strings.errors.onlyPlain({name: found.peer.name}),
	};
}
