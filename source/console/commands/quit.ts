import {type SlashCommand, done} from './context.js';

export const quit: SlashCommand = {
	name: 'quit',
	aliases: ['exit', 'bye'],
	usage: 'quit',
	summaryKey: 'quit',
	run(_args, {ui}) {
		ui.quit();
		return done;
	},
};
