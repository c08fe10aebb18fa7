import {formatFraming} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {framingChoices, readFraming} from '../format/framing-words.js';
import {
	type CommandArguments,
	type SlashCommand,
	done,
	failed,
	withCommand,
} from './context.js';
import {findPeer} from './find-peer.js';
import {rawPeer, rawPeerNames, sendingOf, setSending} from './raw-peer.js';

const send = 'send';
export const framingKinds = [
	'chunks',
	'lines',
	'delimiter',
	'length',
	'fixed',
	'idle',
];

/** `[PEER] [send] TEXT`, the text as it was typed: quotes and backslashes are its own. */
function readParts({words, rest}: CommandArguments) {
	const isPart = (word = '') =>
		word.toLowerCase() === send || framingKinds.includes(word.toLowerCase());
	const peerWord = isPart(words[0]) ? undefined : words[0];
	const at = peerWord === undefined ? 0 : 1;
	const isSending = words[at]?.toLowerCase() === send;
	return {peerWord, isSending, text: rest(isSending ? at + 1 : at)};
}

/** Words behind the kind that can be completed. */
function completions(before: readonly string[]): string[] {
	const kind = before.at(-1)?.toLowerCase();
	return framingChoices.received
		.map(framing => formatFraming(framing).split(' '))
		.filter(([first, second]) => first === kind && second !== undefined)
		.map(([, second]) => second!);
}

export const framing: SlashCommand = {
	name: 'framing',
	usage: 'framing [PEER] [send] lines|length u32be|…',
	summaryKey: 'framing',
	complete: (index, {state}, before) => ({
		words:
			index === 0
				? [...framingKinds, send, ...rawPeerNames(state)]
				: framingKinds.includes(before.at(-1)?.toLowerCase() ?? '')
					? completions(before)
					: index < 3
						? [...framingKinds, ...(before.includes(send) ? [] : [send])]
						: [],
	}),
	run(args, context) {
		const {state, ui} = context;
		const words = strings.stream.framing;
		const {peerWord, isSending, text} = readParts(args);
		// What names no peer was meant as a framing.
		if (peerWord !== undefined && !findPeer(state, peerWord).ok) {
			const read = readFraming(args.rest(0));
			if (!read.ok) return failed(read.message);
		}

		const found = rawPeer(peerWord, context);
		if (!found.ok) return failed(found.message);
		const {peer} = found;
		if (text === '') {
			if (isSending) return failed(words.saySending);
			ui.openOverlay({kind: 'framing', peer: peer.key});
			return done;
		}

		const read = readFraming(text);
		if (!read.ok) return failed(read.message);
		return isSending
			? setSending(
					peer,
					{...sendingOf(state, peer), framing: read.framing},
					context,
				)
			: withCommand({
					type: 'stream/setFraming',
					peer: peer.key,
					framing: read.framing,
				});
	},
};
