import {strings} from '../../strings/index.js';
import {parseDurationMs} from '../../util/durations.js';
import {type SlashCommand, failed} from './context.js';
import {rawPeer, rawPeerNames, sendingOf, setSending} from './raw-peer.js';

const off = 'off';
const mostMs = 60_000;

function readPace(word: string): number | undefined {
	if (word.toLowerCase() === off || word === '0') return 0;
	const ms = parseDurationMs(word);
	return ms !== undefined && ms <= mostMs ? ms : undefined;
}

export const pace: SlashCommand = {
	name: 'pace',
	usage: 'pace 20ms|off [PEER]',
	summaryKey: 'pace',
	complete: (index, {state}) => ({
		words: index === 0 ? [off] : index === 1 ? rawPeerNames(state) : [],
	}),
	run({words: [word, peerWord]}, context) {
		const words = strings.stream.pace;
		if (word === undefined) return failed(words.say);
		const paceMs = readPace(word);
		if (paceMs === undefined) return failed(words.bad(word));
		const found = rawPeer(peerWord, context);
		if (!found.ok) return failed(found.message);
		const {peer} = found;
		const sending = {...sendingOf(context.state, peer), paceMs};
		return setSending(peer, sending, context);
	},
};
