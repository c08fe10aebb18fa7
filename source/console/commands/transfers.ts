import {type SlashCommand, done} from './context.js';

export const transfers: SlashCommand = {
	name: 'transfers',
	usage: 'transfers',
	summaryKey: 'transfers',
	run(_args, {ui}) {
		ui.focusPane('transfers');
		return done;
	},
};
