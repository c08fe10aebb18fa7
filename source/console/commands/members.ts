import {strings} from '../../strings/index.js';
import {type SlashCommand, done, failed} from './context.js';
import {openRoom, readRoom, roomNames} from './find-room.js';

export const members: SlashCommand = {
	name: 'members',
	aliases: ['names', 'n'],
	usage: 'members [#ROOM]',
	summaryKey: 'members',
	complete: (index, {state}) => ({words: index === 0 ? roomNames(state) : []}),
	run({words}, context) {
		const room =
			words[0] === undefined ? openRoom(context) : readRoom(words[0]);
		if (room === undefined || !context.state.rooms.has(room)) {
			return failed(strings.rooms.openRoom);
		}

		context.ui.openOverlay({kind: 'members', room});
		return done;
	},
};
