import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {readRoom, roomNames} from './find-room.js';
import {findPeer, peerNames} from './find-peer.js';

export const msg: SlashCommand = {
	name: 'msg',
	aliases: ['m'],
	usage: 'msg PEER|#ROOM text',
	summaryKey: 'msg',
	complete: (index, {state}) => ({
		words: index === 0 ? [...peerNames(state), ...roomNames(state)] : [],
	}),
	run({words, rest}, {state}) {
		const [word = ''] = words;
		const room = readRoom(word);
		const found = room === undefined ? findPeer(state, word) : undefined;
		if (found?.ok === false) return failed(found.message);
		const text = rest(1);
		return text === ''
			? failed(strings.input.messages.empty)
			: withCommand({
					type: 'chat/send',
					conversation: room ?? found!.peer.key,
					text,
				});
	},
};
