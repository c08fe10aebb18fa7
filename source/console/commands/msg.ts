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
	run({words, rest}, {state, conversation, ui}) {
		const [word = ''] = words;
		const room = readRoom(word);
		const found = room === undefined ? findPeer(state, word) : undefined;
		if (found?.ok === false) return failed(found.message);
		const text = rest(1);
		if (text === '') return failed(strings.input.messages.empty);
		const to = room ?? found!.peer.key;
		// Where it is not seen among what was said.
		if (conversation !== to && conversation !== 'all') {
			ui.notify(strings.input.messages.sentTo(room ?? found!.peer.name));
		}

		return withCommand({type: 'chat/send', conversation: to, text});
	},
};
