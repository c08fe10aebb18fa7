import type {Framing} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {type SlashCommand, failed} from './context.js';
import {rawPeer, rawPeerNames, sendingOf, setSending} from './raw-peer.js';

const endings: Readonly<Record<string, Framing>> = {
	lf: {kind: 'lines', ending: 'lf'},
	crlf: {kind: 'lines', ending: 'crlf'},
	cr: {kind: 'lines', ending: 'cr'},
	none: {kind: 'chunks'},
};

export const eol: SlashCommand = {
	name: 'eol',
	usage: 'eol lf|crlf|cr|none [PEER]',
	summaryKey: 'eol',
	complete: (index, {state}) => ({
		words:
			index === 0
				? Object.keys(endings)
				: index === 1
					? rawPeerNames(state)
					: [],
	}),
	run({words: [word, peerWord]}, context) {
		const words = strings.stream.eol;
		if (word === undefined) return failed(words.say);
		const name = word.toLowerCase();
		const framing = Object.hasOwn(endings, name) ? endings[name] : undefined;
		if (!framing) return failed(words.unknown(word));
		const found = rawPeer(peerWord, context);
		if (!found.ok) return failed(found.message);
		const {peer} = found;
		const sending = {...sendingOf(context.state, peer), framing};
		return setSending(peer, sending, context);
	},
};
