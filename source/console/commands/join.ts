import {strings} from '../../strings/index.js';
import {type SlashCommand, done, failed, withCommand} from './context.js';
import {readRoom} from './find-room.js';

export const join: SlashCommand = {
	name: 'join',
	aliases: ['j'],
	usage: 'join #ROOM | GROUP[%nic]',
	summaryKey: 'join',
	run({words}, {state, ui}) {
		const [word] = words;
		if (word === undefined) return failed(strings.rooms.sayRoom);
		const room = readRoom(word);
		if (room === undefined) {
			return withCommand({type: 'datagram/join', group: word});
		}

		if (state.rooms.has(room)) {
			ui.focusConversation(room);
			return done;
		}

		return withCommand({type: 'room/join', room});
	},
};
