import {type SlashCommand, done} from './context.js';

export const peers: SlashCommand = {
	name: 'peers',
	usage: 'peers',
	summaryKey: 'peers',
	run(_args, {ui}) {
		ui.focusPane('peers');
		return done;
	},
};
