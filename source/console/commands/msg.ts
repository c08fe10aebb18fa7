import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {findPeer, peerNames} from './find-peer.js';

export const msg: SlashCommand = {
	name: 'msg',
	usage: 'msg PEER text',
	summaryKey: 'msg',
	complete: (index, {state}) => ({words: index === 0 ? peerNames(state) : []}),
	run({words, rest}, {state}) {
		const [word = ''] = words;
		const found = findPeer(state, word);
		if (!found.ok) return failed(found.message);
		const text = rest(1);
		return text === ''
			? failed(strings.input.messages.empty)
			: withCommand({
					type: 'chat/send',
					conversation: found.peer.key,
					text,
				});
	},
};
