import {type SlashCommand, done} from './context.js';

export const limits: SlashCommand = {
	name: 'limits',
	usage: 'limits',
	summaryKey: 'limits',
	run(_args, {ui}) {
		ui.openOverlay({kind: 'limits'});
		return done;
	},
};
